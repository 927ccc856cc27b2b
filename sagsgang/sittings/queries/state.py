"""Everything that the session page and the follow-along page show of a meeting, as frozen values."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.utils.timezone import now

from sagsgang.cases.models import FrozenBy
from sagsgang.core.gathering import Part, Question
from sagsgang.meetings.models import AgendaItem, Meeting, SubstitutionKind, Treatment
from sagsgang.meetings.queries.attending import Roll, make_roll
from sagsgang.meetings.queries.room import SEATED, TreatmentFact, room_facts, seat_rows, seats_from
from sagsgang.meetings.rules.presence import LAST, in_utc
from sagsgang.sittings.models import Proposal, ProposalKind, SittingAct, Turn
from sagsgang.sittings.queries.results import PollResult, poll_rows, results_from, votes_of
from sagsgang.sittings.rules.doors import is_beginning
from sagsgang.sittings.rules.quorum import Quorum
from sagsgang.sittings.rules.voting import Result, result_of_votes, settled_proposals, voting_order


@dataclass(frozen=True, slots=True)
class Named:
    """A person to choose or to show."""

    pk: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Conflicted:
    """A member with a conflict of interest at an item; `has_left` the room for it, or was never there."""

    pk: UUID
    name: str
    has_left: bool


@dataclass(frozen=True, slots=True)
class QuorumNow:
    """Whether the body can decide at this moment: `present` may vote, of `seats`; `needed` must be there (R24)."""

    present: int
    needed: int
    seats: int
    is_quorate: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class SittingMember:
    """One who may take part. `is_here` now; `is_out` because of a conflict at the current item; `votes` at it now.

    `presence` is the row of her running stretch; `since` when it began; `reported` = she sent word of her absence.
    `substitution` is the row that calls her, `waits` = the body has not approved it (R30). `departure`: the row of the
    stretch that she ended by leaving, while she is away. `fills`: whose seat she holds for the whole meeting;
    `is_for_item`: she is called for the conflict of interest at one item alone.
    """

    pk: UUID
    name: str
    title: str
    role: str
    party: str
    is_here: bool
    is_remote: bool
    is_out: bool
    votes: bool
    reported: bool
    since: datetime | None = None
    presence: UUID | None = None
    substitute_for: str = ""
    substitution: UUID | None = None
    waits: bool = False
    seat_ended: bool = False
    departure: UUID | None = None
    fills: UUID | None = None
    is_for_item: bool = False


@dataclass(frozen=True, slots=True)
class SittingLine:
    """A line of the agenda. `state`: "waiting", "running" or "done" (it may be taken up again).

    `title` is the internal one and `public_title` what a closed item may be called; who reads which is asked of
    `meetings.rendering.Reader` by the caller, with `pk`. `is_closed`: itself or the item above it. `use`: what it is for
    as a standing item. `is_sent`: it has gone out, here or where it was taken in from; `is_off`: the body took it off.
    """

    pk: UUID
    parent: UUID | None
    number: str
    title: str
    public_title: str
    is_closed: bool
    kind: str
    state: str
    block: int | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    conflicted: tuple[Conflicted, ...] = ()
    polls: int = 0
    use: str = ""
    is_sent: bool = True
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class SittingProposal:
    """Something moved, in voting order (R26). `is_settled`: voted on, or fell away because another was adopted."""

    pk: UUID
    kind: str
    kind_words: str
    words: str
    moved_by: str
    party: str
    is_settled: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class SittingTurn:
    """A turn on the list of speakers. `state`: "waiting", "speaking" or "done"; `seconds` None = no limit.

    The clock runs from `began_at`; what is left is computed where it is shown.
    """

    pk: UUID
    who: str
    party: str
    kind: str
    kind_words: str
    position: int
    seconds: int | None
    state: str
    began_at: datetime | None
    ended_at: datetime | None

    @property
    def used(self) -> str:
        """How long she spoke, "2.05" for two minutes and five seconds; "" while she waits or speaks."""
        if self.began_at is None or self.ended_at is None:
            return ""
        minutes, seconds = divmod(int((in_utc(self.ended_at) - in_utc(self.began_at)).total_seconds()), 60)
        return f"{minutes}.{seconds:02}"


@dataclass(frozen=True, slots=True)
class CurrentItem:
    """The item that is treated now, with what is moved, voted and asked for at it. `with_it`: the rest of its block.

    `voted`: what the votes on the matter came to (`rules.voting.Result`), at it and at those of its block.
    """

    line: SittingLine
    with_it: tuple[SittingLine, ...]
    proposals: tuple[SittingProposal, ...]
    polls: tuple[PollResult, ...]
    open_poll: PollResult | None
    turns: tuple[SittingTurn, ...]
    voted: Mapping[UUID, str]

    @property
    def is_matter_next(self) -> bool:
        """Is the recommendation what is voted on now: does nothing wait that is voted on before it (R26)?"""
        return not any(proposal.is_next for proposal in self.proposals)

    @property
    def is_matter_voted(self) -> bool:
        """Has there been a vote on the recommendation, or was a proposal adopted in its place?"""
        mains = {proposal.pk for proposal in self.proposals if proposal.kind == ProposalKind.MAIN}
        return any(
            poll.proposal is None or (poll.proposal in mains and poll.outcome == Result.ADOPTED) for poll in self.polls
        )


@dataclass(frozen=True, slots=True)
class SittingState:
    """A meeting as it stands now. `last_act` numbers what listeners have seen; 0 = nothing has happened.

    `chair` presides now, None = nobody; `needs_acting_chair`: somebody must be named before an item is decided (R29),
    and `proposed_chair` is the vice chair if she is there. `voters` may vote at the current item, in roll-call order;
    `electorate` are those with who was there when the open vote was called and has left since.
    """

    meeting: UUID
    body: str
    held_on: date
    place: str
    opened_at: datetime | None
    adjourned_at: datetime | None
    is_open: bool
    remote_allowed: bool
    chair: Named | None
    needs_acting_chair: bool
    proposed_chair: Named | None
    quorum: QuorumNow
    members: tuple[SittingMember, ...]
    voters: tuple[SittingMember, ...]
    electorate: tuple[SittingMember, ...]
    lines: tuple[SittingLine, ...]
    current: CurrentItem | None
    last_act: int

    @property
    def is_beginning(self) -> bool:
        """Is the agenda being adopted, so that items are moved to the open or the closed part (R8)?"""
        return self.is_open and is_beginning((line.use, line.state) for line in self.lines if line.parent is None)


_WAITING, _RUNNING, _DONE = "waiting", "running", "done"


def state_of(meeting: Meeting, *, at: datetime | None = None) -> SittingState:
    """The meeting as it stands `at` (default now), in two queries. `meeting` comes with its body."""
    moment = in_utc(at or now())
    room = room_facts(meeting)
    found = _STATE.ask(meeting.pk, meeting=meeting.pk, body=meeting.body_id, held_on=meeting.held_on)
    roll = make_roll(room, seats_from(found["seats"]))
    polls = results_from(found["polls"], roll)
    rows = found["agenda"]
    lines = _lines(rows, roll, polls, meeting.agenda_sent_at)
    running = next((line for line in lines if line.state == _RUNNING), None)
    item = running.pk if running else None
    voters = roll.voters_at(moment, item)
    quorum = Quorum(len(voters), roll.seats)
    members = _members(roll, moment, item, frozenset(voters))
    chair, proposed = roll.presides_at(moment, item), roll.proposed_chair(moment, item)
    facts = roll.facts
    is_open = facts.opened_at is not None and facts.adjourned_at is None
    return SittingState(
        meeting=meeting.pk,
        body=meeting.body.name,
        held_on=meeting.held_on,
        place=meeting.place,
        opened_at=facts.opened_at,
        adjourned_at=facts.adjourned_at,
        is_open=is_open,
        remote_allowed=facts.remote_allowed,
        chair=_named(roll, chair),
        needs_acting_chair=is_open and chair is None,
        proposed_chair=_named(roll, proposed),
        quorum=QuorumNow(quorum.present, quorum.needed, quorum.seats, quorum.is_quorate, quorum.sentence),
        members=members,
        voters=tuple(row for row in members if row.votes),
        electorate=_electorate(members, roll, next((poll for poll in polls.values() if poll.is_open), None)),
        lines=lines,
        current=_current(found, roll, running, lines, polls),
        last_act=int(getattr(rows[0], "newest_act", None) or 0) if rows else last_act(meeting),
    )


def _parts(meeting: UUID, body: UUID, held_on: date) -> dict[str, Part]:
    """What is asked of a meeting beside its room."""
    asked = Meeting(pk=meeting, body_id=body, held_on=held_on)
    taken_up = Treatment.objects.filter(meeting=meeting, ended_at=None).order_by().values("item")
    return {
        "seats": Part(seat_rows(asked), SEATED),
        "polls": Part(poll_rows(asked)),
        "agenda": Part(_agenda(asked)),
        "proposals": Part(Proposal.objects.filter(item__in=taken_up), ("moved_by",)),
        "turns": Part(Turn.objects.filter(item__in=taken_up), ("person",)),
    }


_STATE = Question(Meeting, _parts)


def last_act(meeting: Meeting) -> int:
    """The number of the newest act; what who polls instead of listening asks for. One query."""
    return SittingAct.objects.filter(meeting=meeting.pk).aggregate(last=Max("number"))["last"] or 0


def _named(roll: Roll, person: UUID | None) -> Named | None:
    member = roll.member(person) if person else None
    return Named(member.person, member.name) if member else None


def _members(roll: Roll, moment: datetime, item: UUID | None, voters: frozenset[UUID]) -> tuple[SittingMember, ...]:
    running = {row.person: row for row in roll.facts.presences if row.until is None}
    ended = {
        row.person: row for row in sorted(roll.facts.presences, key=lambda row: row.since) if row.until is not None
    }
    gone = _called_to_past_items(roll, item)
    standing = [row for row in roll.facts.substitutions if row.until is None and row.pk not in gone]
    called = {row.substitute: row for row in standing}
    filling = {row.substitute: row.absent for row in standing if not row.is_for_conflict}
    out = roll.conflicted_at(item, moment)
    found = []
    for row in roll.members:
        if not row.has_seat and row.person not in called and row.person not in running:
            continue
        stretch, call = running.get(row.person), called.get(row.person)
        found.append(
            SittingMember(
                pk=row.person,
                name=row.name,
                title=row.title,
                role=row.role_words,
                party=row.party,
                is_here=stretch is not None,
                is_remote=stretch is not None and stretch.is_remote,
                is_out=row.person in out,
                votes=row.person in voters,
                reported=row.person in roll.facts.reported,
                since=stretch.since if stretch else None,
                presence=stretch.pk if stretch else None,
                substitute_for=row.substitute_for_name,
                substitution=call.pk if call else None,
                waits=call is not None and call.kind == SubstitutionKind.COUNCIL and call.approved is None,
                seat_ended=row.has_seat and not row.is_seated_at(moment),
                departure=ended[row.person].pk if stretch is None and row.person in ended else None,
                fills=row.substitute_for if row.has_seat else filling.get(row.person),
                is_for_item=not row.has_seat and call is not None and row.person not in filling,
            )
        )
    return tuple(found)


def _called_to_past_items(roll: Roll, item: UUID | None) -> set[UUID]:
    """The calls for the conflict of interest at one item that is over now: treated, and not with the current one."""
    above = {row.pk: row.parent for row in roll.facts.items}
    past = {pk for row in roll.facts.treatments for pk in (row.item, above.get(row.item))}
    past -= {item, above.get(item) if item else None}
    return {row.pk for row in roll.facts.substitutions if row.is_for_conflict and row.item in past}


def _electorate(members: tuple[SittingMember, ...], roll: Roll, poll: PollResult | None) -> tuple[SittingMember, ...]:
    """Who may vote now, and who could when the vote was called and still holds her seat."""
    could = roll.voters_at(poll.opened_at, poll.item) if poll else {}
    return tuple(row for row in members if row.votes or (row.pk in could and not row.seat_ended))


def _agenda(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items of the agenda, each with the number of the meeting's newest act."""
    newest = SittingAct.objects.filter(meeting=meeting.pk).order_by("-number").values("number")[:1]
    rows = AgendaItem.objects.filter(meeting=meeting.pk, withdrawn_at=None)
    off = Exists(SittingAct.objects.filter(item=OuterRef("pk"), verb="take_off_here"))
    facts = {"use": F("standing__use"), "frozen_by": F("presentation__frozen_by"), "off": off}
    return rows.annotate(newest_act=Subquery(newest), **facts).order_by("position")


def _lines(
    rows: list[AgendaItem], roll: Roll, polls: Mapping[UUID, PollResult], sent_at: datetime | None
) -> tuple[SittingLine, ...]:
    """The agenda in its order, each item before its sub-items."""
    by_parent: dict[UUID | None, list[AgendaItem]] = {}
    for row in rows:
        by_parent.setdefault(row.parent_id, []).append(row)
    ordered = [one for top in by_parent.get(None, []) for one in (top, *by_parent.get(top.pk, []))]
    closed = {row.pk for row in rows if row.is_closed}
    treated: dict[UUID, list[TreatmentFact]] = {}
    for treatment in roll.facts.treatments:
        treated.setdefault(treatment.item, []).append(treatment)
    polled = Counter(poll.item for poll in polls.values())
    out: dict[UUID, list[Conflicted]] = {}
    for conflict in roll.facts.conflicts:
        one = Conflicted(conflict.person, conflict.name, has_left=conflict.left is not None)
        out.setdefault(conflict.item, []).append(one)
    return tuple(
        SittingLine(
            pk=row.pk,
            parent=row.parent_id,
            number=row.number,
            title=row.title,
            public_title=row.public_title,
            is_closed=row.pk in closed or row.parent_id in closed,
            kind=row.kind,
            state=_state(treated.get(row.pk, [])),
            block=row.block,
            began_at=min((one.began for one in treated.get(row.pk, [])), default=None),
            ended_at=_ended(treated.get(row.pk, [])),
            conflicted=tuple(out.get(row.pk, ())),
            polls=polled[row.pk],
            use=getattr(row, "use", None) or "",
            is_sent=getattr(row, "frozen_by", None) == FrozenBy.IMPORTED or row.is_sent(sent_at),
            is_off=getattr(row, "off", False),
        )
        for row in ordered
    )


def _state(treated: list[TreatmentFact]) -> str:
    if not treated:
        return _WAITING
    return _RUNNING if any(one.ended is None for one in treated) else _DONE


def _ended(treated: list[TreatmentFact]) -> datetime | None:
    return None if _state(treated) == _RUNNING else max((one.ended for one in treated if one.ended), default=None)


def _current(
    found: Mapping[str, list[Any]],
    roll: Roll,
    running: SittingLine | None,
    lines: tuple[SittingLine, ...],
    polls: Mapping[UUID, PollResult],
) -> CurrentItem | None:
    """The running item, with those of the proposals and turns that were found which are its own."""
    if running is None:
        return None
    item = running.pk
    proposals = [row for row in found["proposals"] if row.item_id == item]
    turns = [row for row in found["turns"] if row.item_id == item]
    here = tuple(poll for poll in polls.values() if poll.item == item)
    began = running.began_at
    kinds = {row.pk: row.kind for row in found["proposals"]}
    with_it = tuple(
        line
        for line in lines
        if running.block is not None and line.block == running.block and line.pk != item and line.began_at == began
    )
    return CurrentItem(
        line=running,
        with_it=with_it,
        proposals=_proposals(proposals, here),
        polls=here,
        open_poll=next((poll for poll in polls.values() if poll.is_open), None),
        turns=tuple(_turn(turn, roll) for turn in sorted(turns, key=_in_turn)),
        voted={line.pk: result_of_votes(votes_of(line.pk, kinds, polls.values())) for line in (running, *with_it)},
    )


def _proposals(rows: list[Proposal], polls: tuple[PollResult, ...]) -> tuple[SittingProposal, ...]:
    settled = settled_proposals([(row.pk, row.kind) for row in rows], [(poll.proposal, poll.outcome) for poll in polls])
    ordered = sorted(rows, key=lambda row: voting_order(row.kind, row.position))
    nearest = next((row.pk for row in ordered if row.pk not in settled), None)
    return tuple(
        SittingProposal(
            pk=row.pk,
            kind=row.kind,
            kind_words=row.get_kind_display(),
            words=row.words,
            moved_by=row.moved_by.name if row.moved_by else "",
            party=row.party,
            is_settled=row.pk in settled,
            is_next=row.pk == nearest,
        )
        for row in ordered
    )


def _in_turn(turn: Turn) -> tuple[bool, datetime, int]:
    """Those who had the floor, in the order in which they got it; then those who wait."""
    return turn.began_at is None, turn.began_at or LAST, turn.position


def _turn(turn: Turn, roll: Roll) -> SittingTurn:
    member = roll.member(turn.person_id) if turn.person_id else None
    state = "waiting" if turn.began_at is None else "done" if turn.ended_at else "speaking"
    return SittingTurn(
        pk=turn.pk,
        who=turn.person.name if turn.person else turn.name,
        party=member.party if member else "",
        kind=turn.kind,
        kind_words=turn.get_kind_display(),
        position=turn.position,
        seconds=turn.seconds,
        state=state,
        began_at=turn.began_at,
        ended_at=turn.ended_at,
    )
