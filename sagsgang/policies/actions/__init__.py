"""Every act on policies, versions, approvals and requirements; each with its trace."""

from sagsgang.policies.actions.policies import (
    PolicyFacts,
    add_policy,
    edit_policy,
    log_policy_reading,
    restore_policy,
    withdraw_policy,
)
from sagsgang.policies.actions.requirements import (
    add_requirement,
    edit_requirement,
    give_evidence,
    withdraw_evidence,
    withdraw_requirement,
)
from sagsgang.policies.actions.versions import (
    WrittenVersion,
    add_policy_version,
    edit_policy_version,
    record_policy_approval,
    state_policy_approval,
    withdraw_policy_approval,
)

__all__ = [
    "PolicyFacts",
    "WrittenVersion",
    "add_policy",
    "add_policy_version",
    "add_requirement",
    "edit_policy",
    "edit_policy_version",
    "edit_requirement",
    "give_evidence",
    "log_policy_reading",
    "record_policy_approval",
    "restore_policy",
    "state_policy_approval",
    "withdraw_evidence",
    "withdraw_policy",
    "withdraw_policy_approval",
    "withdraw_requirement",
]
