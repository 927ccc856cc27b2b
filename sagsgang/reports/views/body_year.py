"""The yearly report of a body: the page, the rows behind each number, the print and the file."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Body
from sagsgang.core.plots import Table
from sagsgang.followups.permissions import FollowUpRows
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import items_shut_to
from sagsgang.publication.figures.cells import shown_sections
from sagsgang.publication.figures.tree import FiguresReport
from sagsgang.reports.forms import PeriodForm
from sagsgang.reports.permissions import (
    ReportBodies,
    bodies_to_report,
    may_see_report,
    may_see_reports,
    reads_closed_here,
)
from sagsgang.reports.queries.year import FIGURES, Group, Year, usual_year, year_of
from sagsgang.reports.rendering.body_year import sections_of
from sagsgang.reports.rendering.body_year_files import report_csv, report_pdf, report_title
from sagsgang.reports.rendering.body_year_rows import follow_ups_table, items_table, plain_table
from sagsgang.reports.rendering.body_year_words import label_of, period_words
from sagsgang.reports.rules import Period


@permitted_to(may_see_reports)
@require_safe
def body_years(request: StaffRequest) -> HttpResponse:
    return render(request, "reports/body_years.html", {"bodies": list(bodies_to_report(request.user))})


@permitted(ReportBodies(), may_see_report)
@require_safe
def body_year(request: StaffRequest, body: Body) -> HttpResponse:
    form = _form(request, body)
    period = form.period
    context: dict[str, Any] = {"body": body, "form": form, "period": period}
    if period is None:
        return render(request, "reports/body_year.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    year = year_of(body, period, localdate())
    sections = sections_of(year, _Addresses(body), lambda item: reverse("meetings:item", args=[item]))
    report = FiguresReport(
        "", body.authority.name, report_title(body, period), "", period.start, period.end, tuple(sections)
    )
    context |= {
        "title": report.title,
        "asked": _asked(period),
        "sections": shown_sections(report),
        "is_running": period.end >= localdate(),
    }
    return render(request, "reports/body_year.html", context)


class _Addresses:
    """Where the rows of a figure of this body are listed."""

    def __init__(self, body: Body) -> None:
        self.page = reverse("reports:body-year-rows", args=[body.pk])

    def __call__(self, key: str, period: Period, meeting: UUID | None) -> str:
        asked = {"figure": key} | ({"meeting": str(meeting)} if meeting else {})
        return f"{self.page}?{urlencode(asked)}&{_asked(period)}"


def _asked(period: Period) -> str:
    return urlencode({"year": period.year} | ({"part": period.part} if period.part else {}))


@permitted(ReportBodies(), may_see_report)
@require_safe
def body_year_rows(request: StaffRequest, body: Body) -> HttpResponse:
    key = request.GET.get("figure", "meetings")
    period = _period(request, body)
    if key not in FIGURES:
        raise Http404
    year = year_of(body, period, localdate(), groups=[FIGURES[key].group])
    rows = year.rows_of(key)
    meeting = _meeting(request)
    # Of who was present alone: of a decision, the meeting would tell which closed item it is of.
    if meeting and key.startswith("presence-"):
        rows = [row for row in rows if getattr(row, "meeting", None) == meeting]
    context = {
        "body": body,
        "label": label_of(key),
        "period": period_words(period),
        "asked": _asked(period),
        "count": len(rows),
        "table": _table(request, body, key, rows),
    }
    return render(request, "reports/body_year_rows.html", context)


def _table(request: StaffRequest, body: Body, key: str, rows: list[Any]) -> Table:
    group = FIGURES[key].group
    if group == Group.ITEMS:
        items = AgendaItem.objects.in_bulk([row.pk for row in rows])
        return items_table(rows, items, _unread(request, body, rows), is_telling=_is_telling(key))
    if group == Group.FOLLOW_UPS:
        seen = FollowUpRows().visible_to(request.user).filter(pk__in=[row.pk for row in rows])
        return follow_ups_table(rows, {row.pk: row for row in seen})
    return plain_table(group, rows)


def _is_telling(key: str) -> bool:
    """Does being counted here tell what was decided?"""
    return key.startswith("outcome-") or key == "cases-ended"


def _unread(request: StaffRequest, body: Body, rows: list[Any]) -> frozenset[UUID]:
    """The closed items that she may not read."""
    closed = [row.pk for row in rows if row.is_shut]
    if not reads_closed_here(request.user, body):
        return frozenset(closed)
    return frozenset(items_shut_to(request.user).filter(pk__in=closed).values_list("pk", flat=True))


def _meeting(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.GET["meeting"]) if "meeting" in request.GET else None
    except ValueError:
        raise Http404 from None


def _form(request: StaffRequest, body: Body) -> PeriodForm:
    today = localdate()
    return PeriodForm(request.GET, today.year if "year" in request.GET else usual_year(body, today))


def _period(request: StaffRequest, body: Body) -> Period:
    """What the address asks for; 404 for what is no period."""
    period = _form(request, body).period
    if period is None:
        raise Http404
    return period


@permitted(ReportBodies(), may_see_report)
@require_safe
def print_body_year(request: StaffRequest, body: Body) -> HttpResponse:
    year = _year(request, body)
    return _file(body, year, "pdf", report_pdf(body, year, made_at=now()).content, "application/pdf")


@permitted(ReportBodies(), may_see_report)
@require_safe
def body_year_file(request: StaffRequest, body: Body) -> HttpResponse:
    year = _year(request, body)
    return _file(body, year, "csv", report_csv(year), "text/csv; charset=utf-8")


def _year(request: StaffRequest, body: Body) -> Year:
    return year_of(body, _period(request, body), localdate())


def _file(body: Body, year: Year, ending: str, content: bytes, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    name = f"{report_title(body, year.period)}.{ending}"
    answer.headers["Content-Disposition"] = content_disposition_header(ending == "csv", name) or "inline"
    return answer
