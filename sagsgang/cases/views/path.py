"""The path of a case: composed on one page, checked while it is composed."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions.path import compose_path as compose
from sagsgang.cases.actions.path import path_stamp
from sagsgang.cases.forms import path as composer
from sagsgang.cases.models import Case, Hearing
from sagsgang.cases.permissions import CaseRows, may_plan_path, may_read_case
from sagsgang.cases.plans import Finding
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.queries.plan import MeetingPlan, meeting_plan, path_plan
from sagsgang.cases.rules.dates import propose_dates
from sagsgang.cases.rules.path import check_path
from sagsgang.core.errors import RuleBrokenError


@permitted(CaseRows(), may_read_case)
@require_http_methods(["GET"])
def path(request: StaffRequest, case: Case) -> HttpResponse:
    steps = list(case.path.select_related("body"))
    table = _table(case, composer.rows_of_path(steps), stamp=path_stamp(steps))
    return _page(request, case, table)


@permitted(CaseRows(), may_plan_path)
@require_http_methods(["GET", "POST"])
def compose_path(request: StaffRequest, case: Case) -> HttpResponse:
    """Every act of the composer comes here; only ``save`` writes."""
    if request.method != "POST":
        return redirect("cases:path", case.pk)
    act = request.POST.get("act", "")
    rows = composer.act_on(composer.rows_of_request(request.POST), act)
    stamp = request.POST.get("seen", "")
    if act == "propose":
        rows = _proposed(case, rows)
    if act != "save":
        return _answer(request, case, _table(case, rows, stamp=stamp, is_changed=True))
    return _save(request, case, rows, stamp)


def _save(request: StaffRequest, case: Case, rows: list[composer.Row], stamp: str) -> HttpResponse:
    table = _table(case, rows, stamp=stamp, is_changed=True)
    forms: list[composer.StepForm] = table["forms"]  # type: ignore[assignment]
    # Every form is asked, so that each says what is wrong with it.
    if sum(not form.is_valid() for form in forms) == 0:
        try:
            compose(case, [form.facts for form in forms], seen=stamp, actor=request.user)
        except RuleBrokenError as refusal:
            now = path_stamp(case.path.all())
            return _answer(
                request, case, _table(case, rows, stamp=now, is_changed=True) | {"refusal": str(refusal)}, 422
            )
        messages.success(request, gettext("The path is saved."))
        return redirect("cases:path", case.pk)
    return _answer(request, case, table, 422)


def _proposed(case: Case, rows: list[composer.Row]) -> list[composer.Row]:
    """The rows with the earliest lawful days; a step that is on an agenda keeps its own."""
    plan, forms = _forms(case, rows)
    steps = [step for form in forms if (step := form.plan_step) is not None]
    if len(steps) != len(rows):
        return rows
    bound = {
        str(pk)
        for pk in case.agenda_items.filter(withdrawn_at=None, meeting__cancelled_at=None).values_list(
            "step_id", flat=True
        )
    }
    kept = [place for place, row in enumerate(rows) if row.step_id in bound]
    found = propose_dates(path_plan(case, steps, plan, _hearings(case)), earliest=localdate(), kept=kept)
    return composer.with_days(rows, found)


def _forms(case: Case, rows: list[composer.Row]) -> tuple[MeetingPlan, list[composer.StepForm]]:
    stored = list(case.path.all())
    plan = meeting_plan(case.authority, around=[step.planned_on for step in stored if step.planned_on])
    return plan, composer.forms_of(rows, plan=plan, since=composer.first_day(case, stored, localdate()))


def _table(case: Case, rows: list[composer.Row], *, stamp: str, is_changed: bool = False) -> dict[str, object]:
    """What the composer shows: a form for each step with what is wrong there."""
    plan, forms = _forms(case, rows)
    found = _findings(case, plan, forms)
    lines = [(form, [f for f in found if f.step == n]) for n, form in enumerate(forms)]
    return {
        "case": case,
        "forms": forms,
        "lines": lines,
        "findings": found,
        "stamp": stamp,
        "is_changed": is_changed,
        "is_full": len(rows) >= composer.MOST_STEPS,
    }


def _findings(case: Case, plan: MeetingPlan, forms: list[composer.StepForm]) -> list[Finding]:
    """The findings with places among the forms; rows without a body are not steps yet."""
    placed = [(n, step) for n, form in enumerate(forms) if (step := form.plan_step) is not None]
    found = check_path(path_plan(case, [step for _, step in placed], plan, _hearings(case)))
    return [
        Finding(
            placed[f.step][0] if f.step < len(placed) else f.step, f.rule, f.severity, f.source, f.message, f.nearest
        )
        for f in found
    ]


def _hearings(case: Case) -> QuerySet[Hearing]:
    return case.hearings.filter(withdrawn_at=None)


def _answer(request: StaffRequest, case: Case, table: dict[str, object], status: int = 200) -> HttpResponse:
    if "HX-Request" in request.headers:
        # htmx swaps what it gets; the sentence stands in the table itself.
        return render(request, "cases/path.html#composer", table | {"may_plan": True}, status=200)
    return _page(request, case, table, status)


def _page(request: StaffRequest, case: Case, table: dict[str, object], status: int = 200) -> HttpResponse:
    context = table | {
        "head": head_of(case, request.user),
        "here": "path",
        "may_plan": may_plan_path(request.user, case),
    }
    return render(request, "cases/path.html", context, status=status)
