"""The local goals: list, page, and how they are written."""

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
from sagsgang.goals.forms import LocalGoalForm
from sagsgang.goals.models import LocalGoal
from sagsgang.goals.permissions import (
    GoalHouses,
    LocalGoalRows,
    TagRows,
    may_keep_goals,
    may_keep_local_goal,
    may_see,
    may_see_goals,
)
from sagsgang.goals.queries.tags import in_order, tags_of, weights
from sagsgang.goals.shapes import Weight
from sagsgang.goals.views.acting import acted, of_house, posted
from sagsgang.goals.views.register import is_valid, tag_table
from sagsgang.goals.views.tables import house_of, table
from sagsgang.meetings.views.acts import Act


def _page(goal: LocalGoal) -> str:
    return reverse("goals:local-goal", args=[goal.pk])


@permitted_to(may_see_goals)
@require_safe
def local_goals(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    _by_goal, by_local = weights(tags_of(request.user, authority).filter(local_goal__isnull=False))
    today = localdate()
    rows = LocalGoal.objects.filter(authority=authority).prefetch_related("mappings")
    lines = [(row, by_local.get(row.pk, Weight()), is_valid(row, today)) for row in rows]
    labels = {
        "name": gettext("Name"),
        "from": gettext("Valid from"),
        "to": gettext("Valid to"),
        "serves": gettext("Serves"),
        "total": gettext("Assessments"),
    }
    keys = {
        "from": lambda line: line[0].valid_from,
        "to": lambda line: (line[0].valid_to is None, line[0].valid_to or today),
        "serves": lambda line: [one.goal for one in line[0].mappings.all()],
        "total": lambda line: line[1].total,
    }
    context = {
        "authority": authority,
        "authorities": houses,
        "table": table(request, lines, labels, keys),
        "may_keep": may_keep_goals(request.user, authority),
    }
    return render(request, "goals/local_goals.html", context)


@permitted(LocalGoalRows, may_see)
@require_safe
def local_goal(request: StaffRequest, goal: LocalGoal) -> HttpResponse:
    tags = TagRows().visible_to(request.user).filter(local_goal=goal)
    context = {
        "local_goal": goal,
        "authority": goal.authority,
        "mappings": goal.mappings.all(),
        "is_valid": is_valid(goal, localdate()),
        "table": tag_table(request, in_order(tags)),
        "may_keep": may_keep_local_goal(request.user, goal),
    }
    return render(request, "goals/local_goal.html", context)


@permitted(GoalHouses(), may_keep_goals)
@require_http_methods(["GET", "POST"])
def add_local_goal(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = LocalGoalForm(posted(request))
    act = Act(
        heading=gettext("Write a local goal"),
        words=gettext("Matters can be assessed against it from its first day to its last."),
        button=gettext("Write it"),
        back=of_house("local-goals", authority),
    )
    return acted(
        request, act, form, lambda: actions.add_local_goal(authority, form.facts, actor=request.user),
        gettext("The local goal is written."), to=_page,
    )  # fmt: skip


@permitted(LocalGoalRows, may_keep_local_goal)
@require_http_methods(["GET", "POST"])
def edit_local_goal(request: StaffRequest, goal: LocalGoal) -> HttpResponse:
    form = LocalGoalForm(posted(request), goal)
    act = Act(
        heading=gettext("Change “{name}”").format(name=goal.name),
        words=gettext("What was assessed against it stays."),
        button=gettext("Save"),
        back=_page(goal),
    )
    return acted(
        request, act, form, lambda: actions.edit_local_goal(goal, form.facts, actor=request.user),
        gettext("It is saved."),
    )  # fmt: skip


@permitted(LocalGoalRows, may_keep_local_goal)
@require_http_methods(["GET", "POST"])
def withdraw_local_goal(request: StaffRequest, goal: LocalGoal) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the local goal “{name}” off the list").format(name=goal.name),
        words=gettext("It is chosen no more. What was assessed against it keeps it. A goal that ends has a last day instead."),
        button=gettext("Take it off"),
        back=of_house("local-goals", goal.authority),
        is_grave=True,
    )  # fmt: skip
    return acted(
        request, act, form, lambda: actions.withdraw_local_goal(goal, actor=request.user),
        gettext("The local goal is taken off the list."),
    )  # fmt: skip
