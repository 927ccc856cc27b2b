"""The goals of released items: which there are, and the items of one."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, Max

from sagsgang.publication.models import ItemGoal
from sagsgang.publication.queries.released import WALL

PAGE_OF_ITEMS = 50


@dataclass(frozen=True, slots=True)
class ReleasedGoal:
    """One of the seventeen with how many released items touch it, and the releases that tell so."""

    number: int
    title: str
    items: int
    releases: tuple[UUID, ...]

    @property
    def name(self) -> str:
        """Number and title."""
        return f"{self.number}. {self.title}"


def goals() -> list[ReleasedGoal]:
    """Those that something is told of, by number."""
    rows = ItemGoal.objects.using(WALL).order_by("goal").values_list("goal")
    found = rows.annotate(
        name=Max("title"), items=Count("item", distinct=True), releases=ArrayAgg("release", distinct=True)
    )
    return [ReleasedGoal(goal, title, count, tuple(sorted(releases))) for goal, title, count, releases in found]


def items_of_goal(goal: int, page: int) -> list[ItemGoal]:
    """What is told of this page's items, the newest meeting first; each with its item, meeting and body."""
    rows = ItemGoal.objects.using(WALL).filter(goal=goal)
    newest = rows.order_by().values("item").annotate(on=Max("item__meeting__held_on"), at=Max("item__position"))
    first = (page - 1) * PAGE_OF_ITEMS
    ids = newest.order_by("-on", "at", "item").values_list("item", flat=True)[first : first + PAGE_OF_ITEMS]
    shown = rows.fetch_mode(models.FETCH_RAISE).filter(item__in=list(ids)).select_related("item__meeting__body")
    return list(
        shown.defer("item__content").order_by(
            "-item__meeting__held_on", "item__position", "item_id", "target", "relevance", "direction"
        )
    )
