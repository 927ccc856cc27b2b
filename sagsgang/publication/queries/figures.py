"""Released figures, and what their references are called now."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from sagsgang.publication.models import (
    FiguresPrint,
    PublicBody,
    PublicCase,
    PublicFigures,
    PublicItem,
    PublicMeeting,
    ReleaseState,
)
from sagsgang.publication.queries.released import WALL

type Found = PublicItem | PublicCase | PublicMeeting | PublicBody


def figures_list(body: UUID | None = None) -> list[PublicFigures]:
    """All that is out, or what is out of one body, the newest period first; without the words."""
    rows = _figures().filter(state=ReleaseState.CURRENT).defer("document")
    rows = rows if body is None else rows.filter(body=body)
    return list(rows.order_by("-period_end", "-period_start", "kind", "title", "pk"))


def figures(figures_id: UUID) -> PublicFigures | None:
    """The newest of a report: current, or the tombstone of what was withdrawn."""
    return _figures().filter(figures_id=figures_id).order_by("-number").first()


def figures_of_print(sha256: str) -> PublicFigures | None:
    """The figures that a published PDF, or their canonical text, is of; without their words."""
    return _figures().defer("document").filter(Q(prints=sha256) | Q(sha256=sha256)).first()


def print_of(row: PublicFigures) -> str:
    """The name of the PDF that is shown of figures from here, '' while there is none."""
    shown: FiguresPrint | None = getattr(row, "shown_print", None)
    return shown.sha256 if shown else ""


def rows_of(references: Collection[str], using: str = WALL) -> dict[str, Found]:
    """The released row of each reference that has one now; a closed item has none here. At most four queries."""
    wanted: dict[str, list[UUID]] = {}
    for reference in references:
        kind, _, public_id = reference.partition(":")
        wanted.setdefault(kind, []).append(UUID(public_id))
    found: dict[str, Found] = {}
    for kind, ids in wanted.items():
        found |= {f"{kind}:{row.pk}": row for row in _ROWS[kind](using).filter(pk__in=ids)}
    return found


def _figures() -> QuerySet[PublicFigures]:
    rows = PublicFigures.objects.using(WALL).fetch_mode(models.FETCH_RAISE)
    return rows.select_related("body", "shown_print")


def _items(using: str) -> QuerySet[PublicItem]:
    rows = PublicItem.objects.using(using).fetch_mode(models.FETCH_RAISE).exclude(access="closed")
    rows = rows.annotate(told_late_reason=KeyTextTransform("late_reason", "content"))
    return rows.filter(parent=None, meeting__state=ReleaseState.CURRENT).defer("content")


def _cases(using: str) -> QuerySet[PublicCase]:
    return PublicCase.objects.using(using).fetch_mode(models.FETCH_RAISE)


def _meetings(using: str) -> QuerySet[PublicMeeting]:
    rows = PublicMeeting.objects.using(using).fetch_mode(models.FETCH_RAISE)
    return rows.filter(state=ReleaseState.CURRENT).select_related("body")


def _bodies(using: str) -> QuerySet[PublicBody]:
    return PublicBody.objects.using(using).fetch_mode(models.FETCH_RAISE)


_ROWS: dict[str, Callable[[str], QuerySet[Any]]] = {
    "item": _items,
    "case": _cases,
    "meeting": _meetings,
    "body": _bodies,
}
