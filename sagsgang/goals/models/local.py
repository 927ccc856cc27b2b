"""What an authority says of goals itself: local goals, policy areas, and the words of the targets."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority, in_order
from sagsgang.core.models import Row, StandingManager
from sagsgang.core.sorting import DanishKey

GOALS = 17


GOAL_RANGE = (MinValueValidator(1), MaxValueValidator(GOALS))


def target_belongs(name: str) -> models.CheckConstraint:
    """`target` is empty, or one of those of `goal`: 3 and "3.4"."""
    own = Concat(Cast(F("goal"), CharField()), Value("."), output_field=CharField())
    return models.CheckConstraint(condition=Q(target="") | Q(goal__isnull=False, target__startswith=own), name=name)


class TargetText(Row):
    """The words of one of the 169 targets as the house read them in, with where they are from. One for all authorities."""

    number = models.CharField(_("target"), max_length=5, unique=True)
    danish = models.TextField(_("Danish"), blank=True)
    english = models.TextField(_("English"), blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("words of a target")
        constraints = [
            models.CheckConstraint(condition=~Q(danish="") | ~Q(english=""), name="target_text_has_words"),
        ]

    def __str__(self) -> str:
        return self.number


class LocalGoal(Row):
    """A goal of the authority's own, valid from a day and perhaps to one (its last), tied to goals or targets."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="local_goals")
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["LocalGoal"]()
    history = models.Manager["LocalGoal"]()

    class Meta:
        verbose_name = _("local goal")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"], condition=Q(withdrawn_at=None), name="local_goal_one_name_an_authority"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="local_goal_has_a_name"),
            in_order("valid_from", "valid_to", "local_goal_valid_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class LocalGoalMapping(Row):
    """A local goal serves one of the seventeen, or one `target` of it."""

    local_goal = models.ForeignKey(LocalGoal, on_delete=models.PROTECT, related_name="mappings")
    goal = models.PositiveSmallIntegerField(_("goal"), validators=GOAL_RANGE)
    target = models.CharField(_("target"), max_length=5, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["LocalGoalMapping"]()
    history = models.Manager["LocalGoalMapping"]()

    class Meta:
        verbose_name = _("goal that a local goal serves")
        ordering = ["goal", "target"]
        constraints = [
            models.CheckConstraint(condition=Q(goal__gte=1, goal__lte=GOALS), name="local_goal_mapping_goal"),
            target_belongs("local_goal_mapping_target_of_its_goal"),
            models.UniqueConstraint(
                fields=["local_goal", "goal", "target"], condition=Q(withdrawn_at=None), name="local_goal_mapping_once"
            ),
        ]

    def __str__(self) -> str:
        return self.target or str(self.goal)


class PolicyArea(Row):
    """A policy area (fagområde) of the authority. A case belongs to it by the name that stands on the case."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="policy_areas")
    name = models.CharField(_("name"), max_length=80)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["PolicyArea"]()
    history = models.Manager["PolicyArea"]()

    class Meta:
        verbose_name = _("policy area")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"], condition=Q(withdrawn_at=None), name="policy_area_one_name_an_authority"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="policy_area_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaGoal(Row):
    """A goal that matters of the area usually touch: offered where somebody assesses one, never set by itself."""

    area = models.ForeignKey(PolicyArea, on_delete=models.PROTECT, related_name="usual_goals")
    goal = models.PositiveSmallIntegerField(_("goal"), validators=GOAL_RANGE)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["AreaGoal"]()
    history = models.Manager["AreaGoal"]()

    class Meta:
        verbose_name = _("usual goal of an area")
        ordering = ["goal"]
        constraints = [
            models.CheckConstraint(condition=Q(goal__gte=1, goal__lte=GOALS), name="area_goal_goal"),
            models.UniqueConstraint(fields=["area", "goal"], condition=Q(withdrawn_at=None), name="area_goal_once"),
        ]

    def __str__(self) -> str:
        return str(self.goal)
