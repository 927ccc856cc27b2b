"""Every act on goals: local goals and areas, assessments, what bodies ask for, projects and what belongs to them."""

from sagsgang.goals.actions.areas import add_area, edit_area, lay_in_areas, withdraw_area
from sagsgang.goals.actions.asking import ask_for_goals, state_not_relevant, withdraw_not_relevant
from sagsgang.goals.actions.links import link_work, unlink_work
from sagsgang.goals.actions.local import LocalGoalFacts, add_local_goal, edit_local_goal, withdraw_local_goal
from sagsgang.goals.actions.tags import Assessment, assess_goal, edit_assessment, withdraw_assessment
from sagsgang.goals.actions.targets import read_target_texts
from sagsgang.goals.actions.work import (
    InvolvementFacts,
    PartnershipFacts,
    ProjectFacts,
    add_project_note,
    add_work,
    edit_work,
    withdraw_project_note,
    withdraw_work,
)

__all__ = [
    "Assessment",
    "InvolvementFacts",
    "LocalGoalFacts",
    "PartnershipFacts",
    "ProjectFacts",
    "add_area",
    "add_local_goal",
    "add_project_note",
    "add_work",
    "ask_for_goals",
    "assess_goal",
    "edit_area",
    "edit_assessment",
    "edit_local_goal",
    "edit_work",
    "lay_in_areas",
    "link_work",
    "read_target_texts",
    "state_not_relevant",
    "unlink_work",
    "withdraw_area",
    "withdraw_assessment",
    "withdraw_local_goal",
    "withdraw_not_relevant",
    "withdraw_project_note",
    "withdraw_work",
]
