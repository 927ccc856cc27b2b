"""Rows of equality: schemes, headcounts in versions with their figures, rows and findings, their reports, and targets."""

from sagsgang.equality.models.count import Count, CountFinding, LevelFigure, RawRow
from sagsgang.equality.models.report import DataIssue, Report, ReportPrint
from sagsgang.equality.models.scheme import Scheme, SchemeKind, Target

__all__ = [
    "Count",
    "CountFinding",
    "DataIssue",
    "LevelFigure",
    "RawRow",
    "Report",
    "ReportPrint",
    "Scheme",
    "SchemeKind",
    "Target",
]
