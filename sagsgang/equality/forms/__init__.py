"""What is typed of headcounts, their reports, schemes, targets and national figures. No saving."""

from sagsgang.equality.forms.counts import AcceptForm, ImportForm, TypedForm
from sagsgang.equality.forms.reports import IssueForm, RenewForm, ReportForm
from sagsgang.equality.forms.schemes import NationalForm, SchemeForm, SwitchForm
from sagsgang.equality.forms.targets import TargetForm

__all__ = [
    "AcceptForm",
    "ImportForm",
    "IssueForm",
    "NationalForm",
    "RenewForm",
    "ReportForm",
    "SchemeForm",
    "SwitchForm",
    "TargetForm",
    "TypedForm",
]
