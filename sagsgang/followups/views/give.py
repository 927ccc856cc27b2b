"""Give a follow-up, at an item, on a case or of a remark; and change one."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.cases.actions.reading import log_closed_reading as log_case_reading
from sagsgang.cases.models import Case, Remark
from sagsgang.cases.permissions import CaseRows
from sagsgang.cases.queries.remarks import RemarkRows
from sagsgang.core.errors import RuleBrokenError
from sagsgang.followups import actions, queries
from sagsgang.followups.forms import ChangeForm, FactsForm
from sagsgang.followups.models import FollowUp
from sagsgang.followups.permissions import (
    FollowUpRows,
    GivableRows,
    may_change_follow_up,
    may_give_at,
    may_give_on_case,
    may_give_on_remark,
)
from sagsgang.meetings.actions import log_closed_reading as log_item_reading
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.views.acts import item_address


@dataclass(frozen=True, slots=True)
class Source:
    """Out of what a follow-up is given, and where its page leads back to."""

    case: Case
    back: str
    item: AgendaItem | None = None
    remark: Remark | None = None

    @property
    def body(self) -> Body | None:
        """The body that gives it."""
        if self.item is not None:
            return self.item.meeting.body
        step = self.remark.step if self.remark else None
        return step.body if step else None


@permitted(GivableRows(), may_give_at)
@require_http_methods(["GET", "POST"])
def give_at_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    if item.is_closed or item.case.is_closed or (item.parent is not None and item.parent.is_closed):
        log_item_reading(item, actor=request.user)
    seen = AgendaItem.objects.visible_to(request.user).filter(pk=item.pk).exists()
    back = item_address(item) if seen else reverse("cases:case", args=[item.case_id])
    return _give(request, Source(item.case, back, item=item))


@permitted(CaseRows(), may_give_on_case)
@require_http_methods(["GET", "POST"])
def give_on_case(request: StaffRequest, case: Case) -> HttpResponse:
    if case.is_closed:
        log_case_reading(case, actor=request.user)
    return _give(request, Source(case, reverse("cases:case", args=[case.pk])))


@permitted(RemarkRows(), may_give_on_remark)
@require_http_methods(["GET", "POST"])
def give_on_remark(request: StaffRequest, remark: Remark) -> HttpResponse:
    if remark.case.is_closed:
        log_case_reading(remark.case, actor=request.user)
    back = reverse("cases:approval", args=[remark.case_id]) + f"#remark-{remark.pk}"
    return _give(request, Source(remark.case, back, remark=remark))


def _give(request: StaffRequest, source: Source) -> HttpResponse:
    choices = queries.choices_of(source.case, source.item)
    form = FactsForm(request.POST if request.method == "POST" else None, choices, initial=_first(source, choices))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.give_follow_up(
                source.case, form.facts, item=source.item, remark=source.remark, actor=request.user
            )
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("The follow-up is given to: {role}.").format(role=row.owner_role))
            return redirect(source.back)
    context = {"form": form, "source": source, "back": source.back, "here": "follow-ups"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "followups/give.html", context, status=status)


def _first(source: Source, choices: queries.Choices) -> dict[str, object]:
    """What the form proposes: the unit of the case, the next step, back to the body that gives it."""
    return {
        "words": source.remark.text if source.remark else "",
        "unit": source.case.unit_id,
        "before_step": _pk(choices.steps[0].step) if choices.steps else None,
        "reports_to": _pk(source.body) if source.body else None,
    }


def _pk(row: Model) -> object:
    return row.pk


@permitted(FollowUpRows(), may_change_follow_up)
@require_http_methods(["GET", "POST"])
def change_follow_up(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    case = follow_up.item.case if follow_up.item else follow_up.case
    if follow_up.is_closed:  # type: ignore[attr-defined]
        actions.log_closed_reading(follow_up.item or case, [follow_up.pk], actor=request.user)
    choices = queries.choices_of(case, follow_up.item, follow_up.before_step)
    form = ChangeForm(request.POST if request.method == "POST" else None, choices, follow_up=follow_up)
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actions.change_follow_up(follow_up, form.facts, seen=seen, actor=request.user)
        except RuleBrokenError as refusal:
            follow_up.refresh_from_db()
            # What was typed, over the state that is stored now: the next save is a knowing one.
            form.data = request.POST.copy()
            form.data["seen"] = actions.seen_stamp(follow_up)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("The follow-up is changed."))
            return redirect("followups:follow-up", follow_up.pk)
    back = reverse("followups:follow-up", args=[follow_up.pk])
    context = {"form": form, "follow_up": follow_up, "back": back, "here": "follow-ups"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "followups/change.html", context, status=status)
