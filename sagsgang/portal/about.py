"""What the site says of itself: what is shown and kept here, and how it can be used by everybody."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.portal import editions
from sagsgang.portal.pages import Edition, page
from sagsgang.portal.views import authority_of
from sagsgang.publication import queries


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is shown and what is not, how to search and follow, and which facts about readers are kept."""
    return _told(request, "portal/about.html", {})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (act no. 692 of 2018, § 5; model of Commission decision (EU) 2018/1523)."""
    facts = {
        "email": settings.ACCESSIBILITY_EMAIL,
        "phone": settings.ACCESSIBILITY_PHONE,
        "reviewed": settings.ACCESSIBILITY_REVIEWED,
        "site": settings.BASE_URL,
    }
    return _told(request, "portal/accessibility.html", facts)


def _told(request: HttpRequest, template: str, facts: dict[str, str | date | None]) -> HttpResponse:
    rows = queries.bodies()
    edition = editions.of_all(rows)

    def load() -> dict[str, Any]:
        return {"authority": authority_of(rows), **facts}

    return page(request, Edition((*facts.values(), *edition.parts), edition.changed_at), template, load)
