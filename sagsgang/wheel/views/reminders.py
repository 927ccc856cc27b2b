"""The page on which somebody says whether she wants reminders, and sees what they would say today."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, signed_in
from sagsgang.accounts.queries import staff_letters
from sagsgang.meetings.views.acts import attempted, done
from sagsgang.wheel.actions.reminders import wish_reminders
from sagsgang.wheel.forms.reminders import RemindersForm
from sagsgang.wheel.queries.reminders import begun_for, wants_reminders
from sagsgang.wheel.rendering.reminders import MOST, reminder_of

LETTERS = 10


@signed_in
@require_http_methods(["GET", "POST"])
def reminders(request: StaffRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = RemindersForm(data, request.user, is_wanted=wants_reminders(request.user))
    if request.method == "POST" and attempted(form, lambda: wish_reminders(actor=request.user, **form.cleaned_data)):
        return done(request, gettext("It is saved."), reverse("wheel:reminders"))
    today = localdate()
    rows = list(begun_for(request.user, today))
    context = {
        "form": form,
        "year": today.year,
        "lines": [reminder_of(row, today) for row in rows[:MOST]],
        "more": max(len(rows) - MOST, 0),
        "letters": staff_letters(request.user)[:LETTERS],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "wheel/reminders.html", context, status=status)
