"""A headcount: its version, its figures, the payroll's rows until they are deleted, and what the checks found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority
from sagsgang.core.models import Row
from sagsgang.equality.models.scheme import Scheme


class Count(Row):
    """Leaders by level and sex on one day. A correction is a new version; the earlier one stays.

    `source_system` is where the figures come from, "" where they were typed; `rows_deleted_at` when the payroll's rows
    went, `signed_off_at` and `signed_off_by` who vouches for the figures. After that nothing in the version changes.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="headcounts")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, null=True, blank=True, related_name="headcounts")
    snapshot_on = models.DateField(_("day of the count"))
    version = models.PositiveSmallIntegerField(_("version"))
    source_system = models.CharField(_("source system"), max_length=200, blank=True)
    extracted_on = models.DateField(_("extracted on"), null=True, blank=True)
    is_typed = models.BooleanField(_("typed"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(_("signed off"), null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rows_deleted_at = models.DateTimeField(_("rows deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("headcount")
        ordering = ["-snapshot_on", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "snapshot_on", "version"], name="headcount_one_version"),
            models.CheckConstraint(
                condition=Q(signed_off_at=None, signed_off_by=None)
                | Q(signed_off_at__isnull=False, signed_off_by__isnull=False),
                name="headcount_signed_off_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_on:%d-%m-%Y} v{self.version}"


class LevelFigure(Row):
    """The heads of a level: 1 to 3, 0 = all leaders, 9 = all employees."""

    ALL_LEADERS, STAFF = 0, 9

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="figures")
    level = models.PositiveSmallIntegerField(_("level"))
    women = models.PositiveIntegerField(_("women"))
    men = models.PositiveIntegerField(_("men"))
    other = models.PositiveIntegerField(_("others"), default=0)

    class Meta:
        verbose_name = _("figure")
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["count", "level"], name="level_figure_once"),
            models.CheckConstraint(condition=Q(level__in=(0, 1, 2, 3, 9)), name="level_figure_level"),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.women}/{self.men}/{self.other}"


class RawRow(models.Model):
    """A row of the payroll, for its owner alone, until the figures are signed off. The employee's number is hashed (HMAC)."""

    count = models.ForeignKey(Count, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("row"))
    key_hash = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, blank=True)
    status = models.CharField(_("status"), max_length=12)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["count", "row"], name="raw_row_once")]

    def __str__(self) -> str:
        return f"{self.row}"


class CountFinding(Row):
    """What a check found, without the names of employees; accepted with a reason, or gone in the next version."""

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="findings")
    position = models.PositiveIntegerField()
    check_number = models.PositiveSmallIntegerField(_("check"))
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    row = models.PositiveIntegerField(_("row"), null=True, blank=True)
    column = models.CharField(_("column"), max_length=200, blank=True)
    message = models.TextField()
    proposal = models.TextField(blank=True)
    is_error = models.BooleanField()
    accepted_reason = models.TextField(_("reason"), blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("finding")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | (~Q(accepted_reason="") & Q(accepted_by__isnull=False)),
                name="count_finding_accepted_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_number}"
