"""The register: every policy with what is in force of it today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sagsgang.policies.models import Policy, PolicyVersion
from sagsgang.policies.queries.facts import facts_of
from sagsgang.policies.rules import in_force, is_overdue
from sagsgang.policies.shapes import Approved


@dataclass(frozen=True, slots=True)
class Registered:
    """A policy as the register lists it; `parts` counts newer parts in force beside the version."""

    policy: Policy
    version: PolicyVersion | None
    approved: Approved | None
    parts: int
    is_overdue: bool
    is_withdrawn: bool


def registered(policies: QuerySet[Policy], on: date) -> list[Registered]:
    """Each of them, in the order given; four queries."""
    rows = list(policies)
    held = facts_of(rows)
    lines = []
    for policy in rows:
        own = held[policy.pk]
        found = in_force(own.facts, on, policy.withdrawn_on)
        version = own.rows[found.version.number] if found and found.version else None
        lines.append(
            Registered(
                policy,
                version,
                found.approved if found else None,
                len(found.parts) if found else 0,
                is_overdue(policy.review_on, on, policy.withdrawn_on),
                policy.withdrawn_on is not None and policy.withdrawn_on <= on,
            )
        )
    return lines
