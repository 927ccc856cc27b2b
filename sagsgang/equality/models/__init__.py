"""Rows of equality: schemes, headcounts in versions with their figures, rows and findings, and targets."""

from sagsgang.equality.models.count import Count, CountFinding, LevelFigure, RawRow
from sagsgang.equality.models.scheme import Scheme, SchemeKind, Target

__all__ = ["Count", "CountFinding", "LevelFigure", "RawRow", "Scheme", "SchemeKind", "Target"]
