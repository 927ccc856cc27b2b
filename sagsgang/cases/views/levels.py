"""Who approves for a unit: the list of units, and the levels of one."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.accounts.models import User
from sagsgang.bodies.models import Unit
from sagsgang.cases.actions import levels as acts
from sagsgang.cases.forms.approval import LevelForm, RemoveLevelForm
from sagsgang.cases.models import ApprovalLevel
from sagsgang.cases.permissions import UnitRows, may_edit_levels
from sagsgang.cases.queries.levels import LevelRows, level_lines, may_edit_level, unit_lines
from sagsgang.cases.queries.lists import colleagues
from sagsgang.core.errors import RuleBrokenError


@signed_in
@require_safe
def units(request: StaffRequest) -> HttpResponse:
    return render(request, "cases/units.html", {"units": unit_lines(request.user), "here": "units"})


@permitted(UnitRows(), may_edit_levels)
@require_safe
def edit_levels(request: StaffRequest, unit: Unit) -> HttpResponse:
    return _page(request, unit)


@permitted(UnitRows(), may_edit_levels)
@require_http_methods(["GET", "POST"])
def add_level(request: StaffRequest, unit: Unit) -> HttpResponse:
    form = LevelForm(request.POST, _people(unit), prefix="new")
    return _act(
        request, unit, form, lambda: acts.add_level(unit, actor=request.user, **form.cleaned_data),
        gettext("The level is added."),
    )  # fmt: skip


@permitted(LevelRows(), may_edit_level)
@require_http_methods(["GET", "POST"])
def edit_level(request: StaffRequest, level: ApprovalLevel) -> HttpResponse:
    form = LevelForm(request.POST, _people(level.unit), prefix=level.pk.hex)
    return _act(
        request, level.unit, form, lambda: acts.edit_level(level, actor=request.user, **form.cleaned_data),
        gettext("The level is saved."), level.pk,
    )  # fmt: skip


@permitted(LevelRows(), may_edit_level)
@require_POST
def move_level(request: StaffRequest, level: ApprovalLevel) -> HttpResponse:
    try:
        acts.move_level(level, up=request.POST.get("to") == "up", actor=request.user)
        messages.success(request, gettext("The level is moved."))
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:edit-levels", level.unit_id)


@permitted(LevelRows(), may_edit_level)
@require_http_methods(["GET", "POST"])
def remove_level(request: StaffRequest, level: ApprovalLevel) -> HttpResponse:
    form = RemoveLevelForm(request.POST, prefix=f"out{level.pk.hex}")
    return _act(
        request, level.unit, form, lambda: acts.remove_level(level, actor=request.user),
        gettext("The level is removed."), level.pk,
    )  # fmt: skip


def _act(
    request: StaffRequest,
    unit: Unit,
    form: forms.Form,
    do: Callable[[], object],
    notice: str,
    at: UUID | None = None,
) -> HttpResponse:
    if request.method == "POST":
        try:
            if form.is_valid():
                do()
                messages.success(request, notice)
                return redirect("cases:edit-levels", unit.pk)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        return _page(request, unit, form, at)
    return redirect("cases:edit-levels", unit.pk)


def _people(unit: Unit) -> list[User]:
    return list(colleagues(unit.authority))


def _page(request: StaffRequest, unit: Unit, refused: forms.Form | None = None, at: UUID | None = None) -> HttpResponse:
    people = _people(unit)
    lines, above = level_lines(unit)
    desks = [(line, *_forms(line.level, people, refused if line.level.pk == at else None)) for line in lines]
    context = {
        "unit": unit,
        "desks": desks,
        "above": above,
        "new": refused if refused is not None and at is None else LevelForm(None, people, prefix="new"),
        "here": "units",
    }
    return render(
        request, "cases/levels.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    )


def _forms(level: ApprovalLevel, people: list[User], refused: forms.Form | None) -> tuple[forms.Form, forms.Form]:
    """The forms to change and to remove a level; the refused one as it was typed."""
    initial = {"name": level.name, "approver": level.approver_id, "deputy": level.deputy_id}
    change: forms.Form = LevelForm(None, people, prefix=level.pk.hex, initial=initial)
    remove: forms.Form = RemoveLevelForm(None, prefix=f"out{level.pk.hex}")
    if isinstance(refused, LevelForm):
        change = refused
    elif refused is not None:
        remove = refused
    return change, remove
