"""The assessment of a matter against a goal: how much it touches it, which way, and why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.core.models import Row, StandingManager
from sagsgang.goals.models.local import GOAL_RANGE, GOALS, LocalGoal, target_belongs
from sagsgang.goals.models.work import Project, exactly_one
from sagsgang.meetings.models import AgendaItem
from sagsgang.policies.models import Policy

SUBJECTS = ("case", "item", "project", "policy")


class Relevance(models.TextChoices):
    """How much the matter touches the goal; the order is that of the lists."""

    PRIMARY = "primary", pgettext_lazy("relevance of a goal", "primary")
    HIGH = "high", pgettext_lazy("relevance of a goal", "to a high degree")
    SOME = "some", pgettext_lazy("relevance of a goal", "to some degree")


class Direction(models.TextChoices):
    """Which way the matter moves the goal."""

    FURTHERS = "furthers", pgettext_lazy("direction of a goal", "furthers")
    NEUTRAL = "neutral", pgettext_lazy("direction of a goal", "neutral")
    COUNTERS = "counters", pgettext_lazy("direction of a goal", "counters")


class GoalTag(Row):
    """One goal of one matter. The matter is a case, an agenda item (a sub-item), a project or a policy.

    The goal is one of the seventeen (`goal`), one of their targets (`goal` and `target`: 3 and "3.4"), or one of the
    authority's own (`local_goal`). `author` wrote it last, at `modified_at`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="goal_tags")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="goal_tags")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="goal_tags")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, null=True, blank=True, related_name="goal_tags")
    goal = models.PositiveSmallIntegerField(_("goal"), validators=GOAL_RANGE, null=True, blank=True)
    target = models.CharField(_("target"), max_length=5, blank=True)
    local_goal = models.ForeignKey(LocalGoal, on_delete=models.PROTECT, null=True, blank=True, related_name="goal_tags")
    relevance = models.CharField(_("relevance"), max_length=7, choices=Relevance)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["GoalTag"]()
    history = models.Manager["GoalTag"]()

    class Meta:
        verbose_name = _("goal of a matter")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(*SUBJECTS), name="goal_tag_one_matter"),
            models.CheckConstraint(
                condition=Q(goal__gte=1, goal__lte=GOALS, local_goal=None) | Q(goal=None, local_goal__isnull=False),
                name="goal_tag_one_kind_of_goal",
            ),
            target_belongs("goal_tag_target_of_its_goal"),
            models.UniqueConstraint(
                fields=[*SUBJECTS, "goal", "target", "local_goal"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="goal_tag_once_a_matter",
            ),
        ]

    def __str__(self) -> str:
        return self.target or str(self.goal or self.local_goal_id)


def item_on_agenda() -> Q:
    """The assessment's item, if it is of one, and the item above that stand on an agenda."""
    return Q(item__withdrawn_at=None) & (Q(item__parent=None) | Q(item__parent__withdrawn_at=None))


def tags_of_case(case: object) -> Q:
    """The assessments that stand of a case (or of `OuterRef` to one): its own, and those of its items on agendas."""
    return Q(case=case) | Q(item_on_agenda(), item__case=case)
