"""The case: the list, a new one, its overview, its facts, its history."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.cases.actions import case as acts
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms.case import CaseForm, CasesForm
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import CaseRows, may_plan_path, may_see_case, may_write_case
from sagsgang.cases.queries import lists, overview
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.rendering.history import history_lines
from sagsgang.core.errors import RuleBrokenError

CASES_A_PAGE = 50
HISTORY_A_PAGE = 100


@signed_in
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    form = CasesForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    rows = lists.cases_of(
        request.user,
        words=chosen.get("words", ""),
        mine=chosen.get("mine", False),
        sort=chosen.get("sort") or "changed",
    )
    context = {
        "form": form,
        "page": Paginator(rows, CASES_A_PAGE).get_page(request.GET.get("page")),
        "filters": _filters(request),
        "may_open": lists.units_with_work(request.user).exists(),
        "here": "cases",
    }
    response = render(
        request, "cases/cases.html#list" if "HX-Request" in request.headers else "cases/cases.html", context
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def _filters(request: StaffRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


@signed_in
@require_http_methods(["GET", "POST"])
def open_case(request: StaffRequest) -> HttpResponse:
    units = list(lists.units_with_work(request.user))
    if not units:
        raise PermissionDenied
    authority = units[0].authority
    parent = _collective(request)
    first = {"unit": units[0].pk, "caseworker": request.user.pk, "access": "open", "kind": "matter"}
    form = CaseForm(request.POST or None, authority, units=units)
    form.initial = first
    if request.method == "POST" and form.is_valid():
        case = acts.open_case(authority, form.facts, parent=parent, actor=request.user)
        messages.success(request, gettext("The case is open. Write its presentation, and compose its path."))
        return redirect("cases:case", case.pk)
    context = {"form": form, "parent": parent, "here": "cases"}
    return render(request, "cases/open_case.html", context, status=422 if form.errors else 200)


def _collective(request: StaffRequest) -> Case | None:
    """The collective case that the new one shall be a sub-matter of, if the address names one that she writes."""
    try:
        key = UUID(request.GET.get("parent", ""))
    except ValueError:
        return None
    case = Case.objects.visible_to(request.user).filter(pk=key, parent=None).first()
    if case is not None and not may_write_case(request.user, case):
        raise PermissionDenied
    return case


@permitted(CaseRows(), may_see_case)
@require_safe
def case(request: StaffRequest, case: Case) -> HttpResponse:
    head = head_of(case, request.user)
    context: dict[str, object] = {"case": case, "head": head, "here": "overview"}
    if head.may_read:
        if case.is_closed:
            log_closed_reading(case, actor=request.user)
        waiting = overview.overview_of(case, request.user)
        context |= {
            "waiting": waiting,
            "may_lift": waiting.is_held and may_plan_path(request.user, case),
            "findings": overview.findings_of(case, head.stops),
            "may_write": may_write_case(request.user, case),
        }
    return render(request, "cases/case.html", context)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def edit_case(request: StaffRequest, case: Case) -> HttpResponse:
    units = lists.units_with_work(request.user)
    form = CaseForm(request.POST or None, case.authority, units=units, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_case(case, form.facts, seen=form.cleaned_data["seen"], actor=request.user)
        except RuleBrokenError as refusal:
            case.refresh_from_db()
            # What was typed, over the state that is stored now: the next save is a knowing one.
            form.data = request.POST.copy()
            form.data["seen"] = acts.fact_stamp(case)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("The facts of the case are saved."))
            return redirect("cases:case", case.pk)
    context = {"case": case, "head": head_of(case, request.user), "here": "overview", "form": form}
    return render(request, "cases/edit_case.html", context, status=422 if form.errors else 200)


@permitted(CaseRows(), may_see_case)
@require_safe
def history(request: StaffRequest, case: Case) -> HttpResponse:
    page = Paginator(overview.history_of(case), HISTORY_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "head": head_of(case, request.user),
        "here": "history",
        "page": page,
        "lines": history_lines(page.object_list),
        "may_plan": may_plan_path(request.user, case),
    }
    return render(request, "cases/history.html", context)
