"""The page of an act of goals: its form, what it does, and where it leads."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sagsgang.accounts.doors import StaffRequest
from sagsgang.bodies.models import Authority
from sagsgang.meetings.views.acts import Act, attempted, done


def posted(request: StaffRequest) -> Any:
    """What was sent, None before anything was."""
    return request.POST if request.method == "POST" else None


def acted(
    request: StaffRequest,
    act: Act,
    form: forms.Form,
    do: Callable[[], object],
    notice: str,
    *,
    to: Callable[[Any], str] | None = None,
    **more: object,
) -> HttpResponse:
    """Do it and go on to `to` (of what was made) or back; else the page, 422 with what must be put right."""
    made: list[object] = []
    if request.method == "POST" and attempted(form, lambda: made.append(do())):
        return done(request, notice, to(made[0]) if to else act.back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"act": act, "form": form, "has_file": "file" in form.fields, **more}
    return render(request, "goals/act.html", context, status=status)


def of_house(name: str, authority: Authority) -> str:
    """A list of goals for this authority."""
    return f"{reverse(f'goals:{name}')}?authority={authority.pk}"
