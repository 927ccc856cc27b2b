"""The page of a policy, its versions and their files; how a version is written and approved."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.asking import searched
from sagsgang.documents import storage
from sagsgang.documents.intake import take_file
from sagsgang.documents.queries import version_is_refused
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows, may_see_item
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.policies import actions
from sagsgang.policies.forms import ApprovalForm, StatedApprovalForm, VersionForm
from sagsgang.policies.models import Policy, PolicyApproval, PolicyVersion, Reach
from sagsgang.policies.permissions import (
    ApprovalRows,
    PolicyRows,
    VersionRows,
    decided_items,
    may_edit_policy,
    may_edit_version,
    may_see_policy,
    may_see_version,
    may_withdraw_approval,
    readable_items,
)
from sagsgang.policies.queries.choices import approving_items, at_item, newest
from sagsgang.policies.queries.evidence import evidence_on
from sagsgang.policies.queries.facts import facts_of
from sagsgang.policies.rendering.shown import items_of, shown_versions
from sagsgang.policies.rules import gaps, in_force, is_overdue
from sagsgang.policies.views.addresses import act_page, policy_address, register_address


@permitted(PolicyRows(), may_see_policy)
@require_safe
def policy(request: StaffRequest, policy: Policy) -> HttpResponse:
    today = localdate()
    held = facts_of([policy])[policy.pk]
    readable = readable_items(request.user, items_of(held.facts))
    found = in_force(held.facts, today, policy.withdrawn_on)
    near = PolicyRows().visible_to(request.user).filter(Q(parent=policy) | Q(pk=policy.parent_id))
    named = {one.pk: one for one in near}
    if policy.reach == Reach.CLOSED:
        actions.log_policy_reading(policy, actor=request.user)
    context = {
        "policy": policy,
        "register": register_address(policy.authority),
        "parent": named.get(policy.parent_id) if policy.parent_id else None,
        "children": [one for one in named.values() if one.parent_id == policy.pk],
        "versions": shown_versions(held, today, readable, policy.withdrawn_on),
        "now": found,
        "now_row": held.rows[found.version.number] if found and found.version else None,
        "gaps": gaps(held.facts, today, policy.withdrawn_on),
        "lines": evidence_on(
            policy.authority, today, readable=Policy.objects.filter(pk=policy.pk), policy=policy, known=held
        ),
        "is_overdue": is_overdue(policy.review_on, today, policy.withdrawn_on),
        "may_edit": may_edit_policy(request.user, policy),
        "today": today,
    }
    return render(request, "policies/policy.html", context)


@permitted(AgendaRows(), may_see_item)
@require_safe
def policies_at_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    """What was approved at the item and its sub-items, of the policies that she may read; a part of the item's page."""
    rows = list(ApprovalRows().visible_to(request.user).filter(at_item(item)).order_by("created_at"))
    shown = readable_items(request.user, {row.decision.item_id for row in rows if row.decision})
    context = {"item": item, "approvals": [row for row in rows if row.decision and row.decision.item_id in shown]}
    if "HX-Request" in request.headers:
        return render(request, "policies/at_item.html#part", context)
    return render(request, "policies/at_item.html", context)


@permitted(VersionRows(), may_see_version)
@require_safe
def open_policy_file(request: StaffRequest, version: PolicyVersion) -> FileResponse:
    file = version.file
    if file is None or version_is_refused(file) or not storage.house().holds(file.sha256):
        raise Http404
    if version.policy.reach == Reach.CLOSED:
        actions.log_policy_reading(version.policy, actor=request.user)
    content = storage.house().path(file.sha256).open("rb")
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media_type)


@permitted(PolicyRows(), may_edit_policy)
@require_http_methods(["GET", "POST"])
def add_policy_version(request: StaffRequest, policy: Policy) -> HttpResponse:
    form = VersionForm(_posted(request), request.FILES or None, policy=policy)
    made: list[PolicyVersion] = []
    if request.method == "POST" and attempted(
        form,
        lambda: made.append(actions.add_policy_version(policy, form.written(_taken(form)), actor=request.user)),
    ):
        notice = gettext("The version is written. It is in force when it is approved and valid.")
        return done(request, notice, policy_address(policy, made[0].number))
    act = Act(
        heading=gettext("A new version of “{name}”").format(name=policy.name),
        words=gettext("It can be changed until something of it is approved."),
        button=gettext("Save the version"),
        back=policy_address(policy),
    )
    return act_page(request, act, form, policy=policy)


@permitted(VersionRows(), may_edit_version)
@require_http_methods(["GET", "POST"])
def edit_policy_version(request: StaffRequest, version: PolicyVersion) -> HttpResponse:
    form = VersionForm(_posted(request), request.FILES or None, policy=version.policy, version=version)
    if request.method == "POST" and attempted(
        form, lambda: actions.edit_policy_version(version, form.written(_taken(form)), actor=request.user)
    ):
        return done(request, gettext("It is saved."), policy_address(version.policy, version.number))
    act = Act(
        heading=gettext("Change version {number} of “{name}”").format(number=version.number, name=version.policy.name),
        words=gettext("It can be changed until something of it is approved."),
        button=gettext("Save the version"),
        back=policy_address(version.policy, version.number),
    )
    return act_page(request, act, form, policy=version.policy)


@permitted(VersionRows(), may_edit_version)
@require_http_methods(["GET", "POST"])
def approve_policy_version(request: StaffRequest, version: PolicyVersion) -> HttpResponse:
    words = searched(request)
    items = newest(approving_items(decided_items(request.user), version.policy.authority, words))
    form = ApprovalForm(_posted(request), version, items)
    if request.method == "POST" and attempted(
        form,
        lambda: actions.record_policy_approval(
            version, item=form.cleaned_data["item"], part=form.chosen_part, actor=request.user
        ),
    ):
        return done(request, gettext("The approval is entered."), policy_address(version.policy, version.number))
    act = Act(
        heading=gettext("Who approved version {number} of “{name}”").format(
            number=version.number, name=version.policy.name
        ),
        words=gettext("Body and day are read from the decision. If the decision is corrected, the approval follows."),
        button=gettext("Enter the approval"),
        back=policy_address(version.policy, version.number),
    )
    return act_page(request, act, form, policy=version.policy, version=version, words=words, finds_items=True)


@permitted(VersionRows(), may_edit_version)
@require_http_methods(["GET", "POST"])
def state_policy_approval(request: StaffRequest, version: PolicyVersion) -> HttpResponse:
    form = StatedApprovalForm(_posted(request), version)
    if request.method == "POST" and attempted(
        form,
        lambda: actions.state_policy_approval(
            version,
            body=form.cleaned_data["body"],
            on=form.cleaned_data["on"],
            source=form.cleaned_data["source"],
            part=form.chosen_part,
            actor=request.user,
        ),
    ):
        return done(request, gettext("The approval is entered."), policy_address(version.policy, version.number))
    act = Act(
        heading=gettext("Who approved version {number} before this system").format(number=version.number),
        words=gettext("Only for what was decided outside this system. The source is shown to the auditor."),
        button=gettext("Enter the approval"),
        back=policy_address(version.policy, version.number),
    )
    return act_page(request, act, form, policy=version.policy)


@permitted(ApprovalRows(), may_withdraw_approval)
@require_http_methods(["GET", "POST"])
def withdraw_policy_approval(request: StaffRequest, approval: PolicyApproval) -> HttpResponse:
    form, version = forms.Form(_posted(request)), approval.version
    if request.method == "POST" and attempted(
        form, lambda: actions.withdraw_policy_approval(approval, actor=request.user)
    ):
        return done(request, gettext("The approval is taken off."), policy_address(version.policy, version.number))
    act = Act(
        heading=gettext("Take the approval off version {number}").format(number=version.number),
        words=gettext("Only where it was entered by mistake. The log keeps that it was entered."),
        button=gettext("Take it off"),
        back=policy_address(version.policy, version.number),
        is_grave=True,
    )
    return act_page(request, act, form, policy=version.policy)


def _posted(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _taken(form: VersionForm) -> Any:
    """The file, examined and kept; its refusal becomes the form's error."""
    upload = form.cleaned_data["file"]
    return take_file(upload) if upload else None
