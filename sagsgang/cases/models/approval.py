"""Who approves for a unit, what each of them said, and who got a copy to read."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Unit
from sagsgang.cases.models.case import Case
from sagsgang.cases.models.presentation import Presentation
from sagsgang.core.models import Row


class ApprovalLevel(Row):
    """One level of a unit's approval (godkendelsesled), lowest first; a unit without any uses its parent's."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="levels")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("level"), max_length=80)
    approver = models.ForeignKey(User, verbose_name=_("approver"), on_delete=models.PROTECT, related_name="approves")
    deputy = models.ForeignKey(
        User, verbose_name=_("deputy"), on_delete=models.PROTECT, null=True, blank=True, related_name="deputises"
    )

    class Meta:
        verbose_name = _("level of approval")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "position"],
                name="approval_level_one_a_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("approver")), name="approval_level_deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What happened to a presentation on its way up."""

    SUBMITTED = "submitted", pgettext_lazy("verdict", "sent for approval")
    APPROVED = "approved", pgettext_lazy("verdict", "approved")
    RETURNED = "returned", pgettext_lazy("verdict", "sent back")
    REOPENED = "reopened", pgettext_lazy("verdict", "opened for writing again")


class ApprovalEvent(models.Model):
    """One word in the approval of one version. Append-only; where the version stands is derived from them.

    `level` is the position in the unit's levels at the time (0 for the caseworker's own acts), `level_name` its
    name then; `for_user` is whom a deputy stood in for. `digest` is the SHA-256 of the words that were seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="approval_events")
    verdict = models.CharField(max_length=10, choices=Verdict)
    level = models.PositiveSmallIntegerField(default=0)
    level_name = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    for_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["presentation", "number"], name="approval_event_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.level}"


class ReviewCopy(Row):
    """Somebody outside the case who was given its draft to read; she may remark, and changes nothing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="review_copies")
    reader = models.ForeignKey(User, verbose_name=_("reader"), on_delete=models.PROTECT, related_name="review_copies")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(_("message"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("review copy")
        constraints = [
            models.UniqueConstraint(fields=["case", "reader"], condition=Q(withdrawn_at=None), name="review_copy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reader}"
