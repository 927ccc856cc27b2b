"""Rows of equality: schemes, headcounts in versions with their figures, rows and findings, their reports, targets and national figures."""

from sagsgang.equality.models.count import Count, CountFinding, LevelFigure, RawRow
from sagsgang.equality.models.report import DataIssue, Report, ReportPrint
from sagsgang.equality.models.scheme import NationalFigure, Scheme, SchemeKind, Target

__all__ = [
    "Count",
    "CountFinding",
    "DataIssue",
    "LevelFigure",
    "NationalFigure",
    "RawRow",
    "Report",
    "ReportPrint",
    "Scheme",
    "SchemeKind",
    "Target",
]
