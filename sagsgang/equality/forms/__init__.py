"""What is typed of headcounts and their reports. No saving."""

from sagsgang.equality.forms.counts import AcceptForm, ImportForm, TypedForm
from sagsgang.equality.forms.reports import IssueForm, RenewForm, ReportForm

__all__ = ["AcceptForm", "ImportForm", "IssueForm", "RenewForm", "ReportForm", "TypedForm"]
