"""The path of a case as far as released documents name it: steps that were taken, and those that are still to come.

Pure: of the stated path of one released item, and of the released items of the case. What stays in the house is on no
list here, and so leaves no gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, pgettext

from sagsgang.portal.addresses import page_address
from sagsgang.portal.shown import ShownItem
from sagsgang.publication.document import DecisionText, PlannedStep
from sagsgang.publication.models import PublicItem, ReleaseKind


@dataclass(frozen=True, slots=True)
class PathLine:
    """A step: `stated` is its body as the document names it, `row` the released item that it became."""

    stated: str
    on: date | None
    row: PublicItem | None = None
    is_behind: bool = False  # the path names it before a step that was taken, and nothing of it is released

    @property
    def body(self) -> str:
        """The body's own name once it has treated the case."""
        return self.row.meeting.body.name if self.row else self.stated

    @property
    def address(self) -> str:
        """Where its item is read; empty for a step that is not taken."""
        return place_of(self.row) if self.row else ""


def path_of(stated: Sequence[PlannedStep], taken: Sequence[PublicItem]) -> list[PathLine]:
    """The stated steps in their order, each with the item it became, and between them what no step foresaw.

    `taken` are the released items of the case, the oldest first, with meeting and body. A step is an item's by body
    and day; failing that by body, since meetings are moved.
    """
    found, left = _matches(stated, taken)
    last = max(found, default=-1)
    lines = [
        PathLine(step.body, row.meeting.held_on if (row := found.get(no)) else step.on, row, not row and no < last)
        for no, step in enumerate(stated)
    ]
    for row in left:
        before = [no for no, line in enumerate(lines) if line.on and line.on <= row.meeting.held_on]
        lines.insert(before[-1] + 1 if before else 0, PathLine(row.meeting.body.name, row.meeting.held_on, row))
    return lines


def item_path(item: ShownItem, taken: Sequence[PublicItem]) -> list[PathLine]:
    """The path for an item's page; empty where it would be the item alone."""
    lines = path_of(item.document.path or (), taken)
    return lines if len(lines) > 1 or item.document.path else []


def _matches(
    stated: Sequence[PlannedStep], taken: Sequence[PublicItem]
) -> tuple[dict[int, PublicItem], list[PublicItem]]:
    """Which step became which item, and the items that no step foresaw."""
    found: dict[int, PublicItem] = {}
    left = list(taken)
    for by_day in (True, False):
        for no, step in enumerate(stated):
            row = next((row for row in left if _is_of(row, step, by_day=by_day)), None) if no not in found else None
            if row is not None:
                found[no] = row
                left.remove(row)
    return found, left


def _is_of(row: PublicItem, step: PlannedStep, *, by_day: bool) -> bool:
    body = row.meeting.body
    return step.body in {body.name, body.code} and (not by_day or step.on in (row.meeting.held_on, None))


def place_of(row: PublicItem) -> str:
    """The address of an item; of a sub-item its place on its item's page."""
    top = row.parent or row
    anchor = f"#delpunkt-{row.position}" if row.parent else ""
    return page_address("item", top.pk, top.slug) + anchor


def own_decision(item: ShownItem, held_on: date) -> DecisionText | None:
    """The meeting's own decision on an item, among those of earlier bodies; None where there is none."""
    decisions = item.document.decisions
    return next((row for row in reversed(decisions) if row.decided_on == held_on), decisions[-1] if decisions else None)


def is_ahead(row: PublicItem) -> bool:
    """Is no more of its meeting released than an agenda?"""
    return row.meeting.kind in {ReleaseKind.AGENDA, ReleaseKind.SUPPLEMENT}


def outcome_words(item: ShownItem, row: PublicItem) -> str:
    """What became of the item at its meeting, in a word or two."""
    if is_ahead(row):
        return gettext("on the agenda")
    decision = own_decision(item, row.meeting.held_on)
    words = {
        "approved": gettext("approved"), "recommended": gettext("recommended"), "discussed": gettext("discussed"),
        "noted": gettext("taken note of"), "postponed": gettext("postponed"), "returned": gettext("returned"),
        "rejected": gettext("rejected"), "lapsed": gettext("lapsed"), "forwarded": gettext("forwarded"),
        "halted": gettext("halted"),
    }  # fmt: skip
    return words.get(decision.outcome if decision else "", gettext("treated"))


def purpose_words(purpose: str) -> str:
    """What the body was asked for."""
    words = {
        "orientation": pgettext("purpose", "orientation"), "discussion": pgettext("purpose", "discussion"),
        "recommendation": pgettext("purpose", "recommendation"), "statement": pgettext("purpose", "statement"),
        "hearing": pgettext("purpose", "hearing"), "decision": pgettext("purpose", "decision"),
    }  # fmt: skip
    return words.get(purpose, "")


def reading_words(reading: int) -> str:
    """First or second reading; nothing where there is one alone."""
    return {1: gettext("1st reading"), 2: gettext("2nd reading")}.get(reading, "")
