"""What the pages of the room show of a meeting's state, for one reader. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from sagsgang.meetings.rendering import Reader
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
    """The agenda; the sub-items of a closed item are for who may read it."""
    return tuple(
        shown_place(line, reader)
        for line in state.lines
        if line.parent is None or not line.is_closed or _is_let_in(line, reader)
    )


def _is_let_in(line: SittingLine, reader: Reader) -> bool:
    return reader.closed_too or line.pk in reader.granted


@dataclass(frozen=True, slots=True)
class Group:
    """The voters of one party or list, for a vote by group."""

    number: int
    name: str
    voters: int


def groups_of(voters: Iterable[SittingMember]) -> tuple[Group, ...]:
    """The groups that have somebody to vote, in order of their names."""
    counts: dict[str, int] = {}
    for member in voters:
        counts[member.party] = counts.get(member.party, 0) + 1
    return tuple(Group(number, name, counts[name]) for number, name in enumerate(sorted(counts)))


def closed_polls(current: CurrentItem) -> tuple[PollResult, ...]:
    """The votes that are over; those who only follow along see no vote before."""
    return tuple(poll for poll in current.polls if poll.closed_at is not None)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of items that waits to be taken up together."""

    number: int
    items: int


def waiting_blocks(state: SittingState) -> tuple[Block, ...]:
    """The blocks of which nothing has been taken up yet."""
    found: dict[int, list[SittingLine]] = {}
    for line in state.lines:
        if line.block is not None:
            found.setdefault(line.block, []).append(line)
    return tuple(
        Block(number, len(lines))
        for number, lines in sorted(found.items())
        if all(line.state == "waiting" for line in lines)
    )
