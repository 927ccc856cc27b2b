"""The plan of the year to come by rules, this year's and that one's calendars published, one meeting moved, one cancelled."""

from datetime import date

from django.db.models import Exists, OuterRef

from sagsgang.bodies.calendar import is_working_day
from sagsgang.bodies.models import Body, ClosingDay, PublishPolicy
from sagsgang.cases.models import PathStep
from sagsgang.meetings.actions.absences import report_absence
from sagsgang.meetings.models import AgendaItem, Meeting, MeetingKind
from sagsgang.planning.actions import RuleFacts, add_rule, cancel_meeting, generate_year, move_meeting
from sagsgang.planning.models import PlanRule
from sagsgang.publication.actions import publish_plan
from sagsgang.site.demo.plan import DECEMBER, JULY, PLACES, STARTS
from sagsgang.site.demo_doors.hall import Hall

# The days of a month on which the bodies meet. No month that has its meetings already gets more of them.
DAYS = {
    "DIR": "1TU", "HU": "2MO", "BSU": "2TU", "MTU": "2WE", "SSU": "2TH", "KFU": "3MO", "ØK": "3TU", "KB": "-1TU"
}  # fmt: skip
MOVED = ("KFU", "Mødet er flyttet, fordi udvalget er på studietur.")
CANCELLED = ("BSU", "Mødet er aflyst, fordi der ikke er sager til dagsordenen.")


def plan_the_year(hall: Hall) -> None:
    """A rule for each body, and the meetings that come of it in the months that have none."""
    year = hall.today.year + 1
    for code, day in DAYS.items():
        body = hall.body(code)
        if PlanRule.objects.filter(body=body, year=year).exists():
            continue
        met = set(Meeting.objects.filter(body=body, held_on__year=year).values_list("held_on__month", flat=True))
        months = {*met, JULY, *({DECEMBER} if code == "KB" else ())}
        if len(months) == DECEMBER:
            continue
        facts = RuleFacts(
            rule=f"FREQ=MONTHLY;BYDAY={day}", except_months=months, starts=STARTS[code], place=PLACES[code]
        )
        add_rule(body, year=year, facts=facts, actor=hall.secretary(code))
        generate_year(body, year=year, actor=hall.secretary(code))


def move_and_cancel(hall: Hall) -> None:
    """The next free meetings of two committees."""
    code, notice = MOVED
    if not Meeting.objects.filter(body=hall.body(code), moved_from__isnull=False).exists():
        meeting = _free_meeting(hall.body(code), hall.after(3))
        if meeting is not None:
            to = _other_day(hall, meeting)
            move_meeting(meeting, to=to, notice=notice, anyway=True, actor=hall.secretary(code))
    code, notice = CANCELLED
    if not Meeting.objects.filter(body=hall.body(code), cancelled_at__isnull=False).exists():
        meeting = _free_meeting(hall.body(code), hall.after(3))
        if meeting is not None:
            cancel_meeting(meeting, notice=notice, actor=hall.secretary(code))


def _free_meeting(body: Body, first: date) -> Meeting | None:
    """The next one that nothing is on its way to."""
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"))
    steps = PathStep.objects.filter(body=body, planned_on=OuterRef("held_on"))
    rows = Meeting.objects.filter(body=body, held_on__gte=first, kind=MeetingKind.ORDINARY, cancelled_at=None)
    return rows.exclude(Exists(items)).exclude(Exists(steps)).order_by("held_on").first()


def _other_day(hall: Hall, meeting: Meeting) -> date:
    """A week later, or the next day after that on which people work and the body does not meet."""
    closed = dict(ClosingDay.objects.filter(authority=meeting.body.authority).values_list("day", "name"))
    taken = set(Meeting.objects.filter(body=meeting.body).values_list("held_on", flat=True))
    days = (date.fromordinal(meeting.held_on.toordinal() + n) for n in range(7, 40))
    return next(day for day in days if is_working_day(day, closed) and day not in taken)


def publish_calendars(hall: Hall) -> None:
    """Of each body that publishes, with those who sit in it."""
    for body in Body.objects.filter(authority=hall.desk.authority).exclude(publish_policy=PublishPolicy.NONE):
        for year in (hall.today.year, hall.today.year + 1):
            publish_plan(body, year=year, actor=hall.secretary(body.code))


def send_word(hall: Hall) -> None:
    """The member cannot come to the council's next meeting: her substitute is next in line."""
    coming = Meeting.objects.filter(
        body=hall.body("KB"), held_on__gt=hall.today, kind=MeetingKind.ORDINARY, cancelled_at=None
    )
    meeting = coming.order_by("held_on").first()
    if meeting is not None:
        report_absence(meeting, person=hall.person("medlem"), reason="Ferie.", actor=hall.user("medlem"))
