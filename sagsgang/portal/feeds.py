"""What machines read: the Atom feeds, the sitemap and robots.txt. They show what the pages show, and no more."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.portal import editions
from sagsgang.portal.pages import Edition, moved, page
from sagsgang.portal.shown import shown_items
from sagsgang.portal.views import authority_of, body_or_404
from sagsgang.publication import queries
from sagsgang.publication.models import FiguresKind, PublicBody
from sagsgang.publication.queries.figures import figures_list

ATOM = "application/atom+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
ENTRIES = 30
LARGEST_SITEMAP = 45_000  # addresses; the format allows 50,000 in one file


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest releases of all bodies."""
    rows = queries.bodies()
    edition = editions.of_all(rows)

    def load() -> dict[str, Any]:
        return _entries(None) | {
            "title": authority_of(rows),
            "id": f"{settings.BASE_URL}{reverse('portal:feed')}",
            "address": reverse("portal:feed"),
            "page": reverse("portal:front"),
            "updated": edition.changed_at,
        }

    return page(request, edition, "portal/feed.xml", load, content_type=ATOM)


@public
@require_safe
def body_feed(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """The newest releases of one body."""
    row = body_or_404(pk)
    if slug != row.slug:
        return moved("portal:body-feed", row.pk, row.slug)

    def load() -> dict[str, Any]:
        return _entries(row) | {
            "title": f"{row.name}, {row.authority}",
            "id": f"urn:uuid:{row.pk}",
            "address": reverse("portal:body-feed", args=[row.pk, row.slug]),
            "page": reverse("portal:body", args=[row.pk, row.slug]),
            "updated": row.changed_at,
        }

    return page(request, editions.of_body(row), "portal/feed.xml", load, content_type=ATOM)


def _entries(body: PublicBody | None) -> dict[str, Any]:
    meetings = queries.latest_releases(ENTRIES, body)
    items = shown_items(queries.items_of(meetings))
    return {"base": settings.BASE_URL, "entries": [(meeting, items[meeting.pk]) for meeting in meetings]}


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemaps of the bodies, of the cases and of the figures."""
    rows = queries.bodies()

    def load() -> dict[str, Any]:
        sheets = range(1, -(-queries.cases_counted() // LARGEST_SITEMAP) + 1)
        return {
            "base": settings.BASE_URL,
            "bodies": sorted(rows, key=lambda body: body.pk),
            "case_sheets": sheets,
        }

    return page(request, editions.of_all(rows), "portal/sitemap.xml", load, content_type=XML)


@public
@require_safe
def figures_sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of the released figures."""
    rows = figures_list()

    def load() -> dict[str, Any]:
        has_goals = any(row.kind == FiguresKind.GOALS for row in rows)
        return {"base": settings.BASE_URL, "reports": rows, "has_goals": has_goals}

    edition = Edition(tuple(row.pk for row in rows), max((row.released_at for row in rows), default=None))
    return page(request, edition, "portal/figures_sitemap.xml", load, content_type=XML)


@public
@require_safe
def body_sitemap(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The addresses of a body's meetings and open items, with the time when each last changed."""
    row = body_or_404(pk)

    def load() -> dict[str, Any]:
        meetings = queries.meetings_of(row)
        items = queries.addresses_of(row, LARGEST_SITEMAP - len(meetings))
        return {"base": settings.BASE_URL, "body": row, "meetings": meetings, "items": items}

    return page(request, editions.of_body(row), "portal/body_sitemap.xml", load, content_type=XML)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything that is shown may be found."""
    lines = ["User-agent: *", "Disallow:", f"Sitemap: {settings.BASE_URL}{reverse('portal:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
