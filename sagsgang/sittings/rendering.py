"""What the pages of the room show of a meeting's state, for one reader. Pure."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language, gettext

from sagsgang.meetings.rendering import Reader, ShownItem
from sagsgang.meetings.rendering.decided import ShownSpeaker
from sagsgang.sittings.queries.results import PollResult
from sagsgang.sittings.queries.state import CurrentItem, SittingLine, SittingMember, SittingState


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A line of the agenda as this reader may know it; `is_readable`: she may read what is closed there."""

    line: SittingLine
    title: str
    is_readable: bool
    is_sub: bool


def shown_place(line: SittingLine, reader: Reader) -> ShownPlace:
    """Title and openness of a line; a closed one is its public title to who is not let in."""
    readable = not line.is_closed or (_is_let_in(line, reader) and line.pk not in reader.shut_out)
    known = not line.is_closed or _is_let_in(line, reader)
    title = line.title if known else line.public_title or gettext("Closed item")
    return ShownPlace(line, title or gettext("(without title)"), readable, line.parent is not None)


def shown_agenda(state: SittingState, reader: Reader) -> tuple[ShownPlace, ...]:
    """The agenda; the sub-items of a closed item are for who may read it, and what came late and is not sent is for
    who composes the agenda, until it is taken up.
    """
    return tuple(
        shown_place(line, reader)
        for line in state.lines
        if (line.parent is None or not line.is_closed or _is_let_in(line, reader)) and _has_come_out(line, reader)
    )


def _has_come_out(line: SittingLine, reader: Reader) -> bool:
    return line.is_sent or reader.unsent_too or line.state != "waiting"


def _is_let_in(line: SittingLine, reader: Reader) -> bool:
    return reader.closed_too or line.pk in reader.granted


@dataclass(frozen=True, slots=True)
class Group:
    """The voters of one party or list, for a vote by group."""

    number: int
    name: str
    voters: int
    members: tuple[SittingMember, ...]


def groups_of(electorate: Iterable[SittingMember]) -> tuple[Group, ...]:
    """The groups that have somebody to vote, in order of their names; `voters` counts those who may vote now."""
    found: dict[str, list[SittingMember]] = {}
    for member in electorate:
        found.setdefault(member.party, []).append(member)
    return tuple(
        Group(number, name, sum(member.votes for member in found[name]), tuple(found[name]))
        for number, name in enumerate(sorted(found))
    )


def closed_polls(current: CurrentItem) -> tuple[PollResult, ...]:
    """The votes that are over; those who only follow along see no vote before."""
    return tuple(poll for poll in current.polls if poll.closed_at is not None)


def planned_speakers(current: CurrentItem, shown: Iterable[ShownItem]) -> tuple[ShownSpeaker, ...]:
    """Who is named on the agenda at what is treated, and is not on the list of speakers yet."""
    known = {turn.who for turn in current.turns}
    named = {row.name: row for item in shown for row in item.facts.speakers}
    return tuple(row for name, row in named.items() if name not in known)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of items that waits to be taken up together."""

    number: int
    items: int


def waiting_blocks(state: SittingState) -> tuple[Block, ...]:
    """The blocks of which two items or more have not been taken up yet; only these are taken up."""
    found = Counter(line.block for line in state.lines if line.block is not None and line.state == "waiting")
    return tuple(Block(number, count) for number, count in sorted(found.items()) if count > 1)


# Stands where each form's token goes: what is kept of a row is nobody's own. No title can hold it by chance.
_TOKEN = secrets.token_hex(16)


def agenda_rows(places: Iterable[ShownPlace], *, is_open: bool, is_beginning: bool, token: str) -> SafeString:
    """The lines of the agenda, with the reader's own form token. Of 120 lines an act changes two."""
    where = get_language(), get_current_timezone_name()
    return _with_token((_agenda_row(place, is_open, is_beginning, *where) for place in places), token)


def member_rows(members: Iterable[SittingMember], state: SittingState, *, token: str) -> SafeString:
    """The members with what can be done of each, with the reader's own form token."""
    where = state.meeting, state.is_open, state.remote_allowed, get_language(), get_current_timezone_name()
    return _with_token((_member_row(member, *where) for member in members), token)


# Kept rows are safe: a row is a function of these arguments and of nothing else. They are frozen values that say all
# that the row shows, as this reader may know it; what changes makes another key, and an old row is never asked for.
@lru_cache(maxsize=2048)
def _agenda_row(place: ShownPlace, is_open: bool, is_beginning: bool, _language: str | None, _zone: str) -> str:
    facts = {"place": place, "is_open": is_open, "is_beginning": is_beginning, "csrf_token": _TOKEN}
    return render_to_string("sittings/desk.html#agenda-row", facts)


@lru_cache(maxsize=1024)
def _member_row(
    member: SittingMember, meeting: UUID, is_open: bool, remote: bool, _language: str | None, _zone: str
) -> str:
    facts = {"member": member, "meeting": meeting, "is_open": is_open, "remote": remote, "csrf_token": _TOKEN}
    return render_to_string("sittings/desk.html#member-row", facts)


def _with_token(rows: Iterable[str], token: str) -> SafeString:
    return mark_safe("\n".join(rows).replace(_TOKEN, token))  # noqa: S308
