"""Everything that a protocol is written from, fetched once in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from sagsgang.cases.models import PathStep
from sagsgang.followups.queries.at import GivenLine, given_at
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.meetings.queries.attending import Roll, roll_of
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
    notes: Mapping[tuple[UUID | None, str], ProtocolNote]
    voted: tuple[Poll, ...] = ()


def facts_of(meeting_id: UUID) -> ProtocolFacts:
    """The facts of a meeting. Raises `Meeting.DoesNotExist`."""
    return facts_for(meeting_rows(meeting_id))


def facts_for(meeting: Meeting) -> ProtocolFacts:
    """The facts of a meeting whose rows were fetched with `meetings.queries.meeting_rows`."""
    _fetch_paths(meeting)
    proposals: dict[UUID, list[Proposal]] = {}
    moved = Proposal.objects.filter(item__meeting=meeting).select_related("moved_by")
    for proposal in sorted(moved, key=lambda row: voting_order(row.kind, row.position)):
        proposals.setdefault(proposal.item_id, []).append(proposal)
    talks: dict[UUID, list[Turn]] = {}
    held = Turn.objects.filter(item__meeting=meeting, kind=TurnKind.TALK, began_at__isnull=False)
    for turn in held.select_related("person").order_by("began_at"):
        talks.setdefault(turn.item_id, []).append(turn)
    notes = {(row.item_id, row.place): row for row in ProtocolNote.objects.filter(meeting=meeting)}
    roll, voted = roll_of(meeting), tuple(poll_rows(meeting))
    return ProtocolFacts(
        meeting=meeting,
        roll=roll,
        polls=closed_polls(voted, roll),
        proposals=proposals,
        talks=talks,
        given=given_at(meeting),
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


def _fetch_paths(meeting: Meeting) -> None:
    """The path of each item's case, which says when the matter comes again; three queries for all of them."""
    rows = [row for item in meeting.items.all() if item.parent_id is None for row in (item, *item.subitems.all())]
    standing = AgendaItem.objects.filter(withdrawn_at=None)
    path = PathStep.objects.filter(withdrawn_at=None).prefetch_related(Prefetch("agenda_items", standing))
    prefetch_related_objects(rows, "step", Prefetch("case__path", path))
