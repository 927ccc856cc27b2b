"""What changed since the release before, in sentences for the public: which item and which part, never its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext, pgettext_lazy

from sagsgang.publication.changed import ADDED, CAME, CHANGED, CLOSED, MEETING, OPENED, WENT, WHOLE
from sagsgang.publication.models import ReleaseKind

_KINDS = {
    ReleaseKind.AGENDA: pgettext_lazy("kind of document", "Agenda"),
    ReleaseKind.SUPPLEMENT: pgettext_lazy("kind of document", "Supplementary agenda"),
    ReleaseKind.DRAFT: pgettext_lazy("kind of document", "Draft of the protocol"),
    ReleaseKind.CORRECTION: pgettext_lazy("kind of document", "Correction of the minutes"),
}
_MINUTES = pgettext_lazy("kind of document", "Minutes")

type Stored = Iterable[Mapping[str, str]]  # `PublicMeeting.changes`


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A sentence on one item, or on the meeting as a whole; `public_id` "" = there is no page to go to."""

    words: str
    public_id: str = ""


def change_lines(changes: Stored) -> list[ChangeLine]:
    """One line for the meeting as a whole and one for each item that changed, in their order."""
    grouped: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for change in changes:
        key = ("", "") if change["place"] == MEETING else (change["public_id"], change["number"])
        grouped.setdefault(key, []).append(change)
    return [ChangeLine(_sentence(place, rows), place[0]) for place, rows in grouped.items()]


def lines_of_item(changes: Stored, ids: Iterable[str]) -> list[ChangeLine]:
    """The lines on an item and its sub-items, by their public ids."""
    wanted = set(ids)
    return [line for line in change_lines(changes) if line.public_id in wanted]


def _sentence(place: tuple[str, str], rows: list[Mapping[str, str]]) -> str:
    number = place[1]
    said = ", ".join(_part(row["part"], row["how"]) for row in rows)
    if rows[0]["place"] == MEETING:
        return gettext("The meeting: {parts}").format(parts=said)
    if number:
        return gettext("Item {number}: {parts}").format(number=number, parts=said)
    return gettext("An item without a number: {parts}").format(parts=said)


def _part(part: str, how: str) -> str:
    if part == WHOLE:
        return {
            CAME: gettext("new on the agenda"),
            WENT: gettext("no longer on the agenda"),
            OPENED: gettext("was closed, and is open"),
            CLOSED: gettext("was open, and is closed"),
        }[how]
    return _ways()[how].format(part=part_words().get(part, part))


def _ways() -> dict[str, str]:
    return {
        CAME: pgettext("part", "{part} (new)"),
        ADDED: pgettext("part", "{part} (added to)"),
        CHANGED: pgettext("part", "{part} (changed)"),
        WENT: pgettext("part", "{part} (taken out)"),
    }


def part_words() -> dict[str, str]:
    """The parts by their names."""
    return {
        "time_and_place": gettext("time and place"),
        "presence": gettext("who was present and absent"),
        "protocol": gettext("the protocol's own words"),
        "order": gettext("the order of the items"),
        "number": gettext("its number"),
        "title": gettext("its title"),
        "lateness": gettext("why it came late"),
        "path": gettext("the path of the case"),
        "presentation": gettext("the presentation"),
        "recommendation": gettext("the recommendation"),
        "record": gettext("what happened at the meeting"),
        "votes": gettext("the votes"),
        "decision": gettext("the decision"),
        "after": gettext("what followed"),
        "attachments": gettext("the attachments"),
        "ground": gettext("why it is closed"),
        "extract": gettext("what is told of the closed item"),
    }


def kind_words(kind: str) -> str:
    """The kind of a release as its title says it."""
    return str(_KINDS.get(ReleaseKind(kind), _MINUTES))
