"""What a meeting that is moved or cancelled takes with it: cases that wait for it, items on its agenda, its deadline."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.calendar import Deadline
from sagsgang.cases.models import Case, PathStep
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.deadlines import deadline_of


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """A case whose path names this meeting; a closed one is named by that alone."""

    pk: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """`hidden`: how many more cases wait for the meeting that this user does not see; `items` stand on its agenda."""

    cases: tuple[WaitingCase, ...]
    hidden: int
    items: int
    is_sent: bool

    @property
    def steps(self) -> int:
        """All cases that wait for the meeting."""
        return len(self.cases) + self.hidden


def consequences_of(meeting: Meeting, user: User) -> Consequences:
    """The cases whose path has a step at this body on this day that is on no agenda; closed titles are not read."""
    placed = AgendaItem.objects.filter(step=OuterRef("pk"), withdrawn_at=None, meeting__cancelled_at=None)
    steps = PathStep.objects.filter(~Exists(placed), body=meeting.body_id, planned_on=meeting.held_on)
    waiting = set(steps.values_list("case", flat=True))
    seen = Case.objects.visible_to(user).filter(pk__in=waiting).order_by("title", "pk")
    cases = tuple(WaitingCase(case.pk, gettext("Closed case") if case.is_closed else case.title) for case in seen)
    return Consequences(
        cases=cases,
        hidden=len(waiting) - len(cases),
        items=AgendaItem.objects.top().filter(meeting=meeting, withdrawn_at=None).count(),
        is_sent=meeting.agenda_sent_at is not None,
    )


def passed_deadline(meeting: Meeting, day: date, today: date) -> Deadline | None:
    """The deadline of the agenda if the meeting were held on `day`, where it is over already; else None."""
    if meeting.agenda_sent_at is not None:
        return None
    found = deadline_of(Meeting(body=meeting.body, held_on=day))
    return found if found and found.outer < today else None
