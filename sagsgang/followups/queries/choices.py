"""What the form of a follow-up offers: roles, units, people, steps to come, bodies to report to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Unit
from sagsgang.cases.models import Case, PathStep
from sagsgang.cases.queries.lists import colleagues
from sagsgang.followups.queries.steps import due_days, meeting_days
from sagsgang.meetings.models import AgendaItem, Decision, own_decision


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step to come, with the day of its meeting and the day by which something must be done before it."""

    step: PathStep
    day: date | None
    due_on: date | None

    @property
    def words(self) -> str:
        """ "Before Økonomiudvalget, 16 May 2023: by 9 May 2023"."""
        body = self.step.body.name
        if self.day is None or self.due_on is None:
            return gettext("before {body}; no meeting is chosen yet").format(body=body)
        said = gettext("before {body}, {day}: by {due}")
        if self.due_on < localdate():
            said = gettext("before {body}, {day}: should have been done by {due}, and is overdue at once")
        return said.format(
            body=body, day=date_format(self.day, "DATE_FORMAT"), due=date_format(self.due_on, "DATE_FORMAT")
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that may be chosen; `roles` are suggestions, every other role may be written."""

    roles: tuple[str, ...]
    units: tuple[Unit, ...]
    people: tuple[User, ...]
    steps: tuple[StepChoice, ...]
    bodies: tuple[Body, ...]


def choices_of(case: Case, item: AgendaItem | None = None, held: PathStep | None = None) -> Choices:
    """What a follow-up of this case, given at this item, may name; `held` is the step that it names already."""
    units = tuple(Unit.objects.filter(authority=case.authority_id).select_related("manager"))
    return Choices(
        roles=tuple(_roles(units)),
        units=units,
        people=tuple(colleagues(case.authority)),
        steps=tuple(_steps(case, item, held)),
        bodies=tuple(_bodies(case)),
    )


def _roles(units: Iterable[Unit]) -> Iterable[str]:
    """The heads of the units by their titles, then "head of" each unit: no person, and nothing from other follow-ups."""
    titles = {unit.manager.title for unit in units if unit.manager and unit.manager.title}
    heads = {gettext("Head of {unit}").format(unit=unit.name) for unit in units}
    return sorted(titles | heads)


def _bodies(case: Case) -> QuerySet[Body]:
    today = localdate()
    return Body.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), authority=case.authority_id)


def _steps(case: Case, item: AgendaItem | None, held: PathStep | None) -> Iterable[StepChoice]:
    """The steps after the item's own that no body has treated yet, in the order of the path."""
    standing = AgendaItem.objects.filter(withdrawn_at=None).select_related("meeting")
    items = standing.prefetch_related(Prefetch("decisions", Decision.objects.all()))
    rows = list(case.path.select_related("body").prefetch_related(Prefetch("agenda_items", items)))
    own = [step.position for step in rows if item is not None and item.step_id == step.pk]
    after = own[0] if own else 0
    ahead = [step for step in rows if step.position > after and not _is_treated(step)]
    if held is not None and held.pk not in {step.pk for step in ahead}:
        ahead.insert(0, held)
    days, due = meeting_days(ahead), due_days(ahead)
    return [StepChoice(step, days[step.pk], due[step.pk]) for step in ahead]


def _is_treated(step: PathStep) -> bool:
    return any(own_decision(item.decisions.all(), item.meeting) for item in step.agenda_items.all())
