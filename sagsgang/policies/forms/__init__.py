"""What people fill in about policies."""

from sagsgang.policies.forms.approval import ApprovalForm, StatedApprovalForm, WithdrawForm
from sagsgang.policies.forms.policy import PolicyForm, VersionForm
from sagsgang.policies.forms.requirement import DayForm, EvidenceForm, RegisterForm, RequirementForm

__all__ = [
    "ApprovalForm",
    "DayForm",
    "EvidenceForm",
    "PolicyForm",
    "RegisterForm",
    "RequirementForm",
    "StatedApprovalForm",
    "VersionForm",
    "WithdrawForm",
]
