"""Schemes with the days between which they hold: the list, the two known ones, writing, changing and switching."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Authority
from sagsgang.core.errors import RuleBrokenError
from sagsgang.equality import actions
from sagsgang.equality.forms import SchemeForm, SwitchForm
from sagsgang.equality.models import Scheme
from sagsgang.equality.permissions import (
    EqualityAuthorities,
    SchemeRows,
    may_keep_figures,
    may_keep_scheme,
    may_see_authority,
)
from sagsgang.equality.queries.counts import schemes_of
from sagsgang.equality.rules.schemes import scheme_on
from sagsgang.meetings.views.acts import Act, attempted, done


@permitted(EqualityAuthorities(), may_see_authority)
@require_safe
def schemes(request: StaffRequest, authority: Authority) -> HttpResponse:
    rows = schemes_of(authority)
    context = {
        "authority": authority,
        "schemes": rows,
        "now": scheme_on(rows, localdate()),
        "may_keep": may_keep_figures(request.user, authority),
    }
    return render(request, "equality/schemes.html", context)


@permitted(EqualityAuthorities(), may_keep_figures)
@require_POST
def seed_schemes(request: StaffRequest, authority: Authority) -> HttpResponse:
    """Once; a list that somebody has begun is left as it is, and the refusal says so."""
    try:
        made = len(actions.seed_schemes(authority, actor=request.user))
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("{count} scheme is in the list.", "{count} schemes are in the list.", made)
        messages.success(request, words.format(count=made))
    return redirect(_list(authority))


@permitted(EqualityAuthorities(), may_keep_figures)
@require_http_methods(["GET", "POST"])
def add_scheme(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = SchemeForm(request.POST if request.method == "POST" else None, authority)
    if request.method == "POST" and attempted(
        form, lambda: actions.add_scheme(authority, form.facts, actor=request.user)
    ):
        return done(request, gettext("The scheme is written."), _list(authority))
    act = Act(
        gettext("Write a scheme"),
        gettext("A count is made under the scheme that holds on its day. Where several hold, the one that began last."),
        gettext("Save the scheme"), _list(authority),
    )  # fmt: skip
    return _act(request, act, form)


@permitted(SchemeRows(), may_keep_scheme)
@require_http_methods(["GET", "POST"])
def edit_scheme(request: StaffRequest, scheme: Scheme) -> HttpResponse:
    form = SchemeForm(request.POST if request.method == "POST" else None, scheme.authority, scheme)
    if request.method == "POST" and attempted(
        form, lambda: actions.edit_scheme(scheme, form.facts, actor=request.user)
    ):
        return done(request, gettext("It is saved."), _list(scheme.authority))
    act = Act(gettext("Change the scheme"), scheme.name, gettext("Save the scheme"), _list(scheme.authority))
    return _act(request, act, form)


@permitted(SchemeRows(), may_keep_scheme)
@require_http_methods(["GET", "POST"])
def switch_scheme(request: StaffRequest, scheme: Scheme) -> HttpResponse:
    form = SwitchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.switch_scheme(scheme, on=form.cleaned_data["on"], actor=request.user)
    ):
        return done(request, gettext("The scheme holds from that day."), _list(scheme.authority))
    act = Act(
        gettext("Switch to “{name}”").format(name=scheme.name),
        gettext("It holds from the day that you give. What holds on that day ends the day before."),
        gettext("Switch"), _list(scheme.authority), is_grave=True,
    )  # fmt: skip
    return _act(request, act, form)


def _act(request: StaffRequest, act: Act, form: forms.Form) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "equality/act.html", {"act": act, "form": form}, status=status)


def _list(authority: Authority) -> str:
    return reverse("equality:schemes", args=[authority.pk])
