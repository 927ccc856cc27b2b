"""Released figures: a list, a page for each report with plots and tables, and the same as PDF, CSV and JSON.

What is called by a released item, case or meeting is called so as it reads now: what has been taken back is left out,
and the page moves with it.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import get_script_prefix, reverse
from django.utils.translation import override
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.core.spreadsheets import as_csv
from sagsgang.portal import editions, files
from sagsgang.portal.languages import one_address
from sagsgang.portal.pages import Edition, moved, page, plain_page
from sagsgang.portal.statistics import CSV
from sagsgang.portal.views import PDF_POLICY, RETRY_AFTER, authority_of
from sagsgang.publication import queries
from sagsgang.publication.figures.cells import lines_of, shown_sections
from sagsgang.publication.figures.places import is_worn, places_of, taken_back_words
from sagsgang.publication.figures.tree import FiguresDocument, FiguresReport, plain_report, resolved
from sagsgang.publication.models import FiguresKind, PublicFigures, ReleaseState
from sagsgang.publication.queries.figures import Found, figures, figures_list, print_of, rows_of

JSON = "application/json; charset=utf-8"


@public
@require_safe
def figures_index(request: HttpRequest) -> HttpResponse:
    """All reports that are out, the newest period first."""
    rows = figures_list()

    def load() -> dict[str, Any]:
        has_goals = any(row.kind == FiguresKind.GOALS for row in rows)
        authority = authority_of(queries.bodies())
        return {"authority": authority, "reports": rows, "has_goals": has_goals, "here": "figures"}

    edition = Edition(tuple(f"{row.pk}" for row in rows), max((row.released_at for row in rows), default=None))
    bodies = editions.of_all(queries.bodies())
    return page(request, Edition((*edition.parts, *bodies.parts), edition.changed_at), "portal/figures.html", load)


@public
@require_safe
def figures_report(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """One report; its tombstone where it was withdrawn."""
    row = figures_or_404(pk)
    if row.state != ReleaseState.CURRENT:
        context = {"authority": row.authority, "row": row, "own_path": one_address("figures-by-id", pk)}
        return plain_page("portal/figures_withdrawn.html", context, status=410)
    if slug != row.slug:
        return moved("portal:figures-report", pk, row.slug)
    found = rows_of(row.links) if row.links else {}

    def load() -> dict[str, Any]:
        document = FiguresDocument.from_text(row.document or "")
        report = resolved(document.report, places_of(found, get_script_prefix()))
        return {
            "authority": row.authority,
            "row": row,
            "body": row.body,
            "report": report,
            "reason": document.reason,
            "sections": shown_sections(report),
            "worn": taken_back_words() if is_worn(row.links, found) else "",
            "csv": one_address("figures-csv", pk, 1).removesuffix("1.csv"),
            "address": settings.BASE_URL + reverse("portal:figures-by-id", args=[pk]),
            "here": "figures",
        }

    return page(request, _edition(row, found), "portal/figures_report.html", load)


@public
@require_safe
@csp_override(PDF_POLICY)
def figures_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The released PDF; until the job has made it, a page that says so."""
    row = shown_figures_or_404(pk)
    name = print_of(row)
    if files.released_path(name) is None:
        answer = plain_page("portal/figures_pending.html", {"authority": row.authority, "row": row}, status=503)
        answer.headers["Retry-After"] = str(RETRY_AFTER)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return files.serve(request, name, name=f"{row.slug}.pdf", media_type=files.PDF)


@public
@require_safe
def figures_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report as a tree: what the page shows, for a machine."""
    row = shown_figures_or_404(pk)
    found = rows_of(row.links) if row.links else {}

    def load() -> dict[str, Any]:
        told = {
            "id": str(row.figures_id), "number": row.number, "sha256": row.sha256,
            "released_at": row.released_at.isoformat(), "report": plain_report(_read(row, found)), "taken_back_since": is_worn(row.links, found),
        }  # fmt: skip
        return {"csv": json.dumps(told, ensure_ascii=False, indent=1)}

    return page(request, _edition(row, found), "portal/statistics.csv", load, content_type=JSON)


@public
@require_safe
def figures_csv(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One of its tables, as a Danish spreadsheet reads it."""
    row = shown_figures_or_404(pk)
    found = rows_of(row.links) if row.links else {}

    def load() -> dict[str, Any]:
        with override("da"):
            tables = {one.number: one.table for one in shown_sections(_read(row, found)) if one.table}
        table = tables.get(number)
        if table is None:
            raise Http404
        return {"csv": as_csv(lines_of(table)).decode()}

    answer = page(request, _edition(row, found), "portal/statistics.csv", load, content_type=CSV)
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.slug}-{number}.csv"'
    return answer


def figures_or_404(pk: UUID) -> PublicFigures:
    """The newest of this public id, or its tombstone."""
    row = figures(pk)
    if row is None:
        raise Http404
    return row


def shown_figures_or_404(pk: UUID) -> PublicFigures:
    """The current one of this public id."""
    row = figures_or_404(pk)
    if row.state != ReleaseState.CURRENT:
        raise Http404
    return row


def _read(row: PublicFigures, found: Mapping[str, Found]) -> FiguresReport:
    report = FiguresDocument.from_text(row.document or "").report
    return resolved(report, places_of(found, f"{settings.BASE_URL}/"))


def _edition(row: PublicFigures, found: Mapping[str, Found]) -> Edition:
    """The release, and what its references are called now."""
    places = sorted(f"{reference} {place.title} {place.late_reason}" for reference, place in places_of(found).items())
    body = (row.body.name, row.body.slug) if row.body else ()
    # No time: what is called by another name has moved without a release of its own.
    return Edition((row.pk, print_of(row) != "", *body, *places), None if row.links else row.released_at)
