"""The auditor's pages: who read closed material, the audit log, and the chain of one subject. Each look is logged."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import batched
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted_to
from sagsgang.core.models import AuditEntry
from sagsgang.reports.actions import log_log_reading
from sagsgang.reports.forms import AuditLogForm, LogForm, ReadingsForm
from sagsgang.reports.permissions import may_read_log
from sagsgang.reports.queries import chain, entries
from sagsgang.reports.queries.subjects import subject_named, subjects_of
from sagsgang.reports.rendering import lines

ENTRIES_A_PAGE = 50
ENTRIES_A_BATCH = 500

type Found = Callable[[entries.Filter], QuerySet[AuditEntry]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column by which the list can be sorted."""

    label: str
    aria_sort: str  # "", ascending, descending
    query: str


@permitted_to(may_read_log)
@require_safe
def closed_readings(request: StaffRequest) -> HttpResponse:
    return _page(request, ReadingsForm(request.GET), entries.closed_readings, "closed-readings")


@permitted_to(may_read_log)
@require_safe
def closed_readings_file(request: StaffRequest) -> HttpResponseBase:
    form = ReadingsForm(request.GET)
    if not form.is_valid():
        return _page(request, form, entries.closed_readings, "closed-readings")
    name = gettext("readings-{day}.csv").format(day=localdate().isoformat())
    return _file(request, form, entries.closed_readings, "closed-readings", lines.reading_columns(), name)


@permitted_to(may_read_log)
@require_safe
def audit_log(request: StaffRequest) -> HttpResponse:
    return _page(request, AuditLogForm(request.GET), entries.log_entries, "audit-log")


@permitted_to(may_read_log)
@require_safe
def audit_log_file(request: StaffRequest) -> HttpResponseBase:
    form = AuditLogForm(request.GET)
    if not form.is_valid():
        return _page(request, form, entries.log_entries, "audit-log")
    name = gettext("audit-log-{day}.csv").format(day=localdate().isoformat())
    return _file(request, form, entries.log_entries, "audit-log", lines.log_columns(), name)


@permitted_to(may_read_log)
@require_safe
def subject_chain(request: StaffRequest, label: str, pk: UUID) -> HttpResponse:
    """The entries of one subject in the order of their chain, and whether it is whole."""
    subject = f"{label}:{pk}"
    page = Paginator(chain.entries_of(subject), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    named = subject_named(subject)
    context = {
        "here": "audit",
        "subject": named,
        "subject_id": subject,
        "chain": chain.chain_of(subject),
        "page": page,
        "lines": lines.shown_entries(page.object_list, subjects_of(page.object_list)),
        "filters": "",
    }
    log_log_reading(page="subject-chain", filters=[subject], actor=request.user)
    return render(request, "reports/subject_chain.html", context)


def _page(request: StaffRequest, form: LogForm, found: Found, name: str) -> HttpResponse:
    """A page of entries; with a filter that cannot be read no entries, so that nobody takes all for a few."""
    context: dict[str, object] = {"here": "audit", "form": form, "name": name}
    if form.is_valid():
        page = Paginator(found(form.asked), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
        shown = lines.shown_entries(page.object_list, subjects_of(page.object_list))
        context |= {"page": page, "lines": shown, "headings": _headings(form), "filters": _query(form)}
        log_log_reading(page=name, filters=form.used, actor=request.user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, f"reports/{name.replace('-', '_')}.html", context, status=status)


def _file(
    request: StaffRequest, form: LogForm, found: Found, name: str, columns: list[lines.Column], file_name: str
) -> StreamingHttpResponse:
    log_log_reading(page=name, filters=form.used, as_file=True, actor=request.user)
    batches = _batches(found(form.asked))
    response = StreamingHttpResponse(lines.as_csv(columns, batches), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _batches(rows: QuerySet[AuditEntry]) -> Iterator[list[lines.ShownEntry]]:
    for batch in batched(rows.iterator(chunk_size=ENTRIES_A_BATCH), ENTRIES_A_BATCH, strict=False):
        yield lines.shown_entries(batch, subjects_of(batch))


def _query(form: LogForm, **changed: str) -> str:
    """The form as an address, with what is changed: an emptied period is kept, since none means the last 30 days."""
    said = {name: form[name].value() or "" for name in form.fields} | changed
    return urlencode({name: value for name, value in said.items() if value or name in ("since", "until")})


def _headings(form: LogForm) -> list[Heading]:
    asked = form.asked
    headings = []
    for name, label in (("at", gettext("Time")), ("who", gettext("Who"))):
        aria = {"asc": "ascending", "desc": "descending"}[asked.order] if name == asked.sort else ""
        first, other = ("desc", "asc") if name == "at" else ("asc", "desc")
        order = other if aria == {"asc": "ascending", "desc": "descending"}[first] else first
        headings.append(Heading(label, aria, _query(form, sort=name, order=order)))
    return headings
