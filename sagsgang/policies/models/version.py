"""The versions of a policy, their parts, and who approved what of them when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.core.models import Row
from sagsgang.documents.models import DocumentVersion
from sagsgang.meetings.models import Decision
from sagsgang.policies.models.policy import Policy


class PolicyVersion(Row):
    """One version, as a text or a file. It can be changed until something of it is approved; the database sees to it.

    `changes`: what changed since the version before, one change a line. `valid_to` is the last day of a version made
    for a time. Which version superseded it is computed (`rules.force`), never stored.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="policy_versions"
    )
    changes = models.TextField(_("what changed"), blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a policy")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="policy_version_valid_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"


class PolicyPart(Row):
    """A part of a version that can be approved for itself, for example the rules for passwords."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("part of a policy")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="policy_part_once")]

    def __str__(self) -> str:
        return self.name


class ApprovalManager(models.Manager["PolicyApproval"]):
    """The approvals that stand: those that were taken off are asked for by name (`history`)."""

    def get_queryset(self) -> models.QuerySet["PolicyApproval"]:
        """Without those that have a withdrawal."""
        return super().get_queryset().filter(withdrawal=None)


class PolicyApproval(Row):
    """Who approved a version, as a whole or one `part` of it. Never changed: taken off by a `PolicyApprovalWithdrawal`.

    By a `decision` of this house: body and day are read from it, and a corrected decision is asked for its newest
    version. What was approved before this system has `stated_body`, `stated_on` and the `source` that says so.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="approvals")
    part = models.ForeignKey(PolicyPart, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="policy_approvals"
    )
    stated_body = models.CharField(_("body"), max_length=200, blank=True)
    stated_on = models.DateField(_("date"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ApprovalManager()
    history = models.Manager["PolicyApproval"]()

    class Meta:
        verbose_name = _("approval of a policy")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, stated_body="", stated_on=None)
                | (Q(decision=None, stated_on__isnull=False) & ~Q(stated_body="") & ~Q(source="")),
                name="policy_approval_decided_or_stated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"


class PolicyApprovalWithdrawal(Row):
    """The approval was entered by mistake: it counts no more from then on. Never changed."""

    approval = models.OneToOneField(PolicyApproval, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("withdrawal of an approval")

    def __str__(self) -> str:
        return f"{self.approval}"
