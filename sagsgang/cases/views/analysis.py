"""An analysis: what it is for, what it gives, and what was changed because of remarks; and the list of all of them."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.cases.actions import analysis as acts
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms.analysis import AnalysesForm, AnalysisForm, signed_amount
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import CaseRows, may_read_case, may_write_case
from sagsgang.cases.queries.analysis import analyses_of, analysis_of, changed_after
from sagsgang.cases.queries.head import head_of, is_analysis
from sagsgang.cases.queries.lists import colleagues
from sagsgang.cases.queries.remarks import shown_remarks
from sagsgang.core.errors import RuleBrokenError


@permitted(CaseRows(), may_read_case)
@require_safe
def analysis(request: StaffRequest, case: Case) -> HttpResponse:
    return _page(request, case)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def save_analysis(request: StaffRequest, case: Case) -> HttpResponse:
    if request.method != "POST":
        return redirect("cases:analysis", case.pk)
    form = AnalysisForm(request.POST, None, colleagues(case.authority))
    try:
        if form.is_valid():
            acts.save_analysis(case, form.facts, seen=form.cleaned_data["seen"], actor=request.user)
            messages.success(request, gettext("The analysis is saved."))
            return redirect("cases:analysis", case.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _page(request, case, form)


def _page(request: StaffRequest, case: Case, refused: AnalysisForm | None = None) -> HttpResponse:
    if not is_analysis(case):
        raise Http404
    if case.is_closed:
        log_closed_reading(case, actor=request.user)
    row = analysis_of(case)
    form = refused
    if form is not None:
        # What she typed, over the state that is stored now and shown beside it: the next save is a knowing one.
        form.data = dict(form.data.items()) | {"seen": acts.analysis_stamp(row)}
    elif may_write_case(request.user, case):
        form = AnalysisForm(None, row, colleagues(case.authority))
    remarks = shown_remarks(case, request.user, (), localdate())
    head = head_of(case, request.user)
    context = {
        "case": case,
        "head": head,
        "here": "analysis",
        "analysis": row,
        "amount": signed_amount(row.expected_amount) if row else "",
        "form": form,
        "refused": refused,
        "open_remarks": [remark for remark in remarks if remark.is_open],
        "done_remarks": [remark for remark in remarks if remark.state == "done"],
        "changed_after": changed_after(case, head.stops),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "cases/analysis.html", context, status=status)


@signed_in
@require_safe
def analyses(request: StaffRequest) -> HttpResponse:
    sort, falls = AnalysesForm(request.GET).chosen
    context = {
        "lines": [(line, signed_amount(line.effect)) for line in analyses_of(request.user, sort=sort, falls=falls)],
        "columns": _columns(sort, falls=falls),
        "here": "analyses",
    }
    return render(request, "cases/analyses.html", context)


def _columns(sort: str, *, falls: bool) -> list[dict[str, str]]:
    """The heads of the table, each a link that sorts by it, or turns the order where it is sorted by already."""
    labels = (
        ("title", _("Analysis")),
        ("year", _("Budget year")),
        ("effect", _("Effect, kr. a year")),
        ("owner", _("Owner")),
        ("remarks", _("Open remarks")),
    )
    columns = []
    for name, label in labels:
        is_here = name == sort
        order = "desc" if is_here and not falls else "asc"
        state = ("descending" if falls else "ascending") if is_here else ""
        columns.append(
            {"label": label, "query": urlencode({"sort": name, "order": order}), "state": state, "name": name}
        )
    return columns
