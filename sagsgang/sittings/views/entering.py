"""How an act comes in: its form is read, the act is done, and the answer says its number, or why not."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from sagsgang.accounts.doors import StaffRequest
from sagsgang.accounts.sessions import stay_signed_in
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import Meeting
from sagsgang.sittings.forms.acts import ActForm
from sagsgang.sittings.models import SittingAct

type Act = Callable[..., SittingAct]


def enter(
    request: StaffRequest, meeting: Meeting, form: ActForm, act: Act, row: object, **more: object
) -> HttpResponse:
    """Do the act on its row with what the form says.

    A script gets JSON: ``{"number": n}``, or 422 and ``{"message": words}``. A browser without one is led back to the
    desk, with the refusal at its top.
    """
    if request.method != "POST":  # she logged in on the way here: the buttons are on the desk
        return _back(meeting)
    stay_signed_in(request)  # a meeting may last longer than a login
    if not form.is_valid():
        complaints = [str(words) for errors in form.errors.values() for words in errors]
        return refused(request, meeting, " ".join(dict.fromkeys(complaints)))
    try:
        done = act(row, actor=request.user, **form.arguments, **more)
    except RuleBrokenError as refusal:
        return refused(request, meeting, str(refusal))
    return JsonResponse({"number": done.number}) if wants_json(request) else _back(meeting)


def refused(request: StaffRequest, meeting: Meeting, message: str) -> HttpResponse:
    """The sentence, where whoever asked can read it."""
    if wants_json(request):
        return JsonResponse({"message": message}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.error(request, message)
    return _back(meeting)


def wants_json(request: StaffRequest) -> bool:
    """Was it sent by the desk's script?"""
    return request.headers.get("Accept") == "application/json"


def _back(meeting: Meeting) -> HttpResponse:
    return redirect(reverse("sittings:desk", args=[meeting.pk]))
