"""The partnerships: list, page, and how they are written."""

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
from sagsgang.goals.forms import PartnershipForm
from sagsgang.goals.models import Partnership
from sagsgang.goals.permissions import (
    GoalHouses,
    PartnershipRows,
    may_add_work,
    may_edit_partnership,
    may_see,
    may_see_goals,
)
from sagsgang.goals.queries.work import links_of, with_project_count
from sagsgang.goals.views.acting import acted, of_house, posted
from sagsgang.goals.views.tables import house_of, table
from sagsgang.meetings.views.acts import Act


def _page(row: Partnership) -> str:
    return reverse("goals:partnership", args=[row.pk])


@permitted_to(may_see_goals)
@require_safe
def partnerships(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    today = localdate()
    labels = {
        "name": gettext("Partnership"),
        "partners": gettext("Partners"),
        "ends": gettext("Period"),
        "projects": gettext("Projects"),
    }
    keys = {
        "partners": lambda row: [name.casefold() for name in row.partners],
        "ends": lambda row: (row.ends_on is None, row.ends_on or today),
        "projects": lambda row: row.projects,
    }
    rows = list(with_project_count(Partnership.objects.filter(authority=authority)))
    context = {
        "authority": authority,
        "authorities": houses,
        "table": table(request, rows, labels, keys),
        "may_add": may_add_work(request.user, authority),
    }
    return render(request, "goals/partnerships.html", context)


@permitted(PartnershipRows, may_see)
@require_safe
def partnership(request: StaffRequest, row: Partnership) -> HttpResponse:
    context = {
        "partnership": row,
        "authority": row.authority,
        "links": links_of(request.user, partnership=row),
        "may_edit": may_edit_partnership(request.user, row),
    }
    return render(request, "goals/partnership.html", context)


@permitted(GoalHouses(), may_add_work)
@require_http_methods(["GET", "POST"])
def add_partnership(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = PartnershipForm(posted(request))
    act = Act(
        heading=gettext("Enter a partnership"),
        words=gettext("Afterwards, say on its page which projects and cases it belongs to."),
        button=gettext("Enter it"),
        back=of_house("partnerships", authority),
    )
    return acted(
        request, act, form, lambda: actions.add_work(authority, form.facts, actor=request.user),
        gettext("The partnership is entered."), to=_page,
    )  # fmt: skip


@permitted(PartnershipRows, may_edit_partnership)
@require_http_methods(["GET", "POST"])
def edit_partnership(request: StaffRequest, row: Partnership) -> HttpResponse:
    form = PartnershipForm(posted(request), row)
    act = Act(
        heading=gettext("Change “{name}”").format(name=row.name),
        words=gettext("What it belongs to is changed on its page."),
        button=gettext("Save"),
        back=_page(row),
    )
    return acted(
        request, act, form, lambda: actions.edit_work(row, form.facts, actor=request.user), gettext("It is saved.")
    )  # fmt: skip


@permitted(PartnershipRows, may_edit_partnership)
@require_http_methods(["GET", "POST"])
def withdraw_partnership(request: StaffRequest, row: Partnership) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the partnership “{name}” off the list").format(name=row.name),
        words=gettext("For what was entered by mistake. A partnership that ended has its last day instead."),
        button=gettext("Take it off"),
        back=of_house("partnerships", row.authority),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: actions.withdraw_work(row, actor=request.user),
        gettext("The partnership is taken off the list."),
    )  # fmt: skip
