"""Which matters a body asks to have assessed. Asking never blocks."""

from collections.abc import Collection
from datetime import date

from sagsgang.cases.models import ItemKind, Purpose

_KINDS = {
    Purpose.DECISION: ItemKind.DECISION,
    Purpose.RECOMMENDATION: ItemKind.DECISION,
    Purpose.STATEMENT: ItemKind.DECISION,
    Purpose.DISCUSSION: ItemKind.DISCUSSION,
    Purpose.HEARING: ItemKind.DISCUSSION,
    Purpose.ORIENTATION: ItemKind.ORIENTATION,
}


def kind_of_purpose(purpose: str) -> str:
    """The kind of item (B, D, O) that a step of the path will be."""
    return _KINDS[Purpose(purpose)].value


def is_asked_for(
    kinds: Collection[str], *, kind: str, only_grants: bool, is_grant: bool, since: date, on: date | None
) -> bool:
    """Does the body ask it of an item of this kind at a meeting on this day (None = not chosen yet)?

    An item whose kind nobody has said is asked about: it may be one of them.
    """
    if not kinds or (kind and kind not in kinds):
        return False
    return (not only_grants or is_grant) and (on is None or on >= since)
