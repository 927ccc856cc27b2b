"""The remarks on a case with the tasks they became, and who may do what to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format

from sagsgang.accounts.models import User
from sagsgang.cases.models import ApprovalLevel, Case, ChangeTask, PathStep, Remark, ReviewCopy
from sagsgang.cases.permissions import may_approve_case, may_plan_path, may_read_case, may_remark, may_write_case
from sagsgang.cases.queries.reading import ReadSection
from sagsgang.core.sorting import DanishKey


class RemarkRows:
    """The remarks of the cases that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Remark]:
        """Remarks with their case."""
        rows = Remark.objects.filter(case__in=Case.objects.visible_to(user))
        return rows.select_related(
            "case__unit__parent__parent", "case__authority", "case__caseworker", "author", "task"
        )


class TaskRows:
    """The change tasks of the cases that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[ChangeTask]:
        """Tasks with remark and case."""
        rows = ChangeTask.objects.filter(remark__case__in=Case.objects.visible_to(user))
        return rows.select_related(
            "remark__case__unit__parent__parent", "remark__case__authority", "remark__case__caseworker", "owner"
        )


class ReviewCopyRows:
    """The review copies of the cases that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[ReviewCopy]:
        """Copies with their case."""
        rows = ReviewCopy.objects.filter(case__in=Case.objects.visible_to(user))
        return rows.select_related("case__unit__parent__parent", "case__authority", "case__caseworker", "reader")


def may_handle_remarks(user: User, case: Case) -> bool:
    """May she make a task of a remark, or answer it? Who writes, approves, or keeps the papers of a body on the path."""
    return may_read_case(user, case) and (may_plan_path(user, case) or may_approve_case(user, case))


def may_handle_remark(user: User, remark: Remark) -> bool:
    """May she make a task of this remark, or answer it?"""
    return may_handle_remarks(user, remark.case)


def may_withdraw_remark(user: User, remark: Remark) -> bool:
    """Everybody who may remark; that it is her own is a rule."""
    return may_remark(user, remark.case)


def may_finish_task(user: User, task: ChangeTask) -> bool:
    """Its owner, and who writes the case."""
    return task.owner_id == user.pk or may_write_case(user, task.remark.case)


def may_give_copy(user: User, case: Case) -> bool:
    """May she let others read the draft? Who writes the case, and its approvers."""
    return may_write_case(user, case) or may_approve_case(user, case)


def may_take_copy(user: User, copy: ReviewCopy) -> bool:
    """May she take the copy back?"""
    return may_give_copy(user, copy.case)


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark with where it stands: ``open``, ``task``, ``late`` (task past its day), ``done``, ``answered``, ``withdrawn``.

    `is_gone`: the passage is no longer in the newest words.
    """

    row: Remark
    state: str
    task: ChangeTask | None
    is_gone: bool
    is_own: bool

    @property
    def is_open(self) -> bool:
        """Is there still something to do?"""
        return self.state in ("open", "task", "late")


def shown_remarks(case: Case, user: User, sections: Iterable[ReadSection], today: date) -> list[ShownRemark]:
    """Every remark of the case, those with something to do first, each group in the order in which they came.

    `sections` are those of the newest version. One query.
    """
    rows = case.remarks.select_related(
        "author", "presentation", "section", "step__body", "answered_by",
        "task__owner", "task__given_by", "task__done_by", "task__done_in",
    )  # fmt: skip
    words = {section.row.lineage: section.plain for section in sections}
    shown = [_shown(row, user, words, today) for row in rows]
    return sorted(shown, key=lambda remark: _ORDER[remark.state])


_ORDER = {"open": 0, "late": 1, "task": 2, "done": 3, "answered": 4, "withdrawn": 5}


def _shown(row: Remark, user: User, words: dict[UUID, str], today: date) -> ShownRemark:
    task: ChangeTask | None = getattr(row, "task", None)
    is_gone = (
        bool(row.quote) and row.section is not None and _one_line(row.quote) not in words.get(row.section.lineage, "")
    )
    return ShownRemark(row, _state(row, task, today), task, is_gone, row.author_id == user.pk)


def _state(row: Remark, task: ChangeTask | None, today: date) -> str:
    if task is not None:
        if task.done_at:
            return "done"
        return "late" if task.due_on < today else "task"
    if row.answered_at is None:
        return "open"
    return "answered" if row.answer else "withdrawn"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def step_words(step: PathStep) -> str:
    """A step as the place of a remark: "DIR 12-04-2023"."""
    name = step.body.code or step.body.name
    return f"{name} {date_format(step.planned_on, 'd-m-Y')}" if step.planned_on else name


def task_owners(case: Case, levels: Iterable[ApprovalLevel]) -> QuerySet[User]:
    """Who can be asked to change something: caseworker, the unit's staff, approvers and deputies; one query."""
    ids = {case.caseworker_id, *(pk for level in levels for pk in (level.approver_id, level.deputy_id))} - {None}
    rows = User.objects.filter(Q(pk__in=ids) | Q(units__unit=case.unit_id, units__unit__isnull=False), is_active=True)
    return rows.distinct().order_by(DanishKey("first_name"), DanishKey("last_name"))
