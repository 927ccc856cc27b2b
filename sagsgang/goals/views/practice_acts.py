"""How a case or a project is marked as good practice, and the mark changed, taken off and put back."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import CaseRows
from sagsgang.goals.actions import practice as actions
from sagsgang.goals.forms.practice import ExampleForm
from sagsgang.goals.models import PolicyArea, PracticeExample, Project
from sagsgang.goals.permissions import ExampleRows, ProjectRows, may_edit_example, may_edit_project, may_mark_case
from sagsgang.goals.views.acting import acted, posted
from sagsgang.meetings.views.acts import Act


def example_address(example: PracticeExample) -> str:
    """The page of an example."""
    return reverse("goals:example", args=[example.pk])


@permitted(CaseRows(), may_mark_case)
@require_http_methods(["GET", "POST"])
def mark_case(request: StaffRequest, case: Case) -> HttpResponse:
    areas = PolicyArea.objects.filter(authority=case.authority_id, name=case.policy_area)
    goals = [goal for goal in case.goal_tags.values_list("goal", flat=True) if goal]
    known = {"title": case.title[:200], "areas": areas, "goals": goals}
    return _mark(request, case, reverse("goals:case-goals", args=[case.pk]), known)


@permitted(ProjectRows, may_edit_project)
@require_http_methods(["GET", "POST"])
def mark_project(request: StaffRequest, project: Project) -> HttpResponse:
    goals = [goal for goal in project.goal_tags.values_list("goal", flat=True) if goal]
    known = {
        "title": project.name, "areas": project.areas.all(), "goals": goals, "contact_role": project.owner_role,
    }  # fmt: skip
    return _mark(request, project, reverse("goals:project", args=[project.pk]), known)


def _mark(request: StaffRequest, matter: Case | Project, back: str, known: dict[str, Any]) -> HttpResponse:
    held = PracticeExample.objects.filter(**{"project" if isinstance(matter, Project) else "case": matter}).first()
    if held is not None and request.method != "POST":
        return redirect("goals:example", held.pk)
    form = ExampleForm(posted(request), matter.authority, initial=known)
    act = Act(
        heading=gettext("Mark “{name}” as good practice").format(name=matter),
        words=gettext(
            "Tell it so that somebody who has not followed it can use it. Who may not read a case is not told."
        ),
        button=gettext("Mark it"),
        back=back,
    )
    return acted(
        request, act, form, lambda: actions.mark_example(matter, form.facts, actor=request.user),
        gettext("It is marked as good practice."), to=example_address, authority=matter.authority,
    )  # fmt: skip


@permitted(ExampleRows(), may_edit_example)
@require_http_methods(["GET", "POST"])
def edit_example(request: StaffRequest, example: PracticeExample) -> HttpResponse:
    form = ExampleForm(posted(request), example.authority, example)
    act = Act(
        heading=gettext("Change “{name}”").format(name=example),
        words=gettext("Who marked it and when stays."),
        button=gettext("Save"),
        back=example_address(example),
    )
    return acted(
        request, act, form, lambda: actions.edit_example(example, form.facts, actor=request.user),
        gettext("It is saved."),
    )  # fmt: skip


@permitted(ExampleRows(), may_edit_example)
@require_http_methods(["GET", "POST"])
def withdraw_example(request: StaffRequest, example: PracticeExample) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take “{name}” off the examples").format(name=example),
        words=gettext("The case or the project is not touched, and the example can be put back from its page."),
        button=gettext("Take it off"),
        back=example_address(example),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: actions.withdraw_example(example, actor=request.user),
        gettext("It is no example any more."),
    )  # fmt: skip


@permitted(ExampleRows(), may_edit_example)
@require_http_methods(["GET", "POST"])
def restore_example(request: StaffRequest, example: PracticeExample) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Put “{name}” back among the examples").format(name=example),
        words=gettext("It stands in the list again, as it was."),
        button=gettext("Put it back"),
        back=example_address(example),
    )
    return acted(
        request, act, form, lambda: actions.restore_example(example, actor=request.user),
        gettext("It is an example again."),
    )  # fmt: skip
