"""The register of policies: filtered, sorted; and how one is entered, changed, withdrawn and taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.policies import actions
from sagsgang.policies.forms import PolicyForm, RegisterForm, WithdrawForm
from sagsgang.policies.models import Policy, Tier
from sagsgang.policies.permissions import (
    PolicyHouses,
    PolicyRows,
    may_add_policy,
    may_edit_policy,
    may_keep_policies,
    may_see_policies,
)
from sagsgang.policies.queries.register import Registered, registered
from sagsgang.policies.views.addresses import act_page, policy_address, register_address

_TIERS = list(Tier.values)
_FAR = date.max
# Rows come in Danish order of their names, and sorting keeps it among equals.
_KEYS: dict[str, Any] = {
    "tier": lambda row: _TIERS.index(row.policy.tier),
    "owner": lambda row: (row.policy.unit.name if row.policy.unit else "\uffff").casefold(),
    "version": lambda row: row.version.number if row.version else 0,
    "approved": lambda row: row.approved.on if row.approved else date.min,
    "review": lambda row: row.policy.review_on or _FAR,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column by which the table can be sorted; `aria_sort` is "", "ascending" or "descending"."""

    label: str
    aria_sort: str
    query: str


def house_of(request: StaffRequest) -> tuple[Authority, list[Authority]]:
    """The authority that the address names, or the first; and all that she sees."""
    houses = list(PolicyHouses().visible_to(request.user).order_by(DanishKey("name")))
    wished = request.GET.get("authority", "")
    return next((house for house in houses if str(house.pk) == wished), houses[0]), houses


@permitted_to(may_see_policies)
@require_safe
def policies(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    form = RegisterForm(request.GET, authority)
    form.is_valid()  # what is no choice of ours is said in the form, and all is shown
    found = form.cleaned_data
    rows = PolicyRows().visible_to(request.user).filter(authority=authority).order_by(DanishKey("name"))
    every = registered(rows, localdate())
    shown = _sorted(_chosen(every, found), found)
    keep = {name: request.GET.get(name, "") for name in ("authority", "tier", "unit", "overdue")}
    context = {
        "authority": authority,
        "authorities": houses if len(houses) > 1 else [],
        "form": form,
        "rows": shown,
        "total": len(every),
        "overdue": sum(row.is_overdue for row in every),
        "columns": _columns(keep, found.get("sort") or "name", found.get("order") or "asc"),
        "may_add": may_add_policy(request.user, authority),
        "today": localdate(),
        "readable": {row.policy.pk for row in every},
    }
    return render(request, "policies/policies.html", context)


def _chosen(rows: list[Registered], found: dict[str, Any]) -> list[Registered]:
    tier, unit = found.get("tier"), found.get("unit")
    return [
        row
        for row in rows
        if (not tier or row.policy.tier == tier)
        and (not unit or row.policy.unit_id == unit.pk)
        and (not found.get("overdue") or row.is_overdue)
    ]


def _sorted(rows: list[Registered], found: dict[str, Any]) -> list[Registered]:
    key = _KEYS.get(found.get("sort") or "name")
    is_down = found.get("order") == "desc"
    if key is None:
        return rows[::-1] if is_down else rows
    return sorted(rows, key=key, reverse=is_down)


def _columns(keep: dict[str, str], sort: str, order: str) -> list[Column]:
    labels = {
        "name": gettext("Name"),
        "tier": gettext("Tier"),
        "owner": gettext("Owner"),
        "version": gettext("Version in force"),
        "approved": pgettext("policy", "Approved"),
        "review": gettext("Next review"),
    }
    columns = []
    for name, label in labels.items():
        aria = {"asc": "ascending", "desc": "descending"}[order] if name == sort else ""
        query = keep | {"sort": name, "order": "desc" if aria == "ascending" else "asc"}
        columns.append(Column(label, aria, urlencode({key: value for key, value in query.items() if value})))
    return columns


@permitted(PolicyHouses(), may_add_policy)
@require_http_methods(["GET", "POST"])
def add_policy(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = PolicyForm(_posted(request), authority, _parents(request, authority), units=_units_of(request, authority))
    made: list[Policy] = []
    if request.method == "POST" and attempted(
        form, lambda: made.append(actions.add_policy(authority, form.facts, actor=request.user))
    ):
        return done(request, gettext("It is in the register. Write its first version."), policy_address(made[0]))
    act = Act(
        heading=gettext("Enter a policy in the register"),
        words=gettext("The register says which version was in force when, and who approved it."),
        button=gettext("Enter it"),
        back=register_address(authority),
    )
    return act_page(request, act, form)


@permitted(PolicyRows(), may_edit_policy)
@require_http_methods(["GET", "POST"])
def edit_policy(request: StaffRequest, policy: Policy) -> HttpResponse:
    parents, units = _parents(request, policy.authority), _units_of(request, policy.authority)
    form = PolicyForm(_posted(request), policy.authority, parents, units=units, policy=policy)
    if request.method == "POST" and attempted(
        form, lambda: actions.edit_policy(policy, form.facts, actor=request.user)
    ):
        return done(request, gettext("It is saved."), policy_address(policy))
    act = Act(
        heading=gettext("Change “{name}”").format(name=policy.name),
        words=gettext("Versions and approvals are not touched."),
        button=gettext("Save"),
        back=policy_address(policy),
    )
    return act_page(request, act, form, policy=policy)


@permitted(PolicyRows(), may_edit_policy)
@require_http_methods(["GET", "POST"])
def withdraw_policy(request: StaffRequest, policy: Policy) -> HttpResponse:
    form = WithdrawForm(_posted(request))
    if request.method == "POST" and attempted(
        form, lambda: actions.withdraw_policy(policy, on=form.cleaned_data["on"], actor=request.user)
    ):
        return done(request, gettext("It is withdrawn. It can be taken back from its page."), policy_address(policy))
    act = Act(
        heading=gettext("Withdraw “{name}”").format(name=policy.name),
        words=gettext("From the day on nothing of it is in force. It stays in the register with all that it has been."),
        button=gettext("Withdraw it"),
        back=policy_address(policy),
        is_grave=True,
    )
    return act_page(request, act, form, policy=policy)


@permitted(PolicyRows(), may_edit_policy)
@require_http_methods(["GET", "POST"])
def restore_policy(request: StaffRequest, policy: Policy) -> HttpResponse:
    form = forms.Form(_posted(request))
    if request.method == "POST" and attempted(form, lambda: actions.restore_policy(policy, actor=request.user)):
        return done(request, gettext("The withdrawal is taken back."), policy_address(policy))
    act = Act(
        heading=gettext("Take back the withdrawal of “{name}”").format(name=policy.name),
        words=gettext("What was in force before the withdrawal is in force again, as if it had not been."),
        button=gettext("Take it back"),
        back=policy_address(policy),
    )
    return act_page(request, act, form, policy=policy)


def _posted(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _parents(request: StaffRequest, authority: Authority) -> QuerySet[Policy]:
    return PolicyRows().visible_to(request.user).filter(authority=authority)


def _units_of(request: StaffRequest, authority: Authority) -> QuerySet[Unit] | None:
    """Her own units; None = all of the authority's, for who keeps every policy."""
    if may_keep_policies(request.user, authority):
        return None
    return Unit.objects.filter(authority=authority, staff__user=request.user)
