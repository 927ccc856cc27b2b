"""Under which rules figures are made: the report of 2023 until it was abolished, and the targets (måltal) of today."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Authority
from sagsgang.core.models import Row, StandingManager
from sagsgang.meetings.models import Decision
from sagsgang.policies.models import PolicyVersion
from sagsgang.wheel.models import WheelEntry


class SchemeKind(models.TextChoices):
    """What the law asks for."""

    REPORT = "report", _("equality report")
    TARGETS = "targets", _("targets")


class Scheme(Row):
    """A way of reporting, with the days between which it holds; None where no day is known.

    `interval_years` is how often a report is made, None where that is not settled; what is not settled is said in `note`.
    `duty` is the entry of the annual wheel that demands the report: its path is the report's.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="equality_schemes")
    kind = models.CharField(_("kind"), max_length=10, choices=SchemeKind)
    name = models.CharField(_("name"), max_length=200)
    law = models.CharField(_("law"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    interval_years = models.PositiveSmallIntegerField(_("years between two reports"), null=True, blank=True)
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
    """A target (måltal) for the under-represented sex at a level: so many, and so many per cent, by a day.

    It is decided by the council's `decision`, or before this system as `decided_words` say; it follows from a version of a
    policy. `submitted_on` and `receipt` are the report of it to the ministry.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="equality_targets")
    level = models.PositiveSmallIntegerField(_("level"))
    sex = models.CharField(_("under-represented sex"), max_length=1)
    number = models.PositiveIntegerField(pgettext_lazy("target", "number"))
    share = models.PositiveSmallIntegerField(_("share, per cent"))
    due_on = models.DateField(_("by"))
    status = models.TextField(_("status"), blank=True)
    policy_version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="equality_targets"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="equality_targets"
    )
    decided_words = models.CharField(_("decided before this system"), max_length=300, blank=True)
    submitted_on = models.DateField(_("reported to the ministry on"), null=True, blank=True)
    receipt = models.CharField(_("receipt"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Target"]()
    history = models.Manager["Target"]()

    class Meta:
        verbose_name = _("target")
        ordering = ["due_on", "level"]
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="equality_target_level"),
            models.CheckConstraint(condition=Q(share__lte=100), name="equality_target_share"),
            models.CheckConstraint(condition=Q(sex__in=("k", "m")), name="equality_target_sex"),
            models.CheckConstraint(
                condition=Q(receipt="") | Q(submitted_on__isnull=False), name="equality_target_receipt_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.share} %"


class NationalFigure(Row):
    """Women per hundred leaders in all municipalities in a year, with its source; None for what the source does not say.

    It is of the whole country, and so of every authority. `people` is how many leaders were counted.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    level_1 = models.PositiveSmallIntegerField(_("level 1, women per cent"), null=True, blank=True)
    level_2 = models.PositiveSmallIntegerField(_("level 2, women per cent"), null=True, blank=True)
    level_3 = models.PositiveSmallIntegerField(_("level 3, women per cent"), null=True, blank=True)
    leaders = models.PositiveSmallIntegerField(_("all leaders, women per cent"), null=True, blank=True)
    people = models.PositiveIntegerField(_("leaders counted"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    address = models.URLField(_("address of the source"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("national figure")
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(**{field: None}) | Q(**{f"{field}__lte": 100})
                        for field in ("level_1", "level_2", "level_3", "leaders")
                    )
                ),
                name="national_figure_per_cent",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="national_figure_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.year}"
