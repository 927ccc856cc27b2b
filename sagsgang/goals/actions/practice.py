"""Mark a case or a project as good practice, and take the mark off."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.goals.models import PolicyArea, PracticeExample, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFacts:
    """What is written of an example; `goals` are numbers of global goals, `areas` of its authority."""

    title: str
    why: str
    learning: str
    contact_role: str
    areas: Collection[PolicyArea] = ()
    goals: Collection[int] = ()

    @property
    def columns(self) -> dict[str, object]:
        """The facts by column, without the areas."""
        names = ("title", "why", "learning", "contact_role")
        return {name: getattr(self, name) for name in names} | {"goals": sorted(set(self.goals))}


@transaction.atomic
def mark_example(matter: Case | Project, facts: ExampleFacts, *, actor: User) -> PracticeExample:
    """The case or project is an example from now on. Raises `RuleBrokenError` if it is one already."""
    of = _of(matter)
    if PracticeExample.objects.filter(**of).exists():
        raise RuleBrokenError(gettext("It is marked as good practice already."))
    row = PracticeExample.objects.create(authority=matter.authority, author=actor, **of, **facts.columns)
    row.areas.set(facts.areas)
    record(actor, "mark_example", row)
    return row


@transaction.atomic
def edit_example(example: PracticeExample, facts: ExampleFacts, *, actor: User) -> None:
    """Write it anew; who marked it and when stays."""
    example = PracticeExample.history.select_for_update(of=("self",)).get(pk=example.pk)
    for name, value in facts.columns.items():
        setattr(example, name, value)
    example.save()
    example.areas.set(facts.areas)
    record(actor, "edit_example", example)


@transaction.atomic
def withdraw_example(example: PracticeExample, *, actor: User) -> None:
    """It is no example any more; the row stays, and the mark can be put back."""
    PracticeExample.objects.filter(pk=example.pk).update(withdrawn_at=now())
    record(actor, "withdraw_example", example)


@transaction.atomic
def restore_example(example: PracticeExample, *, actor: User) -> None:
    """It is an example again. Raises `RuleBrokenError` if its case or project was marked anew meanwhile."""
    example = PracticeExample.history.select_for_update(of=("self",)).get(pk=example.pk)
    of = _of(example.case or example.project)
    if PracticeExample.objects.filter(**of).exclude(pk=example.pk).exists():
        raise RuleBrokenError(gettext("It is marked as good practice already."))
    PracticeExample.history.filter(pk=example.pk).update(withdrawn_at=None)
    record(actor, "restore_example", example)


def _of(matter: Case | Project | None) -> dict[str, Case | Project]:
    """The matter by its column; its row is locked, so that two do not mark it at once."""
    if isinstance(matter, Project):
        return {"project": Project.history.select_for_update(of=("self",)).get(pk=matter.pk)}
    assert matter is not None  # the database keeps one of them on every row
    return {"case": Case.objects.select_for_update(of=("self",)).get(pk=matter.pk)}
