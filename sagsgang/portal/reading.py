"""A released PDF file to be read as text: page by page, with an address for each page."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.portal import editions
from sagsgang.portal.files import PDF
from sagsgang.portal.pages import Edition, page, plain_page
from sagsgang.portal.paths import place_of
from sagsgang.publication import queries
from sagsgang.publication.models import PublicFile

SHEET = 100  # pages of the file on one page here
RETRY_AFTER = 30  # seconds, while the job reads the file


@public
@require_safe
def read_file(request: HttpRequest, pk: UUID, sheet: int) -> HttpResponse:
    """The words of a file, a hundred pages at a time; until the job has read them, a page that says so."""
    row = _file_or_404(pk)
    if row.pages is None:
        answer = plain_page("portal/reading_pending.html", {"authority": row.authority, "file": row}, status=503)
        answer.headers["Retry-After"] = str(RETRY_AFTER)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    if sheet < 1 or (sheet > 1 and (sheet - 1) * SHEET >= row.pages):
        raise Http404
    own = editions.of_meeting(row.item.meeting)
    edition = Edition((*own.parts, row.sha256, row.title, row.pages, row.item.title, sheet), own.changed_at)
    return page(request, edition, "portal/reading.html", lambda: _context(pk, sheet))


def _context(pk: UUID, sheet: int) -> dict[str, Any]:
    row = _file_or_404(pk)
    count = row.pages or 0
    first, last = (sheet - 1) * SHEET + 1, min(sheet * SHEET, count)
    pages = [(found.number, found.text.splitlines()) for found in queries.file_pages(row, first, last)]
    return {
        "authority": row.authority,
        "file": row,
        "item": row.item,
        "item_address": place_of(row.item),
        "meeting": row.item.meeting,
        "body": row.item.meeting.body,
        "pages": pages,
        "has_words": any(words for _, words in pages),
        "sheets": [(no, (no - 1) * SHEET + 1, min(no * SHEET, count)) for no in range(1, -(-count // SHEET) + 1)],
        "sheet": sheet,
        "address": settings.BASE_URL + reverse("portal:attachment-by-id", args=[pk]),
    }


def page_address(file: UUID | str, number: int) -> str:
    """Where page `number` of a file is read as text."""
    sheet = (number - 1) // SHEET + 1
    base = reverse("portal:read-file", args=[file]) if sheet == 1 else reverse("portal:read-sheet", args=[file, sheet])
    return f"{base}#side-{number}"


def _file_or_404(pk: UUID) -> PublicFile:
    row = queries.file_with_place(pk)
    if row is None or row.media_type != PDF:
        raise Http404
    return row
