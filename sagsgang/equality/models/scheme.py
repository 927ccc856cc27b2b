"""Under which rules figures are made: the report of 2023 until it was abolished, and the targets (måltal) of today."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Authority
from sagsgang.core.models import Row
from sagsgang.wheel.models import WheelEntry


class SchemeKind(models.TextChoices):
    """What the law asks for."""

    REPORT = "report", _("equality report")
    TARGETS = "targets", _("targets")


class Scheme(Row):
    """A way of reporting, with the days between which it holds; None where no day is known.

    `duty` is the entry of the annual wheel that demands the report: its path is the report's.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="equality_schemes")
    kind = models.CharField(_("kind"), max_length=10, choices=SchemeKind)
    name = models.CharField(_("name"), max_length=200)
    law = models.CharField(_("law"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    duty = models.ForeignKey(
        WheelEntry, verbose_name=_("entry of the annual wheel"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="equality_schemes",
    )  # fmt: skip
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("scheme")
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="equality_scheme_one_name"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="equality_scheme_valid_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Target(Row):
    """A target (måltal) for the under-represented sex at a level: so many of so many, by a day."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="equality_targets")
    level = models.PositiveSmallIntegerField(_("level"))
    sex = models.CharField(_("under-represented sex"), max_length=1)
    number = models.PositiveIntegerField(pgettext_lazy("target", "number"))
    share = models.PositiveSmallIntegerField(_("share, per cent"))
    due_on = models.DateField(_("by"))
    status = models.TextField(_("status"), blank=True)

    class Meta:
        verbose_name = _("target")
        ordering = ["due_on", "level"]
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="equality_target_level"),
            models.CheckConstraint(condition=Q(share__lte=100), name="equality_target_share"),
            models.CheckConstraint(condition=Q(sex__in=("k", "m")), name="equality_target_sex"),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.share} %"
