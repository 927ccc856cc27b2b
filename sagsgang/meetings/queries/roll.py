"""The roll of a meeting: who was there, who may vote and who presides, as follows from the facts. Asks no database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils.formats import time_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from sagsgang.bodies.models import SeatRole
from sagsgang.meetings.models import Attendance, AttendanceState, SubstitutionKind
from sagsgang.meetings.queries.room import ConflictFact, RoomFacts, SeatFact, SubstitutionFact
from sagsgang.meetings.rules.presence import (
    Place,
    Share,
    Span,
    Stretch,
    holders,
    in_utc,
    is_quorate,
    is_seated,
    share_of,
    there_at,
)


@dataclass(frozen=True, slots=True)
class RollLine:
    """One person in a list of those present or absent; words as they are printed, "" = nothing to say.

    `state` is present or absent; `is_partly`: there for a part of it. `role` is empty for a plain member.
    """

    person: UUID
    name: str
    title: str = ""
    role: str = ""
    party: str = ""
    note: str = ""
    state: str = AttendanceState.PRESENT
    is_partly: bool = False
    is_remote: bool = False
    substitute_for: str = ""


@dataclass(frozen=True, slots=True)
class RollMember:
    """Somebody who may take part: she holds a seat, or (`substitute_for`, a person) sits in for one who does.

    `role` is the seat's role ("chair", "vice_chair", "member"; "" for a substitute), `role_words` as it is printed.
    `has_seat`: sits by a seat of her own in the body, not by being called. `held_to`: its last day.
    """

    person: UUID
    name: str
    title: str
    role: str
    role_words: str
    party: str
    has_seat: bool = True
    substitute_for: UUID | None = None
    substitute_for_name: str = ""
    held_from: date | None = None
    held_to: date | None = None

    def is_seated_at(self, moment: datetime) -> bool:
        """Does she hold her seat at this moment, by the house's own calendar?"""
        return is_seated(localdate(moment), self.held_from, self.held_to)


@dataclass(frozen=True)
class Roll:
    """Who was there, of one meeting: made from facts that were read before.

    `said` are the lines of a protocol, for a meeting that was not run here; of that one no moment can be asked.
    """

    facts: RoomFacts
    members: tuple[RollMember, ...]
    seats: int
    said: tuple[Attendance, ...] = ()
    _parents: dict[UUID, UUID | None] = field(default_factory=dict)
    _stretches: tuple[Stretch[UUID], ...] = ()
    _held: tuple[SeatFact, ...] = ()
    _known: dict[UUID | None, tuple[RollLine, ...]] = field(
        default_factory=dict, compare=False
    )  # lines that were asked

    @property
    def is_run_here(self) -> bool:
        """Was the meeting opened here, so that presence is known as stretches?"""
        return self.facts.opened_at is not None

    def remade(self, facts: RoomFacts) -> "Roll":
        """The roll as it would be if these were the facts of the room: of what may be told of a part of the meeting."""
        return make_roll(facts, self._held, self.said)

    def member(self, person: UUID) -> RollMember | None:
        """The member or substitute who is this person."""
        return next((row for row in self.members if row.person == person), None)

    def there_at(self, moment: datetime) -> frozenset[UUID]:
        """Everybody who is in the meeting at a moment, also remotely, also who has left the room for one item."""
        return there_at(self._stretches, moment)

    def conflicted_at(self, item: UUID | None, moment: datetime | None = None) -> frozenset[UUID]:
        """Who has a conflict of interest at the item or the item above it; with `moment`, who has one by then.

        Until the body has found so she takes part; from `left_at` on she does not, for as long as the item is treated.
        """
        places = self._with_parent(item)
        rows = (row for row in self.facts.conflicts if row.item in places)
        return frozenset(row.person for row in rows if _is_out(row, moment))

    def voters_at(self, moment: datetime, item: UUID | None = None) -> dict[UUID, UUID]:
        """Who may vote at a moment of an item: {voter: the member whose seat it is}. Its length counts for the quorum.

        Without those who are away, who take part remotely where that is not allowed (R28), who have a conflict of
        interest (R32) or whose seat has ended; with the substitutes who sit in for them (R30, R31).
        """
        there = there_at(self._stretches, moment, remote_counts=self.facts.remote_allowed)
        return holders(self._places(moment, item), there, self.conflicted_at(item, moment))

    def is_quorate_at(self, moment: datetime, item: UUID | None = None) -> bool:
        """Can the body decide the item at this moment (R24)?"""
        return is_quorate(len(self.voters_at(moment, item)), self.seats)

    def presides_at(self, moment: datetime, item: UUID | None = None) -> UUID | None:
        """Who is in the chair: the chair, else the acting chair who was named last before (R29); None = somebody must be.

        One who was named after the moment is taken where none was before: two machines differ by a little.
        """
        free = self._free_at(moment, item)
        chairs = [row.person for row in self.members if row.role == SeatRole.CHAIR and row.is_seated_at(moment)]
        named = self.facts.chairings
        before = [row.person for row in reversed(named) if row.since <= in_utc(moment)]
        after = [row.person for row in named if row.since > in_utc(moment)]
        return next((one for one in (*chairs, *before, *after) if one in free), None)

    def proposed_chair(self, moment: datetime, item: UUID | None = None) -> UUID | None:
        """The vice chair, if she is there and may take the chair."""
        free = self._free_at(moment, item)
        vice = (row.person for row in self.members if row.role == SeatRole.VICE_CHAIR and row.is_seated_at(moment))
        return next((one for one in vice if one in free), None)

    def present_at(self, item: UUID | None) -> tuple[RollLine, ...]:
        """Those who were there at any time of the item; None = of the meeting."""
        return tuple(line for line in self.lines(item) if line.state == AttendanceState.PRESENT)

    def absent_at(self, item: UUID | None) -> tuple[RollLine, ...]:
        """The members who were not there at any time of the item, or had to leave for it; None = of the meeting."""
        return tuple(line for line in self.lines(item) if line.state == AttendanceState.ABSENT)

    def took_part(self) -> tuple[RollLine, ...]:
        """Members and substitutes who were there at some time: those who sign the protocol (R37)."""
        known = {row.person for row in self.members}
        return tuple(line for line in self.present_at(None) if line.person in known or not self.is_run_here)

    def lines(self, item: UUID | None) -> tuple[RollLine, ...]:
        """Everybody of whom something is known at the item (None = at the meeting), present and absent."""
        if item not in self._known:
            self._known[item] = self._lines(item)
        return self._known[item]

    def _lines(self, item: UUID | None) -> tuple[RollLine, ...]:
        if not self.is_run_here:
            return _said_lines(self.said, self._places_said(item))
        spans = self.spans_of(item)
        out = self.conflicted_at(item)
        rows = (row for row in self.members if row.has_seat or self._is_called_to(row.person, item))
        lines = (self._line(row, spans, is_out=row.person in out) for row in rows)
        return tuple(line for line in lines if line is not None)

    @cached_property
    def _stretches_of(self) -> dict[UUID, list[Stretch[UUID]]]:
        found: dict[UUID, list[Stretch[UUID]]] = {}
        for row in self._stretches:
            found.setdefault(row.person, []).append(row)
        return found

    def spans_of(self, item: UUID | None) -> tuple[Span, ...]:
        """When the item was treated, its sub-items with it; a sub-item without times of its own shares its item's.

        For None, and for an item that nobody took up, it is the whole meeting; () where the meeting was not opened.
        """
        facts = self.facts
        whole = (Span(facts.opened_at, facts.adjourned_at),) if facts.opened_at else ()
        if item is None:
            return whole
        parent = self._parents.get(item)
        family = {item, *(pk for pk, above in self._parents.items() if above == item)}
        return self._treated(family) or (self._treated({parent}) if parent else ()) or whole

    def _is_called_to(self, person: UUID, item: UUID | None) -> bool:
        """Does the substitute belong to the item? One called because of a conflict sits at that item alone."""
        rows = [row for row in self.facts.substitutions if row.substitute == person]
        places = self._with_parent(item)
        return item is None or any(not row.is_for_conflict or row.item in places for row in rows)

    def _treated(self, items: set[UUID]) -> tuple[Span, ...]:
        return tuple(Span(row.began, row.ended) for row in self.facts.treatments if row.item in items)

    def _free_at(self, moment: datetime, item: UUID | None) -> frozenset[UUID]:
        return there_at(self._stretches, moment) - self.conflicted_at(item, moment)

    def _with_parent(self, item: UUID | None) -> set[UUID]:
        return {one for one in (item, self._parents.get(item) if item else None) if one is not None}

    def _places_said(self, item: UUID | None) -> list[UUID | None]:
        """Where a protocol says who is absent at an item: the meeting, the item above, the item itself."""
        parent = self._parents.get(item) if item else None
        return [None, *([parent] if parent else []), *([item] if item else [])]

    def _places(self, moment: datetime, item: UUID | None) -> list[Place[UUID]]:
        """The seats that are held at the moment, each with who may sit in it then."""
        places = self._with_parent(item)
        called = [
            (row.absent, row.substitute)
            for row in self.facts.substitutions
            if _has_right(row, moment) and (not row.is_for_conflict or row.item in places)
        ]
        called += [
            (row.substitute_for, row.person)
            for row in self.members
            if row.has_seat and row.substitute_for and row.is_seated_at(moment)
        ]
        return [
            Place(row.person, tuple(one for absent, one in called if absent == row.person))
            for row in self.members
            if row.has_seat and row.substitute_for is None and row.is_seated_at(moment)
        ]

    def _line(self, member: RollMember, spans: tuple[Span, ...], *, is_out: bool) -> RollLine | None:
        """The member's line; None for a substitute who was not there: nothing is said of her."""
        rows = self._stretches_of.get(member.person, [])
        share = share_of(rows, spans)
        is_absent = share == Share.NONE or is_out
        if is_absent and member.substitute_for is not None and not (is_out and share != Share.NONE):
            return None
        return RollLine(
            person=member.person,
            name=member.name,
            title=member.title,
            role=member.role_words,
            party=member.party,
            note=self._note(member, rows, spans, share, is_out=is_out),
            state=AttendanceState.ABSENT if is_absent else AttendanceState.PRESENT,
            is_partly=share == Share.PARTLY and not is_absent,
            is_remote=any(row.is_remote and share_of([row], spans) != Share.NONE for row in rows),
            substitute_for=member.substitute_for_name,
        )

    def _note(
        self, member: RollMember, rows: list[Stretch[UUID]], spans: tuple[Span, ...], share: Share, *, is_out: bool
    ) -> str:
        if is_out and share != Share.NONE:
            return _("took no part because of a conflict of interest")
        if share == Share.PARTLY:
            return _coming_and_going(rows, spans)
        if share == Share.WHOLE:
            return ""
        if rows:
            return _away_note(rows, spans)
        return _("sent word") if member.person in self.facts.reported else _("did not send word")


def make_roll(facts: RoomFacts, seats: Iterable[SeatFact] = (), said: Iterable[Attendance] = ()) -> Roll:
    """The roll of a meeting from what was read of it."""
    seats = _one_a_person(seats, facts.held_on)
    return Roll(
        facts=facts,
        members=_members(facts, seats),
        seats=_seat_count(seats, facts.held_on),
        said=tuple(said),
        _parents={row.pk: row.parent for row in facts.items},
        _stretches=tuple(Stretch(row.person, row.since, row.until, row.is_remote) for row in facts.presences),
        _held=seats,
    )


def line_words(line: RollLine) -> str:
    """A person as she is printed in a list: "Kommunaldirektør X (formand), med afbud"."""
    name = f"{line.title} {line.name}".strip()
    if line.role:
        name = _("{name} ({role})").format(name=name, role=line.role)
    return f"{name}, {line.note}" if line.note else name


def _one_a_person(seats: Iterable[SeatFact], day: date) -> tuple[SeatFact, ...]:
    """Each person's seat of the day; else the one that ended last."""
    found: dict[UUID, SeatFact] = {}
    for seat in seats:
        known = found.get(seat.person)
        if known is None or _rank(seat, day) > _rank(known, day):
            found[seat.person] = seat
    return tuple(found.values())


def _rank(seat: SeatFact, day: date) -> tuple[bool, date]:
    return is_seated(day, seat.held_from, seat.held_to), seat.held_to or date.max


def _seat_count(seats: Iterable[SeatFact], day: date) -> int:
    """How many seats the body has: those held on the day, and those that ended while it met and that nobody took over."""
    own = [row for row in seats if row.substitute_for is None]
    held = [row for row in own if is_seated(day, row.held_from, row.held_to)]
    taken_over = sum(1 for row in held if row.held_from == day)
    return len(held) + max(0, len(own) - len(held) - taken_over)


def _members(facts: RoomFacts, seats: tuple[SeatFact, ...]) -> tuple[RollMember, ...]:
    names = {row.person: row.name for row in seats}
    seated = [
        RollMember(
            person=row.person,
            name=row.name,
            title=row.title,
            role=row.role,
            role_words=row.role_words,
            party=row.party,
            substitute_for=row.substitute_for,
            substitute_for_name=names.get(row.substitute_for, "") if row.substitute_for else "",
            held_from=row.held_from,
            held_to=row.held_to,
        )
        for row in seats
    ]
    parties = {row.person: row.party for row in seats}
    called: dict[UUID, RollMember] = {}
    for row in facts.substitutions:
        if row.substitute not in parties:
            called[row.substitute] = RollMember(
                person=row.substitute,
                name=row.name,
                title=row.title,
                role="",
                role_words="",
                party=parties.get(row.absent, ""),
                has_seat=False,
                substitute_for=row.absent,
                substitute_for_name=names.get(row.absent, ""),
            )
    return (*seated, *called.values())


def _is_out(row: ConflictFact, moment: datetime | None) -> bool:
    return moment is None or row.left is None or in_utc(moment) >= row.left


def _has_right(row: SubstitutionFact, moment: datetime) -> bool:
    """May the substitute sit at this moment? One called to the council only from the body's approval on (R30)."""
    at = in_utc(moment)
    if row.kind == SubstitutionKind.COUNCIL and (row.approved is None or at < row.approved):
        return False
    return row.until is None or at < row.until


def _said_lines(rows: Iterable[Attendance], places: list[UUID | None]) -> tuple[RollLine, ...]:
    """What a protocol says at these places; what is said at the item comes after what is said of the whole meeting."""
    here = sorted((row for row in rows if row.item_id in places), key=lambda row: places.index(row.item_id))
    said = {row.person_id: row for row in here}
    return tuple(
        RollLine(
            person=row.person_id,
            name=row.person.name,
            title=row.title,
            role=row.role,
            party=row.party,
            note=row.note,
            state=row.state,
            substitute_for=row.substitute_for.name if row.substitute_for else "",
        )
        for row in said.values()
    )


def _coming_and_going(rows: list[Stretch[UUID]], spans: tuple[Span, ...]) -> str:
    """When she came, after it had begun, and when she went, before it ended."""
    ordered = sorted(rows, key=lambda row: row.since)
    begins, ends = spans[0].began, spans[-1].ended
    inside = [row for row in ordered if share_of([row], spans) != Share.NONE]
    words = []
    for number, row in enumerate(inside):
        if row.since > begins and (number == 0 or inside[number - 1].until != row.since):
            words.append(_("came at {time}").format(time=_clock(row.since)))
        is_followed = number + 1 < len(inside) and inside[number + 1].since == row.until
        if row.until is not None and (ends is None or row.until < ends) and not is_followed:
            words.append(_("left at {time}").format(time=_clock(row.until)))
    return ", ".join(words)


def _away_note(rows: list[Stretch[UUID]], spans: tuple[Span, ...]) -> str:
    """Of one who was in the meeting, but not at this item: she had left, or had not come yet."""
    begins = spans[0].began if spans else None
    before = [row.until for row in rows if row.until is not None and begins is not None and row.until <= begins]
    if before and not any(begins is not None and row.since > begins for row in rows):
        return _("left the meeting at {time}").format(time=_clock(max(before)))
    if not before:
        return _("came at {time}").format(time=_clock(min(row.since for row in rows)))
    return _("was out of the meeting")


def _clock(moment: datetime) -> str:
    return time_format(localtime(moment), "H.i")
