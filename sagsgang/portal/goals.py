"""The goals that released items touch: a list, and a page for each with its items. Made of releases of goals alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.portal.pages import Edition, page
from sagsgang.portal.views import authority_of
from sagsgang.publication import queries
from sagsgang.publication.models import ItemGoal, PublicFigures, PublicItem
from sagsgang.publication.queries.figures import figures_list
from sagsgang.publication.queries.goals import PAGE_OF_ITEMS, ReleasedGoal, items_of_goal
from sagsgang.publication.queries.goals import goals as released_goals

_MOST_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Touched:
    """A released item, and what is told of it and the goal."""

    item: PublicItem
    told: tuple[ItemGoal, ...]


@public
@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """The goals of which something is told."""
    found = released_goals()

    def load() -> dict[str, Any]:
        bodies = queries.bodies()
        return {"authority": authority_of(bodies), "goals": found, "reports": _reports(found), "here": "goals"}

    return page(request, _edition(found), "portal/goals.html", load)


@public
@require_safe
def goal(request: HttpRequest, number: int) -> HttpResponse:
    """The released items that touch it, the newest meeting first; 404 where no release tells of one."""
    found = released_goals()
    chosen = next((one for one in found if one.number == number), None)
    asked = request.GET.get("side", "")
    at = int(asked) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 5 else 1
    last = -(-chosen.items // PAGE_OF_ITEMS) if chosen else 0
    if chosen is None or not 1 <= at <= min(last, _MOST_PAGES):
        raise Http404

    def load() -> dict[str, Any]:
        bodies = queries.bodies()
        return {
            "authority": authority_of(bodies),
            "goal": chosen,
            "touched": _touched(items_of_goal(number, at)),
            "reports": _reports([chosen]),
            "at": at,
            "last": last,
            "here": "goals",
        }

    edition = _edition(found)
    return page(request, Edition((number, at, *edition.parts)), "portal/goal.html", load)


def _touched(rows: Iterable[ItemGoal]) -> list[Touched]:
    return [Touched((told := tuple(group))[0].item, told) for _pk, group in groupby(rows, lambda row: row.item_id)]


def _reports(found: Iterable[ReleasedGoal]) -> list[PublicFigures]:
    telling = {pk for one in found for pk in one.releases}
    return [row for row in figures_list() if row.pk in telling]


def _edition(found: Iterable[ReleasedGoal]) -> Edition:
    """What is told, and every release, by whose titles, bodies and days the items are called."""
    told = (f"{one.number} {one.items} {one.releases}" for one in found)
    versions = sorted(f"{body.pk} {body.version}" for body in queries.bodies())
    return Edition((*told, *versions))
