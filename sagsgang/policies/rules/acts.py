"""What may be written of policies and their versions. Pure; each raises `RuleBrokenError`."""

from datetime import date

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

_TIERS = ("policy", "guideline", "instruction")
# What counts as an approval: the outcome "approved", or a decision whose text alone says it (an imported one).
APPROVING = ("approved", "")


def require_tier_above(tier: str, parent_tier: str | None) -> None:
    """What a policy belongs under stands on the tier just above it."""
    if parent_tier is not None and _TIERS.index(parent_tier) + 1 != _TIERS.index(tier):
        raise RuleBrokenError(_("It can only belong under something on the tier above it."))


def require_reach(reach: str, *, ground: str, has_unit: bool) -> None:
    """What is closed has a ground, and nothing else has; what is a unit's own has a unit."""
    if (reach == "closed") != bool(ground):
        raise RuleBrokenError(_("Choose why it is closed, or let it be read."))
    if reach == "unit" and not has_unit:
        raise RuleBrokenError(_("Choose the unit that may read it."))


def require_children_fit(tier: str, child_tiers: set[str]) -> None:
    """Its tier cannot be changed away from what belongs under it."""
    if any(_TIERS.index(tier) + 1 != _TIERS.index(child) for child in child_tiers):
        raise RuleBrokenError(_("Something on the tier below belongs under it: move that first."))


def require_content(*, text: str, has_file: bool) -> None:
    """A version says something."""
    if not text.strip() and not has_file:
        raise RuleBrokenError(_("Write the text of the version, or attach its file."))


def require_days(*, valid_from: date, valid_to: date | None, before: date | None) -> None:
    """Validity in order, and no version valid before the one before it."""
    if valid_to is not None and valid_to < valid_from:
        raise RuleBrokenError(_("A version cannot end before it begins."))
    if before is not None and valid_from < before:
        raise RuleBrokenError(_("A version cannot be valid from a day before the version before it."))


def require_not_approved(*, is_approved: bool) -> None:
    """What somebody has approved is not changed: the next version is."""
    if is_approved:
        raise RuleBrokenError(_("Something of this version is approved. Make a new version instead."))


def require_approving(outcome: str) -> None:
    """The decision approves."""
    if outcome not in APPROVING:
        raise RuleBrokenError(_("The decision does not approve: choose an item whose decision does."))


def require_stated(*, body: str, source: str, on: date, today: date) -> None:
    """What was approved before this system has a body, a day that has been, and a source."""
    if not body.strip() or not source.strip():
        raise RuleBrokenError(_("Write who approved it, and where that is read."))
    if on > today:
        raise RuleBrokenError(_("The day of the approval lies ahead."))
