"""Rows of policies: the register, the versions with their approvals, the requirements with their evidence."""

from sagsgang.policies.models.policy import Policy, Reach, Tier
from sagsgang.policies.models.requirement import Evidence, Requirement, RequirementSet
from sagsgang.policies.models.version import PolicyApproval, PolicyApprovalWithdrawal, PolicyPart, PolicyVersion

__all__ = [
    "Evidence",
    "Policy",
    "PolicyApproval",
    "PolicyApprovalWithdrawal",
    "PolicyPart",
    "PolicyVersion",
    "Reach",
    "Requirement",
    "RequirementSet",
    "Tier",
]
