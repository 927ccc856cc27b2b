"""The page of one follow-up, and what happens to it."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.errors import RuleBrokenError
from sagsgang.followups import actions
from sagsgang.followups.forms import DropForm, FinishForm, NoteForm, ReopenForm
from sagsgang.followups.models import FollowUp
from sagsgang.followups.permissions import (
    FollowUpRows,
    may_change_follow_up,
    may_see_follow_up,
    may_work_on_follow_up,
)
from sagsgang.followups.rendering import shown, shown_events


@permitted(FollowUpRows(), may_see_follow_up)
@require_safe
def follow_up(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    return _page(request, follow_up)


@permitted(FollowUpRows(), may_work_on_follow_up)
@require_http_methods(["GET", "POST"])
def begin_follow_up(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.begin_follow_up(follow_up, actor=request.user)
            messages.success(request, gettext("The follow-up is begun."))
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
    return redirect("followups:follow-up", follow_up.pk)


@permitted(FollowUpRows(), may_work_on_follow_up)
@require_http_methods(["GET", "POST"])
def note_follow_up(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    return _act(request, follow_up, NoteForm(request.POST), actions.note_follow_up, gettext("The note is saved."))


@permitted(FollowUpRows(), may_work_on_follow_up)
@require_http_methods(["GET", "POST"])
def finish_follow_up(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    notice = gettext("The follow-up is done.")
    return _act(request, follow_up, FinishForm(request.POST), actions.finish_follow_up, notice)


@permitted(FollowUpRows(), may_change_follow_up)
@require_http_methods(["GET", "POST"])
def drop_follow_up(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    notice = gettext("The follow-up is dropped. It can be opened again.")
    return _act(request, follow_up, DropForm(request.POST), actions.drop_follow_up, notice)


@permitted(FollowUpRows(), may_work_on_follow_up)
@require_http_methods(["GET", "POST"])
def reopen_follow_up(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    notice = gettext("The follow-up is open again.")
    return _act(request, follow_up, ReopenForm(request.POST), actions.reopen_follow_up, notice)


def _act(
    request: StaffRequest, follow_up: FollowUp, form: forms.Form, do: Callable[..., None], notice: str
) -> HttpResponse:
    """Do what the form asks for; if it is refused, the page with the form open and what was typed in it."""
    if request.method != "POST":  # she logged in on the way here: the form is on the page
        return redirect("followups:follow-up", follow_up.pk)
    try:
        if form.is_valid():
            do(follow_up, words=form.cleaned_data["words"], actor=request.user)
            messages.success(request, notice)
            return redirect("followups:follow-up", follow_up.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _page(request, follow_up, form)


def _page(request: StaffRequest, follow_up: FollowUp, refused: forms.Form | None = None) -> HttpResponse:
    row = follow_up
    if refused is not None:  # somebody else may have been first
        row = FollowUpRows().visible_to(request.user).filter(pk=follow_up.pk).first() or follow_up
    (line,) = shown([row])
    if line.is_closed and line.is_readable:
        actions.log_closed_reading(row.item or row.case, [row.pk], actor=request.user)
    blank: tuple[forms.Form, ...] = (NoteForm(), FinishForm(), DropForm(), ReopenForm())
    fresh = {form.prefix: form for form in blank}
    if refused is not None:
        fresh[refused.prefix] = refused
    context = {
        "line": line,
        "forms": fresh,
        "refused": refused.prefix if refused else "",
        "events": shown_events(row.events.select_related("by").order_by("at", "pk")) if line.is_readable else [],
        "remark": row.remark if line.is_readable else None,
        "here": "follow-ups",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "followups/follow_up.html", context, status=status)
