"""What a case is tied to: other cases, and the library of agreements, plans and laws."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions import case as acts
from sagsgang.cases.forms.case import ReferenceForm, RelationForm
from sagsgang.cases.models import Case, CaseRelation
from sagsgang.cases.permissions import CaseRows, RelationRows, may_write_case, may_write_relation
from sagsgang.cases.queries.head import head_of
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.sorting import DanishKey


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def relate_cases(request: StaffRequest, case: Case) -> HttpResponse:
    form = RelationForm(request.POST or None, _others(request, case))
    if request.method == "POST" and form.is_valid():
        try:
            acts.relate_cases(
                case, other=form.cleaned_data["other"], note=form.cleaned_data["note"], actor=request.user
            )
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("The two cases are tied together."))
            return redirect("cases:case", case.pk)
    return _page(request, case, form, gettext("Tie to another case"))


def _others(request: StaffRequest, case: Case) -> QuerySet[Case]:
    rows = Case.objects.visible_to(request.user).filter(authority=case.authority_id, unit__isnull=False)
    return rows.exclude(pk=case.pk).exclude(title="").order_by(DanishKey("title"))


@permitted(RelationRows(), may_write_relation)
@require_http_methods(["POST"])
def unrelate_cases(request: StaffRequest, relation: CaseRelation) -> HttpResponse:
    acts.unrelate_cases(relation, actor=request.user)
    messages.success(request, gettext("The tie is taken off."))
    here = relation.case if may_write_case(request.user, relation.case) else relation.other
    return redirect("cases:case", here.pk)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def add_reference(request: StaffRequest, case: Case) -> HttpResponse:
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reference = acts.add_reference(case.authority, **form.cleaned_data, actor=request.user)
        messages.success(request, gettext("“{title}” is in the library. Tick it below.").format(title=reference))
        return redirect("cases:edit-case", case.pk)
    return _page(request, case, form, gettext("New entry of the library"))


def _page(request: StaffRequest, case: Case, form: object, heading: str) -> HttpResponse:
    context = {"case": case, "head": head_of(case, request.user), "here": "overview", "form": form, "heading": heading}
    return render(request, "cases/tie.html", context, status=422 if getattr(form, "errors", None) else 200)
