"""What waits for a body: cases whose path comes by it and that are on none of its agendas yet; and where they can go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case, PathStep
from sagsgang.meetings.models import AgendaItem, Decision, Meeting, own_decision
from sagsgang.meetings.queries.standings import CaseStanding, standings_of
from sagsgang.meetings.rules.deciding import PROCEDURE
from sagsgang.meetings.rules.returning import return_in

_RECENTLY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A case that waits, with the meeting that is wished and what it still waits for ("" = nothing)."""

    case: Case
    step: PathStep
    standing: CaseStanding
    blocked_by: str

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return {
            "approved": pgettext("state of a case", "approved"),
            "in_approval": pgettext("state of a case", "in approval"),
            "draft": pgettext("state of a case", "being written"),
        }[self.standing.state]


def waiting_cases(body: Body, user: User) -> list[WaitingLine]:
    """The cases that wait for the body: approved ones first, then by the wished day; a fixed number of queries."""
    steps = _waiting_steps(body, user)
    first: dict[object, PathStep] = {}
    for step in steps:
        first.setdefault(step.case_id, step)
    standings = standings_of([step.case for step in first.values()])
    lines = [
        WaitingLine(step.case, step, standings[step.case.pk], _blocked_by(step, standings[step.case.pk]))
        for step in first.values()
    ]
    return sorted(lines, key=_rank)


def waiting_case_rows(body: Body, user: User) -> QuerySet[Case]:
    """The cases that may be put on one of the body's agendas by this user."""
    return Case.objects.filter(pk__in=_waiting_steps(body, user).values("case")).select_related("authority")


def _waiting_steps(body: Body, user: User) -> QuerySet[PathStep]:
    taken = AgendaItem.objects.filter(step=OuterRef("pk"), withdrawn_at=None, meeting__cancelled_at=None)
    standing = AgendaItem.objects.filter(withdrawn_at=None, meeting__cancelled_at=None).select_related("meeting")
    items = Prefetch("agenda_items", standing.prefetch_related(Prefetch("decisions", Decision.objects.all())))
    path = Prefetch("case__path", PathStep.objects.select_related("body").prefetch_related(items))
    return (
        PathStep.objects.filter(~Exists(taken), body=body, case__in=Case.objects.visible_to(user))
        .select_related("case__unit", "case__caseworker", "body")
        .prefetch_related(path)
        .order_by("case", "position")
    )


def _blocked_by(step: PathStep, standing: CaseStanding) -> str:
    if standing.state == "in_approval":
        return gettext("waits for {level}").format(level=standing.waits_for)
    if not standing.is_approved:
        return gettext("the caseworker is still writing")
    for earlier in step.case.path.all():
        if earlier.position < step.position and not step.is_parallel and not _is_treated(earlier, step.case):
            return gettext("{body} has not treated it").format(body=earlier)
    return ""


def _is_treated(step: PathStep, case: Case) -> bool:
    """To postpone or return a matter is not to treat it; where it comes again, the step of that says the rest."""
    found = [own_decision(item.decisions.all(), item.meeting) for item in step.agenda_items.all()]
    decided = [own.outcome not in PROCEDURE for own in found if own]
    return any(decided) or (bool(decided) and return_in(case.path.all(), step) is not None)


def _rank(line: WaitingLine) -> tuple[object, ...]:
    order = {"approved": 0, "in_approval": 1, "draft": 2}
    return (order[line.standing.state], line.step.planned_on or date.max, line.case.title)


@dataclass(frozen=True, slots=True)
class AgendaPlace:
    """Where a case can be put: a meeting, or an item of it that gathers others."""

    meeting: Meeting
    parent: AgendaItem | None

    @property
    def key(self) -> str:
        """How the place is named in a form."""
        return f"item:{self.parent.pk}" if self.parent else f"meeting:{self.meeting.pk}"

    @property
    def words(self) -> str:
        """The place as the list shows it."""
        day = date_format(self.meeting.held_on, "DATE_FORMAT")
        if self.parent is None:
            return gettext("{day}: an item of its own").format(day=day)
        return gettext("{day}: under {item}").format(day=day, item=self.parent)


def places_at(body: Body, today: date) -> list[AgendaPlace]:
    """The meetings to come, the nearest first, then those just held whose agenda was never sent; each with its items
    that have no text of their own and so gather others.
    """
    near = Q(held_on__gte=today) | Q(held_on__gte=today - _RECENTLY, agenda_sent_at=None)
    gathering = AgendaItem.objects.top().filter(withdrawn_at=None, presentation=None).order_by("position")
    rows = Meeting.objects.filter(near, body=body, cancelled_at=None).prefetch_related(
        Prefetch("items", gathering, to_attr="gathering")
    )
    meetings = sorted(rows, key=lambda row: (row.held_on < today, row.held_on))
    return [place for meeting in meetings for place in _places(meeting)]


def _places(meeting: Meeting) -> Iterable[AgendaPlace]:
    yield AgendaPlace(meeting, None)
    for item in getattr(meeting, "gathering", ()):
        yield AgendaPlace(meeting, item)


def later_meetings(item: AgendaItem, bodies: Iterable[UUID]) -> list[Meeting]:
    """The meetings to which the case can go on: of the bodies that are left on its path, else of any of the authority."""
    rows = Meeting.objects.filter(
        body__authority=item.meeting.body.authority_id, held_on__gte=item.meeting.held_on
    ).exclude(Q(pk=item.meeting_id) | Q(cancelled_at__isnull=False))
    wanted = list(bodies)
    if wanted:
        rows = rows.filter(body__in=wanted)
    return list(rows.select_related("body").order_by("held_on", "body__name")[:100])
