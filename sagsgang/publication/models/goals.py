"""Which goals the released items touch: made of releases of goals, and gone with the item or the release."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from sagsgang.publication.models.figures import PublicFigures
from sagsgang.publication.models.released import PublicItem, PublicRow


class GoalRelevance(models.TextChoices):
    """How much the matter touches the goal."""

    PRIMARY = "primary", pgettext_lazy("relevance of a goal", "primary")
    HIGH = "high", pgettext_lazy("relevance of a goal", "to a high degree")
    SOME = "some", pgettext_lazy("relevance of a goal", "to some degree")


class GoalDirection(models.TextChoices):
    """Which way the matter moves the goal."""

    FURTHERS = "furthers", pgettext_lazy("direction of a goal", "furthers")
    NEUTRAL = "neutral", pgettext_lazy("direction of a goal", "neutral")
    COUNTERS = "counters", pgettext_lazy("direction of a goal", "counters")


class ItemGoal(PublicRow):
    """A goal of a released item, or a `target` of it, as a current release of goals tells it; `title` is the goal's own."""

    release = models.ForeignKey(PublicFigures, on_delete=models.CASCADE, related_name="item_goals")
    item = models.ForeignKey(PublicItem, on_delete=models.CASCADE, related_name="goals")
    goal = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    target = models.CharField(max_length=5, blank=True)
    relevance = models.CharField(max_length=7, choices=GoalRelevance)
    direction = models.CharField(max_length=8, choices=GoalDirection)

    class Meta:
        db_table = 'pub"."item_goal'
        indexes = [models.Index(fields=["goal", "item"], name="pub_item_goal_goal_item")]
        constraints = [
            models.CheckConstraint(condition=Q(goal__gte=1, goal__lte=17), name="item_goal_one_of_seventeen"),
            models.UniqueConstraint(
                fields=["release", "item", "goal", "target", "relevance", "direction"], name="item_goal_told_once"
            ),
        ]

    def __str__(self) -> str:
        return self.target or str(self.goal)
