"""Taking a release back, and the checklist that follows: was it a breach, and what is done about it?"""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication import actions, breaches, permissions
from sagsgang.publication.forms import BreachForm, WithdrawForm
from sagsgang.publication.models import Breach, Release
from sagsgang.publication.rendering.breach import breach_text


@permitted(permissions.ReleaseRows(), permissions.may_withdraw)
@require_http_methods(["GET", "POST"])
def withdraw_release(request: StaffRequest, release: Release) -> HttpResponse:
    meeting = permissions.meeting_of(release)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            actions.withdraw_release(release.pk, reason=form.cleaned_data["reason"], actor=request.user)
            words = gettext(
                "The release is withdrawn. The public no longer sees it. Now answer whether it was a breach."
            )
            messages.success(request, words)
            return redirect("publication:answer-breach", release.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    context = {"meeting": meeting, "release": release, "form": form}
    return render(request, "publication/withdraw.html", context, status=_status(refused=form.is_bound))


@permitted(permissions.ReleaseRows(), permissions.may_handle_breach)
@require_http_methods(["GET", "POST"])
def answer_breach(request: StaffRequest, release: Release) -> HttpResponse:
    breach = _breach_of(release)
    form = BreachForm(request.POST if request.method == "POST" else None, breach)
    try:
        if form.is_valid():
            actions.answer_breach(breach, discovered_at=form.discovered_at, answers=form.answers, actor=request.user)
            messages.success(request, gettext("It is saved."))
            return redirect("publication:answer-breach", release.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _breach_page(request, release, breach, form)


@permitted(permissions.ReleaseRows(), permissions.may_handle_breach)
@require_http_methods(["GET", "POST"])
def close_breach(request: StaffRequest, release: Release) -> HttpResponse:
    breach = _breach_of(release)
    if request.method != "POST":
        return redirect("publication:answer-breach", release.pk)
    try:
        actions.close_breach(breach, actor=request.user)
    except RuleBrokenError as refusal:
        return _breach_page(request, release, breach, BreachForm(None, breach), refused=str(refusal))
    messages.success(request, gettext("The checklist is closed."))
    return redirect("publication:answer-breach", release.pk)


@permitted(permissions.ReleaseRows(), permissions.may_handle_breach)
@require_safe
def print_breach(request: StaffRequest, release: Release) -> HttpResponse:
    breach = _breach_of(release)
    text = breach_text(breach, breaches.facts_of(release))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="tjekliste-{release.pk}.txt"'
    return answer


@signed_in
@require_safe
def open_breaches(request: StaffRequest) -> HttpResponse:
    rows = permissions.BreachRows().visible_to(request.user).filter(closed_at=None)
    context = {"lines": breaches.lines_of(rows, now()), "here": "waiting"}
    return render(request, "publication/breaches.html", context)


def _breach_of(release: Release) -> Breach:
    """The checklist; there is none of a release that was never taken back."""
    breach = Breach.objects.filter(release_id=release.pk).select_related("opened_by", "closed_by").first()
    if breach is None:
        raise Http404
    return breach


def _breach_page(
    request: StaffRequest, release: Release, breach: Breach, form: BreachForm, *, refused: str = ""
) -> HttpResponse:
    context = {
        "release": release,
        "breach": breach,
        "facts": breaches.facts_of(release),
        "clock": breaches.clock_of(breach, now()),
        "missing": breaches.missing_of(breach),
        "text": breach_text(breach, breaches.facts_of(release)) if breach.closed_at else "",
        "form": form,
        "refused": refused,
    }
    return render(request, "publication/breach.html", context, status=_status(refused=form.is_bound or bool(refused)))


def _status(*, refused: bool) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
