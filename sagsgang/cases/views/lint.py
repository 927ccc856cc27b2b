"""What there is to say of a draft while it is written: a part of the editor's page, and a page of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import CaseRows, may_read_case, may_write_case
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.queries.lint import linted_text
from sagsgang.cases.rules import lint as rules


@permitted(CaseRows(), may_read_case)
@require_safe
def lint(request: StaffRequest, case: Case) -> HttpResponse:
    """The findings: for htmx the part alone."""
    text = linted_text(case)
    findings = rules.lint(text)
    context: dict[str, object] = {
        "case": case,
        "findings": [one for one in findings if one.severity != "hint"],
        "hints": [one for one in findings if one.severity == "hint"],
        "reading": rules.reading_of(text),
    }
    is_part = "HX-Request" in request.headers
    if case.is_closed and not (is_part and may_write_case(request.user, case)):
        # Who writes has read the editor's page, which is logged; each save of hers asks anew for this part of it.
        log_closed_reading(case, actor=request.user)
    if is_part:
        return render(request, "cases/lint.html#findings", context)
    return render(request, "cases/lint.html", context | {"head": head_of(case, request.user), "here": "presentation"})
