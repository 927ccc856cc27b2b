"""The versions of a case's presentation: which is the draft, which is newest, and what is told of each."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as When
from django.db.models import CharField, F, OuterRef, Prefetch, Q, QuerySet, TextField, Value
from django.db.models import When as Where
from django.db.models.functions import Cast, JSONObject

from sagsgang.accounts.models import User
from sagsgang.cases.models import (
    AppropriationLine,
    Case,
    Presentation,
    RecommendationPoint,
    Section,
    SectionRevision,
)
from sagsgang.cases.permissions import CaseRows

type Words = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Treated:
    """Where a version was treated: the body's code or name, and the day."""

    body: str
    on: date


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version as the list tells it; `changed_after` is the meeting whose decided words it no longer has."""

    pk: UUID
    number: int
    is_draft: bool
    begun_by: str
    begun_at: datetime
    frozen_at: datetime | None
    frozen_why: str
    body: str
    item_kind: str
    authors: tuple[str, ...]
    treated: tuple[Treated, ...]
    changed_after: Treated | None

    @property
    def is_changed_after_meeting(self) -> bool:
        """Do its words differ from those that a body decided on?"""
        return self.changed_after is not None


def own_versions(case: Case) -> QuerySet[Presentation]:
    """The case's own versions (`PresentationQuerySet.own`)."""
    return Presentation.objects.filter(case=case).own()


def draft_of(case: Case) -> Presentation | None:
    """The version that is being written; None if there is none."""
    return case.presentations.filter(frozen_at=None).select_related("body").first()


def newest_of(case: Case) -> Presentation | None:
    """The draft, else the newest frozen version of the case's own; None if the case has no words yet."""
    ends = own_versions(case).filter(replaced_by=None).select_related("body")
    return ends.order_by(F("frozen_at").desc(nulls_first=True), "-number", "-created_at").first()


def versions_of(case: Case) -> list[VersionLine]:
    """Every version of the case, newest first, in four queries."""
    versions = _with_words(own_versions(case)).order_by("created_at", "number")
    authors, treated = _authors(case), _treated(case)
    decided: tuple[Words, Treated] | None = None
    lines = []
    for version in versions:
        words = _words(version)
        changed_after = decided[1] if decided and decided[0] != words else None
        places = tuple(treated.get(version.pk, ()))
        lines.append(_line(version, tuple(authors.get(version.pk, ())), places, changed_after))
        if places:
            decided = words, places[-1]
    return lines[::-1]


def _with_words(versions: QuerySet[Presentation]) -> QuerySet[Presentation]:
    """With everything that can be read of a version: its standing sections, their points, its economy lines."""
    points = RecommendationPoint.objects.filter(section=OuterRef("pk")).order_by("position")
    sections = Section.objects.annotate(point_texts=ArraySubquery(points.values("text")))
    return (
        versions.select_related("body", "created_by")
        .annotate(money=_money())
        .prefetch_related(Prefetch("sections", sections))
    )


def _money() -> ArraySubquery:
    """The economy lines with their version, in one query."""
    lines = AppropriationLine.objects.filter(presentation=OuterRef("pk")).order_by("side", "position")
    amount = Cast("amount", CharField())
    return ArraySubquery(
        lines.values(fact=JSONObject(side="side", kind="kind", account="account", year="year", amount=amount))
    )


def money_of(version: Presentation) -> list[AppropriationLine]:
    """The economy lines of a version, as its row brought them, else asked for."""
    facts: list[dict[str, Any]] | None = getattr(version, "money", None)
    if facts is None:
        return list(version.appropriations.all())
    return [AppropriationLine(**fact | {"amount": Decimal(fact["amount"])}) for fact in facts]


def _words(version: Any) -> Words:
    """Everything that can be read of a version, for asking whether two say the same; empty sections say nothing."""
    sections = (
        (section.heading, section.html, tuple(section.point_texts))
        for section in version.sections.all()
        if section.html or section.point_texts
    )
    return (tuple(sections), tuple(tuple(sorted(line.items())) for line in version.money))


def _authors(case: Case) -> dict[UUID, list[str]]:
    """Who saved words in each version, the last writer first."""
    last = (
        SectionRevision.objects.filter(section__presentation__case=case, set_aside=False)
        .order_by("section__presentation", "author", "-at")
        .distinct("section__presentation", "author")
        .annotate(version=F("section__presentation"))
        .select_related("author")
        .defer("html", "points")
    )
    found: dict[UUID, list[str]] = {}
    for save in sorted(last, key=lambda save: save.at, reverse=True):
        found.setdefault(save.version, []).append(str(save.author))
    return found


def _treated(case: Case) -> dict[UUID, list[Treated]]:
    """The meetings whose own decision stands on an item that carried a version, in their order."""
    own = Q(Q(decisions__body=F("meeting__body")) | Q(decisions__body=None)) & Q(
        Q(decisions__decided_on=F("meeting__held_on")) | Q(decisions__decided_on=None), decisions__isnull=False
    )
    items = case.agenda_items.filter(own, withdrawn_at=None).select_related("meeting__body").distinct()
    found: dict[UUID, list[Treated]] = {}
    for item in sorted(items, key=lambda item: item.meeting.held_on):
        if item.presentation_id is not None:
            body = item.meeting.body
            found.setdefault(item.presentation_id, []).append(Treated(body.code or body.name, item.meeting.held_on))
    return found


def _line(
    version: Presentation, authors: tuple[str, ...], treated: tuple[Treated, ...], changed_after: Treated | None
) -> VersionLine:
    return VersionLine(
        pk=version.pk,
        number=version.number,
        is_draft=version.is_draft,
        begun_by=str(version.created_by) if version.created_by else "",
        begun_at=version.created_at,
        frozen_at=version.frozen_at,
        frozen_why=version.get_frozen_by_display() if version.frozen_by else "",
        body=version.body.name if version.body else "",
        item_kind=version.get_item_kind_display() if version.item_kind else "",
        authors=authors,
        treated=treated,
        changed_after=changed_after,
    )


@dataclass(frozen=True, slots=True)
class Saved:
    """One save of a section's words: who, when."""

    number: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SetAside:
    """Words that were refused because another had saved first: whose, when, for which section; kept for good."""

    section: Section
    author: str
    at: datetime
    html: str


@dataclass(frozen=True, slots=True)
class Written:
    """A section's saves through the whole chain up to a version, newest first, and what was set aside in it."""

    section: Section
    saves: tuple[Saved, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote the words that stand, each once, the last writer first."""
        return tuple(dict.fromkeys(save.author for save in self.saves))


def written_of(version: Presentation) -> list[Written]:
    """Who wrote what of a version: each section with the saves of its lineage in this and earlier versions."""
    sections = list(version.sections.prefetch_related("points"))
    rows = SectionRevision.objects.filter(
        section__presentation__case=version.case_id,
        section__presentation__number__lte=version.number,
        section__lineage__in=[section.lineage for section in sections],
    )
    # Of what was saved only the names are shown: the words stay in the database.
    kept = rows.annotate(
        lineage=F("section__lineage"),
        words=When(Where(set_aside=True, then="html"), default=Value(""), output_field=TextField()),
    ).defer("html")
    saves: dict[UUID, list[Saved]] = {}
    aside: dict[UUID, list[Any]] = {}
    for row in kept.select_related("author").order_by("-at", "-number"):
        if row.set_aside:
            aside.setdefault(row.section_id, []).append(row)
        else:
            saves.setdefault(row.lineage, []).append(Saved(row.number, str(row.author), row.at))
    return [
        Written(
            section,
            tuple(saves.get(section.lineage, ())),
            tuple(_set_aside(row, section) for row in aside.get(section.pk, ())),
        )
        for section in sections
    ]


def _set_aside(row: Any, section: Section) -> SetAside:
    return SetAside(section, str(row.author), row.at, row.words + _points_html(row.points))


def _points_html(points: list[dict[str, str]]) -> str:
    items = "".join(f"<li>{escape(point['text'], quote=False)}</li>" for point in points)
    return f"<ul>{items}</ul>" if items else ""


class VersionRows:
    """The versions of the cases that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Presentation]:
        """Versions with their body and economy, and their case with what every page of a case asks of it."""
        cases = CaseRows().visible_to(user)
        return (
            Presentation.objects.filter(case__in=Case.objects.visible_to(user))
            .select_related("body", "created_by")
            .annotate(money=_money())
            .prefetch_related(Prefetch("case", cases))
        )


def other_version(version: Presentation, wanted: UUID) -> Presentation | None:
    """Another version of the same case, with its economy; None if there is none."""
    return Presentation.objects.filter(case=version.case_id, pk=wanted).annotate(money=_money()).first()
