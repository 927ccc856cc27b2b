"""Bodies, meetings, items, files and calendars as they are released."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import connections, models, transaction
from django.db.models import Max, Min, Q, QuerySet

from sagsgang.publication.models import (
    PublicBody,
    PublicFile,
    PublicItem,
    PublicMeeting,
    PublicPlannedMeeting,
    Release,
    ReleaseState,
)

WALL = "public"


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside is of one moment: a release that comes meanwhile is seen whole or not at all."""
    with transaction.atomic(using=WALL):
        with connections[WALL].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def bodies() -> list[PublicBody]:
    """Every body that has released something."""
    return list(_bodies())


def body(pk: UUID) -> PublicBody | None:
    """One body."""
    return _bodies().filter(pk=pk).first()


def meetings_of(body: PublicBody) -> list[PublicMeeting]:
    """A body's released meetings, newest first."""
    return list(_shown().filter(body=body))


def meetings_from(day: date, count: int) -> list[PublicMeeting]:
    """The next released meetings, the nearest first; those of `day` are among them."""
    return list(_shown().filter(held_on__gte=day).order_by("held_on", "starts", "pk")[:count])


def meetings_before(day: date, count: int) -> list[PublicMeeting]:
    """The latest released meetings, the last first."""
    return list(_shown().filter(held_on__lt=day)[:count])


def meetings_between(first: date, last: date) -> list[PublicMeeting]:
    """The released meetings of some days, both ends included, in order of time."""
    return list(_shown().filter(held_on__range=(first, last)).order_by("held_on", "starts", "pk"))


def neighbour_days(first: date, last: date) -> tuple[date | None, date | None]:
    """The last day with a released meeting before `first`, and the first such day after `last`."""
    found = _shown().aggregate(
        before=Max("held_on", filter=Q(held_on__lt=first)), after=Min("held_on", filter=Q(held_on__gt=last))
    )
    return found["before"], found["after"]


def planned_between(first: date, last: date) -> list[PublicPlannedMeeting]:
    """The meetings of the published calendars that lie in some days, or were moved from them; with their bodies."""
    in_days = Q(held_on__range=(first, last)) | Q(moved_from__range=(first, last))
    return list(_planned().filter(in_days).order_by("held_on", "starts", "pk"))


def planned_of(body: PublicBody) -> list[PublicPlannedMeeting]:
    """A body's published calendar, all years in order of time; `body` is not fetched."""
    rows = PublicPlannedMeeting.objects.using(WALL).fetch_mode(models.FETCH_RAISE)
    return list(rows.filter(body=body).order_by("held_on", "starts", "pk"))


def planned_neighbour_days(first: date, last: date) -> tuple[date | None, date | None]:
    """The last day with a planned meeting before `first`, and the first such day after `last`."""
    found = _planned().aggregate(
        before=Max("held_on", filter=Q(held_on__lt=first)), after=Min("held_on", filter=Q(held_on__gt=last))
    )
    return found["before"], found["after"]


def latest_releases(count: int, body: PublicBody | None = None) -> list[PublicMeeting]:
    """The meetings whose current release is newest: of one body, or of all."""
    rows = _shown() if body is None else _shown().filter(body=body)
    return list(rows.order_by("-release__released_at", "pk")[:count])


def items_of(meetings: Iterable[PublicMeeting]) -> list[PublicItem]:
    """All items and sub-items of some meetings, each in its place; `meeting` and `parent` are not fetched."""
    return list(_items().filter(meeting__in=list(meetings)).order_by("meeting_id", "parent_id", "position"))


def addresses_of(body: PublicBody, count: int) -> list[PublicItem]:
    """The open items of a body with their meetings' times of change, newest meeting first: for the sitemap."""
    rows = _items().filter(meeting__body=body, parent=None).exclude(access="closed").select_related("meeting")
    return list(rows.only("slug", "meeting", "meeting__changed_at").order_by("-meeting__held_on", "position")[:count])


def file(pk: UUID) -> PublicFile | None:
    """A released copy of an attachment."""
    return PublicFile.objects.using(WALL).fetch_mode(models.FETCH_RAISE).filter(pk=pk).first()


def release_of_print(sha256: str) -> Release | None:
    """The release that a published PDF, or the canonical text of a release, is of; with its body, without its words."""
    rows = Release.objects.using(WALL).fetch_mode(models.FETCH_RAISE).select_related("body").defer("document")
    return rows.filter(Q(prints=sha256) | Q(sha256=sha256)).first()


def _bodies() -> QuerySet[PublicBody]:
    return PublicBody.objects.using(WALL).fetch_mode(models.FETCH_RAISE)


def _meetings() -> QuerySet[PublicMeeting]:
    rows = PublicMeeting.objects.using(WALL).fetch_mode(models.FETCH_RAISE)
    return rows.select_related("body", "release").defer("release__document").order_by("-held_on", "-starts", "pk")


def _planned() -> QuerySet[PublicPlannedMeeting]:
    return PublicPlannedMeeting.objects.using(WALL).fetch_mode(models.FETCH_RAISE).select_related("body")


def _shown() -> QuerySet[PublicMeeting]:
    """Without tombstones: a withdrawn meeting stands in no list."""
    return _meetings().filter(state=ReleaseState.CURRENT)


def _items() -> QuerySet[PublicItem]:
    return PublicItem.objects.using(WALL).fetch_mode(models.FETCH_RAISE)
