"""Rows of goals: local goals and areas, assessments of matters, projects, partnerships, citizens' involvement."""

from sagsgang.goals.models.asking import GoalRequest, NotRelevant
from sagsgang.goals.models.indicators import (
    Better,
    Indicator,
    IndicatorGoal,
    IndicatorImport,
    IndicatorLink,
    IndicatorValue,
)
from sagsgang.goals.models.local import AreaGoal, LocalGoal, LocalGoalMapping, PolicyArea, TargetText
from sagsgang.goals.models.practice import PracticeExample
from sagsgang.goals.models.tag import Direction, GoalTag, Relevance, item_on_agenda, tags_of_case
from sagsgang.goals.models.work import (
    Involvement,
    InvolvementForm,
    Partnership,
    Project,
    ProjectNote,
    ProjectState,
    WorkLink,
)

__all__ = [
    "AreaGoal",
    "Better",
    "Direction",
    "GoalRequest",
    "GoalTag",
    "Indicator",
    "IndicatorGoal",
    "IndicatorImport",
    "IndicatorLink",
    "IndicatorValue",
    "Involvement",
    "InvolvementForm",
    "LocalGoal",
    "LocalGoalMapping",
    "NotRelevant",
    "Partnership",
    "PolicyArea",
    "PracticeExample",
    "Project",
    "ProjectNote",
    "ProjectState",
    "Relevance",
    "TargetText",
    "WorkLink",
    "item_on_agenda",
    "tags_of_case",
]
