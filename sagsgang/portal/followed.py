"""What can be followed, as the public sees it: its name, and the page where it is."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from sagsgang.publication import queries
from sagsgang.publication.models import PublicCase

BODY, CASE, PLACE, SEARCH = "body", "case", "place", "search"
LONGEST = 100  # letters of a place, or of the words of a search
# Words go into a letter to an address that somebody wrote: no address of a page or of a person, and no sign but these.
_PLAIN = re.compile(r"[\w \-.,'’/&§()\"+:]*")
_ADDRESS = re.compile(r"://|www\.|\w\.(?:dk|com|net|org|eu|io|info|ru|cn)\b", re.IGNORECASE)
_FACETS = {"q", "udvalg", "aar", "art"}  # as in the addresses of the search; order and page change nothing


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that can be followed; `words` as they are kept (a place, or the query string of a search)."""

    kind: str
    target: UUID | None
    words: str
    label: str
    address: str


def followed(kind: str, target: UUID | None, words: str) -> Followed | None:
    """What a kind and an id or words name; None where nothing is shown under them."""
    match kind:
        case "body":
            row = queries.body(target) if target else None
            return (
                Followed(kind, target, "", row.name, reverse("portal:body", args=[row.pk, row.slug])) if row else None
            )
        case "case":
            case = PublicCase.objects.using(queries.WALL).filter(pk=target).first() if target else None
            return Followed(kind, target, "", case.title, _address("case-by-id", target)) if case else None
        case "place":
            place = " ".join(words.split())
            return Followed(kind, None, place, place, "") if is_plain(place) else None
        case "search":
            return _search(words)
    return None


def is_plain(words: str) -> bool:
    """Words that may stand in a letter to somebody who has not asked for it."""
    return 0 < len(words) <= LONGEST and bool(_PLAIN.fullmatch(words)) and not _ADDRESS.search(words)


def _search(query: str) -> Followed | None:
    """A search by its query string, in one order; without words it is none."""
    pairs = sorted((name, " ".join(value.split())) for name, value in parse_qsl(query[:1000]) if name in _FACETS)
    label = " ".join(value for name, value in pairs if name == "q")
    if not is_plain(label) or len(pairs) > len(_FACETS) or not all(is_plain(value) for _name, value in pairs):
        return None
    words = urlencode(pairs)
    if len(words) > 300:
        return None
    address = _address("search")
    return Followed(SEARCH, None, words, label, f"{address}?{words}" if address else "")


def _address(name: str, *args: object) -> str:
    try:
        return reverse(f"portal:{name}", args=args)
    except NoReverseMatch:
        return ""
