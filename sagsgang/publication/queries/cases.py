"""Cases, the members of bodies, and the words of files, as the portal reads them."""

from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from sagsgang.publication.models import (
    FilePage,
    MemberLine,
    PublicBody,
    PublicCase,
    PublicFile,
    PublicItem,
    ReleaseState,
)
from sagsgang.publication.queries.released import WALL


def case(pk: UUID) -> PublicCase | None:
    """A case that some released open item is of."""
    return _cases().filter(pk=pk).first()


def treatments_of(case: UUID) -> list[PublicItem]:
    """The items of a case with their sub-items, meetings, bodies and releases, the oldest first.

    Sub-items of an item of the case come along, each with its `parent`, whose words are not fetched.
    """
    rows = _treatments().filter(Q(case=case) | Q(parent__case=case))
    return list(rows.select_related("parent", "meeting__body", "meeting__release").defer(*_UNTOLD))


def case_addresses(start: int, count: int) -> list[PublicCase]:
    """The addresses of `count` cases from the place `start`, the newest first: for the sitemap."""
    return list(_cases()[start : start + count])


def cases_counted() -> int:
    """How many cases there are."""
    return _cases().count()


def members_of(body: PublicBody) -> list[MemberLine]:
    """Who sits in a body, the chair first; none where its calendar is not published."""
    return list(MemberLine.objects.using(WALL).fetch_mode(models.FETCH_RAISE).filter(body=body))


def file_with_place(pk: UUID) -> PublicFile | None:
    """A released file with its item, meeting and body, without the item's words."""
    rows = PublicFile.objects.using(WALL).fetch_mode(models.FETCH_RAISE)
    rows = rows.select_related("item__parent", "item__meeting__body")
    shown = rows.filter(pk=pk, item__meeting__state=ReleaseState.CURRENT)
    return shown.defer("item__content", "item__parent__content").first()


def file_pages(file: PublicFile, first: int, last: int) -> list[FilePage]:
    """The words of some pages of a file, both ends included, in order."""
    rows = FilePage.objects.using(WALL).fetch_mode(models.FETCH_RAISE)
    return list(rows.filter(file=file, number__range=(first, last)))


_UNTOLD = ("parent__content", "meeting__release__document")


def _cases() -> QuerySet[PublicCase]:
    return PublicCase.objects.using(WALL).fetch_mode(models.FETCH_RAISE)


def _treatments() -> QuerySet[PublicItem]:
    rows = PublicItem.objects.using(WALL).fetch_mode(models.FETCH_RAISE)
    return rows.order_by("meeting__held_on", "meeting__starts", "position", "pk")
