"""Remark on a version, make a task of a remark, answer it, take it back; finish a task."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, ChangeTask, PathStep, Presentation, Remark, Section
from sagsgang.cases.queries.journey import newest_version
from sagsgang.cases.rules import remarks as rules
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record


@transaction.atomic
def make_remark(
    case: Case,
    *,
    text: str,
    version: Presentation | None = None,
    section: Section | None = None,
    quote: str = "",
    step: PathStep | None = None,
    actor: User,
) -> Remark:
    """Remark on a version, or on a passage (`quote`) of one of its sections; `step`: it was made at that body's meeting."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    rules.require_words(text)
    if section is not None:
        version = section.presentation
    if (version is not None and version.case_id != case.pk) or (step is not None and step.case_id != case.pk):
        raise RuleBrokenError(_("The remark belongs to another case."))
    remark = Remark.objects.create(
        case=case,
        presentation=version,
        section=section,
        step=step,
        quote=quote.strip(),
        text=text.strip(),
        author=actor,
    )
    record(actor, "make_remark", case, remark=str(remark.pk), version=version.number if version else None)
    return remark


@transaction.atomic
def withdraw_remark(remark: Remark, *, actor: User) -> None:
    """Take back one's own remark, as long as nobody has answered it. It stays in the table, without an answer."""
    remark = _locked(remark)
    rules.require_own(is_hers=remark.author_id == actor.pk)
    _require_open(remark)
    _close(remark, answer="", actor=actor)
    record(actor, "withdraw_remark", remark.case, remark=str(remark.pk))


@transaction.atomic
def answer_remark(remark: Remark, *, answer: str, actor: User) -> None:
    """Set a remark aside with an answer: nothing is changed because of it."""
    remark = _locked(remark)
    _require_open(remark)
    rules.require_answer(answer)
    _close(remark, answer=answer.strip(), actor=actor)
    record(actor, "answer_remark", remark.case, remark=str(remark.pk))


@transaction.atomic
def give_task(remark: Remark, *, owner: User, due_on: date, text: str = "", actor: User) -> ChangeTask:
    """Make a task of a remark: who changes what, before which day."""
    remark = _locked(remark)
    _require_open(remark)
    rules.require_due(due_on, localdate())
    task = ChangeTask.objects.create(remark=remark, owner=owner, due_on=due_on, text=text.strip(), given_by=actor)
    record(actor, "give_task", remark.case, remark=str(remark.pk), task=str(task.pk), owner=str(owner.pk))
    return task


@transaction.atomic
def finish_task(task: ChangeTask, *, note: str = "", actor: User) -> None:
    """Say that the change is made, in the draft as it is now (or the newest version, if none is being written)."""
    case = Case.objects.select_for_update().get(remarks__task=task)
    task = ChangeTask.objects.select_for_update().get(pk=task.pk)
    rules.require_unfinished(is_done=task.done_at is not None)
    task.done_at, task.done_by, task.done_in, task.done_note = now(), actor, newest_version(case), note.strip()
    task.save(update_fields=["done_at", "done_by", "done_in", "done_note", "modified_at"])
    record(actor, "finish_task", case, task=str(task.pk))


def _locked(remark: Remark) -> Remark:
    case = Case.objects.select_for_update().get(pk=remark.case_id)
    remark = Remark.objects.select_for_update(of=("self",)).select_related("task").get(pk=remark.pk)
    remark.case = case
    return remark


def _require_open(remark: Remark) -> None:
    rules.require_open_remark(has_task=hasattr(remark, "task"), is_answered=remark.answered_at is not None)


def _close(remark: Remark, *, answer: str, actor: User) -> None:
    remark.answer, remark.answered_by, remark.answered_at = answer, actor, now()
    remark.save(update_fields=["answer", "answered_by", "answered_at", "modified_at"])
