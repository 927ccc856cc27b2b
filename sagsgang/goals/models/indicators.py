"""Indicators: what is measured, the values in versions, the file that they came from, and the decisions that were to move them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit
from sagsgang.cases.models import Case
from sagsgang.core.models import Row, StandingManager
from sagsgang.core.sorting import DanishKey
from sagsgang.goals.models.local import GOAL_RANGE, GOALS, LocalGoal, PolicyArea, target_belongs
from sagsgang.goals.models.work import Project, exactly_one
from sagsgang.meetings.models import AgendaItem

MOST_DECIMALS = 4
DIGITS, PLACES = 20, 6


class Better(models.TextChoices):
    """Which way the figure is meant to move."""

    HIGHER = "higher", pgettext_lazy("indicator", "higher is better")
    LOWER = "lower", pgettext_lazy("indicator", "lower is better")


class Indicator(Row):
    """A figure that the authority follows over time, with where it is from, where it began and where it shall be.

    `measured_in` stands after its figures ("%", "tons of CO2"); `decimals` is how many of them are shown. `is_public`: it may go out
    with released figures, because somebody has said so.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField(_("name"), max_length=200)
    measures = models.TextField(_("what it measures"), blank=True)
    measured_in = models.CharField(_("measured in"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0, validators=[MaxValueValidator(MOST_DECIMALS)])
    better = models.CharField(_("direction"), max_length=6, choices=Better)
    source = models.CharField(_("source"), max_length=300)
    source_address = models.URLField(_("address of the source"), max_length=500, blank=True)
    area = models.ForeignKey(PolicyArea, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    owner_role = models.CharField(_("owner, by role"), max_length=200, blank=True)
    baseline_value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target_value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(_("may be told to the public"), default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Indicator"]()
    history = models.Manager["Indicator"]()

    class Meta:
        verbose_name = _("indicator")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"], condition=Q(withdrawn_at=None), name="indicator_one_name_an_authority"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(source=""), name="indicator_has_name_and_source"),
            models.CheckConstraint(condition=Q(decimals__lte=MOST_DECIMALS), name="indicator_decimals"),
            models.CheckConstraint(
                condition=Q(baseline_value=None, baseline_on=None)
                | Q(baseline_value__isnull=False, baseline_on__isnull=False),
                name="indicator_baseline_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(target_on=None) | Q(target_value__isnull=False), name="indicator_day_of_a_target"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorGoal(Row):
    """What the indicator measures: one of the seventeen, one `target` of it, or a local goal."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="goals")
    goal = models.PositiveSmallIntegerField(_("goal"), validators=GOAL_RANGE, null=True, blank=True)
    target = models.CharField(_("target"), max_length=5, blank=True)
    local_goal = models.ForeignKey(
        LocalGoal, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["IndicatorGoal"]()
    history = models.Manager["IndicatorGoal"]()

    class Meta:
        verbose_name = _("goal that an indicator measures")
        ordering = ["goal", "target", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__gte=1, goal__lte=GOALS, local_goal=None) | Q(goal=None, local_goal__isnull=False),
                name="indicator_goal_one_kind_of_goal",
            ),
            target_belongs("indicator_goal_target_of_its_goal"),
            models.UniqueConstraint(
                fields=["indicator", "goal", "target", "local_goal"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="indicator_goal_once",
            ),
        ]

    def __str__(self) -> str:
        return self.target or str(self.goal or self.local_goal_id)


class IndicatorImport(Row):
    """A file from which values were taken: its name and digest, never the file. Its values say in which row they stood."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="imports")
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("import of an indicator")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class IndicatorValue(Row):
    """The figure of a period, in a version that never changes: a correction is the next version, and this one is withdrawn.

    `period` is 2023, 2023H1, 2023K1, 2023M01 or 2023-01-31, and `on` its last day. `withdrawn_by` is set where it was taken
    off with nothing in its place. A trigger refuses every other change.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    period = models.CharField(_("period"), max_length=10)
    on = models.DateField(_("last day of the period"))
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=PLACES)
    note = models.CharField(_("note"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version"))
    brought_in = models.ForeignKey(
        IndicatorImport, on_delete=models.PROTECT, null=True, blank=True, related_name="series"
    )  # fmt: skip
    row = models.PositiveIntegerField(_("row of the file"), null=True, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = StandingManager["IndicatorValue"]()
    history = models.Manager["IndicatorValue"]()

    class Meta:
        verbose_name = _("value of an indicator")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"], condition=Q(withdrawn_at=None), name="indicator_value_one_stands"
            ),
            models.UniqueConstraint(fields=["indicator", "period", "version"], name="indicator_value_one_version"),
            models.CheckConstraint(
                condition=Q(brought_in=None, row=None) | Q(brought_in__isnull=False, row__isnull=False),
                name="indicator_value_row_of_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.value}"


class IndicatorLink(Row):
    """The decision on an item, a case or a project (one of them) was to move the indicator, from `on`; `expected` says how."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="links")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="indicator_links"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="indicator_links")
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="indicator_links"
    )
    on = models.DateField(_("day"))
    expected = models.CharField(_("what was expected"), max_length=300, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["IndicatorLink"]()
    history = models.Manager["IndicatorLink"]()

    class Meta:
        verbose_name = _("what was to move an indicator")
        ordering = ["on", "created_at"]
        constraints = [
            models.CheckConstraint(condition=exactly_one("item", "case", "project"), name="indicator_link_to_one"),
            models.UniqueConstraint(
                fields=["indicator", "item", "case", "project"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="indicator_link_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
