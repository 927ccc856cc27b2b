"""Every way in which words go out and come back: a supplement, a correction, a withdrawal, an hour, a stop at the gate."""

import re
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from sagsgang.bodies.models import Seat
from sagsgang.following.models import Follower, Kind, Letter, Pace
from sagsgang.following.tasks import send_letter
from sagsgang.followups.actions import FollowUpFacts, give_follow_up
from sagsgang.meetings.actions import put_on_agenda, record_decision, send_supplement
from sagsgang.meetings.actions.absences import report_absence
from sagsgang.meetings.models import Meeting, MeetingKind, own_decision
from sagsgang.members.actions import mark_read
from sagsgang.members.queries.material import material_of
from sagsgang.portal import wall_calls
from sagsgang.publication.actions import approve_release, prepare_release, withdraw_release
from sagsgang.publication.identity import public_ids
from sagsgang.publication.models import Preparation, Release, ReleaseKind, ReleaseRecord, ReleaseState
from sagsgang.site.demo_desk.approving import approve
from sagsgang.site.demo_doors.hall import RELEASER, Hall
from sagsgang.site.demo_doors.releasing import let_out, look_through

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LATE = "Broen blev spærret, efter at dagsordenen var sendt ud, og den er skolesti."
CORRECTED = "Referatet nævnte ikke, at udvalget ændrede rækkefølgen af punkterne."
AGENDA_WORDS = "Dagsordenen blev godkendt med den ændring, at punktet med meddelelser blev behandlet først."
WITHDRAWN = "I et bilag stod navn og telefonnummer på en borger. Referatet lægges ud igen, når bilaget er rettet."
FOLLOWER = "bente.bruun@borger.example"
READ = 2  # items that the member has read
_TOKEN = re.compile(r"/foelg/bekraeft/([^/\s]+)/")


def follow(hall: Hall) -> None:
    """A citizen follows the committee by e-mail and confirms it; what is released from now on is told her."""
    if Follower.objects.filter(address=FOLLOWER).exists():
        return
    body = hall.body("MTU")
    wall_calls.follow(Kind.BODY, UUID(public_ids([body])[body.pk]), "", Pace.AT_ONCE, "da", FOLLOWER)
    letter = Letter.objects.get(follower__address=FOLLOWER)
    send_letter(str(letter.pk))
    letter.refresh_from_db()
    if found := _TOKEN.search(letter.text):  # not yet written where the database's clock is ahead of ours (in tests)
        wall_calls.confirm(found[1])


def call_today(hall: Hall) -> None:
    """A meeting that anybody can open today: agenda and supplement are out, one member has sent word, one has read."""
    if hall.found("MTU", hall.today):
        return
    secretary, releaser = hall.secretary("MTU"), hall.user("chef-natur")
    keys = ("dagsorden-mtu", "skolevej", "vinter", "badevand")
    meeting = hall.call("MTU", hall.today, keys, starts=time(16, 30))
    let_out(meeting, kind=ReleaseKind.AGENDA, prepared_by=secretary, released_by=releaser)
    case = hall.desk.write("bro", [hall.today])
    approve(case)
    put_on_agenda(case, meeting=meeting, late_reason=LATE, actor=secretary)
    send_supplement(meeting, reason=LATE, anyway=True, actor=secretary)
    let_out(meeting, kind=ReleaseKind.AGENDA, prepared_by=secretary, released_by=releaser)
    seats = Seat.objects.on(hall.today).filter(body=meeting.body, person__user=None).select_related("person")
    absent = seats.order_by("created_at").last()
    assert absent is not None
    report_absence(meeting, person=absent.person, reason="Sygdom.", actor=secretary)
    reader = hall.user("medlem")
    for entry in material_of(reader, meeting).readable[:READ]:
        mark_read(entry.item, seen=entry.seen, actor=reader)


def wait(hall: Hall) -> None:
    """One agenda waits for its hour; another for an answer, since the gate has found a (made-up) CPR number in a file."""
    if not hall.found("KFU", hall.after(6)):
        meeting = hall.call("KFU", hall.after(6), ("kulturnat",), starts=time(16, 30))
        noon = datetime.combine(hall.today + timedelta(days=1), time(12), tzinfo=COPENHAGEN)
        preparation = _prepared(hall, meeting, "KFU", noon)
        approve_release(preparation, actor=hall.user(RELEASER))
    if not hall.found("SSU", hall.after(5)):
        meeting = hall.call("SSU", hall.after(5), ("hjemmehjælp", "madordning"), starts=time(14, 30))
        _prepared(hall, meeting, "SSU")


def _prepared(hall: Hall, meeting: Meeting, code: str, hour: datetime | None = None) -> Preparation:
    secretary = hall.secretary(code)
    preparation = prepare_release(meeting, kind=ReleaseKind.AGENDA, release_at=hour, actor=secretary)
    look_through(preparation)
    return preparation


def correct(hall: Hall) -> None:
    """The minutes of MTU's last meeting said too little."""
    meeting = released(hall, "MTU").last()
    if meeting is None or Release.objects.filter(kind=ReleaseKind.CORRECTION).exists():
        return
    item = meeting.items.filter(parent=None, withdrawn_at=None).earliest("position")
    own = own_decision(item.decisions.select_related("body", "item"), meeting)
    assert own is not None
    secretary = hall.secretary("MTU")
    record_decision(item, text=AGENDA_WORDS, outcome=own.outcome, seen=own.version, actor=secretary)
    let_out(
        meeting,
        kind=ReleaseKind.MINUTES,
        prepared_by=secretary,
        released_by=hall.user("chef-natur"),
        reason=CORRECTED,
    )


def take_back(hall: Hall) -> None:
    """The oldest minutes of KFU are withdrawn; the checklist of the breach is open."""
    meeting = released(hall, "KFU").first()
    if meeting is None or Release.objects.filter(state=ReleaseState.WITHDRAWN).exists():
        return
    record = ReleaseRecord.objects.filter(meeting_id=meeting.pk).latest("at")
    withdraw_release(record.release_id, reason=WITHDRAWN, actor=hall.secretary("KFU"))


def released(hall: Hall, code: str) -> QuerySet[Meeting]:
    """The ordinary meetings that are over and released, in order of time."""
    released = ReleaseRecord.objects.filter(meeting_id=OuterRef("pk"))
    rows = Meeting.objects.filter(body=hall.body(code), held_on__lt=hall.today, kind=MeetingKind.ORDINARY)
    return rows.filter(Exists(released)).select_related("body").order_by("held_on")


def be_late(hall: Hall) -> None:
    """What was to be done before the directorate met, and is not."""
    case = hall.desk.case("naturdrift")
    facts = FollowUpFacts(
        words="Oversigten over de store maskiners alder lægges på sagen.",
        owner_role="Natur- og miljøchef",
        owner=hall.user("chef-natur"),
        before_step=case.path.get(body=hall.body("DIR")),
        reports_to=hall.body("DIR"),
    )
    give_follow_up(case, facts, actor=hall.secretary("DIR"))
