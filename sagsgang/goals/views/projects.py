"""The projects: list, file, page, and how they are written."""

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
from sagsgang.goals.catalogue import un_goal
from sagsgang.goals.forms import NoteForm, ProjectForm
from sagsgang.goals.models import Project, ProjectNote, ProjectState
from sagsgang.goals.permissions import (
    GoalHouses,
    NoteRows,
    ProjectRows,
    may_add_work,
    may_edit_note,
    may_edit_project,
    may_see,
    may_see_goals,
)
from sagsgang.goals.queries.tags import in_order
from sagsgang.goals.queries.work import conflicts, linked_to, links_of, project_page, projects_of
from sagsgang.goals.rendering.files import projects_csv
from sagsgang.goals.rules import suggested
from sagsgang.goals.views.acting import acted, of_house, posted
from sagsgang.goals.views.assessing import named
from sagsgang.goals.views.register import csv_answer
from sagsgang.goals.views.tables import house_of, table
from sagsgang.meetings.views.acts import Act

_STATES = list(ProjectState.values)


def project_address(project: Project) -> str:
    """The page of a project."""
    return reverse("goals:project", args=[project.pk])


@permitted_to(may_see_goals)
@require_safe
def projects(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    today, area = localdate(), request.GET.get("area", "")
    rows = [one for one in projects_of(authority) if not area or area in one.areas]
    labels = {
        "name": gettext("Project"),
        "areas": gettext("Policy areas"),
        "owner": gettext("Owner"),
        "ends": gettext("Period"),
        "state": gettext("State"),
        "goals": gettext("Goals"),
    }
    keys = {
        "areas": lambda one: [name.casefold() for name in one.areas] or ["\uffff"],
        "owner": lambda one: (one.row.unit.name if one.row.unit else "\uffff").casefold(),
        "ends": lambda one: (one.row.ends_on is None, one.row.ends_on or today),
        "state": lambda one: _STATES.index(one.note.state) if one.note else len(_STATES),
        "goals": lambda one: len(one.tags),
    }
    context = {
        "authority": authority,
        "authorities": houses,
        "table": table(request, rows, labels, keys, keep=("authority", "area")),
        "area": area,
        "may_add": may_add_work(request.user, authority),
        "today": today,
    }
    return render(request, "goals/projects.html", context)


@permitted_to(may_see_goals)
@require_safe
def projects_file(request: StaffRequest) -> HttpResponse:
    authority, _houses = house_of(request)
    content = projects_csv(projects_of(authority))
    return csv_answer(content, f"Projekter {localdate().isoformat()}, {authority.name}.csv")


@permitted(ProjectRows, may_see)
@require_safe
def project(request: StaffRequest, project: Project) -> HttpResponse:
    found = project_page(project)
    one, tags = found.one, in_order(found.one.tags)
    offered = suggested(found.usual, one.areas, {tag.goal for tag in tags if tag.goal})
    context = {
        "project": project,
        "one": one,
        "authority": project.authority,
        "tags": named(tags),
        "example": found.example,
        "is_conflict": conflicts(tags),
        "notes": found.notes,
        "links": links_of(request.user, project=project),
        "linked": linked_to(request.user, project),
        "suggested": [un_goal(number) for number in offered],
        "may_edit": may_edit_project(request.user, project),
    }
    return render(request, "goals/project.html", context)


@permitted(GoalHouses(), may_add_work)
@require_http_methods(["GET", "POST"])
def add_project(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = ProjectForm(posted(request), authority)
    act = Act(
        heading=gettext("Enter a project"),
        words=gettext("Afterwards, say on its page how it goes, which goals it touches, and what it belongs to."),
        button=gettext("Enter it"),
        back=of_house("projects", authority),
    )
    return acted(
        request, act, form, lambda: actions.add_work(authority, form.facts, actor=request.user),
        gettext("The project is entered."), to=project_address,
    )  # fmt: skip


@permitted(ProjectRows, may_edit_project)
@require_http_methods(["GET", "POST"])
def edit_project(request: StaffRequest, project: Project) -> HttpResponse:
    form = ProjectForm(posted(request), project.authority, project)
    act = Act(
        heading=gettext("Change “{name}”").format(name=project.name),
        words=gettext("Its state, its goals and its links are changed on its page."),
        button=gettext("Save"),
        back=project_address(project),
    )
    return acted(
        request, act, form, lambda: actions.edit_work(project, form.facts, actor=request.user), gettext("It is saved.")
    )  # fmt: skip


@permitted(ProjectRows, may_edit_project)
@require_http_methods(["GET", "POST"])
def withdraw_project(request: StaffRequest, project: Project) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the project “{name}” off the list").format(name=project.name),
        words=gettext("For what was entered by mistake. A project that ended has its state instead."),
        button=gettext("Take it off"),
        back=of_house("projects", project.authority),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: actions.withdraw_work(project, actor=request.user),
        gettext("The project is taken off the list."),
    )  # fmt: skip


@permitted(ProjectRows, may_edit_project)
@require_http_methods(["GET", "POST"])
def note_project(request: StaffRequest, project: Project) -> HttpResponse:
    form = NoteForm(posted(request))
    act = Act(
        heading=gettext("How does “{name}” go?").format(name=project.name),
        words=gettext("The note of the newest day is the state of the project; the earlier ones stay on its page."),
        button=gettext("Write it"),
        back=project_address(project),
    )
    return acted(
        request, act, form, lambda: actions.add_project_note(project, **form.cleaned_data, actor=request.user),
        gettext("It is written how the project goes."),
    )  # fmt: skip


@permitted(NoteRows(), may_edit_note)
@require_http_methods(["GET", "POST"])
def withdraw_note(request: StaffRequest, note: ProjectNote) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the note off"),
        words=gettext("For what was written by mistake. The note before it counts again."),
        button=gettext("Take it off"),
        back=project_address(note.project),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: actions.withdraw_project_note(note, actor=request.user),
        gettext("The note is taken off."),
    )  # fmt: skip
