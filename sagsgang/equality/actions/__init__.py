"""Acts on headcounts and their reports; each with its trace."""

from sagsgang.equality.actions.counts import CountFacts, accept_finding, keep_count, sign_off
from sagsgang.equality.actions.issues import accept_issue, raise_issue, renew_report
from sagsgang.equality.actions.reports import ReportFacts, make_report

__all__ = [
    "CountFacts",
    "ReportFacts",
    "accept_finding",
    "accept_issue",
    "keep_count",
    "make_report",
    "raise_issue",
    "renew_report",
    "sign_off",
]
