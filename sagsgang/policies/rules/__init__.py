"""Pure rules of policies: what was in force, when it is looked at again, what may be written."""

from sagsgang.policies.rules.force import gaps, in_force, starts_on, superseded_by, whole_approval
from sagsgang.policies.rules.review import is_overdue, next_review, review_rule

__all__ = [
    "gaps",
    "in_force",
    "is_overdue",
    "next_review",
    "review_rule",
    "starts_on",
    "superseded_by",
    "whole_approval",
]
