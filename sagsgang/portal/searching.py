"""Search in what is released, and what is offered while one types. A plain form; the script only offers words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.portal.ordering import danish_key
from sagsgang.portal.pages import Edition, page, plain_page
from sagsgang.portal.views import authority_of
from sagsgang.publication import queries
from sagsgang.publication.models import EntryKind, PublicBody
from sagsgang.publication.queries.goals import ReleasedGoal
from sagsgang.publication.queries.goals import goals as released_goals
from sagsgang.publication.queries.offered import meant, offered
from sagsgang.publication.queries.passages import Passage, passages
from sagsgang.publication.queries.search import (
    MOST,
    PAGE_SIZE,
    Found,
    Search,
    TooSlowError,
    meaning_of,
    search,
    search_version,
)
from sagsgang.publication.queries.search_entries import Entry, entries

# As in addresses.
KINDS = {
    "sager": EntryKind.ITEM,
    "beslutninger": EntryKind.DECISION,
    "bilag": EntryKind.FILE,
    "moeder": EntryKind.MEETING,
}
_FEW = 3  # hits; where there are fewer, another spelling is proposed
_LONGEST_ECHO = 200  # signs of what was typed that stand in the page again


@dataclass(frozen=True, slots=True)
class Hit:
    """One result as it is shown."""

    entry: Entry
    passage: Passage
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its name, how many there are, where it leads, and whether it is chosen now."""

    name: str
    count: int
    url: str
    is_chosen: bool


def asked_in(query: QueryDict) -> Search:
    """What an address asks; what is no choice of ours is left out."""
    return Search(
        words=query.get("q", "").replace("\0", " ").strip()[:_LONGEST_ECHO],
        body=_uuid(query.get("udvalg", "")),
        year=_number(query.get("aar", ""), 1800, 2200),
        kind=KINDS.get(query.get("art", ""), ""),
        order="best" if query.get("orden") == "bedste" else "newest",
        page=_number(query.get("side", ""), 1, MOST // PAGE_SIZE) or 1,
        goal=_number(query.get("maal", ""), 1, 17),
    )


def address(asked: Search) -> str:
    """The address that asks this; the same question has one address."""
    names = {kind: name for name, kind in KINDS.items()}
    parts = {
        "q": asked.words,
        "udvalg": asked.body or "",
        "aar": asked.year or "",
        "art": names.get(EntryKind(asked.kind), "") if asked.kind else "",
        "maal": asked.goal or "",
        "orden": "bedste" if asked.order == "best" else "",
        "side": asked.page if asked.page > 1 else "",
    }
    given = {name: value for name, value in parts.items() if value}
    return reverse("portal:search") + (f"?{urlencode(given)}" if given else "")


@public
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The form, and what was found."""
    asked = asked_in(request.GET)
    bodies, goals = queries.bodies(), released_goals()
    told = (f"{goal.number} {goal.title} {goal.releases}" for goal in goals)
    parts = (
        address(asked),
        *search_version(),
        *told,
        *sorted(f"{row.pk} {row.name} {row.authority}" for row in bodies),
    )
    question = address(asked).partition("?")[2]
    frame = {"authority": authority_of(bodies), "asked": asked, "here": "search", "own_query": question}

    def load() -> dict[str, Any]:
        return frame | _results(asked, bodies, goals)

    try:
        return page(request, Edition(parts), "portal/search.html", load)
    except TooSlowError:
        return plain_page("portal/search.html", frame | {"is_slow": True}, status=503)


@public
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Words and titles of what is released that fit what has been typed, as JSON for the script of the form."""
    typed = request.GET.get("q", "").replace("\0", " ")[:_LONGEST_ECHO]
    etag = Edition((request.path, typed, *search_version())).etag
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            answer = _offers(typed)
        except TooSlowError:
            return JsonResponse({"options": []})
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _offers(typed: str) -> HttpResponse:
    with queries.snapshot():
        found = offered(typed)
    words = [{"text": word, "url": address(Search(words=word)), "is_title": False} for word in found.words]
    titles = [
        {"text": title, "url": reverse("portal:item", args=[pk, slug]), "is_title": True}
        for pk, slug, title in found.titles
    ]
    return JsonResponse({"options": words + titles}, json_dumps_params={"ensure_ascii": False})


def _results(asked: Search, bodies: list[PublicBody], goals: list[ReleasedGoal]) -> dict[str, Any]:
    """What the page shows of a question; nothing for an empty one."""
    meaning = meaning_of(asked.query) if asked.query else None
    if meaning is None or not meaning.is_askable:
        return {"is_empty": not asked.words, "is_unaskable": bool(asked.words)}
    found = search(asked, meaning)
    rows = entries(found.ids)
    hits = [Hit(row, shown, url_of(row, shown)) for row, shown in zip(rows, passages(rows, meaning.stems), strict=True)]
    other = meant(asked.query) if found.total < _FEW else ""
    return {
        "found": found,
        "hits": hits,
        "first": (asked.page - 1) * PAGE_SIZE + 1,
        "meant": other,
        "meant_url": address(Search(words=other)),
        "facets": _facets(asked, found, bodies, goals),
        "newest_url": address(replace(asked, order="newest", page=1)),
        "best_url": address(replace(asked, order="best", page=1)),
        "all_url": address(Search(words=asked.words, order=asked.order)),
        "follow_query": _followed(asked),
        "pages": _pages(asked, found),
    }


def _followed(asked: Search) -> str:
    """The question to whoever follows it: of items, whatever order and page; a goal and a meeting are not followed."""
    kind = "" if asked.kind == EntryKind.MEETING else asked.kind
    return address(replace(asked, kind=kind, order="newest", page=1, goal=None)).partition("?")[2]


def url_of(entry: Entry, passage: Passage) -> str:
    """Where a hit is read: the item, the sub-item's place on its page, the page of the file, or the meeting."""
    if entry.file_id is not None:
        place = f"#page={passage.page}" if passage.page else ""
        return reverse("portal:attachment", args=[entry.file_id, entry.file_name]) + place
    if entry.parent_id is not None:
        return reverse("portal:item", args=[entry.parent_id, entry.parent_slug]) + f"#delpunkt-{entry.item_position}"
    if entry.item_id is not None:
        return reverse("portal:item", args=[entry.item_id, entry.item_slug])
    return reverse("portal:meeting", args=[entry.meeting_id, entry.meeting_slug])


def _facets(
    asked: Search, found: Found, bodies: list[PublicBody], goals: list[ReleasedGoal]
) -> dict[str, list[Choice]]:
    """The choices of each facet: bodies in Danish order, years newest first, kinds and goals in their own order."""
    one = len({row.authority for row in bodies}) < 2
    names = {row.pk: row.name if one else f"{row.name}, {row.authority}" for row in bodies}
    chosen_body = {asked.body: 0} if asked.body in names else {}
    chosen_year = {asked.year: 0} if asked.year else {}
    in_order = sorted(chosen_body | found.bodies, key=lambda pk: danish_key(names.get(pk, "")))
    years = sorted(chosen_year | found.years, reverse=True)
    return {
        "kinds": [
            _choice(asked, "kind", kind, str(kind.label), found.kinds.get(kind, 0))
            for kind in EntryKind
            if found.kinds.get(kind) or asked.kind == kind
        ],
        "bodies": [_choice(asked, "body", pk, names[pk], found.bodies.get(pk, 0)) for pk in in_order if pk in names],
        "years": [_choice(asked, "year", year, str(year), found.years.get(year, 0)) for year in years],
        "goals": [
            _choice(asked, "goal", goal.number, goal.name, found.goals.get(goal.number, 0))
            for goal in goals
            if found.goals.get(goal.number) or asked.goal == goal.number
        ],
    }


def _choice(asked: Search, part: str, value: object, name: str, count: int) -> Choice:
    """Chosen already, it leads back to all."""
    is_chosen = getattr(asked, part) == value
    nothing: Mapping[str, object] = {"kind": "", "body": None, "year": None, "goal": None}
    parts: dict[str, Any] = {part: nothing[part] if is_chosen else value, "page": 1}
    return Choice(name, count, address(replace(asked, **parts)), is_chosen)


def _pages(asked: Search, found: Found) -> dict[str, Any]:
    """The ways to the page before and after, and how many there are."""
    last = max(1, -(-min(found.total, MOST) // PAGE_SIZE))
    return {
        "last": last,
        "previous_url": address(replace(asked, page=min(asked.page - 1, last))) if asked.page > 1 else "",
        "next_url": address(replace(asked, page=asked.page + 1)) if asked.page < last else "",
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str, least: int, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 and least <= int(text) <= most else None
