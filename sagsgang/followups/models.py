"""Follow-ups, and what happened to each."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Case as Choose
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models import When as Where
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Unit
from sagsgang.cases.models import Case, PathStep, Remark
from sagsgang.core.models import Row
from sagsgang.meetings.models import AgendaItem


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Follow-ups, with what is derived from their events."""

    def with_standing(self) -> "models.QuerySet[Any, Any]":
        """Each with `progress` (of the newest event that is no note), `said` and `said_at`, `is_over` and `is_late`."""
        newest = FollowUpEvent.objects.filter(follow_up=OuterRef("pk")).exclude(progress=Progress.NOTE)
        newest = newest.order_by("-at", "-pk")
        found: models.QuerySet[Any, Any] = self.annotate(
            progress=Subquery(newest.values("progress")[:1]),
            said=Subquery(newest.values("words")[:1]),
            said_at=Subquery(newest.values("at")[:1]),
        )
        found = found.annotate(is_over=flag(Q(progress__in=(Progress.DONE, Progress.DROPPED))))
        dated: models.QuerySet[Any, Any] = found.annotate(is_late=flag(Q(is_over=False, due_on__lt=localdate())))
        return dated


def flag(condition: Q) -> Choose:
    """True or False, never NULL: what hangs on an absent row is False."""
    return Choose(Where(condition, then=Value(True)), default=Value(False), output_field=models.BooleanField())


class FollowUp(Row):
    """What somebody shall do (opfølgning). Owned by a role; who holds it just now may be named beside (`owner`).

    It came of a decision or presentation on an `item`, or of a `remark`, or stands on the case alone. `before_step`
    is the step of the path before which it is due; `due_on` is the day that follows from it, or that was chosen.
    Its status is derived from its events.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    words = models.TextField(_("what shall be done"))
    owner_role = models.CharField(_("owner, by role"), max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    before_step = models.ForeignKey(
        PathStep, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    reports_to = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_in = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        ordering = ["due_on", "created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(owner_role=""), name="follow_up_has_an_owner"),
            models.CheckConstraint(condition=~Q(words=""), name="follow_up_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_role} {self.due_on}"


class Progress(models.TextChoices):
    """What happened to a follow-up."""

    BEGUN = "begun", _("begun")
    NOTE = "note", _("note")
    DONE = "done", _("done")
    REOPENED = "reopened", _("opened again")
    DROPPED = "dropped", _("dropped")


class FollowUpEvent(models.Model):
    """Something happened to a follow-up. Append-only; the newest that is not a note says where it stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="events")
    progress = models.CharField(max_length=8, choices=Progress)
    words = models.TextField(_("words"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.get_progress_display()} {self.at}"
