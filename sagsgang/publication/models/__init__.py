"""What the public may see: copies in the schema `pub`, with no relation to any internal row.

The role of the portal may read these tables and nothing else. Public ids are made at the release and are random.
"""

from sagsgang.publication.models.breach import Breach, BreachKind, Personal, Risk, Told
from sagsgang.publication.models.cases import FilePage, MemberLine, MemberRole, PublicCase
from sagsgang.publication.models.edition import PublicEdition
from sagsgang.publication.models.examined import FileCheck, FindingState, GateFinding, ReleaseCheck
from sagsgang.publication.models.figures import (
    FiguresKind,
    FiguresPreparation,
    FiguresPrint,
    FiguresRecord,
    FiguresWithdrawal,
    PublicFigures,
)
from sagsgang.publication.models.goals import GoalDirection, GoalRelevance, ItemGoal
from sagsgang.publication.models.inside import Preparation, PublicIdentity, ReleaseRecord, Withdrawal
from sagsgang.publication.models.planned import PlannedState, PlanPublication, PublicPlannedMeeting
from sagsgang.publication.models.released import (
    PublicBody,
    PublicFile,
    PublicItem,
    PublicMeeting,
    PublicPrint,
    PublicRow,
    Release,
    ReleaseKind,
    ReleaseState,
)
from sagsgang.publication.models.search import EntryKind, ReadFile, SearchEntry, SearchState, SearchWord

__all__ = [
    "Breach",
    "BreachKind",
    "EntryKind",
    "FiguresKind",
    "FiguresPreparation",
    "FiguresPrint",
    "FiguresRecord",
    "FiguresWithdrawal",
    "FileCheck",
    "FilePage",
    "FindingState",
    "GateFinding",
    "GoalDirection",
    "GoalRelevance",
    "ItemGoal",
    "MemberLine",
    "MemberRole",
    "Personal",
    "PlanPublication",
    "PlannedState",
    "Preparation",
    "PublicBody",
    "PublicCase",
    "PublicEdition",
    "PublicFigures",
    "PublicFile",
    "PublicIdentity",
    "PublicItem",
    "PublicMeeting",
    "PublicPlannedMeeting",
    "PublicPrint",
    "PublicRow",
    "ReadFile",
    "Release",
    "ReleaseCheck",
    "ReleaseKind",
    "ReleaseRecord",
    "ReleaseState",
    "Risk",
    "SearchEntry",
    "SearchState",
    "SearchWord",
    "Told",
    "Withdrawal",
]
