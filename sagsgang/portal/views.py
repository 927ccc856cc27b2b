"""The pages of the public site. Each reads one small row first: it may be all that is needed."""

from calendar import monthrange
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.timezone import localdate
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.portal import editions, files
from sagsgang.portal.articles import article, articles
from sagsgang.portal.languages import one_address
from sagsgang.portal.ordering import danish_key
from sagsgang.portal.pages import moved, page, plain_page
from sagsgang.portal.paths import item_path
from sagsgang.portal.planned import calendar_lines, days_of, nearest_months
from sagsgang.portal.shown import meeting_context, shown_item
from sagsgang.publication import queries
from sagsgang.publication.models import PublicBody, PublicFile, PublicItem, PublicMeeting, ReleaseState
from sagsgang.publication.queries.figures import figures_list

NEXT, LATEST = 6, 10  # meetings on the front page
RETRY_AFTER = 30  # seconds, while the job makes the PDF
# A browser's own viewer shows a PDF with styles and an object of its making.
PDF_POLICY = {
    "default-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "object-src": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The next and the latest released meetings, and the bodies."""
    today = localdate()

    def load() -> dict[str, Any]:
        rows = queries.bodies()
        return {
            "authority": authority_of(rows),
            "bodies": in_danish_order(rows),
            "next": queries.meetings_from(today, NEXT),
            "latest": queries.meetings_before(today, LATEST),
            "here": "front",
        }

    return page(request, editions.of_all_today(queries.bodies(), today), "portal/front.html", load)


@public
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies that have released something."""
    rows = queries.bodies()

    def load() -> dict[str, Any]:
        return {"authority": authority_of(rows), "bodies": in_danish_order(rows), "here": "bodies"}

    return page(request, editions.of_all(rows), "portal/bodies.html", load)


@public
@require_safe
def body(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """A body: who sits in it, its next meetings, and its released meetings by year."""
    row, today = body_or_404(pk), localdate()
    if slug != row.slug:
        return moved("portal:body", row.pk, row.slug)

    def load() -> dict[str, Any]:
        meetings = queries.meetings_of(row)
        years = [(year, list(rows)) for year, rows in groupby(meetings, key=lambda meeting: meeting.held_on.year)]
        lines = calendar_lines(meetings, queries.planned_of(row))
        return {
            "authority": row.authority,
            "body": row,
            "members": queries.members_of(row),
            "next": [line for line in lines if line.held_on >= today and not line.moved_to][:NEXT],
            "years": years,
            "figures": figures_list(row.pk),
            "here": "bodies",
        }

    return page(request, editions.of_body_today(row, today), "portal/body.html", load)


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """To the month in which we are."""
    answer = redirect("portal:month", localdate())
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def month(request: HttpRequest, first: date) -> HttpResponse:
    """The released and the planned meetings of a month, and the way to the nearest months that have any."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    rows = queries.bodies()

    def load() -> dict[str, Any]:
        days = days_of(first, last)
        before, after = nearest_months(first, last)
        context = {"month": first, "days": days, "before": before, "after": after}
        return context | {"authority": authority_of(rows), "here": "calendar"}

    return page(request, editions.of_all(rows), "portal/month.html", load)


@public
@require_safe
def meeting(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """A meeting: its head, its release, who was there, and its agenda with decisions."""
    return _meeting_page(request, pk, slug, ("meeting", "agenda_item"))


@public
@require_safe
def print_meeting(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """A meeting with every word of its items, on one page that prints well."""
    return _meeting_page(request, pk, slug, ("print-meeting", "print_item"))


def _meeting_page(request: HttpRequest, pk: UUID, slug: str, names: tuple[str, str]) -> HttpResponse:
    """`names` are those of the page and of the template of one item on it."""
    row = meeting_or_404(pk)
    if row.state == ReleaseState.WITHDRAWN:
        # The same bytes at each address that the meeting had: the way to the other language is that of its id.
        own_path = one_address("meeting-by-id", pk)
        context = {"authority": row.authority, "body": row.body, "meeting": row, "own_path": own_path}
        return plain_page("portal/withdrawn.html", context, status=410)
    if slug != row.slug:
        return moved(f"portal:{names[0]}", row.pk, row.slug)

    def load() -> dict[str, Any]:
        now = shown_meeting_or_404(pk)
        address = settings.BASE_URL + reverse("portal:meeting-by-id", args=[pk])
        items = articles(f"portal/{names[1]}.html", queries.items_with_words(now))
        return meeting_context(now) | {"items": items, "address": address}

    return page(request, editions.of_meeting(row), f"portal/{names[0]}.html", load)


@public
@require_safe
@csp_override(PDF_POLICY)
def meeting_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The released PDF; until the job has made it, a page that says so."""
    row = shown_meeting_or_404(pk)
    if files.released_path(row.pdf_sha256) is None:
        answer = plain_page("portal/pending.html", {"authority": row.authority, "meeting": row}, status=503)
        answer.headers["Retry-After"] = str(RETRY_AFTER)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return files.serve(request, row.pdf_sha256, name=f"{row.slug}.pdf", media_type=files.PDF)


@public
@require_safe
def item(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Everything of one item; a sub-item is a place on its item's page."""
    row = item_or_404(pk)
    if row.parent is not None:
        answer = moved("portal:item", row.parent.pk, row.parent.slug)
        answer.headers["Location"] += f"#delpunkt-{row.position}"
        return answer
    if slug != row.slug:
        return moved("portal:item", row.pk, row.slug)
    return page(request, editions.of_item(row), "portal/item.html", lambda: _item_context(pk))


def _item_context(pk: UUID) -> dict[str, Any]:
    now = item_or_404(pk)
    meeting = now.meeting
    own, *subs = sorted(queries.item_with_subitems(pk), key=lambda written: written.id != pk)
    shown = shown_item(own.row(), [sub.row() for sub in subs])
    before, after = queries.neighbours_of(now)
    return {
        "authority": meeting.authority,
        "body": meeting.body,
        "meeting": meeting,
        "release": meeting.release,
        "item": shown,
        "words_of_item": article("portal/item_words.html", [own, *subs]),
        "case": now.case,
        "path": item_path(shown, queries.steps_taken(now.case_id)),
        "address": settings.BASE_URL + reverse("portal:item-by-id", args=[pk]),
        "previous": before,
        "next": after,
    }


@public
@require_safe
@csp_override(PDF_POLICY)
def attachment(request: HttpRequest, pk: UUID, name: str) -> HttpResponseBase:
    """A released copy of an attachment, under its file name."""
    row = file_or_404(pk)
    if name != row.name:
        return moved("portal:attachment", row.pk, row.name)
    return files.serve(request, row.sha256, name=row.name, media_type=row.media_type)


def body_or_404(pk: UUID) -> PublicBody:
    """The body of this public id."""
    return _found(queries.body(pk))


def meeting_or_404(pk: UUID) -> PublicMeeting:
    """The meeting of this public id, or its tombstone."""
    return _found(queries.meeting(pk))


def shown_meeting_or_404(pk: UUID) -> PublicMeeting:
    """The meeting of this public id, unless it was withdrawn."""
    row = meeting_or_404(pk)
    if row.state != ReleaseState.CURRENT:
        raise Http404
    return row


def item_or_404(pk: UUID) -> PublicItem:
    """The item of this public id."""
    return _found(queries.item(pk))


def file_or_404(pk: UUID) -> PublicFile:
    """The file of this public id."""
    return _found(queries.file(pk))


def _found[Row](row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row


def authority_of(bodies: list[PublicBody]) -> str:
    """The authority, if all bodies are of one."""
    names = {body.authority for body in bodies}
    return names.pop() if len(names) == 1 else ""


def in_danish_order(bodies: list[PublicBody]) -> list[PublicBody]:
    """By authority and name, as a Danish reader expects."""
    return sorted(bodies, key=lambda body: (danish_key(body.authority), danish_key(body.name)))
