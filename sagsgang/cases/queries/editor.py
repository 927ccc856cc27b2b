"""What the editor shows: the draft with its sections, their points, what was set aside, and the economy block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import JSONObject

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import (
    AppropriationLine,
    ApprovalEvent,
    ApprovalLevel,
    Case,
    Presentation,
    PresentationTemplate,
    RecommendationPoint,
    Section,
    SectionRevision,
    TemplateSection,
)
from sagsgang.cases.permissions import is_secretary_of, levels_of, may_approve_case, may_read_case, may_write_case
from sagsgang.cases.queries.versions import own_versions
from sagsgang.cases.rules.approval import ApprovalState, EventFact, standing
from sagsgang.cases.rules.economy import Line
from sagsgang.cases.rules.editing import PointWords


class SectionRows:
    """The sections of the cases that a user sees, those taken out too."""

    def visible_to(self, user: User, /) -> QuerySet[Section]:
        """Sections with their version and case."""
        return Section.history.filter(presentation__case__in=Case.objects.visible_to(user)).select_related(
            "template", "presentation__body", "presentation__case__unit__parent__parent__parent"
        )


class TemplateBodyRows:
    """The bodies whose templates a user may ask for: that they exist is no secret; who edits is a permission."""

    def visible_to(self, user: User, /) -> QuerySet[Body]:
        """Every body."""
        return Body.objects.select_related("authority")


class TemplateRows:
    """The templates of all bodies."""

    def visible_to(self, user: User, /) -> QuerySet[PresentationTemplate]:
        """Templates with their body."""
        return PresentationTemplate.objects.select_related("body")


def may_edit_words(user: User, case: Case) -> bool:
    """May she change the draft's words at all? Who writes the case, and who approves; whose turn it is, is a rule."""
    return may_write_case(user, case) or (may_read_case(user, case) and may_approve_case(user, case))


def may_edit_section(user: User, section: Section) -> bool:
    """The same, for one section."""
    return may_edit_words(user, section.presentation.case)


def may_edit_templates(user: User, body: Body) -> bool:
    """The body's secretary."""
    return is_secretary_of(user, body)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the draft stands in its approval, and whether it is this user's turn there."""

    state: ApprovalState
    is_current_approver: bool

    @property
    def is_open(self) -> bool:
        """May she change the words now, if she may at all?"""
        return self.state == "draft" or (self.state == "in_approval" and self.is_current_approver)


def turn_of(draft: Presentation, user: User) -> Turn:
    """The draft's standing as this user meets it; two queries."""
    events = [EventFact(event.verdict, event.level) for event in draft.approval_events.all()]
    return turn_by(events, levels_of(draft.case.unit) if events else [], user)


def turn_by(events: Sequence[EventFact], levels: Sequence[ApprovalLevel], user: User) -> Turn:
    """The same, of events and levels that were read already."""
    stands = standing(events, [level.position for level in levels])
    hers = any(level.position == stands.level and user.pk in (level.approver_id, level.deputy_id) for level in levels)
    return Turn(stands.state, is_current_approver=hers)


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point as it is read, with the marker that was printed before it."""

    marker: str
    verb: str
    text: str

    @property
    def words(self) -> PointWords:
        """The point as it is written."""
        return PointWords(self.verb, self.text)


@dataclass(frozen=True, slots=True)
class ShownSave:
    """One save: who, when, with which words; `set_aside`: refused, because another had saved first."""

    author: str
    at: datetime
    html: str
    points: tuple[PointWords, ...]
    set_aside: bool


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its points, the save that made it what it is, and what was set aside."""

    section: Section
    points: tuple[ShownPoint, ...]
    saves: tuple[ShownSave, ...]


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version with its events of approval, the sections that stand and those that were taken out."""

    version: Presentation
    events: tuple[EventFact, ...]
    sections: tuple[ShownSection, ...]
    removed: tuple[Section, ...]
    lines: tuple[Line, ...]


def shown_version(case: Case) -> ShownVersion | None:
    """The draft, else the newest frozen version, with everything that the editor shows of it; three queries."""
    spoken = ApprovalEvent.objects.filter(presentation=OuterRef("pk")).order_by("number")
    ends = own_versions(case).filter(replaced_by=None).select_related("body")
    version = (
        ends.annotate(events=ArraySubquery(spoken.values(said=JSONObject(verdict="verdict", level="level"))))
        .order_by(F("frozen_at").desc(nulls_first=True), "-number", "-created_at")
        .first()
    )
    if version is None:
        return None
    version.case = case
    rows = list(_told_sections(version))
    prefetch_related_objects([version], "appropriations")
    return ShownVersion(
        version=version,
        events=tuple(EventFact(said["verdict"], said["level"]) for said in version.events),
        sections=tuple(_shown_section(row) for row in rows if row.withdrawn_at is None),
        removed=tuple(row for row in rows if row.withdrawn_at is not None),
        lines=tuple(lines_of(version)),
    )


def _told_sections(version: Presentation) -> QuerySet[Section, Any]:
    """Every section with its points and saves as JSON: a page asks as little for sixty as for two."""
    points = RecommendationPoint.objects.filter(section=OuterRef("pk")).order_by("position")
    saves = SectionRevision.objects.filter(section=OuterRef("pk")).filter(
        Q(set_aside=True) | Q(number=OuterRef("revision"))
    )
    whole = JSONObject(
        first="author__first_name", last="author__last_name", username="author__username",
        at="at", html="html", points="points", set_aside="set_aside",
    )  # fmt: skip
    return (
        Section.history.filter(presentation=version)
        .select_related("template")
        .annotate(
            told_points=ArraySubquery(points.values(told=JSONObject(marker="marker", verb="verb", text="text"))),
            told_saves=ArraySubquery(saves.order_by("-at").values(told=whole)),
        )
    )


def _shown_section(row: Any) -> ShownSection:
    saves = tuple(
        ShownSave(
            author=f"{save['first']} {save['last']}".strip() or save["username"],
            at=datetime.fromisoformat(save["at"]),
            html=save["html"],
            points=_plain_points(save["points"]),
            set_aside=save["set_aside"],
        )
        for save in row.told_saves
    )
    return ShownSection(row, tuple(ShownPoint(**point) for point in row.told_points), saves)


def _plain_points(points: Iterable[dict[str, str]]) -> tuple[PointWords, ...]:
    return tuple(PointWords(point["verb"], point["text"]) for point in points)


def points_of(section: Section) -> tuple[PointWords, ...]:
    """The points as they stand."""
    return tuple(PointWords(point.verb, point.text) for point in section.points.all())


def lines_of(version: Presentation) -> list[Line]:
    """The economy block as plain values, what is granted first."""
    rows = sorted(version.appropriations.all(), key=_grants_first)
    return [Line(row.side, row.kind, row.account, row.year, row.amount) for row in rows]


def _grants_first(row: AppropriationLine) -> tuple[bool, int]:
    return (row.side != "grant", row.position)


def base_of(section: Section, number: int) -> tuple[str, tuple[PointWords, ...]] | None:
    """The words of a section's revision: as it was saved, or as the version before left them; None if nobody knows."""
    saved = section.revisions.filter(number=number, set_aside=False).first()
    if saved is not None:
        return saved.html, _plain_points(saved.points)
    before = section.presentation.replaces_id
    if number != 1 or before is None:
        return None
    origin = Section.objects.filter(presentation=before, lineage=section.lineage).prefetch_related("points").first()
    return (origin.html, points_of(origin)) if origin else ("", ())


def template_with_sections(body: Body | None, item_kind: str) -> PresentationTemplate | None:
    """The body's template for the kind, else its template for every kind, with its sections."""
    if body is None:
        return None
    found = PresentationTemplate.objects.filter(body=body, item_kind__in={item_kind, ""}).order_by("-item_kind")
    return found.prefetch_related("sections").first()


def templates_of(body: Body) -> dict[str, PresentationTemplate]:
    """The body's templates by item kind, with their sections."""
    return {row.item_kind: row for row in PresentationTemplate.objects.filter(body=body).prefetch_related("sections")}


def removed_sections(template: PresentationTemplate) -> list[TemplateSection]:
    """What was taken out of a template, last first."""
    return list(TemplateSection.history.filter(template=template).exclude(withdrawn_at=None).order_by("-withdrawn_at"))


def bodies_to_choose(case: Case) -> list[tuple[UUID, str]]:
    """The bodies for which a presentation can be written, those on the case's path first."""
    on_path = set(case.path.values_list("body", flat=True))
    bodies = sorted(Body.objects.filter(authority=case.authority_id), key=lambda body: body.pk not in on_path)
    return [(body.pk, body.name) for body in bodies]
