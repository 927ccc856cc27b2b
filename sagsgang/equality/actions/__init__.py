"""Acts on headcounts, their reports, schemes, targets and national figures; each with its trace."""

from sagsgang.equality.actions.counts import CountFacts, accept_finding, keep_count, sign_off
from sagsgang.equality.actions.issues import accept_issue, raise_issue, renew_report
from sagsgang.equality.actions.national import NationalFacts, keep_national
from sagsgang.equality.actions.reports import ReportFacts, make_report
from sagsgang.equality.actions.schemes import SchemeFacts, add_scheme, edit_scheme, seed_schemes, switch_scheme
from sagsgang.equality.actions.targets import TargetFacts, change_target, set_target, withdraw_target

__all__ = [
    "CountFacts",
    "NationalFacts",
    "ReportFacts",
    "SchemeFacts",
    "TargetFacts",
    "accept_finding",
    "accept_issue",
    "add_scheme",
    "change_target",
    "edit_scheme",
    "keep_count",
    "keep_national",
    "make_report",
    "raise_issue",
    "renew_report",
    "seed_schemes",
    "set_target",
    "sign_off",
    "switch_scheme",
    "withdraw_target",
]
