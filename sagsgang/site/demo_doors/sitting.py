"""Meetings on one matter: Direktionen's as it was written down, and two held here, whose protocols are signed and a draft."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sagsgang.accounts.models import User
from sagsgang.bodies.actions import change_body
from sagsgang.bodies.models import Body, Person, Seat
from sagsgang.bodies.rules import BodySettings
from sagsgang.followups.actions import (
    FollowUpFacts,
    begin_follow_up,
    finish_follow_up,
    give_follow_up,
    note_follow_up,
)
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.actions.dissents import enter_dissent
from sagsgang.meetings.actions.halts import halt_decision
from sagsgang.meetings.drafts import DecisionDraft, PersonDraft
from sagsgang.meetings.models import AgendaItem, AttendanceState, HaltPower, Meeting, Outcome
from sagsgang.protocols.actions import make_final, sign_protocol, write_note
from sagsgang.protocols.actions.final import digest_of
from sagsgang.protocols.models import Place
from sagsgang.publication.models import ReleaseKind
from sagsgang.site.demo_doors.hall import RELEASER, Hall
from sagsgang.site.demo_doors.releasing import let_out
from sagsgang.sittings import actions
from sagsgang.sittings.models import Choice, Method, Poll

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
AGAINST = ("V", "Æ")  # the lists that vote against the sale
DISSENT = (
    "Venstre vil sælge grunden til højeste bud. Et krav om almene boliger hører til i lokalplanen og ikke i udbuddet."
)
SIGNED = ("borgmester", "økonomiudvalg-1", "økonomiudvalg-2", "økonomiudvalg-3", "økonomiudvalg-4")


@dataclass(slots=True)
class Room:
    """A meeting that runs; each act lies some minutes after the one before."""

    meeting: Meeting
    secretary: User
    clock: datetime

    def typed(self, minutes: int = 1) -> dict[str, Any]:
        """The keywords of the next act."""
        self.clock += timedelta(minutes=minutes)
        return {"key": uuid4(), "at": self.clock, "actor": self.secretary}

    def item(self, number: int) -> AgendaItem:
        """The item with this number."""
        return AgendaItem.objects.select_related("meeting__body", "case").get(
            meeting=self.meeting, position=number, parent=None
        )

    def take_up(self, number: int, minutes: int = 4) -> AgendaItem:
        """Take the item up, when the one before has been talked about for so long."""
        item = self.item(number)
        actions.take_up_item(item, **self.typed(minutes))
        return item

    def agree(self, item: AgendaItem, text: str, outcome: str) -> None:
        """The chair concludes without a vote, and the decision is written."""
        actions.adopt_without_vote(item, **self.typed(3))
        self.decide(item, text, outcome)

    def decide(self, item: AgendaItem, text: str, outcome: str) -> None:
        """Write the decision."""
        actions.decide_here(item, facts={"text": text, "outcome": outcome, "seen": 0}, **self.typed())


def recommend(hall: Hall) -> None:
    """Direktionen's meeting on the school's roof, written as minutes are: the first step of a path of three."""
    day = hall.first_day()
    if hall.found("DIR", day):
        return
    body = hall.body("DIR")
    called = hall.draft("DIR", day, ("tag",), starts=time(8, 30))
    words = "<p>Direktionen anbefaler, at der gives en tillægsbevilling.</p>"
    decision = DecisionDraft(body=body.name, on=day, html=words, outcome=Outcome.RECOMMENDED, number="1")
    present = tuple(
        PersonDraft(name=seat.person.name, title=seat.person.title, state=AttendanceState.PRESENT)
        for seat in _seats(body, day)
    )
    draft = replace(
        called, ends=time(9, 10), attendance=present, items=(replace(called.items[0], decisions=(decision,)),)
    )
    secretary, releaser = hall.secretary("DIR"), hall.user(RELEASER)
    meeting = restore_meeting(body, draft, actor=secretary).meeting
    let_out(meeting, kind=ReleaseKind.MINUTES, prepared_by=secretary, released_by=releaser)


def hold_finance(hall: Hall) -> None:
    """Økonomiudvalget: a substitute, a conflict of interest, a roll-call with a dissent, a halted decision."""
    day = hall.before()
    if hall.found("ØK", day):
        return
    keys = ("dagsorden-øk", "tag", "materielgård", "hal", "rengøring")
    meeting = hall.call("ØK", day, keys, starts=time(15, 30))
    seats = _seats(hall.body("ØK"), day)
    absent, substitute = _who_stays_away(hall, seats, day)
    room = _opened(hall, "ØK", meeting, time(15, 31), [seat.person for seat in seats if seat.person != absent])
    item = room.take_up(1, 1)
    actions.call_substitute(room.meeting, absent=absent, substitute=substitute, item=item, **room.typed())
    room.agree(item, "Dagsordenen blev godkendt.", Outcome.APPROVED)
    item = room.take_up(2)
    room.agree(item, "Økonomiudvalget anbefaler indstillingen over for Kommunalbestyrelsen.", Outcome.RECOMMENDED)
    _vote(room, seats, absent)
    _recuse(room, seats, absent)
    _halt(room, seats, absent)
    actions.adjourn_meeting(room.meeting, **room.typed(4))
    _follow_up(hall, room)
    _sign(hall, room)
    secretary, releaser = hall.secretary("ØK"), hall.user(RELEASER)
    let_out(room.meeting, kind=ReleaseKind.MINUTES, prepared_by=secretary, released_by=releaser)


def _seats(body: Body, day: date) -> list[Seat]:
    return list(Seat.objects.on(day).filter(body=body).select_related("person").order_by("created_at", "pk"))


def _who_stays_away(hall: Hall, seats: list[Seat], day: date) -> tuple[Person, Person]:
    """A member without a login, and somebody of her group in the council who sits in for her (R31)."""
    here = {seat.person for seat in seats}
    council = _seats(hall.body("KB"), day)
    for seat in reversed(seats):
        others = [row.person for row in council if row.party == seat.party and row.person not in here]
        if seat.person.user is None and others:
            return seat.person, others[0]
    raise LookupError("Nobody to stay away")


def _opened(hall: Hall, code: str, meeting: Meeting, clock: time, present: list[Person]) -> Room:
    opened = datetime.combine(meeting.held_on, clock, tzinfo=COPENHAGEN).astimezone(UTC)
    room = Room(meeting, hall.secretary(code), opened)
    actions.open_meeting(meeting, present=[person.pk for person in present], **room.typed(0))
    room.meeting = Meeting.objects.select_related("body__authority").get(pk=meeting.pk)
    return room


def _vote(room: Room, seats: list[Seat], absent: Person) -> None:
    item = room.take_up(3)
    here = [seat for seat in seats if seat.person != absent]
    against = {seat.person.pk: Choice.AGAINST for seat in here if seat.party in AGAINST}
    poll = Poll.objects.get(pk=actions.open_poll(item, method=Method.ROLL_CALL, **room.typed(18)).key)
    actions.enter_roll_call(poll, everyone=Choice.FOR, exceptions=against, **room.typed())
    actions.close_poll(poll, **room.typed())
    text = "Indstillingen blev godkendt ved navneopråb. Salget forelægges igen, når der er kommet bud."
    room.decide(item, text, Outcome.APPROVED)
    speaker = next(seat.person for seat in here if seat.party == AGAINST[0])
    enter_dissent(item, person=speaker, words=DISSENT, actor=room.secretary)


def _recuse(room: Room, seats: list[Seat], absent: Person) -> None:
    """She sits on the board of the hall."""
    item = room.take_up(4)
    person = next(seat.person for seat in reversed(seats) if seat.person != absent and seat.party not in AGAINST)
    actions.declare_conflict(item, person=person, by_self=True, **room.typed())
    room.agree(item, "Indstillingen blev godkendt.", Outcome.APPROVED)


def _halt(room: Room, seats: list[Seat], absent: Person) -> None:
    item = room.take_up(5, 9)
    room.agree(item, "Indstillingen blev godkendt.", Outcome.APPROVED)
    person = next(seat.person for seat in seats if seat.person != absent and seat.party in AGAINST)
    halt_decision(item, person=person, power=HaltPower.MEMBER, actor=room.secretary)


def _sign(hall: Hall, room: Room) -> None:
    """The protocol is made final, and some have signed it."""
    words = "Efter mødet orienterede borgmesteren kort om arbejdet i det nye samarbejdsforum."
    write_note(room.meeting, item=None, place=Place.AFTER, text=words, seen=0, actor=room.secretary)
    make_final(room.meeting, digest=digest_of(room.meeting.pk), anyway=True, actor=room.secretary)
    for name in SIGNED:
        sign_protocol(room.meeting, actor=hall.user(name))


def _follow_up(hall: Hall, room: Room) -> None:
    """One that is open, one that is late, one that is done."""
    secretary, manager = room.secretary, hall.user("chef-natur")
    sale, cleaning = room.item(3), room.item(5)
    give_follow_up(
        sale.case,
        FollowUpFacts(
            words="Udbudsmaterialet for materielgården lægges frem med kravene til de almene boliger.",
            owner_role="Natur- og miljøchef", owner=manager, due_on=hall.after(45), reports_to=hall.body("ØK"),
        ),
        item=sale, actor=secretary,
    )  # fmt: skip
    done = give_follow_up(
        sale.case,
        FollowUpFacts(
            words="Jordbundsprøverne fra materielgården sendes til udvalgets medlemmer.",
            owner_role="Natur- og miljøchef", owner=manager, due_on=hall.after(7),
        ),
        item=sale, actor=secretary,
    )  # fmt: skip
    begin_follow_up(done, actor=manager)
    finish_follow_up(
        done, words="Prøverne er sendt. Der er ikke fundet forurening over grænseværdierne.", actor=manager
    )
    begun = give_follow_up(
        cleaning.case,
        FollowUpFacts(
            words="Arbejdsklausulen skrives ind i udbudsmaterialet efter drøftelse med Hovedudvalget.",
            owner_role="HR-chef", owner=hall.user("hr"), due_on=hall.after(14),
        ),
        item=cleaning, actor=secretary,
    )  # fmt: skip
    begin_follow_up(begun, actor=hall.user("hr"))
    note_follow_up(
        begun, words="Drøftet med fællestillidsrepræsentanten. Teksten er sendt til jurist.", actor=hall.user("hr")
    )


def hold_council(hall: Hall) -> None:
    """Kommunalbestyrelsen: a substitute from the candidate list, and a protocol that is published before it is final."""
    day = hall.before()
    if hall.found("KB", day):
        return
    body = hall.body("KB")
    settings = BodySettings(**{row.name: getattr(body, row.name) for row in fields(BodySettings)})
    open_drafts = BodySettings(**(asdict(settings) | {"publish_draft": True}))
    change_body(body, open_drafts, actor=hall.user("administrator"))
    meeting = hall.call("KB", day, ("dagsorden-kb", "stedfortræder", "tag"), starts=time(18, 0))
    absent = hall.person("medlem")
    present = [seat.person for seat in _seats(body, day) if seat.person != absent]
    room = _opened(hall, "KB", meeting, time(18, 2), present)
    room.agree(room.take_up(1, 1), "Dagsordenen blev godkendt.", Outcome.APPROVED)
    item = room.take_up(2, 2)
    actions.call_substitute(
        room.meeting, absent=absent, substitute=hall.person("stedfortræder"), item=item, is_approved=True, **room.typed()
    )  # fmt: skip
    room.agree(item, "Indkaldelsen blev godkendt.", Outcome.APPROVED)
    room.agree(room.take_up(3, 2), "Indstillingen blev godkendt.", Outcome.APPROVED)
    actions.adjourn_meeting(room.meeting, **room.typed(5))
    secretary, releaser = hall.secretary("KB"), hall.user(RELEASER)
    let_out(room.meeting, kind=ReleaseKind.MINUTES, prepared_by=secretary, released_by=releaser)
