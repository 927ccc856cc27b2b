"""What generating a year would do now: the days that lack a meeting, those that are closed, those no rule has any more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from sagsgang.bodies.calendar import ClosingDays
from sagsgang.bodies.models import Body, ClosingDay
from sagsgang.meetings.models import AgendaItem, Form, Meeting, MeetingKind
from sagsgang.meetings.queries import decided_items
from sagsgang.planning.models import PlannedMeeting, PlanRule
from sagsgang.planning.rules.plan import FURTHEST_PROPOSAL, PlanDay, days_of, proposed_instead

_MARGIN = timedelta(days=FURTHEST_PROPOSAL)


@dataclass(frozen=True, slots=True)
class RuleDay:
    """A day of a rule that has no meeting. `closed` says why nobody meets then; `proposed` is the nearest free day."""

    rule: PlanRule
    day: date
    closed: str = ""
    proposed: date | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What generating would do. `adopted`: days that have a meeting nobody has tied to the rules yet; `settled`: days
    that have their meeting, or were changed by hand; `left`: empty, untouched meetings to come that no rule has any more;
    `behind`: untouched ones whose rule has another hour or place now, with that rule.
    """

    new: tuple[RuleDay, ...]
    closed: tuple[RuleDay, ...]
    adopted: tuple[tuple[RuleDay, Meeting], ...]
    settled: int
    past: int
    left: tuple[PlannedMeeting, ...]
    behind: tuple[tuple[PlannedMeeting, PlanRule], ...] = ()

    @property
    def has_anything(self) -> bool:
        """Is there anything to generate, decide or take away?"""
        return bool(self.new or self.closed or self.left or self.behind)


@dataclass(frozen=True, slots=True)
class YearRows:
    """A body's year as it stands: rules, meetings with `has_items`, the plan's days, and the closing days."""

    body: Body
    year: int
    rules: Sequence[PlanRule]
    meetings: Sequence[Meeting]
    planned: Sequence[PlannedMeeting]
    closing_days: ClosingDays

    @property
    def of_the_year(self) -> list[Meeting]:
        """The meetings of the year; those at the edges of the neighbouring years are left out."""
        return [row for row in self.meetings if row.held_on.year == self.year]


def year_rows(body: Body, year: int) -> YearRows:
    """Read a body's year in four queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"))
    meetings = (
        Meeting.objects.filter(
            Q(held_on__range=(first - _MARGIN, last + _MARGIN)) | Q(moved_from__range=(first, last)),
            body=body,
            form=Form.MEETING,
        )
        .annotate(has_items=Exists(items), has_decisions=Exists(decided_items().filter(meeting=OuterRef("pk"))))
        .order_by("held_on", "starts", "created_at")
    )
    return YearRows(
        body=body,
        year=year,
        rules=list(PlanRule.objects.filter(body=body, year=year)),
        meetings=list(meetings),
        planned=list(
            PlannedMeeting.objects.filter(body=body, day__range=(first, last)).select_related("rule", "meeting")
        ),
        closing_days=dict(
            ClosingDay.objects.filter(authority=body.authority_id, day__year=year).values_list("day", "name")
        ),
    )


def outlook(rows: YearRows, today: date) -> Outlook:
    """Compare the rules with what is there. No query; what a hand has changed is never among what would change."""
    days = _days_of_rules(rows)
    ordinary = [row for row in rows.meetings if row.kind == MeetingKind.ORDINARY]
    tied = {row.day for row in rows.planned} | {row.moved_from for row in ordinary if row.moved_from}
    tied_ids = {row.meeting_id for row in rows.planned}
    held = {row.held_on: row for row in ordinary}
    taken = {row.held_on for row in rows.meetings if row.cancelled_at is None} | {day.day for day in days}
    open_days = [day for day in days if day.day not in tied]
    there = [day for day in open_days if day.day in held]
    lacking = [day for day in open_days if day.day not in held]
    to_come = [day for day in lacking if day.day >= today]
    return Outlook(
        new=tuple(day for day in to_come if not day.closed),
        closed=tuple(_with_proposals([day for day in to_come if day.closed], rows.closing_days, taken)),
        adopted=tuple((day, held[day.day]) for day in there if held[day.day].pk not in tied_ids),
        settled=len(days) - len(lacking),
        past=len(lacking) - len(to_come),
        left=tuple(_left(rows, {day.day for day in days}, today)),
        behind=tuple(_behind(rows, {day.day: day.rule for day in days}, today)),
    )


def _days_of_rules(rows: YearRows) -> list[RuleDay]:
    """Each day once, by the first rule that has it."""
    found: dict[date, RuleDay] = {}
    for rule in rows.rules:
        for day in days_of_rule(rule, rows.closing_days):
            found.setdefault(day.day, RuleDay(rule, day.day, day.closed))
    return [found[day] for day in sorted(found)]


def days_of_rule(rule: PlanRule, closing_days: ClosingDays) -> tuple[PlanDay, ...]:
    """The days of a stored rule."""
    left_out = {date.fromisoformat(day) for day in rule.except_days}
    return days_of(rule.rule, rule.year, rule.except_months, left_out, closing_days)


def _with_proposals(days: Iterable[RuleDay], closing_days: ClosingDays, taken: set[date]) -> Iterable[RuleDay]:
    for day in days:
        proposed = proposed_instead(day.day, closing_days=closing_days, taken=taken)
        if proposed:
            taken = taken | {proposed}
        yield RuleDay(day.rule, day.day, day.closed, proposed)


def _left(rows: YearRows, days: set[date], today: date) -> Iterable[PlannedMeeting]:
    filled = {row.pk for row in rows.meetings if row.has_items}  # type: ignore[attr-defined]
    for planned in rows.planned:
        gone = planned.day not in days and planned.meeting is not None
        if gone and planned.day >= today and planned.meeting_id not in filled and is_untouched(planned):
            yield planned


def _behind(rows: YearRows, rules: Mapping[date, PlanRule], today: date) -> Iterable[tuple[PlannedMeeting, PlanRule]]:
    for planned in rows.planned:
        rule, meeting = rules.get(planned.day), planned.meeting
        if rule is None or meeting is None or planned.day < today or not is_untouched(planned):
            continue
        if (meeting.starts, meeting.place) != (rule.starts, rule.place):
            yield planned, rule


def is_untouched(planned: PlannedMeeting) -> bool:
    """Is the meeting still as its rule made it?"""
    meeting, rule = planned.meeting, planned.rule
    return meeting is not None and (
        (meeting.held_on, meeting.starts, meeting.place, meeting.ends) == (planned.day, rule.starts, rule.place, None)
        and not (meeting.change_notice or meeting.number or meeting.moved_from)
        and not (meeting.cancelled_at or meeting.agenda_sent_at or meeting.opened_at)
    )
