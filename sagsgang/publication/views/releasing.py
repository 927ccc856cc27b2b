"""The release pages: one prepares, another releases, now or at an hour."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.permissions import may_see_body
from sagsgang.meetings.queries import meeting_rows
from sagsgang.publication import actions, closed, desk, permissions
from sagsgang.publication import facts as facts_of
from sagsgang.publication.actions.parties import state_no_parties as no_parties
from sagsgang.publication.forms import NoPartiesForm, PrepareForm
from sagsgang.publication.models import Preparation
from sagsgang.publication.rendering.changes import change_lines


@permitted(Meeting.objects, permissions.may_see_releases)
@require_safe
def releases(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if "HX-Request" in request.headers:
        facts = facts_of.release_lines(meeting)
        context = {"newest": facts.lines[0] if facts.lines else None, "prepared": facts.prepared}
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
            facts = {name: form.cleaned_data[name] for name in ("kind", "public_reason", "release_at")}
            actions.prepare_release(meeting, **facts, actor=request.user)
            messages.success(request, gettext("The release is prepared. Now another person must release it."))
            return redirect("publication:releases", meeting.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _page(request, meeting, form=form)


@permitted(Meeting.objects, permissions.may_prepare)
@require_http_methods(["GET", "POST"])
def state_no_parties(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return redirect("publication:releases", meeting.pk)
    form = NoPartiesForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, refused=" ".join(map(str, form.errors["item"])))
    count = no_parties(meeting, items=form.cleaned_data["item"], actor=request.user)
    messages.success(
        request,
        ngettext(
            "%(count)s item: there are no parties to be told.",
            "%(count)s items: there are no parties to be told.",
            count,
        )
        % {"count": count},
    )
    return redirect("publication:releases", meeting.pk)


@permitted(permissions.PreparationRows(), permissions.may_release)
@require_http_methods(["GET", "POST"])
def release_prepared(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    def act() -> str:
        release = actions.release_prepared(preparation, actor=request.user)
        return gettext("Released. It is number {number} of the body.").format(number=release.number)

    return _second(request, preparation, act)


@permitted(permissions.PreparationRows(), permissions.may_release)
@require_http_methods(["GET", "POST"])
def approve_release(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    def act() -> str:
        actions.approve_release(preparation, actor=request.user)
        return gettext("Approved. It goes out by itself at its hour, if nothing is changed before.")

    return _second(request, preparation, act)


@permitted(permissions.PreparationRows(), permissions.may_release)
@require_http_methods(["GET", "POST"])
def cancel_release(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    def act() -> str:
        actions.cancel_release(preparation, actor=request.user)
        return gettext("The release is called off. Nothing goes out.")

    return _second(request, preparation, act)


def _second(request: StaffRequest, preparation: Preparation, act: Callable[[], str]) -> HttpResponse:
    """An act on what is prepared; `act` answers what is said of it."""
    meeting = Meeting.objects.get(pk=preparation.meeting_id)
    if request.method != "POST":
        return redirect("publication:releases", meeting.pk)
    try:
        said = act()
    except Preparation.DoesNotExist:
        refused = gettext("This preparation is over: it has been released, or somebody has prepared a new one.")
    except RuleBrokenError as refusal:
        refused = str(refusal)
    else:
        messages.success(request, said)
        return redirect("publication:releases", meeting.pk)
    return _page(request, meeting, refused=refused)


@signed_in
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    context = {
        "lines": desk.waiting(Meeting.objects.visible_to(request.user)),
        "closed": closed.counts_of(request.user),
        "breaches": permissions.BreachRows().visible_to(request.user).filter(closed_at=None).count(),
        "here": "waiting",
    }
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


def _page(
    request: StaffRequest, meeting: Meeting, *, form: PrepareForm | None = None, refused: str = ""
) -> HttpResponse:
    rows = meeting_rows(meeting.pk)
    kinds = desk.kinds_of(rows.body)
    facts = facts_of.release_facts(rows)
    prepared = facts.prepared
    chosen = request.POST.get("kind", "") if form else request.GET.get("kind", "")
    kind = desk.kind_to_show(chosen, kinds, prepared, rows) if kinds else ""
    may_prepare = permissions.may_prepare(request.user, rows)
    context = {
        "meeting": rows,
        "kind": kind,
        "kinds": kinds,
        "preview": desk.preview(rows, kind, facts) if kinds else None,
        "prepared": prepared,
        "is_preparer": prepared is not None and prepared.prepared_by_id == request.user.pk,
        "form": (form or PrepareForm(None, kinds, initial={"kind": kind})) if may_prepare and kinds else None,
        "may_release": permissions.may_release_meeting(request.user, rows),
        "may_withdraw": permissions.may_withdraw_of(request.user, rows),
        "prepared_changes": change_lines(prepared.changes) if prepared else [],
        "is_timed": prepared is not None and prepared.release_at is not None and prepared.release_at > now(),
        "lines": facts.lines,
        "refused": refused,
    }
    return render(request, "publication/releases.html", context, status=_status(refused=bool(form or refused)))


def _status(*, refused: bool) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
