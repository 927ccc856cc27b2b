"""What a standard asks of the house, and which version of which policy answers it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority
from sagsgang.core.models import Row, StandingManager
from sagsgang.policies.models.version import PolicyVersion


class RequirementSet(models.TextChoices):
    """Where a requirement comes from. The words of the standards are theirs: the house writes its own."""

    NSIS = "nsis", "NSIS"
    ISO_27001 = "iso27001", "ISO 27001"
    OWN = "own", _("own")


class Requirement(Row):
    """One requirement of a set, by its code."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="requirements")
    set = models.CharField(_("set"), max_length=8, choices=RequirementSet)
    code = models.CharField(_("code"), max_length=40)
    words = models.CharField(_("what is required"), max_length=500)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Requirement"]()
    history = models.Manager["Requirement"]()

    class Meta:
        verbose_name = _("requirement")
        ordering = ["set", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "set", "code"], condition=Q(withdrawn_at=None), name="requirement_one_a_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_set_display()} {self.code}"


class Evidence(Row):
    """A policy answers a requirement from `version` on; `place` says where it is read (chapter, page)."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="evidence")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="evidence")
    place = models.CharField(_("where it is read"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Evidence"]()
    history = models.Manager["Evidence"]()

    class Meta:
        verbose_name = _("evidence")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "version"], condition=Q(withdrawn_at=None), name="evidence_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.version}"
