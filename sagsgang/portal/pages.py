"""How every page is answered: 304 where nothing has moved, a kept copy where it is still right, else rendered anew."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from sagsgang.core.pieces import pieces
from sagsgang.publication.queries import snapshot

HTML = "text/html; charset=utf-8"
KEEP = (
    "X-Sagsgang-Keep"  # said to `kept.KeptAnswers`, which takes it off: this answer holds until something public moves
)
LARGEST_KEPT = 512 * 1024  # bytes; with at most 128 pages a process keeps 64 MB
_kept = LocMemCache("sagsgang.portal.pages", {"TIMEOUT": 600, "OPTIONS": {"MAX_ENTRIES": 128}})
_SOURCES = ("portal", "core", "publication")
_SUFFIXES = {".csv", ".html", ".ics", ".py", ".xml"}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Edition:
    """What a page's bytes are a function of: as long as no part moves, neither does the page."""

    parts: tuple[object, ...]
    changed_at: datetime | None = None

    @property
    def etag(self) -> str:
        """A strong mark of the bytes."""
        words = "\n".join(str(part) for part in (software(), get_language(), *self.parts))
        return f'"{sha256(words.encode()).hexdigest()[:32]}"'


@cache
def software() -> str:
    """The mark of the code and templates that make the pages, so that an upgrade is a new edition of all."""
    package = Path(__file__).resolve().parents[1]
    files = [path for name in _SOURCES for path in (package / name).rglob("*") if path.suffix in _SUFFIXES]
    files += [path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.mo")]
    words = [sha256(path.read_bytes()).hexdigest() for path in sorted(files) if "tests" not in path.parts]
    styles = [static("core/sagsgang.css"), static("dkfds/css/dkfds.min.css")]
    return sha256("\n".join([*words, *styles, settings.BASE_URL]).encode()).hexdigest()


def page(
    request: HttpRequest,
    edition: Edition,
    template: str,
    load: Callable[[], dict[str, Any]],
    *,
    content_type: str = HTML,
) -> HttpResponse:
    """Answer with the page of this edition; `load` reads what it shows, and is called only if it must be rendered."""
    etag = edition.etag
    changed = int(edition.changed_at.timestamp()) if edition.changed_at else None
    answer = get_conditional_response(request, etag=etag, last_modified=changed)
    if answer is None:
        answer = HttpResponse(_bytes(request.path, etag, template, load), content_type=content_type)
    answer.headers["ETag"] = etag
    if changed is not None:
        answer.headers["Last-Modified"] = http_date(changed)
    answer.headers["Cache-Control"] = "no-cache"  # keep it, but ask each time: what is withdrawn is gone at once
    if len(answer.content) <= LARGEST_KEPT and not request.META.get("QUERY_STRING"):
        answer.headers[KEEP] = "1"
    return answer


def _bytes(path: str, etag: str, template: str, load: Callable[[], dict[str, Any]]) -> bytes:
    """The page, kept under its address with its mark: of each page one edition is kept, and an old one never given."""
    key = sha256(path.encode()).hexdigest()
    kept_etag, content = _kept.get(key, ("", b""))
    if kept_etag == etag:
        return bytes(content)
    with snapshot():
        text = render_to_string(template, load())
    content = (_NOT_IN_XML.sub("", text) if template.endswith(".xml") else text).encode()
    if len(content) <= LARGEST_KEPT:
        _kept.set(key, (etag, content))
    return content


def forget_pages() -> None:
    """Keep nothing, not even pieces of pages: for tests and measurements."""
    forget_whole()
    pieces.forget()


def forget_whole() -> None:
    """Keep no whole page: for tests and measurements."""
    _kept.clear()


def plain_page(template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    """A page that is not kept and has no edition: a tombstone, or "not yet"."""
    answer = HttpResponse(render_to_string(template, context), content_type=HTML, status=status)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def moved(name: str, *args: object) -> HttpResponse:
    """To the address with the right words in it; asked anew each time, since a title may be masked tomorrow."""
    answer = HttpResponsePermanentRedirect(reverse(name, args=args))
    answer.headers["Cache-Control"] = "no-cache"
    return answer
