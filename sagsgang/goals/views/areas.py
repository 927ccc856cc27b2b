"""The policy areas, and the words of the targets that are read in from a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Authority
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.tables import LARGEST
from sagsgang.goals import actions
from sagsgang.goals.forms import AreaForm, TargetFileForm
from sagsgang.goals.models import PolicyArea, TargetText
from sagsgang.goals.permissions import (
    AreaRows,
    GoalHouses,
    may_keep_area,
    may_keep_goals,
    may_read_in_targets,
    may_see_goals,
)
from sagsgang.goals.views.acting import acted, of_house, posted
from sagsgang.goals.views.tables import house_of, table
from sagsgang.meetings.views.acts import Act


@permitted_to(may_see_goals)
@require_safe
def areas(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    rows = PolicyArea.objects.filter(authority=authority).prefetch_related("usual_goals")
    counted = dict(
        PolicyArea.objects.filter(authority=authority, projects__withdrawn_at=None)
        .order_by()
        .values_list("pk")
        .annotate(count=Count("projects"))
    )
    lines = [(row, counted.get(row.pk, 0)) for row in rows]
    labels = {"name": gettext("Name"), "goals": gettext("Usual goals"), "projects": gettext("Projects")}
    keys = {
        "goals": lambda line: [one.goal for one in line[0].usual_goals.all()],
        "projects": lambda line: line[1],
    }
    context = {
        "authority": authority,
        "authorities": houses,
        "table": table(request, lines, labels, keys),
        "may_keep": may_keep_goals(request.user, authority),
    }
    return render(request, "goals/areas.html", context)


@permitted(GoalHouses(), may_keep_goals)
@require_http_methods(["GET", "POST"])
def lay_in_areas(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Lay in the usual policy areas"),
        words=gettext("Seven areas with the goals that their matters usually touch. Areas that are there stay as they are."),
        button=gettext("Lay them in"),
        back=of_house("areas", authority),
    )  # fmt: skip
    return acted(
        request, act, form, lambda: actions.lay_in_areas(authority, actor=request.user), gettext("The areas are laid in.")
    )  # fmt: skip


@permitted(GoalHouses(), may_keep_goals)
@require_http_methods(["GET", "POST"])
def add_area(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = AreaForm(posted(request))
    act = Act(
        heading=gettext("Write a policy area"),
        words=gettext("A case belongs to it by the policy area that is written on the case."),
        button=gettext("Write it"),
        back=of_house("areas", authority),
    )
    return acted(
        request, act, form, lambda: actions.add_area(authority, **form.cleaned_data, actor=request.user),
        gettext("The area is written."),
    )  # fmt: skip


@permitted(AreaRows, may_keep_area)
@require_http_methods(["GET", "POST"])
def edit_area(request: StaffRequest, area: PolicyArea) -> HttpResponse:
    form = AreaForm(posted(request), area)
    act = Act(
        heading=gettext("Change “{name}”").format(name=area.name),
        words=gettext("The cases keep the name that is written on them."),
        button=gettext("Save"),
        back=of_house("areas", area.authority),
    )
    return acted(
        request, act, form, lambda: actions.edit_area(area, **form.cleaned_data, actor=request.user),
        gettext("It is saved."),
    )  # fmt: skip


@permitted(AreaRows, may_keep_area)
@require_http_methods(["GET", "POST"])
def withdraw_area(request: StaffRequest, area: PolicyArea) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the area “{name}” off the list").format(name=area.name),
        words=gettext("It is chosen no more. Projects that have it keep it."),
        button=gettext("Take it off"),
        back=of_house("areas", area.authority),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: actions.withdraw_area(area, actor=request.user),
        gettext("The area is taken off the list."),
    )  # fmt: skip


@permitted_to(may_read_in_targets)
@require_http_methods(["GET", "POST"])
def target_texts(request: StaffRequest) -> HttpResponse:
    authority, _houses = house_of(request)
    form = TargetFileForm(posted(request), request.FILES or None)
    act = Act(
        heading=gettext("Read in the words of the 169 targets"),
        words=gettext("The house has the numbers of the targets; their words are yours to read in. All rows are taken, or none."),
        button=gettext("Read the file in"),
        back=of_house("goals", authority),
    )  # fmt: skip

    def read_in() -> int:
        file: UploadedFile[Any] = form.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise RuleBrokenError(gettext("The file is too large."))
        source = form.cleaned_data["source"]
        return actions.read_target_texts(file.read(), source=source, authority=authority, actor=request.user)

    held = TargetText.objects.count() if request.method == "GET" else 0
    aside = gettext("The words of {count} targets are there; those in the file take their place.").format(count=held)
    return acted(request, act, form, read_in, gettext("The words are read in."), aside=aside if held else "")
