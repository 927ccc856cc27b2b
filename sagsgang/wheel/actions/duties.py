"""Put the known statutory duties into an empty register: once, and never over what somebody has written."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body
from sagsgang.core.models import record
from sagsgang.wheel.actions.entries import EntryFacts, StepWish, add_entry
from sagsgang.wheel.models import WheelEntry
from sagsgang.wheel.rules.acts import require_empty_register
from sagsgang.wheel.rules.duties import UNSETTLED_RULE

KNOWN = Path(__file__).parent.parent / "seed" / "duties.toml"


@transaction.atomic
def seed_duties(authority: Authority, *, actor: User) -> list[WheelEntry]:
    """The duties of `seed/duties.toml` as entries of the whole organisation; their days come when a year is generated.

    A step of a path stands for the authority's first body of that kind, and is left out where it has none. Raises
    `RuleBrokenError` if the register holds, or ever held, a duty.
    """
    Authority.objects.select_for_update().get(pk=authority.pk)
    require_empty_register(holds_duties=WheelEntry.history.filter(authority=authority, is_duty=True).exists())
    bodies: dict[str, Body] = {}
    for body in Body.objects.filter(authority=authority).order_by("created_at"):
        bodies.setdefault(body.kind, body)
    made: dict[str, WheelEntry] = {}
    for known in known_duties():
        made[known["key"]] = add_entry(authority, _facts(known, bodies, made), actor=actor)
    record(actor, "seed_duties", authority, made=len(made))
    return list(made.values())


def known_duties() -> list[dict[str, Any]]:
    """The file as values, in its order; a duty stands after the one that its day leans on."""
    found: list[dict[str, Any]] = tomllib.loads(KNOWN.read_text(encoding="utf-8"))["duty"]
    return found


def _facts(known: Mapping[str, Any], bodies: Mapping[str, Body], made: Mapping[str, WheelEntry]) -> EntryFacts:
    return EntryFacts(
        title=known["title"],
        rule=known.get("rule", UNSETTLED_RULE),
        note=known["note"],
        starts_on=known.get("starts_on"),
        relative_to=made[known["after"]] if "after" in known else None,
        is_deadline=known.get("is_deadline", False),
        is_budget=known.get("is_budget", False),
        lead_days=known["lead_days"],
        is_duty=True,
        law=known["law"],
        source=known["source"],
        evidence_wanted=known["evidence"],
        valid_from=known.get("valid_from"),
        valid_to=known.get("valid_to"),
        steps=[StepWish(bodies[kind], purpose) for kind, purpose in known.get("path", ()) if kind in bodies],
    )
