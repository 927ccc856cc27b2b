"""The requirements with what answers them on a day; how they are written; the auditor's export."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Authority
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.policies import actions
from sagsgang.policies.forms import DayForm, EvidenceForm, RequirementForm
from sagsgang.policies.models import Evidence, Policy, Requirement
from sagsgang.policies.permissions import (
    EvidenceRows,
    PolicyHouses,
    PolicyRows,
    RequirementRows,
    may_edit_policy,
    may_edit_requirement,
    may_keep_policies,
    may_see_house,
    may_see_policies,
    may_withdraw_evidence,
    readable_items,
)
from sagsgang.policies.queries.evidence import evidence_on
from sagsgang.policies.rendering.evidence_csv import evidence_csv
from sagsgang.policies.rendering.evidence_pdf import evidence_pdf
from sagsgang.policies.views.addresses import act_page, policy_address, requirements_address
from sagsgang.policies.views.register import house_of


@permitted_to(may_see_policies)
@require_safe
def requirements(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": localdate(), "authority": authority.pk})
    on = _day(form)
    lines = evidence_on(authority, on, readable=PolicyRows().visible_to(request.user))
    items = {one.approved.item for line in lines for one in line.answers if one.approved and one.approved.item}
    context = {
        "authority": authority,
        "authorities": houses if len(houses) > 1 else [],
        "form": form,
        "on": on,
        "lines": lines,
        "unmet": sum(not line.is_met for line in lines),
        "readable": readable_items(request.user, items),
        "may_keep": may_keep_policies(request.user, authority),
    }
    return render(request, "policies/requirements.html", context)


def _day(form: DayForm) -> date:
    """The day that was asked for; today where none was, or none that is one (the form says so)."""
    found: date | None = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    return found or localdate()


@permitted(PolicyHouses(), may_see_house)
@require_safe
def print_evidence(request: StaffRequest, authority: Authority) -> HttpResponse:
    on = _day(DayForm(request.GET))
    lines = evidence_on(authority, on, readable=PolicyRows().visible_to(request.user))
    made = evidence_pdf(authority, on, lines, made_at=now())
    return _file(made.content, "application/pdf", _name(authority, on, "pdf"))


@permitted(PolicyHouses(), may_see_house)
@require_safe
def evidence_file(request: StaffRequest, authority: Authority) -> HttpResponse:
    on = _day(DayForm(request.GET))
    content = evidence_csv(on, evidence_on(authority, on, readable=PolicyRows().visible_to(request.user)))
    return _file(content, "text/csv; charset=utf-8", _name(authority, on, "csv"))


def _name(authority: Authority, on: date, ending: str) -> str:
    return f"Krav og politikker {on.isoformat()}, {authority.name}.{ending}"


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    is_download = media_type.startswith("text/csv")
    answer.headers["Content-Disposition"] = content_disposition_header(is_download, name) or "inline"
    return answer


@permitted(PolicyHouses(), may_keep_policies)
@require_http_methods(["GET", "POST"])
def add_requirement(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = RequirementForm(_posted(request))
    if request.method == "POST" and attempted(
        form, lambda: actions.add_requirement(authority, **_written(form), actor=request.user)
    ):
        return done(request, gettext("The requirement is entered."), requirements_address(authority))
    act = Act(
        heading=gettext("Enter a requirement"),
        words=gettext("Say afterwards on the page of a policy that it answers the requirement."),
        button=gettext("Enter it"),
        back=requirements_address(authority),
    )
    return act_page(request, act, form)


@permitted(RequirementRows(), may_edit_requirement)
@require_http_methods(["GET", "POST"])
def edit_requirement(request: StaffRequest, requirement: Requirement) -> HttpResponse:
    form, back = RequirementForm(_posted(request), requirement), requirements_address(requirement.authority)
    if request.method == "POST" and attempted(
        form, lambda: actions.edit_requirement(requirement, **_written(form), actor=request.user)
    ):
        return done(request, gettext("It is saved."), back)
    act = Act(
        heading=gettext("Change the requirement {name}").format(name=requirement),
        words=gettext("What answers it stays."),
        button=gettext("Save"),
        back=back,
    )
    return act_page(request, act, form)


@permitted(RequirementRows(), may_edit_requirement)
@require_http_methods(["GET", "POST"])
def withdraw_requirement(request: StaffRequest, requirement: Requirement) -> HttpResponse:
    form, back = forms.Form(_posted(request)), requirements_address(requirement.authority)
    if request.method == "POST" and attempted(
        form, lambda: actions.withdraw_requirement(requirement, actor=request.user)
    ):
        return done(request, gettext("The requirement is taken off the list."), back)
    act = Act(
        heading=gettext("Take the requirement {name} off the list").format(name=requirement),
        words=gettext("It is asked no more. The log keeps that it was there."),
        button=gettext("Take it off"),
        back=back,
        is_grave=True,
    )
    return act_page(request, act, form)


def _written(form: RequirementForm) -> dict[str, str]:
    found = form.cleaned_data
    return {"of": found["set"], "code": found["code"], "words": found["words"]}


@permitted(PolicyRows(), may_edit_policy)
@require_http_methods(["GET", "POST"])
def give_evidence(request: StaffRequest, policy: Policy) -> HttpResponse:
    wanted = Requirement.objects.filter(authority=policy.authority)
    form = EvidenceForm(_posted(request), wanted, policy.versions.all())
    if request.method == "POST" and attempted(
        form,
        lambda: actions.give_evidence(
            form.cleaned_data["requirement"],
            version=form.cleaned_data["version"],
            place=form.cleaned_data["place"],
            actor=request.user,
        ),
    ):
        return done(request, gettext("It is entered as evidence."), policy_address(policy) + "#requirements-heading")
    act = Act(
        heading=gettext("Which requirement “{name}” answers").format(name=policy.name),
        words=gettext("It counts from the version on, on the days on which that one or a later one is in force."),
        button=gettext("Enter it"),
        back=policy_address(policy),
    )
    return act_page(request, act, form, policy=policy)


@permitted(EvidenceRows(), may_withdraw_evidence)
@require_http_methods(["GET", "POST"])
def withdraw_evidence(request: StaffRequest, evidence: Evidence) -> HttpResponse:
    form, policy = forms.Form(_posted(request)), evidence.version.policy
    if request.method == "POST" and attempted(form, lambda: actions.withdraw_evidence(evidence, actor=request.user)):
        return done(request, gettext("It is no evidence any more."), policy_address(policy) + "#requirements-heading")
    act = Act(
        heading=gettext("“{name}” does not answer {requirement}").format(
            name=policy.name, requirement=evidence.requirement
        ),
        words=gettext("It is taken off as evidence, for every day."),
        button=gettext("Take it off"),
        back=policy_address(policy),
        is_grave=True,
    )
    return act_page(request, act, form, policy=policy)


def _posted(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None
