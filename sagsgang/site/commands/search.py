"""`search`: what the public finds, asked as the public asks it."""

from argparse import Namespace
from dataclasses import replace

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.portal.searching import url_of
from sagsgang.publication import queries
from sagsgang.publication.models import PublicBody
from sagsgang.publication.queries.offered import meant
from sagsgang.publication.queries.passages import Passage, passages
from sagsgang.publication.queries.search import (
    MOST,
    PAGE_SIZE,
    Found,
    Search,
    TooSlowError,
    meaning_of,
    search,
)
from sagsgang.publication.queries.search_entries import Entry, entries
from sagsgang.site.commands.output import answer


def search_released(arguments: Namespace) -> int:
    """Search in released content only, through the portal's own connection."""
    asked = Search(words=" ".join(arguments.words), year=arguments.year, page=arguments.page)
    if not 1 <= asked.page <= MOST // PAGE_SIZE:
        raise RuleBrokenError(_("The page must be a number from 1 to %(last)s.") % {"last": MOST // PAGE_SIZE})
    try:
        with queries.snapshot():
            found, hits, other, bodies = _results(asked, arguments.body)
    except TooSlowError as error:
        raise RuleBrokenError(_("The search took too long.")) from error
    value = {
        "total": min(found.total, MOST),
        "capped": found.is_capped,
        "hits": [_hit(*hit) for hit in hits],
        "facets": {
            "body": {bodies[pk].name: count for pk, count in found.bodies.items() if pk in bodies},
            "year": {str(year): count for year, count in sorted(found.years.items(), reverse=True)},
            "kind": found.kinds,
        },
        "suggestion": other or None,
    }
    answer(value, as_json=arguments.json, lines=lambda: _lines(found, hits, other))
    return 0


type _Bodies = dict[object, PublicBody]
type _Hits = list[tuple[Entry, Passage]]


def _results(asked: Search, name: str) -> tuple[Found, _Hits, str, _Bodies]:
    bodies: _Bodies = {row.pk: row for row in queries.bodies()}
    if name:
        asked = replace(asked, body=_body_named(name, list(bodies.values())).pk)
    meaning = meaning_of(asked.query)
    if not meaning.is_askable:
        raise RuleBrokenError(_("Write at least one word that must be there."))
    found = search(asked, meaning)
    rows = entries(found.ids)
    other = "" if found.total else meant(asked.query)
    return found, list(zip(rows, passages(rows, meaning.stems), strict=True)), other, bodies


def _body_named(name: str, bodies: list[PublicBody]) -> PublicBody:
    fitting = [row for row in bodies if name.casefold() in (row.name.casefold(), row.code.casefold(), str(row.pk))]
    if not fitting:
        raise RuleBrokenError(_("No body %(name)s has released anything.") % {"name": name})
    return fitting[0]


def _hit(entry: Entry, passage: Passage) -> dict[str, object]:
    return {
        "uuid": entry.file_id or entry.item_id or entry.meeting_id,
        "kind": entry.kind,
        "title": entry.title,
        "body": entry.body,
        "date": entry.held_on.isoformat(),
        "passage": " ".join(passage.text.split()),
        "page": passage.page,
        "url": url_of(entry, passage),
    }


def _lines(found: Found, hits: _Hits, other: str) -> list[str]:
    count = f"Mere end {MOST}" if found.is_capped else str(found.total)
    lines = [f"{count} resultater"]
    for entry, passage in hits:
        lines += [f"{entry.held_on}  {entry.body}: {entry.title}", f"    {' '.join(passage.text.split())}"]
    return lines + ([f"Mente du {other}?"] if other else [])
