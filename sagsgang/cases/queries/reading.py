"""A version as it is read: sections, points, money, files, and what was said of it, in one query of plain values.

The rows in it are copies in memory, made of JSON: a page asks as little for sixty sections as for two. The one digest
of a version's words is made of them too.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from sagsgang.accounts.models import User
from sagsgang.cases.models import (
    AppropriationLine,
    ApprovalEvent,
    Case,
    CaseAttachment,
    Presentation,
    RecommendationPoint,
    ReviewCopy,
    Section,
    SectionRevision,
)
from sagsgang.cases.queries.versions import own_versions
from sagsgang.documents import richtext
from sagsgang.documents.models import DocumentVersion


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section with its points."""

    row: Section
    points: tuple[RecommendationPoint, ...]

    @property
    def has_words(self) -> bool:
        """Is there anything to read?"""
        return bool(self.points or richtext.to_plain(self.row.html).strip())

    @property
    def plain(self) -> str:
        """Its words and its points on one line, for finding a passage in them."""
        return " ".join(" ".join([richtext.to_plain(self.row.html), *(p.text for p in self.points)]).split())


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """Everything that is read of one version. `saves`: when and by whom a section was written, in order.

    `attachments` (title, access, and the newest file's SHA-256) and `copies` are the case's, as they stand now.
    """

    row: Presentation
    sections: tuple[ReadSection, ...]
    lines: tuple[AppropriationLine, ...]
    events: tuple[ApprovalEvent, ...]
    saves: tuple[tuple[datetime, str], ...]
    attachments: tuple[CaseAttachment, ...]
    copies: tuple[ReviewCopy, ...]
    digest: str


def read_version(case: Case) -> ReadVersion | None:
    """The draft, else the newest frozen version; None if the case has no words yet. One query."""
    newest = own_versions(case).filter(replaced_by=None)
    row = _told(newest).order_by(F("frozen_at").desc(nulls_first=True), "-number", "-created_at").first()
    if row is None:
        return None
    row.case = case
    return _read(row)


def is_changed_since(case: Case, item_id: UUID) -> bool:
    """Do the newest words differ from those that an agenda item carried? As `versions_of` compares; one query."""
    rows: Any = _told(own_versions(case).filter(Q(replaced_by=None) | Q(agenda_items=item_id)).distinct())
    rows = list(rows.annotate(is_seen=Q(agenda_items=item_id)))
    seen = [_plain_words(row) for row in rows if row.is_seen]
    newest = [row for row in rows if row.frozen_at is None] or sorted(rows, key=lambda row: row.frozen_at)[-1:]
    return bool(seen) and bool(newest) and _plain_words(newest[0]) != seen[0]


def _plain_words(row: Any) -> tuple[object, ...]:
    sections = [
        (told["heading"], told["html"], [point["text"] for point in told["points"]])
        for told in row.told_sections
        if told["html"] or told["points"]
    ]
    return sections, row.told_lines


def digest_of(presentation: Presentation) -> str:
    """SHA-256 of the words of this version; one query."""
    row: Any = _told(Presentation.objects.filter(pk=presentation.pk)).get()
    return _digest(row)


def _told(versions: QuerySet[Presentation]) -> QuerySet[Presentation, Any]:
    points = RecommendationPoint.objects.filter(section=OuterRef("pk")).order_by("position")
    sections = Section.objects.filter(presentation=OuterRef("pk")).order_by("position")
    lines = AppropriationLine.objects.filter(presentation=OuterRef("pk")).order_by("side", "position")
    spoken = ApprovalEvent.objects.filter(presentation=OuterRef("pk")).order_by("number")
    saves = SectionRevision.objects.filter(section__presentation=OuterRef("pk"), set_aside=False).order_by("at")
    files = CaseAttachment.objects.filter(case=OuterRef("case"), withdrawn_at=None, replaced_by=None)
    newest = DocumentVersion.objects.filter(document=OuterRef("file")).order_by("-number").values("sha256")[:1]
    copies = ReviewCopy.objects.filter(case=OuterRef("case"), withdrawn_at=None).order_by("created_at")
    told_points = ArraySubquery(points.values(told=JSONObject(marker="marker", verb="verb", text="text")))
    return versions.annotate(
        told_sections=_list(
            sections, id="pk", lineage="lineage", kind="kind", heading="heading", html="html", access="access",
            ground="ground", points=told_points,
        ),
        told_lines=_list(
            lines, side="side", kind="kind", account="account", year="year", amount=Cast("amount", CharField())
        ),
        told_events=_list(
            spoken, verdict="verdict", level="level", level_name="level_name", comment="comment", digest="digest",
            number="number", at="at", by=_name("by"), for_user=_name("for_user"),
        ),
        told_saves=_list(saves, at="at", author=_name("author")),
        told_files=_list(
            files.annotate(sha=Subquery(newest)).order_by("position"),
            id="pk", title="title", access="access", ground="ground", sha256="sha", draft="presentation",
        ),
        told_copies=_list(
            copies, id="pk", message="message", created_at="created_at", reader=_name("reader"),
            asked_by=_name("asked_by"),
        ),
    )  # fmt: skip


def _list(rows: QuerySet[Any], **columns: object) -> ArraySubquery:
    return ArraySubquery(rows.values(told=JSONObject(**columns)))


def _name(relation: str) -> JSONObject:
    return JSONObject(
        id=relation, first_name=f"{relation}__first_name", last_name=f"{relation}__last_name",
        username=f"{relation}__username",
    )  # fmt: skip


def _read(row: Any) -> ReadVersion:
    return ReadVersion(
        row=row,
        sections=tuple(_section(told) for told in row.told_sections),
        lines=tuple(AppropriationLine(**told) for told in row.told_lines),
        events=tuple(_event(told) for told in row.told_events),
        saves=tuple((_at(told["at"]), str(_user(told["author"]))) for told in row.told_saves),
        attachments=tuple(
            CaseAttachment(**{name: told[name] for name in ("id", "title", "access", "ground")})
            for told in row.told_files
        ),
        copies=tuple(_copy(told) for told in row.told_copies),
        digest=_digest(row),
    )


def _digest(row: Any) -> str:
    """Of the canonical JSON of everything that an approver reads, in its order: words, access, money, files."""
    words = {
        "sections": [
            {name: told[name] for name in told if name not in ("id", "lineage")} for told in row.told_sections
        ],
        "economy": row.told_lines,
        "attachments": [[f["title"], f["access"], f["ground"], f["sha256"] or f["draft"]] for f in row.told_files],
    }
    canonical = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _section(told: dict[str, Any]) -> ReadSection:
    columns = {name: value for name, value in told.items() if name != "points"}
    ids = {name: UUID(told[name]) for name in ("id", "lineage")}
    return ReadSection(Section(**columns | ids), tuple(RecommendationPoint(**point) for point in told["points"]))


def _event(told: dict[str, Any]) -> ApprovalEvent:
    return ApprovalEvent(**told | {"at": _at(told["at"]), "by": _user(told["by"]), "for_user": _user(told["for_user"])})


def _copy(told: dict[str, Any]) -> ReviewCopy:
    people = {name: _user(told[name]) for name in ("reader", "asked_by")}
    return ReviewCopy(**told | people | {"created_at": _at(told["created_at"])})


def _user(told: dict[str, Any]) -> User | None:
    return User(**told) if told["id"] else None


def _at(told: str) -> datetime:
    return datetime.fromisoformat(told)


def copies_of(case: Case) -> QuerySet[ReviewCopy]:
    """The standing copies of a case that has no words yet."""
    return case.review_copies.filter(withdrawn_at=None).select_related("reader", "asked_by")
