"""Which items of a release concern somebody who follows: read from `pub` alone, with the public words as they stand."""

import hashlib
import json
from collections.abc import Iterable
from urllib.parse import parse_qs
from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from sagsgang.following.models import Kind
from sagsgang.publication.indexing.words import query_words
from sagsgang.publication.models import EntryKind, PublicFile, PublicItem, PublicMeeting, ReadFile, SearchEntry

_FOUND = """"pub"."search_entry"."vector" @@ websearch_to_tsquery('pg_catalog.danish'::regconfig, %s)"""
# The names of the portal's search in its addresses; another order and another page find the same.
_KINDS = {"sager": EntryKind.ITEM, "beslutninger": EntryKind.DECISION, "bilag": EntryKind.FILE}


def items_for(meeting: PublicMeeting, kind: str, target: UUID | None, words: str) -> list[PublicItem]:
    """The items of a released meeting that concern who follows this, in the order of the agenda.

    Of a body all of them, without sub-items.
    """
    rows = PublicItem.objects.filter(meeting=meeting).order_by("parent__position", "position")
    match kind:
        case Kind.BODY:
            return list(rows.filter(parent=None).order_by("position")) if meeting.body_id == target else []
        case Kind.CASE:
            return list(rows.filter(case=target))
        case Kind.PLACE:
            return list(rows.filter(pk__in=found_in(meeting, f'"{words}"')))
        case _:
            return list(rows.filter(pk__in=found_by(meeting, words)))


def found_in(meeting: PublicMeeting, words: str, kind: str = "") -> set[UUID]:
    """The items in whose title, texts, decisions or attachments the search finds the words; in quotes: in their order."""
    rows = SearchEntry.objects.filter(meeting=meeting).exclude(item=None)
    if kind:
        rows = rows.filter(kind=kind)
    found = rows.filter(RawSQL(_FOUND, [query_words(words)], output_field=BooleanField()))  # noqa: S611 - a parameter
    return set(found.values_list("item_id", flat=True))


def found_by(meeting: PublicMeeting, query: str) -> set[UUID]:
    """The items that a search finds, whose address has this query string; none if a facet leaves the meeting out."""
    asked = {name: values[-1] for name, values in parse_qs(query).items()}
    fits = asked.get("udvalg") in {None, str(meeting.body_id)} and asked.get("aar") in {None, str(meeting.held_on.year)}
    return found_in(meeting, asked.get("q", ""), _KINDS.get(asked.get("art", ""), "")) if fits else set()


def is_read(meeting: PublicMeeting) -> bool:
    """Have the words of all its attachments been read, so that a search finds them?"""
    files = PublicFile.objects.filter(item__meeting=meeting)
    return not files.exclude(sha256__in=ReadFile.objects.values("sha256")).exists()


def fingerprint(meeting: PublicMeeting, kind: str, items: Iterable[PublicItem]) -> str:
    """The hash of the public words that concern a follower; whoever follows a body is told of each of its releases."""
    if kind == Kind.BODY:
        return meeting.release.sha256
    words = [[str(item.pk), item.title, item.access, item.content] for item in sorted(items, key=lambda item: item.pk)]
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
