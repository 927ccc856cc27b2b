"""The release pages: one prepares, another releases, and a release can be taken back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.permissions import may_see_body
from sagsgang.meetings.queries import meeting_rows
from sagsgang.planning.views.years import of_a_year, year_of
from sagsgang.publication import actions, desk, permissions
from sagsgang.publication.calendars import calendar_of
from sagsgang.publication.forms import PrepareForm, WithdrawForm
from sagsgang.publication.models import Preparation, Release


@permitted(Meeting.objects, permissions.may_see_releases)
@require_safe
def releases(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if "HX-Request" in request.headers:
        lines = desk.releases_of(meeting)
        context = {
            "lines": lines,
            "newest": lines[0] if lines else None,
            "prepared": desk.open_preparation(meeting),
        }
        response = render(request, "publication/releases.html#box", context)
    else:
        response = _page(request, meeting)
    patch_vary_headers(response, ["HX-Request"])
    return response


@permitted(Meeting.objects, permissions.may_prepare)
@require_http_methods(["GET", "POST"])
def prepare_release(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here: the form is on the page of the releases
        return redirect("publication:releases", meeting.pk)
    form = PrepareForm(request.POST, desk.kinds_of(meeting.body))
    try:
        if form.is_valid():
            actions.prepare_release(meeting, kind=form.cleaned_data["kind"], actor=request.user)
            messages.success(request, gettext("The release is prepared. Now another person must release it."))
            return redirect("publication:releases", meeting.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _page(request, meeting, form=form)


@permitted(permissions.PreparationRows(), permissions.may_release)
@require_http_methods(["GET", "POST"])
def release_prepared(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    meeting = Meeting.objects.get(pk=preparation.meeting_id)
    if request.method != "POST":
        return redirect("publication:releases", meeting.pk)
    try:
        release = actions.release_prepared(preparation, actor=request.user)
    except Preparation.DoesNotExist:
        refused = gettext("This preparation is over: it has been released, or somebody has prepared a new one.")
    except RuleBrokenError as refusal:
        refused = str(refusal)
    else:
        messages.success(request, gettext("Released. It is number {number} of the body.").format(number=release.number))
        return redirect("publication:releases", meeting.pk)
    return _page(request, meeting, refused=refused)


@permitted(permissions.ReleaseRows(), permissions.may_withdraw)
@require_http_methods(["GET", "POST"])
def withdraw_release(request: StaffRequest, release: Release) -> HttpResponse:
    meeting = permissions.meeting_of(release)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            actions.withdraw_release(release.pk, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, gettext("The release is withdrawn. The public no longer sees it."))
            return redirect("publication:releases", meeting.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    context = {"meeting": meeting, "release": release, "form": form}
    return render(request, "publication/withdraw.html", context, status=_status(refused=form.is_bound))


@signed_in
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    context = {"lines": desk.waiting(Meeting.objects.visible_to(request.user)), "here": "waiting"}
    part = "#lines" if "HX-Request" in request.headers else ""
    response = render(request, f"publication/waiting.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@permitted(Body.objects, may_see_body)
@require_safe
def body_releases(request: StaffRequest, body: Body) -> HttpResponse:
    part = "#states" if "HX-Request" in request.headers else ""
    response = render(request, f"publication/body.html{part}", {"body": body, "lines": desk.states_of(body)})
    patch_vary_headers(response, ["HX-Request"])
    return response


@of_a_year
@permitted(Body.objects, may_see_body)
@require_safe
def plan(request: StaffRequest, body: Body) -> HttpResponse:
    if "HX-Request" in request.headers:
        context = {"calendar": calendar_of(body, year_of(request))}
        response = render(request, "publication/plan.html#box", context)
    else:
        response = _plan_page(request, body)
    patch_vary_headers(response, ["HX-Request"])
    return response


@of_a_year
@permitted(Body.objects, permissions.may_publish_plan)
@require_http_methods(["GET", "POST"])
def publish_plan(request: StaffRequest, body: Body) -> HttpResponse:
    year = year_of(request)
    if request.method == "POST":
        try:
            actions.publish_plan(body, year=year, actor=request.user)
        except RuleBrokenError as refusal:
            return _plan_page(request, body, refused=str(refusal))
        messages.success(request, gettext("The calendar is published. Later changes follow by themselves."))
    return redirect("publication:plan", body.pk, year)


@of_a_year
@permitted(Body.objects, permissions.may_publish_plan)
@require_http_methods(["GET", "POST"])
def withdraw_plan(request: StaffRequest, body: Body) -> HttpResponse:
    year = year_of(request)
    if request.method == "POST":
        actions.withdraw_plan(body, year=year, actor=request.user)
        messages.success(request, gettext("The calendar is taken back. The public no longer sees it."))
    return redirect("publication:plan", body.pk, year)


def _plan_page(request: StaffRequest, body: Body, *, refused: str = "") -> HttpResponse:
    year = year_of(request)
    context = {
        "body": body,
        "year": year,
        "calendar": calendar_of(body, year),
        "may_publish": permissions.may_publish_plan(request.user, body),
        "refused": refused,
    }
    return render(request, "publication/plan.html", context, status=_status(refused=bool(refused)))


def _page(
    request: StaffRequest, meeting: Meeting, *, form: PrepareForm | None = None, refused: str = ""
) -> HttpResponse:
    rows = meeting_rows(meeting.pk)
    kinds = desk.kinds_of(rows.body)
    prepared = desk.open_preparation(rows)
    chosen = request.POST.get("kind", "") if form else request.GET.get("kind", "")
    kind = desk.kind_to_show(chosen, kinds, prepared, rows) if kinds else ""
    may_prepare = permissions.may_prepare(request.user, rows)
    context = {
        "meeting": rows,
        "kind": kind,
        "kinds": kinds,
        "preview": desk.preview(rows, kind) if kinds else None,
        "prepared": prepared,
        "is_preparer": prepared is not None and prepared.prepared_by_id == request.user.pk,
        "form": (form or PrepareForm(None, kinds, initial={"kind": kind})) if may_prepare and kinds else None,
        "may_release": permissions.may_release_meeting(request.user, rows),
        "may_withdraw": permissions.may_withdraw_of(request.user, rows),
        "lines": desk.releases_of(rows),
        "refused": refused,
    }
    return render(request, "publication/releases.html", context, status=_status(refused=bool(form or refused)))


def _status(*, refused: bool) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
