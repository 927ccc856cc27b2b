"""Remarks on a presentation, and the tasks they become."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.cases.models.case import Case
from sagsgang.cases.models.path import PathStep
from sagsgang.cases.models.presentation import Presentation, Section
from sagsgang.core.models import Row


class Remark(Row):
    """A remark (bemærkning) on a version, or on a passage of it (`section`, `quote`).

    `step` = it was made at that body's meeting. A remark is answered by a task, or set aside with `answer`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remarks")
    presentation = models.ForeignKey(
        Presentation, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks"
    )
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks")
    step = models.ForeignKey(PathStep, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks")
    quote = models.CharField(_("passage"), max_length=500, blank=True)
    text = models.TextField(_("remark"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("remark")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.text[:60]


class ChangeTask(Row):
    """What somebody shall change because of a remark, before a day; done in a version of the presentation."""

    remark = models.OneToOneField(Remark, on_delete=models.PROTECT, related_name="task")
    owner = models.ForeignKey(User, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="change_tasks")
    due_on = models.DateField(_("due on"))
    text = models.TextField(_("what is to be changed"), blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_in = models.ForeignKey(
        Presentation, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks_done"
    )
    done_note = models.TextField(_("what was done"), blank=True)

    class Meta:
        verbose_name = _("change task")
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="change_task_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.due_on}"
