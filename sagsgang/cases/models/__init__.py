"""The case with its path, presentations, approval, remarks, attachments, analysis and hearings."""

from sagsgang.cases.models.approval import ApprovalEvent, ApprovalLevel, ReviewCopy, Verdict
from sagsgang.cases.models.attachment import CaseAttachment
from sagsgang.cases.models.case import (
    Case,
    CaseKind,
    CaseQuerySet,
    CaseRelation,
    Reference,
    ReferenceKind,
    heard_by,
    worked_on_by,
)
from sagsgang.cases.models.extras import Analysis, Concern, Hearing
from sagsgang.cases.models.hold import CaseHold, Lifting
from sagsgang.cases.models.kinds import ItemKind, SectionKind, Verb
from sagsgang.cases.models.path import PathStep, Purpose
from sagsgang.cases.models.presentation import (
    AppropriationKind,
    AppropriationLine,
    FrozenBy,
    Presentation,
    RecommendationPoint,
    Section,
    SectionRevision,
    Side,
)
from sagsgang.cases.models.remark import ChangeTask, Remark
from sagsgang.cases.models.template import Fact, PresentationTemplate, TemplateSection

__all__ = [
    "Analysis",
    "AppropriationKind",
    "AppropriationLine",
    "ApprovalEvent",
    "ApprovalLevel",
    "Case",
    "CaseAttachment",
    "CaseHold",
    "CaseKind",
    "CaseQuerySet",
    "CaseRelation",
    "ChangeTask",
    "Concern",
    "Fact",
    "FrozenBy",
    "Hearing",
    "ItemKind",
    "Lifting",
    "PathStep",
    "Presentation",
    "PresentationTemplate",
    "Purpose",
    "RecommendationPoint",
    "Reference",
    "ReferenceKind",
    "Remark",
    "ReviewCopy",
    "Section",
    "SectionKind",
    "SectionRevision",
    "Side",
    "TemplateSection",
    "Verb",
    "Verdict",
    "heard_by",
    "worked_on_by",
]
