"""Where a user begins: her bodies and what waits for her; and a body with its meetings and seats."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.bodies.models import Body, Role
from sagsgang.bodies.models import roles_of as held_roles
from sagsgang.cases.models import Case
from sagsgang.meetings import queries
from sagsgang.meetings.forms import MeetingsForm
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.permissions import may_ask_access, may_change_body, may_keep_papers, may_see_body
from sagsgang.meetings.queries.access import waiting_requests

SHORT_LIST = 10
MEETINGS_A_PAGE = 50


@signed_in
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    today = localdate()
    bodies = Body.objects.visible_to(request.user)
    if not bodies and Case.objects.visible_to(request.user).exists():
        return redirect("cases:cases")  # who has no body begins with her cases
    roles = queries.roles_of(request.user)
    kept = queries.bodies_with_secretary(request.user)
    context = {
        "may_audit": None in roles,
        "may_see_outbox": any(role in {Role.ADMIN, Role.SECRETARY} for _body, role in held_roles(request.user)),
        "may_ask_access": may_ask_access(request.user),
        "access_requests": waiting_requests(kept)[:SHORT_LIST],
        "bodies": [(body, ", ".join(roles.get(body.pk, roles.get(None, [])))) for body in bodies],
        "next_meetings": queries.next_meetings(bodies, today)[:SHORT_LIST],
        "undecided": queries.meetings_without_decisions(kept, today)[:SHORT_LIST],
    }
    return render(request, "meetings/home.html", context)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of meetings by which it can be sorted."""

    label: str
    aria_sort: str  # "", "ascending", "descending"
    query: str


@permitted(Body.objects, may_see_body)
@require_safe
def body(request: StaffRequest, body: Body) -> HttpResponse:
    form = MeetingsForm(request.GET, queries.years_of(body))
    form.is_valid()  # a year without meetings is said in the form, and all years are shown
    chosen = {name: form.cleaned_data.get(name) for name in ("year", "sort", "order")}
    context = {
        "body": body,
        "form": form,
        "columns": _columns(chosen),
        "page": _page_of(_meetings(body, chosen), request.GET.get("page")),
        "filters": urlencode({name: value for name, value in chosen.items() if value}),
    }
    if "HX-Request" in request.headers:
        response = render(request, "meetings/body.html#meetings", context)
    else:
        context["seats"] = queries.seats_on(body, localdate())
        context["may_keep_papers"] = may_keep_papers(request.user, body)
        context["may_change_body"] = may_change_body(request.user, body)
        response = render(request, "meetings/body.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _meetings(body: Body, chosen: dict[str, object]) -> QuerySet[Meeting]:
    rows = queries.with_counts(Meeting.objects.filter(body=body))
    if chosen["year"]:
        rows = rows.filter(held_on__year=chosen["year"])
    sign = "" if chosen["order"] == "asc" else "-"
    return rows.order_by(f"{sign}{chosen['sort'] or 'held_on'}", "-held_on", "-starts")


def _page_of(rows: QuerySet[Meeting], number: str | None) -> Page[Meeting]:
    return Paginator(rows, MEETINGS_A_PAGE).get_page(number)


def _columns(chosen: dict[str, object]) -> list[Column]:
    sort, order = chosen["sort"] or "held_on", chosen["order"] or "desc"
    labels = {
        "held_on": gettext("Date"),
        "item_count": gettext("Items"),
        "decided_count": gettext("Decisions"),
    }
    columns = []
    for name, label in labels.items():
        aria = {"asc": "ascending", "desc": "descending"}[str(order)] if name == sort else ""
        other = "asc" if aria == "descending" else "desc"
        query = {"year": chosen["year"] or "", "sort": name, "order": other}
        columns.append(Column(label, aria, urlencode(query)))
    return columns
