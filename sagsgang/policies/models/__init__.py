"""Rows of policies: the register, the versions with their approvals, the requirements with their evidence."""

from sagsgang.policies.models.policy import Policy, Tier
from sagsgang.policies.models.requirement import Evidence, Requirement, RequirementSet
from sagsgang.policies.models.version import PolicyApproval, PolicyPart, PolicyVersion

__all__ = [
    "Evidence",
    "Policy",
    "PolicyApproval",
    "PolicyPart",
    "PolicyVersion",
    "Requirement",
    "RequirementSet",
    "Tier",
]
