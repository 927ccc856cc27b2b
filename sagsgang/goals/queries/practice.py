"""The examples of good practice that a user may read: searched by stems of Danish words, and counted by facet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.utils.timezone import localtime

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.goals.catalogue import un_goal
from sagsgang.goals.models import PolicyArea, PracticeExample
from sagsgang.goals.permissions import ExampleRows

_SEARCHED = ("title", "why", "learning", "contact_role", "case__title", "project__name")
_DANISH = "pg_catalog.danish"


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example with its areas and goals as words; `year` is the one in which it was marked."""

    row: PracticeExample
    areas: tuple[str, ...]
    goals: tuple[str, ...]

    @property
    def year(self) -> int:
        """In the house's own time."""
        return localtime(self.row.created_at).year

    @property
    def is_closed(self) -> bool:
        """Is it of a closed case?"""
        return self.row.case is not None and self.row.case.is_closed

    @property
    def matter(self) -> str:
        """The title of the case, or the name of the project."""
        return str(self.row.case or self.row.project)


@dataclass(frozen=True, slots=True)
class Facet:
    """A value by which the list is narrowed, with how many of those that the reader may see have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; "" asks for all."""

    words: str = ""
    area: str = ""
    goal: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class FoundExamples:
    """The examples that fit, and the values of the facets among all that have the words."""

    shown: tuple[ShownExample, ...]
    total: int
    areas: tuple[Facet, ...]
    goals: tuple[Facet, ...]
    years: tuple[Facet, ...]


def shown_examples(rows: Iterable[PracticeExample]) -> list[ShownExample]:
    """With their words, also of areas that were taken off since; one query for all of them."""
    rows = list(rows)
    areas: dict[Any, list[str]] = {}
    held = PolicyArea.history.filter(practice_examples__in=[row.pk for row in rows])
    for pk, name in held.values_list("practice_examples", "name"):
        areas.setdefault(pk, []).append(name)
    return [
        ShownExample(row, tuple(areas.get(row.pk, ())), tuple(str(un_goal(number)) for number in row.goals))
        for row in rows
    ]


def examples_of(user: User, authority: Authority, wish: Wish) -> FoundExamples:
    """Those of the authority that stand and that she may read, the newest first; two queries."""
    rows = ExampleRows().visible_to(user).filter(authority=authority, withdrawn_at=None)
    if wish.words:
        query = SearchQuery(wish.words, config=_DANISH, search_type="websearch")
        rows = rows.annotate(found=SearchVector(*_SEARCHED, config=_DANISH)).filter(found=query)
    every = shown_examples(rows.order_by("-created_at"))
    return FoundExamples(
        shown=tuple(one for one in every if _fits(one, wish)),
        total=len(every),
        areas=_facets(name for one in every for name in one.areas),
        goals=_facets((str(number) for one in every for number in one.row.goals), number=True),
        years=tuple(reversed(_facets((str(one.year) for one in every), number=True))),
    )


def _fits(one: ShownExample, wish: Wish) -> bool:
    return (
        (not wish.area or wish.area in one.areas)
        and (not wish.goal or wish.goal in map(str, one.row.goals))
        and (not wish.year or wish.year == str(one.year))
    )


def _facets(values: Iterable[str], *, number: bool = False) -> tuple[Facet, ...]:
    counts = Counter(values)
    order: Sequence[str] = sorted(counts, key=int) if number else sorted(counts)
    return tuple(Facet(value, value, counts[value]) for value in order)
