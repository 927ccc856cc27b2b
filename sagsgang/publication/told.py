"""What the public is told of a meeting that was run here: who was there, and what happened at its open items.

Closed by default. The facts of the room are first cut down to what happened at items whose words may leave; only then
is anything said of them. So a vote, a conflict of interest or a substitute at a closed item is not hidden in the
sentences: it was never there. `told_of` fetches; the rest is pure: facts in, plain values out.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from sagsgang.bodies.models import SeatRole
from sagsgang.cases.models import SectionKind
from sagsgang.documents.access import Access
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings.models import AgendaItem, AttendanceState, Meeting
from sagsgang.meetings.queries.attending import Roll, RollLine
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.meetings.queries.room import ChairingFact, PresenceFact, RoomFacts, SubstitutionFact, TreatmentFact
from sagsgang.meetings.rendering.decided import is_embargoed
from sagsgang.protocols.models import Place
from sagsgang.protocols.queries.facts import ProtocolFacts, closed_polls, facts_for
from sagsgang.protocols.queries.standing import Amendment, Standing, standing_of
from sagsgang.protocols.rendering.compose import (
    away_lines,
    chairing_sentences,
    compose_item,
    partly_sentences,
    urgent_sentences,
)
from sagsgang.protocols.rendering.sentences import substitute_sentences
from sagsgang.publication.document import PersonLine, VoteText


@dataclass(frozen=True, slots=True)
class ToldItem:
    """What happened at an open item, in sentences: before its decision, its votes, and after it."""

    record: tuple[str, ...] = ()
    votes: tuple[VoteText, ...] = ()
    after: tuple[str, ...] = ()
    absent: tuple[PersonLine, ...] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a meeting; `present` None = it was not run here, and the lines of its protocol are asked.

    `signed` is that line of `record` which says how many have signed: it alone may change by itself.
    """

    present: tuple[PersonLine, ...] | None = None
    absent: tuple[PersonLine, ...] | None = None
    opened_at: datetime | None = None
    adjourned_at: datetime | None = None
    record: tuple[str, ...] = ()
    signed: str = ""
    items: dict[UUID, ToldItem] = field(default_factory=dict)


NOTHING_TOLD, NO_ITEM = Told(), ToldItem()


def told_of(meeting: Meeting) -> Told:
    """What is told of a meeting (`meetings.queries.meeting_rows`), in a fixed number of queries.

    Nothing of one that was not run here, but for how its protocol is signed where it has one. In Danish, whoever
    asks: a protocol is a Danish document.
    """
    if meeting.opened_at is None and not is_protocol_final(meeting):
        return NOTHING_TOLD
    with translation.override(settings.LANGUAGE_CODE):
        facts = facts_for(meeting)
        return tell(facts, standing_of(meeting, facts.roll), list(tellable_items(meeting)))


def tellable_items(meeting: Meeting) -> Iterator[AgendaItem]:
    """The open items and sub-items whose decision may leave: those of which the protocol may tell the public."""
    for item in meeting.items.all():
        if item.parent_id is None and item.access == Access.OPEN and not is_embargoed(item):
            yield item
            yield from (sub for sub in item.subitems.all() if sub.access == Access.OPEN and not is_embargoed(sub))


def tell(facts: ProtocolFacts, standing: Standing, tellable: Collection[AgendaItem]) -> Told:
    """What is told of the meeting. `tellable`: its open items and sub-items whose decision may leave."""
    meeting = facts.meeting
    if not facts.roll.is_run_here:
        signed = signed_line(standing, facts.roll) if standing.is_final else ""
        return Told(record=(signed,) if signed else (), signed=signed)
    ids = frozenset(item.pk for item in tellable)
    public = public_facts(facts, ids)
    roll = public.roll
    whole = [row for row in standing.amendments if not row.item]
    signed = signed_line(standing, roll)
    return Told(
        present=tuple(_present(row, roll) for row in roll.present_at(None)),
        absent=tuple(person_line(row) for row in roll.absent_at(None)),
        opened_at=meeting.opened_at,
        adjourned_at=meeting.adjourned_at,
        record=(
            *_chairing(public, ids),
            *substitute_sentences(roll),
            *_note(public, None, Place.BEFORE),
            *_note(public, None, Place.AFTER),
            *(amendment_line(row) for row in whole),
            signed,
        ),
        signed=signed,
        items={item.pk: _item(item, public, standing) for item in tellable},
    )


def public_facts(facts: ProtocolFacts, ids: frozenset[UUID]) -> ProtocolFacts:
    """The facts without all that happened at other items than these."""
    roll = facts.roll.remade(_room(facts.roll, ids))
    voted = tuple(poll for poll in facts.voted if poll.item_id in ids)
    return replace(
        facts,
        roll=roll,
        voted=voted,
        polls=closed_polls(voted, roll),
        proposals={pk: rows for pk, rows in facts.proposals.items() if pk in ids},
        talks={},
        given={pk: rows for pk, rows in facts.given.items() if pk in ids},
        reported={
            pk: [row for row in rows if not row.is_embargoed] for pk, rows in facts.reported.items() if pk in ids
        },
        notes={key: row for key, row in facts.notes.items() if key[0] is None or key[0] in ids},
    )


def _room(roll: Roll, ids: frozenset[UUID]) -> RoomFacts:
    """The room as these items know it: who sat in for one item alone is known from that item, and no longer than it."""
    facts = roll.facts
    treatments = tuple(row for row in facts.treatments if row.item in ids)
    called = tuple(row for row in facts.substitutions if _sat_in(row, roll, ids, treatments))
    seated = {member.person for member in roll.members if member.has_seat}
    seated |= {row.substitute for row in called if not row.is_for_conflict}
    return replace(
        facts,
        treatments=treatments,
        conflicts=tuple(row for row in facts.conflicts if row.item in ids),
        substitutions=called,
        chairings=_presided(roll, treatments),
        presences=tuple(
            stretch
            for row in facts.presences
            for stretch in ((row,) if row.person in seated else _clipped(row, called, treatments))
        ),
    )


def _presided(roll: Roll, treatments: tuple[TreatmentFact, ...]) -> tuple[ChairingFact, ...]:
    """Who presided in the chair's stead while these items were treated, and since when that is known from them.

    Where none was treated, the first who was named: somebody led the meeting.
    """
    facts = roll.facts
    if not treatments:
        return facts.chairings[:1]
    turns = {row.since for row in facts.chairings}
    turns |= {moment for row in facts.presences for moment in (row.since, row.until) if moment is not None}
    found: dict[ChairingFact, datetime] = {}
    for span in treatments:
        inside = {one for one in turns if span.began < one and (span.ended is None or one < span.ended)}
        for moment in sorted({span.began, *inside}):
            who = roll.presides_at(moment, span.item)
            named = [row for row in facts.chairings if row.person == who]
            row = next((one for one in reversed(named) if one.since <= moment), None)
            if row is not None:
                found[row] = min(found.get(row, moment), moment)
    return tuple(replace(row, since=found[row]) for row in facts.chairings if row in found)


def _sat_in(row: SubstitutionFact, roll: Roll, ids: frozenset[UUID], treatments: tuple[TreatmentFact, ...]) -> bool:
    """Did the substitute sit in at one of these items? One called for the whole meeting did, also if none was treated."""
    if row.is_for_conflict:
        return row.item in ids
    treated = {one.item for one in treatments}
    if not treated:
        return row.item is None
    return any(line.person == row.substitute for item in treated for line in roll.present_at(item))


def _clipped(
    row: PresenceFact, called: Iterable[SubstitutionFact], treatments: Iterable[TreatmentFact]
) -> Iterable[PresenceFact]:
    """Of the presence of a substitute for one item: what lies within the treatment of the items she was called to."""
    items = {one.item for one in called if one.substitute == row.person}
    for span in treatments:
        since = max(row.since, span.began)
        ends = [moment for moment in (row.until, span.ended) if moment is not None]
        until = min(ends) if ends else None
        if span.item in items and (until is None or since < until):
            yield replace(row, since=since, until=until)


def _chairing(facts: ProtocolFacts, ids: Iterable[UUID]) -> tuple[str, ...]:
    """Who presided, where the chair was away from the meeting, or from an item that may be told of."""
    chairs = {row.person for row in facts.roll.members if row.role == SeatRole.CHAIR}
    places: list[UUID | None] = [None, *ids]
    is_away = any(
        line.person in chairs and (line.state == AttendanceState.ABSENT or line.is_partly)
        for place in places
        for line in facts.roll.lines(place)
    )
    return chairing_sentences(facts) if is_away else ()


def _item(item: AgendaItem, facts: ProtocolFacts, standing: Standing) -> ToldItem:
    said = compose_item(item, facts)
    amended = [row for row in standing.amendments if row.item == str(item.pk)]
    return ToldItem(
        record=(
            *_lines(said.before),
            *urgent_sentences(item, facts),
            *said.conflicts,
            *partly_sentences(item, facts.roll),
            *(() if _hides_recommendation(item) else said.proposals),
        ),
        votes=tuple(VoteText(row.sentence, tuple(f"{name}: {vote}" for name, vote in row.votes)) for row in said.votes),
        after=(*said.halts, *said.follow_ups, *_lines(said.after), *(amendment_line(row) for row in amended)),
        absent=tuple(person_line(row) for row in away_lines(item, facts.roll)) or None,
    )


def _hides_recommendation(item: AgendaItem) -> bool:
    """Is a part of the recommendation closed? Then what is moved against it tells of it."""
    rows = item.presentation.sections.all() if item.presentation else ()
    return any(row.kind == SectionKind.RECOMMENDATION and row.access != Access.OPEN for row in rows)


def _present(row: RollLine, roll: Roll) -> PersonLine:
    """Who was at the meeting. Of a substitute for one item no times: when it ended may hang on a closed one after it."""
    member = roll.member(row.person)
    called = [one for one in roll.facts.substitutions if one.substitute == row.person]
    for_items = member is not None and not member.has_seat and all(one.is_for_conflict for one in called)
    return person_line(replace(row, note="") if for_items else row)


def person_line(row: RollLine) -> PersonLine:
    """A person as the roll knows her; her note says for whom she sat in, whether remotely, and when she came or left."""
    words = [
        gettext("substitute for {name}").format(name=row.substitute_for) if row.substitute_for else "",
        gettext("remotely") if row.is_remote else "",
        row.note,
    ]
    return PersonLine(row.name, row.title, row.role, row.party, ", ".join(word for word in words if word))


def amendment_line(row: Amendment) -> str:
    """What was added to the final protocol, when, and why; who entered it is known in the house."""
    day = date_format(localtime(row.at), "DATE_FORMAT")
    return gettext("Amendment of {day}: {words} Reason: {reason}").format(day=day, words=row.words, reason=row.reason)


def signed_line(standing: Standing, roll: Roll) -> str:
    """How many have signed, of those who are named as having taken part (R37)."""
    named = {row.person for row in roll.took_part()}
    signers = [row for row in standing.signers if row.person in named]
    signed = sum(1 for row in signers if row.at is not None)
    if not standing.is_final or not signed:
        return gettext("The protocol is not signed yet.")
    return gettext("The protocol is signed by {signed} of {all}.").format(signed=signed, all=len(signers))


def _note(facts: ProtocolFacts, item: UUID | None, place: str) -> list[str]:
    row = facts.notes.get((item, place))
    return _lines(row.html) if row else []


def _lines(html: str) -> list[str]:
    return [line for line in to_plain(html).splitlines() if line.strip()]
