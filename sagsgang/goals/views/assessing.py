"""The goals of a matter: the pages of a case and of a policy, and how an assessment is written, changed, taken off."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Authority
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import CaseRows, may_read_case
from sagsgang.cases.queries.head import head_of
from sagsgang.goals import actions
from sagsgang.goals.actions.tags import Matter
from sagsgang.goals.catalogue import un_goal
from sagsgang.goals.forms import AssessmentForm, NotRelevantForm
from sagsgang.goals.models import GoalTag, NotRelevant, Project
from sagsgang.goals.permissions import (
    AssessedItems,
    NotRelevantRows,
    ProjectRows,
    TagRows,
    may_assess_case,
    may_assess_item,
    may_assess_policy,
    may_edit_not_relevant,
    may_edit_project,
    may_edit_tag,
    may_mark_case,
)
from sagsgang.goals.queries.of_case import goals_of_case
from sagsgang.goals.queries.tags import goal_words, in_order
from sagsgang.goals.views.acting import acted, posted
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.views.acts import Act
from sagsgang.policies.models import Policy
from sagsgang.policies.permissions import PolicyRows, may_see_policy


def named(tags: Any) -> list[tuple[GoalTag, str]]:
    """Assessments with the words of their goals."""
    return [(tag, goal_words(tag)) for tag in tags]


@permitted(CaseRows(), may_read_case)
@require_safe
def case_goals(request: StaffRequest, case: Case) -> HttpResponse:
    if case.is_closed:
        log_closed_reading(case, actor=request.user)
    found = goals_of_case(case, request.user)
    context = {
        "case": case,
        "head": head_of(case, request.user),
        "here": "goals",
        "found": found,
        "tags": named(found.tags),
        "sub_items": [(sub.row, named(sub.tags)) for sub in found.sub_items],
        "suggested": [un_goal(number) for number in found.suggested],
        "may_assess": may_assess_case(request.user, case),
        "may_mark": may_mark_case(request.user, case),
    }
    return render(request, "goals/case_goals.html", context)


@permitted(PolicyRows(), may_see_policy)
@require_safe
def policy_goals(request: StaffRequest, policy: Policy) -> HttpResponse:
    rows = GoalTag.objects.filter(policy=policy).select_related("local_goal", "author")
    context = {
        "policy": policy,
        "authority": policy.authority,
        "tags": named(in_order(rows)),
        "may_assess": may_assess_policy(request.user, policy),
    }
    return render(request, "goals/policy_goals.html", context)


def _address(tag: GoalTag) -> str:
    if tag.project_id:
        return reverse("goals:project", args=[tag.project_id])
    if tag.policy_id:
        return reverse("goals:policy-goals", args=[tag.policy_id])
    return reverse("goals:case-goals", args=[tag.case_id or tag.item.case_id])  # type: ignore[union-attr]


def _assess(request: StaffRequest, matter: Matter, authority: Authority, name: str, back: str) -> HttpResponse:
    form = AssessmentForm(posted(request), authority, chosen=request.GET.get("goal", ""))
    act = Act(
        heading=gettext("Assess “{name}”").format(name=name),
        words=gettext("One goal at a time. Choose those that give meaning; nothing must be filled in."),
        button=gettext("Save the assessment"),
        back=back,
    )
    return acted(
        request, act, form, lambda: actions.assess_goal(matter, form.facts, actor=request.user),
        gettext("The assessment is saved."),
    )  # fmt: skip


@permitted(CaseRows(), may_assess_case)
@require_http_methods(["GET", "POST"])
def assess_case(request: StaffRequest, case: Case) -> HttpResponse:
    return _assess(request, case, case.authority, case.title, reverse("goals:case-goals", args=[case.pk]))


@permitted(AssessedItems(), may_assess_item)
@require_http_methods(["GET", "POST"])
def assess_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    back = reverse("goals:case-goals", args=[item.case_id])
    return _assess(request, item, item.meeting.body.authority, item.title or item.case.title, back)


@permitted(ProjectRows, may_edit_project)
@require_http_methods(["GET", "POST"])
def assess_project(request: StaffRequest, project: Project) -> HttpResponse:
    return _assess(
        request, project, project.authority, project.name, reverse("goals:project", args=[project.pk])
    )  # fmt: skip


@permitted(PolicyRows(), may_assess_policy)
@require_http_methods(["GET", "POST"])
def assess_policy(request: StaffRequest, policy: Policy) -> HttpResponse:
    return _assess(request, policy, policy.authority, policy.name, reverse("goals:policy-goals", args=[policy.pk]))


def _authority(tag: GoalTag) -> Authority:
    if tag.item is not None:
        return tag.item.case.authority
    found = tag.case or tag.project or tag.policy
    assert found is not None  # the database keeps a matter on every row
    return found.authority


@permitted(TagRows(), may_edit_tag)
@require_http_methods(["GET", "POST"])
def edit_assessment(request: StaffRequest, tag: GoalTag) -> HttpResponse:
    form = AssessmentForm(posted(request), _authority(tag), tag=tag)
    act = Act(
        heading=gettext("Change the assessment of {goal}").format(goal=goal_words(tag)),
        words=gettext("It stands in your name afterwards."),
        button=gettext("Save the assessment"),
        back=_address(tag),
    )
    return acted(
        request, act, form, lambda: actions.edit_assessment(tag, form.facts, actor=request.user),
        gettext("The assessment is saved."),
    )  # fmt: skip


@permitted(TagRows(), may_edit_tag)
@require_http_methods(["GET", "POST"])
def withdraw_assessment(request: StaffRequest, tag: GoalTag) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take off the assessment of {goal}").format(goal=goal_words(tag)),
        words=gettext("It is counted no more. The log keeps that it was there."),
        button=gettext("Take it off"),
        back=_address(tag),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: actions.withdraw_assessment(tag, actor=request.user),
        gettext("The assessment is taken off."),
    )  # fmt: skip


@permitted(CaseRows(), may_assess_case)
@require_http_methods(["GET", "POST"])
def state_not_relevant(request: StaffRequest, case: Case) -> HttpResponse:
    form = NotRelevantForm(posted(request))
    act = Act(
        heading=gettext("State that no goal is relevant"),
        words=gettext("It answers the bodies that ask. An assessment that is written later takes its place."),
        button=gettext("State it"),
        back=reverse("goals:case-goals", args=[case.pk]),
    )
    return acted(
        request, act, form,
        lambda: actions.state_not_relevant(case, reason=form.cleaned_data["reason"], actor=request.user),
        gettext("It is stated that no goal is relevant."),
    )  # fmt: skip


@permitted(NotRelevantRows(), may_edit_not_relevant)
@require_http_methods(["GET", "POST"])
def withdraw_not_relevant(request: StaffRequest, row: NotRelevant) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take back that no goal is relevant"),
        words=gettext("The bodies that ask have no answer then."),
        button=gettext("Take it back"),
        back=reverse("goals:case-goals", args=[row.case_id]),
    )
    return acted(
        request, act, form, lambda: actions.withdraw_not_relevant(row, actor=request.user),
        gettext("It is taken back."),
    )  # fmt: skip
