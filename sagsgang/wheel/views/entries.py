"""An entry of the wheel: its page, and the pages on which it is written, taken off and put back."""

from collections.abc import Sequence

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Authority, Body
from sagsgang.cases.models import Case
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.planning.views.years import of_a_year
from sagsgang.planning.views.years import year_of as asked_year
from sagsgang.planning.years import FIRST_YEAR, LAST_YEAR
from sagsgang.wheel import actions
from sagsgang.wheel.forms import EntryForm
from sagsgang.wheel.models import WheelEntry
from sagsgang.wheel.permissions import (
    EntryRows,
    WithdrawnEntryRows,
    YearAuthorities,
    may_edit_body_entries,
    may_edit_entry,
    may_edit_wheel,
    may_see_entry,
    works_in_its_unit,
)
from sagsgang.wheel.queries.lines import WheelLine, wheel_of
from sagsgang.wheel.rendering.shown import shown_finding, shown_line
from sagsgang.wheel.rules import words_of_entry_rule
from sagsgang.wheel.views.addresses import act_page, entry_address, wheel_address


@of_a_year
@permitted(EntryRows(), may_see_entry)
@require_safe
def entry(request: StaffRequest, entry: WheelEntry) -> HttpResponse:
    year = asked_year(request)
    wheel = wheel_of(entry.authority, year, today=localdate())
    entry = wheel.year.entries.get(str(entry.pk), entry)
    lines = [line for line in wheel.lines if line.entry.pk == entry.pk]
    other = entry.relative_to
    may_edit = may_edit_entry(request.user, entry)
    context = {
        "entry": entry,
        "rule_words": words_of_entry_rule(entry.rule, other.title if other else ""),
        "steps": list(entry.steps.all()),
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "lines": [(line, shown_line(line)) for line in lines],
        "cases": _open_to_her(request, lines),
        "findings": [shown_finding(one, wheel) for one in wheel.findings if one.entry == str(entry.pk)],
        "may_edit": may_edit,
        "may_finish": may_edit or works_in_its_unit(request.user, entry),
    }
    return render(request, "wheel/entry.html", context)


def _open_to_her(request: StaffRequest, lines: Sequence[WheelLine]) -> set[object]:
    """The ids of the cases behind the lines whose page she may open."""
    ids = [line.occurrence.case_id for line in lines if line.occurrence]
    return set(
        Case.objects.visible_to(request.user).filter(pk__in=[pk for pk in ids if pk]).values_list("pk", flat=True)
    )


@permitted(YearAuthorities(), may_edit_wheel)
@require_http_methods(["GET", "POST"])
def add_entry(request: StaffRequest, authority: Authority) -> HttpResponse:
    return _add(request, authority, None)


@permitted(Body.objects, may_edit_body_entries)
@require_http_methods(["GET", "POST"])
def add_body_entry(request: StaffRequest, body: Body) -> HttpResponse:
    return _add(request, body.authority, body)


def _add(request: StaffRequest, authority: Authority, body: Body | None) -> HttpResponse:
    bodies = list(Body.objects.filter(authority=authority))
    form = EntryForm(request.POST if request.method == "POST" else None, authority, bodies)
    if request.method == "POST" and attempted(
        form, lambda: actions.add_entry(authority, form.facts(body), actor=request.user)
    ):
        notice = gettext("It is on the wheel. It has no days before the year is generated.")
        return done(request, notice, _back(authority, body))
    of = body.name if body else authority.name
    act = Act(
        heading=gettext("Put something on the wheel of {of}").format(of=of),
        words=gettext("Say what returns, when, and which meetings its matter passes. The days follow from that."),
        button=gettext("Put it on the wheel"),
        back=_back(authority, body),
    )
    return _form_page(request, act, form)


@permitted(EntryRows(), may_edit_entry)
@require_http_methods(["GET", "POST"])
def edit_entry(request: StaffRequest, entry: WheelEntry) -> HttpResponse:
    bodies = list(Body.objects.filter(authority=entry.authority))
    form = EntryForm(request.POST if request.method == "POST" else None, entry.authority, bodies, entry)
    if request.method == "POST" and attempted(
        form, lambda: actions.edit_entry(entry, form.facts(entry.body), actor=request.user)
    ):
        notice = gettext("It is saved. Its days follow when the year is generated again.")
        return done(request, notice, entry_address(entry))
    act = Act(
        heading=gettext("Change “{title}”").format(title=entry.title),
        words=gettext("What was moved, dropped or finished by hand stays as it is."),
        button=gettext("Save"),
        back=entry_address(entry),
    )
    return _form_page(request, act, form)


def _form_page(request: StaffRequest, act: Act, form: EntryForm) -> HttpResponse:
    return act_page(request, act, form, year=localdate().year, template="wheel/entry_form.html")


@permitted(EntryRows(), may_edit_entry)
@require_http_methods(["GET", "POST"])
def withdraw_entry(request: StaffRequest, entry: WheelEntry) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(form, lambda: actions.withdraw_entry(entry, actor=request.user)):
        return done(
            request,
            gettext("It is taken off the wheel. It can be put back from there."),
            _back(entry.authority, entry.body),
        )
    act = Act(
        heading=gettext("Take “{title}” off the wheel").format(title=entry.title),
        words=gettext("What it has been stays. Its days to come go. It can be put back."),
        button=gettext("Take it off the wheel"),
        back=entry_address(entry),
        is_grave=True,
    )
    return act_page(request, act, form, year=localdate().year)


@permitted(WithdrawnEntryRows(), may_edit_entry)
@require_http_methods(["GET", "POST"])
def restore_entry(request: StaffRequest, entry: WheelEntry) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(form, lambda: actions.restore_entry(entry, actor=request.user)):
        return done(request, gettext("It is on the wheel again."), entry_address(entry))
    act = Act(
        heading=gettext("Put “{title}” back on the wheel").format(title=entry.title),
        words=gettext("It returns as it did before."),
        button=gettext("Put it back"),
        back=_back(entry.authority, entry.body),
    )
    return act_page(request, act, form, year=localdate().year)


def _back(authority: Authority, body: Body | None) -> str:
    year = localdate().year
    return reverse("wheel:body-wheel", args=[body.pk, year]) if body else wheel_address(year, authority.pk)
