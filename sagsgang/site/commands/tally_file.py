"""The file that `tally` reads: members, presence as intervals, conflicts, substitutes and votes, as JSON.

Whatever is wrong in it is named by its place, or by the id that it is about. A time is written with day and zone
(2026-10-25T02:30:00+01:00), with day alone (then it is Danish time), or by the clock ("19:30"), all in one way.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.rules.presence import Span, Stretch
from sagsgang.sittings.models import Choice

LARGEST = 10 * 1024 * 1024
MOST_SEATS = 1000
MOST_VOTES = 100_000
_ZONE = ZoneInfo("Europe/Copenhagen")
_CLOCK_DAY = "2000-01-01T"  # stands for any day where times are given by the clock alone


@dataclass(frozen=True, slots=True)
class TallyFile:
    """What the file says. `vote_at` is the moment of the vote where it is known; `groups` or `ballots`, not both."""

    groups_of: dict[str, str]
    seats: int
    stretches: tuple[Stretch[str], ...]
    item: Span
    vote_at: datetime | None
    conflicts: tuple[str, ...]
    substitutes: dict[str, str]
    ballots: dict[str, str] | None
    groups: dict[str, dict[str, int]] | None
    is_secret: bool


def read_tally(path: Path) -> TallyFile:
    """Read the file. Raises RuleBrokenError with a sentence for the first thing that is wrong."""
    whole = _object(_document(path), "")
    members = _members(_needed(whole, "members", ""))
    times = _Times()
    item = _object(_needed(whole, "item", ""), "item")
    began, ended = times.pair(item, "item")
    if ended is None:
        raise _wrong("item", _("“{name}” is missing.").format(name="to"))
    votes, groups = whole.get("ballots"), whole.get("groups")
    if (votes is None) == (groups is None):
        raise _wrong("", _("either “ballots” or “groups” is expected."))
    return TallyFile(
        groups_of=members,
        seats=_seats(_needed(whole, "seats", ""), len(members)),
        stretches=tuple(_stretches(whole, times)),
        item=Span(began, ended),
        vote_at=_vote_at(item, times, Span(began, ended)),
        conflicts=tuple(_id(one, where) for where, one in _entries(whole.get("conflicts"), "conflicts")),
        substitutes=_substitutes(whole, members),
        ballots=None if votes is None else _ballots(votes),
        groups=None if groups is None else _groups(groups),
        is_secret=_flag(whole.get("secret"), "secret"),
    )


def _document(path: Path) -> object:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise RuleBrokenError(_("The file cannot be read.")) from error
    if len(content) > LARGEST:
        raise RuleBrokenError(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024**2})
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise RuleBrokenError(_("The file is no JSON document.")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that stands twice in it, like a vote that is entered twice, is refused."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise RuleBrokenError(_("“{name}” stands twice in the file.").format(name=name))
        found[name] = value
    return found


def _wrong(where: str, what: str) -> RuleBrokenError:
    return RuleBrokenError(f"{where}: {what}" if where else what)


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(where, _("an object with names and values is expected here."))
    return value


def _entries(value: object, where: str) -> Iterator[tuple[str, Any]]:
    if value is not None and not isinstance(value, list):
        raise _wrong(where, _("a list is expected here."))
    return ((f"{where}[{number}]", entry) for number, entry in enumerate(value or ()))


def _needed(row: dict[str, Any], name: str, where: str) -> Any:
    if row.get(name) is None:
        raise _wrong(where, _("“{name}” is missing.").format(name=name))
    return row[name]


def _id(value: object, where: str) -> str:
    """An id: a word, or a number, which is the same id as the word of its digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(where, _("an id is expected here."))
    return value


def _flag(value: object, where: str) -> bool:
    if value is not None and not isinstance(value, bool):
        raise _wrong(where, _("true or false is expected here."))
    return bool(value)


def _number(value: object, where: str, *, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _wrong(
            where, _("a whole number from %(least)s to %(most)s is expected here.") % {"least": least, "most": most}
        )
    return value


def _seats(value: object, members: int) -> int:
    seats = _number(value, "seats", least=1, most=MOST_SEATS)
    if members > seats:
        raise _wrong(
            "seats",
            _("{members} members are named, but there are only {seats} seats.").format(members=members, seats=seats),
        )
    return seats


def _members(value: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for where, entry in _entries(value, "members"):
        row = _object(entry, where)
        person = _id(_needed(row, "id", where), f"{where}.id")
        group = row.get("group") or ""
        if not isinstance(group, str):
            raise _wrong(f"{where}.group", _("a name is expected here."))
        if person in found:
            raise _wrong(where, _("“{name}” stands twice among the members.").format(name=person))
        found[person] = group
    return found


class _Times:
    """Reads times, all written in one way."""

    def __init__(self) -> None:
        self._way: str | None = None

    def pair(self, row: dict[str, Any], where: str) -> tuple[datetime, datetime | None]:
        """From and to, in order; `to` may be left open."""
        since = self.moment(_needed(row, "from", where), f"{where}.from")
        if row.get("to") is None:
            return since, None
        until = self.moment(row["to"], f"{where}.to")
        later = until.replace(fold=1)
        if until.timestamp() < since.timestamp() <= later.timestamp():
            # The hour that comes twice in October: an end before its beginning is in the second one.
            until = later
        if until.timestamp() < since.timestamp():
            raise _wrong(where, _("“to” lies before “from”."))
        return since, until

    def moment(self, value: object, where: str) -> datetime:
        """A moment with its zone."""
        found, way = _parsed(value, where)
        self._way = self._way or way
        if (way == "clock") != (self._way == "clock"):
            raise _wrong(where, _("times are written in one way in the whole file: with their day, or without."))
        return found


def _parsed(value: object, where: str) -> tuple[datetime, str]:
    wrong = _wrong(where, _("a time is written as 2026-03-09T19:30 or 19:30."))
    if not isinstance(value, str):
        raise wrong
    text = value.strip()
    is_clock = "T" not in text and "-" not in text and " " not in text
    try:
        found = datetime.fromisoformat(_CLOCK_DAY + text.replace(".", ":") if is_clock else text)
        found = found if found.tzinfo else found.replace(tzinfo=_ZONE)
        found.astimezone(UTC)  # the first and the last day that can be written lie outside some zones
    except (ValueError, OverflowError) as error:
        raise wrong from error
    if len(text) < len("0:00") or (not is_clock and ":" not in text):
        raise wrong
    return found, "clock" if is_clock else "day"


def _vote_at(item: dict[str, Any], times: _Times, span: Span) -> datetime | None:
    if item.get("vote_at") is None:
        return None
    moment = times.moment(item["vote_at"], "item.vote_at")
    if span.ended is not None and not span.began.timestamp() <= moment.timestamp() <= span.ended.timestamp():
        raise _wrong("item.vote_at", _("the vote lies outside the item."))
    return moment


def _stretches(whole: dict[str, Any], times: _Times) -> Iterator[Stretch[str]]:
    for where, entry in _entries(_needed(whole, "present", ""), "present"):
        row = _object(entry, where)
        person = _id(_needed(row, "id", where), f"{where}.id")
        since, until = times.pair(row, where)
        yield Stretch(person, since, until)


def _substitutes(whole: dict[str, Any], members: dict[str, str]) -> dict[str, str]:
    """For each substitute the member whose seat she may take."""
    found: dict[str, str] = {}
    for where, entry in _entries(whole.get("substitutes"), "substitutes"):
        row = _object(entry, where)
        member = _id(_needed(row, "for", where), f"{where}.for")
        person = _id(_needed(row, "id", where), f"{where}.id")
        if member not in members:
            raise _wrong(where, _("“{name}” holds no seat.").format(name=member))
        if person in members:
            raise _wrong(where, _("“{name}” holds a seat already, and cannot sit in for another.").format(name=person))
        if person in found:
            raise _wrong(where, _("“{name}” sits in for two members.").format(name=person))
        if member in found.values():
            raise _wrong(where, _("two substitutes sit in for “{name}”.").format(name=member))
        found[person] = member
    return found


def _ballots(value: object) -> dict[str, str]:
    return {person: _choice(choice, f"ballots.{person}") for person, choice in _object(value, "ballots").items()}


def _choice(value: object, where: str) -> str:
    if not isinstance(value, str) or value not in Choice.values:
        raise _wrong(where, _("one of these is expected here: %(words)s.") % {"words": ", ".join(Choice.values)})
    return value


def _groups(value: object) -> dict[str, dict[str, int]]:
    return {group: _group(row, f"groups.{group}") for group, row in _object(value, "groups").items()}


def _group(value: object, where: str) -> dict[str, int]:
    return {
        _choice(choice, where): _number(count, f"{where}.{choice}", least=0, most=MOST_VOTES)
        for choice, count in _object(value, where).items()
    }
