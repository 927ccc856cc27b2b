"""Everything that a protocol is written from, fetched once in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sagsgang.core.gathering import Part, gathered
from sagsgang.followups.queries.at import (
    GivenLine,
    ReportedLine,
    given_from,
    given_rows,
    reported_from,
    reported_rows,
)
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries import meeting_rows, with_items
from sagsgang.meetings.queries.attending import Roll, make_roll
from sagsgang.meetings.queries.pages import path_parts, place_paths
from sagsgang.meetings.queries.room import SAID, SEATED, room_facts, said_rows, seat_rows, seats_from
from sagsgang.protocols.models import ProtocolNote
from sagsgang.sittings.models import Poll, Proposal, Turn, TurnKind
from sagsgang.sittings.queries.results import PollResult, poll_rows, results_from
from sagsgang.sittings.rules.voting import voting_order


@dataclass(frozen=True)
class ProtocolFacts:
    """The meeting's rows with what happened in the room, each by the item's id; notes by (item or None, place).

    `voted` are the polls with their votes, of which `polls` are the results.
    """

    meeting: Meeting
    roll: Roll
    polls: Mapping[UUID, list[PollResult]]
    proposals: Mapping[UUID, list[Proposal]]
    talks: Mapping[UUID, list[Turn]]
    given: Mapping[UUID, list[GivenLine]]
    reported: Mapping[UUID, list[ReportedLine]]
    notes: Mapping[tuple[UUID | None, str], ProtocolNote]
    voted: tuple[Poll, ...] = ()


def facts_of(meeting_id: UUID) -> ProtocolFacts:
    """The facts of a meeting. Raises `Meeting.DoesNotExist`."""
    return facts_for(meeting_rows(meeting_id))


def facts_at(meeting: Meeting) -> ProtocolFacts:
    """The facts of a meeting that comes with its body and authority; four queries."""
    return facts_for(with_items(meeting))


def facts_for(meeting: Meeting) -> ProtocolFacts:
    """The facts of a meeting whose rows were fetched with `meetings.queries.meeting_rows`."""
    room = room_facts(meeting)
    talks_held = Turn.objects.filter(item__meeting=meeting.pk, kind=TurnKind.TALK, began_at__isnull=False)
    cases = AgendaItem.objects.filter(meeting=meeting.pk, withdrawn_at=None).order_by().values("case")
    found = gathered(
        meeting,
        seats=Part(seat_rows(meeting), SEATED),
        said=Part(said_rows(meeting), SAID),
        polls=Part(poll_rows(meeting)),
        proposals=Part(Proposal.objects.filter(item__meeting=meeting.pk), ("moved_by",)),
        talks=Part(talks_held.order_by("began_at"), ("person",)),
        notes=Part(ProtocolNote.objects.filter(meeting=meeting.pk)),
        given=Part(given_rows(meeting)),
        reported=Part(reported_rows(meeting)),
        **path_parts(cases),
    )
    place_paths((row for item in meeting.items.all() for row in (item, *item.subitems.all())), found)
    proposals: dict[UUID, list[Proposal]] = {}
    for proposal in sorted(found["proposals"], key=lambda row: voting_order(row.kind, row.position)):
        proposals.setdefault(proposal.item_id, []).append(proposal)
    talks: dict[UUID, list[Turn]] = {}
    for turn in found["talks"]:
        talks.setdefault(turn.item_id, []).append(turn)
    notes = {(row.item_id, row.place): row for row in found["notes"]}
    said = found["said"] if room.opened_at is None else ()
    roll, voted = make_roll(room, seats_from(found["seats"]), said), tuple(found["polls"])
    return ProtocolFacts(
        meeting=meeting,
        roll=roll,
        polls=closed_polls(voted, roll),
        proposals=proposals,
        talks=talks,
        given=given_from(found["given"]),
        reported=reported_from(found["reported"]),
        notes=notes,
        voted=voted,
    )


def closed_polls(voted: Iterable[Poll], roll: Roll) -> dict[UUID, list[PollResult]]:
    """The results of the polls that are closed, by item, in the order in which they were voted."""
    polls: dict[UUID, list[PollResult]] = {}
    for result in sorted(results_from(voted, roll).values(), key=lambda row: (row.opened_at, row.position)):
        if result.closed_at is not None:
            polls.setdefault(result.item, []).append(result)
    return polls
