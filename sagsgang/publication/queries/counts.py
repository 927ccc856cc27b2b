"""How much has been released: counts of released rows by body and year, never of what stayed in the house."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import ExtractYear

from sagsgang.publication.models import (
    EntryKind,
    PublicFile,
    PublicItem,
    PublicMeeting,
    ReleaseKind,
    ReleaseState,
    SearchEntry,
)
from sagsgang.publication.queries.released import WALL

type Counts = dict[str, int]

COUNTED = ("meetings", "items", "decisions", "closed", "late", "files")


def counts_of(bodies: Collection[UUID]) -> dict[tuple[UUID, int], Counts]:
    """Of each body and year: how many of each of `COUNTED`; five queries. Items are counted with their sub-items.

    A decision is an item of released minutes with one. An archive says nothing of what came late, and is not asked.
    """
    found: dict[tuple[UUID, int], Counts] = {}
    for names, rows in (
        (("meetings", "closed"), _meetings(bodies)),
        (("items",), _items(bodies)),
        (("late",), _late(bodies)),
        (("decisions",), _decisions(bodies)),
        (("files",), _files(bodies)),
    ):
        for body, year, *counts in rows:
            group = found.setdefault((body, year), dict.fromkeys(COUNTED, 0))
            group.update(zip(names, counts, strict=True))
    return found


def _meetings(bodies: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = PublicMeeting.objects.filter(state=ReleaseState.CURRENT, body__in=bodies)
    return _grouped(rows, "body_id", "held_on", Count("pk"), Sum("closed_items"))


def _items(bodies: Collection[UUID]) -> QuerySet[Any, Any]:
    return _grouped(_shown_items(bodies), "meeting__body_id", "meeting__held_on", Count("pk"))


def _late(bodies: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = _shown_items(bodies).exclude(meeting__release__kind=ReleaseKind.ARCHIVE)
    late = Q(reason__gt="") | Q(content__supplement__gt=0)
    found = rows.annotate(reason=KeyTextTransform("late_reason", "content")).filter(late)
    return _grouped(found, "meeting__body_id", "meeting__held_on", Count("pk"))


def _decisions(bodies: Collection[UUID]) -> QuerySet[Any, Any]:
    agendas = (ReleaseKind.AGENDA, ReleaseKind.SUPPLEMENT)
    rows = SearchEntry.objects.filter(kind=EntryKind.DECISION, body__in=bodies).exclude(meeting__kind__in=agendas)
    return _grouped(rows, "body_id", "held_on", Count("item", distinct=True))


def _files(bodies: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = PublicFile.objects.filter(item__meeting__body__in=bodies, item__meeting__state=ReleaseState.CURRENT)
    return _grouped(rows, "item__meeting__body_id", "item__meeting__held_on", Count("pk"))


def _shown_items(bodies: Collection[UUID]) -> QuerySet[PublicItem]:
    return PublicItem.objects.filter(meeting__state=ReleaseState.CURRENT, meeting__body__in=bodies)


def _grouped(rows: QuerySet[Any], body: str, day: str, *counts: Count | Sum) -> QuerySet[Any, Any]:
    """Body, year of the meeting, and the counts."""
    named = {f"count_{no}": count for no, count in enumerate(counts)}
    found: QuerySet[Any, Any] = rows.using(WALL).order_by().values_list(body, ExtractYear(day)).annotate(**named)
    return found
