"""The involvements of citizens: list, page, and how they are written."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Authority
from sagsgang.goals import actions
from sagsgang.goals.forms import InvolvementDataForm
from sagsgang.goals.models import Involvement
from sagsgang.goals.permissions import (
    GoalHouses,
    InvolvementRows,
    may_add_work,
    may_edit_involvement,
    may_see,
    may_see_goals,
)
from sagsgang.goals.queries.work import links_of, with_project_count
from sagsgang.goals.views.acting import acted, of_house, posted
from sagsgang.goals.views.tables import house_of, table
from sagsgang.meetings.views.acts import Act


def _page(row: Involvement) -> str:
    return reverse("goals:involvement", args=[row.pk])


@permitted_to(may_see_goals)
@require_safe
def involvements(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    today = localdate()
    labels = {
        "name": gettext("Involvement"),
        "form": gettext("Form"),
        "starts": gettext("Period"),
        "participants": gettext("Participants"),
        "projects": gettext("Projects"),
    }
    keys = {
        "form": lambda row: row.get_form_display(),
        "starts": lambda row: (row.starts_on is None, row.starts_on or today),
        "participants": lambda row: row.participants or 0,
        "projects": lambda row: row.projects,
    }
    rows = list(with_project_count(Involvement.objects.filter(authority=authority)))
    context = {
        "authority": authority,
        "authorities": houses,
        "table": table(request, rows, labels, keys),
        "may_add": may_add_work(request.user, authority),
    }
    return render(request, "goals/involvements.html", context)


@permitted(InvolvementRows, may_see)
@require_safe
def involvement(request: StaffRequest, row: Involvement) -> HttpResponse:
    context = {
        "involvement": row,
        "authority": row.authority,
        "links": links_of(request.user, involvement=row),
        "may_edit": may_edit_involvement(request.user, row),
    }
    return render(request, "goals/involvement.html", context)


@permitted(GoalHouses(), may_add_work)
@require_http_methods(["GET", "POST"])
def add_involvement(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = InvolvementDataForm(posted(request))
    act = Act(
        heading=gettext("Enter an involvement of citizens"),
        words=gettext("Afterwards, say on its page which projects and cases it belongs to."),
        button=gettext("Enter it"),
        back=of_house("involvements", authority),
    )
    return acted(
        request, act, form, lambda: actions.add_work(authority, form.facts, actor=request.user),
        gettext("The involvement is entered."), to=_page,
    )  # fmt: skip


@permitted(InvolvementRows, may_edit_involvement)
@require_http_methods(["GET", "POST"])
def edit_involvement(request: StaffRequest, row: Involvement) -> HttpResponse:
    form = InvolvementDataForm(posted(request), row)
    act = Act(
        heading=gettext("Change “{name}”").format(name=row.name),
        words=gettext("What it belongs to is changed on its page."),
        button=gettext("Save"),
        back=_page(row),
    )
    return acted(
        request, act, form, lambda: actions.edit_work(row, form.facts, actor=request.user), gettext("It is saved.")
    )  # fmt: skip


@permitted(InvolvementRows, may_edit_involvement)
@require_http_methods(["GET", "POST"])
def withdraw_involvement(request: StaffRequest, row: Involvement) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the involvement “{name}” off the list").format(name=row.name),
        words=gettext("For what was entered by mistake. It stays in the log."),
        button=gettext("Take it off"),
        back=of_house("involvements", row.authority),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: actions.withdraw_work(row, actor=request.user),
        gettext("The involvement is taken off the list."),
    )  # fmt: skip
