"""Write projects with their notes, partnerships and involvements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.models import record
from sagsgang.goals.models import Involvement, Partnership, PolicyArea, Project, ProjectNote
from sagsgang.goals.rules import require_free_name, require_note_day, require_period


@dataclass(frozen=True, kw_only=True)
class WorkFacts:
    """What is written of every kind of work; names as the columns."""

    model: ClassVar[type[models.Model]]

    name: str
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The facts by column, without the areas of a project."""
        return {name: value for name, value in vars(self).items() if name != "areas"}


@dataclass(frozen=True, kw_only=True)
class ProjectFacts(WorkFacts):
    """A project; `areas` of its authority."""

    model = Project

    purpose: str = ""
    unit: Unit | None = None
    owner_role: str = ""
    expected_effect: str = ""
    is_public: bool = False
    areas: Collection[PolicyArea] = ()


@dataclass(frozen=True, kw_only=True)
class PartnershipFacts(WorkFacts):
    """A partnership; `partners` by name."""

    model = Partnership

    partners: Collection[str] = ()
    agreement: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """With the partners as a list."""
        return vars(self) | {"partners": list(self.partners)}


@dataclass(frozen=True, kw_only=True)
class InvolvementFacts(WorkFacts):
    """An involvement of citizens; `participants` None = nobody counted."""

    model = Involvement

    form: str
    participants: int | None = None
    outcome: str = ""


@transaction.atomic
def add_work(authority: Authority, facts: WorkFacts, *, actor: User) -> Any:
    """Enter a project, a partnership or an involvement, and answer its row. Raises `RuleBrokenError`."""
    _require(authority, facts, None)
    row: Any = facts.model._base_manager.create(authority=authority, **facts.columns)
    if isinstance(facts, ProjectFacts):
        row.areas.set(facts.areas)
    record(actor, "add_work", row)
    return row


@transaction.atomic
def edit_work(row: Project | Partnership | Involvement, facts: WorkFacts, *, actor: User) -> None:
    """Write it anew; links and assessments stay. Raises `RuleBrokenError`."""
    held: Any = facts.model._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    _require(row.authority, facts, held)
    for name, value in facts.columns.items():
        setattr(held, name, value)
    held.save()
    if isinstance(facts, ProjectFacts):
        held.areas.set(facts.areas)
    record(actor, "edit_work", held)


@transaction.atomic
def withdraw_work(row: Project | Partnership | Involvement, *, actor: User) -> None:
    """It was entered by mistake and is on no list any more; a project that ended has the state instead."""
    type(row)._base_manager.filter(pk=row.pk).update(withdrawn_at=now())
    record(actor, "withdraw_work", row)


@transaction.atomic
def add_project_note(project: Project, *, on: date, state: str, words: str, actor: User) -> ProjectNote:
    """How it goes on a day that has come. Raises `RuleBrokenError`."""
    require_note_day(on, localdate())
    note = ProjectNote.objects.create(project=project, on=on, state=state, words=words, author=actor)
    record(actor, "add_project_note", project, note=str(note.pk), state=state)
    return note


@transaction.atomic
def withdraw_project_note(note: ProjectNote, *, actor: User) -> None:
    """It was written by mistake; the note before it counts again."""
    ProjectNote.objects.filter(pk=note.pk).update(withdrawn_at=now())
    record(actor, "withdraw_project_note", note.project, note=str(note.pk))


def _require(authority: Authority, facts: WorkFacts, own: models.Model | None) -> None:
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)  # a name is asked for and taken in one
    same = facts.model._base_manager.filter(authority=authority, name__iexact=facts.name, withdrawn_at=None)
    require_free_name(facts.name, is_taken=(same.exclude(pk=own.pk) if own else same).exists())
    require_period(facts.starts_on, facts.ends_on)
