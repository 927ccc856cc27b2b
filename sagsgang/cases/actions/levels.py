"""Say who approves for a unit: levels in, out, moved, and who speaks at each.

An event remembers the position of its level. A position is therefore never used twice in an authority: a level that
is new or was moved gets a fresh one, so that nobody's approval is read as another's.
"""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Unit
from sagsgang.cases.models import ApprovalEvent, ApprovalLevel
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record


@transaction.atomic
def add_level(unit: Unit, *, name: str, approver: User, deputy: User | None = None, actor: User) -> ApprovalLevel:
    """A new level above those that the unit has. What waits for approval now waits for it as well."""
    unit = _locked(unit)
    _require_two(approver, deputy)
    level = ApprovalLevel.objects.create(
        unit=unit, position=_fresh(unit), name=name.strip(), approver=approver, deputy=deputy
    )
    record(actor, "add_level", unit, level=str(level.pk), position=level.position, **_people(level))
    return level


@transaction.atomic
def edit_level(level: ApprovalLevel, *, name: str, approver: User, deputy: User | None = None, actor: User) -> None:
    """Give the level another name, approver or deputy. What was approved at it stands, under the name of who did it."""
    unit = _locked(level.unit)
    level = _standing(level)
    _require_two(approver, deputy)
    level.name, level.approver, level.deputy = name.strip(), approver, deputy
    level.save()
    record(actor, "edit_level", unit, level=str(level.pk), **_people(level))


@transaction.atomic
def move_level(level: ApprovalLevel, *, up: bool, actor: User) -> None:
    """Change places with the neighbour. Both, and the levels above them, are asked again in what waits now."""
    unit = _locked(level.unit)
    level = _standing(level)
    levels = list(unit.levels.all())
    here = [row.pk for row in levels].index(level.pk)
    there = here + (1 if up else -1)
    if not 0 <= there < len(levels):
        return
    levels[here], levels[there] = levels[there], levels[here]
    for position, row in enumerate(levels[min(here, there) :], start=_fresh(unit)):
        ApprovalLevel.objects.filter(pk=row.pk).update(position=position)
    record(actor, "move_level", unit, level=str(level.pk), place=there + 1)


@transaction.atomic
def remove_level(level: ApprovalLevel, *, actor: User) -> None:
    """Take the level out. What waits for it goes on to the next; after the last level it is approved."""
    unit = _locked(level.unit)
    level = _standing(level)
    record(actor, "remove_level", unit, level=str(level.pk), position=level.position, **_people(level))
    level.delete()


def _locked(unit: Unit) -> Unit:
    return Unit.objects.select_for_update().get(pk=unit.pk)


def _standing(level: ApprovalLevel) -> ApprovalLevel:
    found = ApprovalLevel.objects.filter(pk=level.pk).first()
    if found is None:
        raise RuleBrokenError(_("The level has been removed in the meantime."))
    return found


def _fresh(unit: Unit) -> int:
    authority = unit.authority_id
    used = (
        ApprovalLevel.objects.filter(unit__authority=authority).aggregate(top=Max("position"))["top"],
        ApprovalEvent.objects.filter(presentation__case__authority=authority).aggregate(top=Max("level"))["top"],
    )
    return max(position or 0 for position in used) + 1


def _require_two(approver: User, deputy: User | None) -> None:
    if deputy is not None and deputy.pk == approver.pk:
        raise RuleBrokenError(_("The deputy must be somebody else than the approver."))


def _people(level: ApprovalLevel) -> dict[str, str]:
    people = {"approver": str(level.approver_id)}
    return people | {"deputy": str(level.deputy_id)} if level.deputy_id else people
