"""Where the pages of the wheel lie, and the page on which one act on it is confirmed."""

from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from sagsgang.accounts.doors import StaffRequest
from sagsgang.core.doors import Door
from sagsgang.meetings.views.acts import Act
from sagsgang.wheel.models import WheelEntry


def of_any_year(door: Door) -> Door:
    """A door without a row knows no year; it stays in the address, where `planning.views.years.year_of` finds it."""

    @wraps(door)
    def view(request: Any, year: int | None = None) -> HttpResponseBase:
        return door(request)

    return view


def wheel_address(year: int, authority: UUID) -> str:
    """The wheel of an organisation: who works for several comes back to the one that she chose."""
    return f"{reverse('wheel:wheel', args=[year])}?authority={authority}"


def entry_address(entry: WheelEntry, on: date | None = None) -> str:
    """The page of an entry, in the year of a day, at that day."""
    if on is None:
        return reverse("wheel:entry", args=[entry.pk])
    return reverse("wheel:entry", args=[entry.pk, on.year]) + f"#day-{on.isoformat()}"


def act_page(request: StaffRequest, act: Act, form: forms.Form, *, year: int, **more: object) -> HttpResponse:
    """The page of an act on the wheel; 422 with what was typed where something must be put right."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    template = str(more.pop("template", "wheel/act.html"))
    return render(request, template, {"act": act, "form": form, "year": year, **more}, status=status)
