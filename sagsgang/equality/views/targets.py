"""Targets (måltal): where each stands by the newest signed-off count; setting, changing and taking one off."""

from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Authority
from sagsgang.equality import actions
from sagsgang.equality.forms import TargetForm
from sagsgang.equality.models import Target
from sagsgang.equality.permissions import (
    EqualityAuthorities,
    TargetRows,
    may_keep_figures,
    may_keep_target,
    may_see_authority,
)
from sagsgang.equality.queries.national import national_years
from sagsgang.equality.queries.series import counted_days
from sagsgang.equality.queries.targets import target_lines, targets_of
from sagsgang.equality.rendering.plots import plots_beside
from sagsgang.equality.rules.levels import level_name
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.policies.permissions import PolicyRows, VersionRows, decided_items, readable_items
from sagsgang.policies.queries.choices import approving_items, newest


@permitted(EqualityAuthorities(), may_see_authority)
@require_safe
def targets(request: StaffRequest, authority: Authority) -> HttpResponse:
    rows = targets_of(authority)
    days = counted_days(authority)
    items = readable_items(request.user, {row.decision.item_id for row in rows if row.decision})
    policies = set(PolicyRows().visible_to(request.user).filter(authority=authority).values_list("pk", flat=True))
    aimed = {f"level-{row.level}" for row in rows}
    context = {
        "authority": authority,
        "lines": [
            (capital(level_name(line.row.level)), line)
            for line in target_lines(rows, days[-1] if days else None, localdate(), items=items, policies=policies)
        ],
        "newest": days[-1] if days else None,
        "plots": [(key, plot) for key, plot in plots_beside(days, national_years(), rows) if key in aimed],
        "may_keep": may_keep_figures(request.user, authority),
    }
    return render(request, "equality/targets.html", context)


@permitted(EqualityAuthorities(), may_keep_figures)
@require_http_methods(["GET", "POST"])
def set_target(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = _form(request, authority, None)
    if request.method == "POST" and attempted(
        form, lambda: actions.set_target(authority, form.facts, actor=request.user)
    ):
        return done(request, gettext("The target is set."), _list(authority))
    act = Act(
        gettext("Set a target"),
        gettext("A target is reached when both its number and its share are."),
        gettext("Save the target"), _list(authority),
    )  # fmt: skip
    return _act(request, act, form)


@permitted(TargetRows(), may_keep_target)
@require_http_methods(["GET", "POST"])
def change_target(request: StaffRequest, target: Target) -> HttpResponse:
    form = _form(request, target.authority, target)
    if request.method == "POST" and attempted(
        form, lambda: actions.change_target(target, form.facts, actor=request.user)
    ):
        return done(request, gettext("It is saved."), _list(target.authority))
    act = Act(
        gettext("Change the target"), capital(level_name(target.level)), gettext("Save the target"),
        _list(target.authority),
    )  # fmt: skip
    return _act(request, act, form)


@permitted(TargetRows(), may_keep_target)
@require_http_methods(["GET", "POST"])
def withdraw_target(request: StaffRequest, target: Target) -> HttpResponse:
    if request.method == "POST":
        actions.withdraw_target(target, actor=request.user)
        return done(request, gettext("The target is taken off the list."), _list(target.authority))
    act = Act(
        gettext("Take the target off the list"), capital(level_name(target.level)), gettext("Take it off"),
        _list(target.authority), is_grave=True,
    )  # fmt: skip
    return _act(request, act, forms.Form())


def _form(request: StaffRequest, authority: Authority, target: Target | None) -> TargetForm:
    """With the decisions and policies that she reads, and those that the target has, if she reads them."""
    readable = decided_items(request.user)
    items = newest(approving_items(readable, authority))
    if target is not None and target.decision is not None:
        own = readable.filter(pk=target.decision.item_id).values("pk")
        items = AgendaItem.objects.filter(
            pk__in=[*items.values_list("pk", flat=True), *own.values_list("pk", flat=True)]
        )
        items = items.select_related("meeting__body", "parent").order_by("-meeting__held_on", "position")
    versions = VersionRows().visible_to(request.user).filter(policy__authority=authority)
    return TargetForm(
        request.POST if request.method == "POST" else None,
        items=items,
        versions=versions.order_by("policy__name", "-number"),
        target=target,
    )


def capital(words: str) -> str:
    """As at the start of a line."""
    return words[:1].upper() + words[1:]


def _act(request: StaffRequest, act: Act, form: forms.Form) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "equality/act.html", {"act": act, "form": form}, status=status)


def _list(authority: Authority) -> str:
    return reverse("equality:targets", args=[authority.pk])
