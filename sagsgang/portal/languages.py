"""The same pages in English under /en/: by the address alone, without a cookie and without asking the browser.

What is said around the content is English there, and every link stays in English; titles and decisions are Danish, as
they were released, and are marked so. Files, feeds and sitemaps have one address, the Danish one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from asgiref.local import Local
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.encoding import escape_uri_path
from django.utils.translation import override

PREFIX = "en/"
PORTAL = "sagsgang.site.urls_portal"  # under /en/ there is nothing but the portal, also where both sites are served
# What machines read, and files: Danish content, whatever is said around it.
ONE_ADDRESS = {
    "attachment", "attachment-by-id", "body-feed", "body-sitemap", "calendar-feed", "case-feed", "cases-sitemap", "feed",
    "figures-csv", "figures-json", "figures-pdf", "figures-sitemap", "meeting-pdf", "meeting-calendar", "robots", "sitemap", "statistics-csv",
}  # fmt: skip
_now = Local()  # of this request, like the language and the script prefix that Django keeps


@dataclass(frozen=True, slots=True)
class Twins:
    """The two addresses of one page, and in which of them it is read."""

    danish: str
    english: str
    is_english: bool

    @property
    def whole_danish(self) -> str:
        """With the name of the site."""
        return settings.BASE_URL + self.danish

    @property
    def whole_english(self) -> str:
        """With the name of the site."""
        return settings.BASE_URL + self.english


class BothLanguages:
    """Middleware: an address under /en/ is the address without it, answered in English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language of the address."""
        if request.path_info == f"/{PREFIX}"[:-1]:
            return HttpResponsePermanentRedirect(get_script_prefix() + PREFIX)
        if not request.path_info.startswith(f"/{PREFIX}"):
            with _asked(request.path_info, is_english=False):
                return self._get_response(request)
        request.path_info = request.path_info[len(PREFIX) :]
        request.urlconf = PORTAL
        with _asked(request.path_info, is_english=True), _below(PREFIX), override("en"):
            return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """What has one address is not given under another."""
        if in_english() and request.resolver_match and request.resolver_match.url_name in ONE_ADDRESS:
            query = request.META.get("QUERY_STRING", "")
            address = twins(request.path_info).danish
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        return None


def in_english() -> bool:
    """Was the address of this request one under /en/?"""
    return bool(getattr(_now, "is_english", False))


def twins(path: str = "", query: str = "") -> Twins:
    """The addresses of a page by its Danish address and query; without one, of the page that was asked."""
    root = danish_root()
    own = path.removeprefix(root) if path else escape_uri_path(getattr(_now, "path", "/")).removeprefix("/")
    own += f"?{query}" if query else ""
    return Twins(f"{root}{own}", f"{root}{PREFIX}{own}", in_english())


def one_address(name: str, *args: object) -> str:
    """The one address of a file or a feed, and of any page its Danish one."""
    return danish_root() + reverse(f"portal:{name}", args=args, urlconf=PORTAL).removeprefix(get_script_prefix())


def danish_root() -> str:
    """Where the site's Danish pages begin, and all that has one address."""
    prefix = get_script_prefix()
    return prefix.removesuffix(PREFIX) if in_english() else prefix


@contextmanager
def _asked(path: str, *, is_english: bool) -> Iterator[None]:
    _now.path, _now.is_english = path, is_english
    try:
        yield
    finally:
        del _now.path, _now.is_english


@contextmanager
def _below(prefix: str) -> Iterator[None]:
    root = get_script_prefix()
    set_script_prefix(root + prefix)
    try:
        yield
    finally:
        set_script_prefix(root)
