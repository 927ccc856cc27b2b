"""The versions of policies as plain values, with who approved them: what the rules reckon with."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sagsgang.meetings.models import Decision, HaltRequest
from sagsgang.policies.models import Policy, PolicyApproval, PolicyPart, PolicyVersion
from sagsgang.policies.rules.acts import APPROVING
from sagsgang.policies.shapes import Approved, VersionFacts


@dataclass(frozen=True, slots=True)
class Held:
    """A policy's versions as rows and as facts, by number."""

    rows: dict[int, PolicyVersion]
    facts: tuple[VersionFacts, ...]


def facts_of(policies: Iterable[Policy]) -> dict[UUID, Held]:
    """What each policy has, by its id; three queries, whatever there is."""
    ids = [policy.pk for policy in policies]
    parts: dict[UUID, list[str]] = {}
    for version_id, name in PolicyPart.objects.filter(version__policy__in=ids).values_list("version", "name"):
        parts.setdefault(version_id, []).append(name)
    approvals: dict[UUID, list[Approved]] = {}
    for row in _approvals().filter(version__policy__in=ids):
        approvals.setdefault(row.version_id, []).append(_approved(row))
    rows: dict[UUID, dict[int, PolicyVersion]] = {pk: {} for pk in ids}
    facts: dict[UUID, list[VersionFacts]] = {pk: [] for pk in ids}
    for version in PolicyVersion.objects.filter(policy__in=ids).select_related("file").order_by("number"):
        rows[version.policy_id][version.number] = version
        given = sorted(approvals.get(version.pk, ()), key=lambda one: one.on)
        named = tuple(parts.get(version.pk, ()))
        facts[version.policy_id].append(
            VersionFacts(version.number, version.valid_from, version.valid_to, tuple(given), named)
        )
    return {pk: Held(rows[pk], tuple(facts[pk])) for pk in ids}


def _approvals() -> QuerySet[PolicyApproval]:
    """With the newest version of each decision: what was corrected counts as it was corrected."""
    newest = Decision.objects.filter(item=OuterRef("decision__item"), position=OuterRef("decision__position"))
    newest = newest.order_by("-version")
    halted = HaltRequest.objects.filter(item=OuterRef("decision__item"))
    return PolicyApproval.objects.select_related(
        "part", "decision__body", "decision__item__meeting__body", "decision__item__parent"
    ).annotate(
        outcome_now=Subquery(newest.values("outcome")[:1]),
        decided_now=Coalesce(Subquery(newest.values("decided_on")[:1]), F("decision__item__meeting__held_on")),
        is_halted=Exists(halted),
    )


def _approved(row: Any) -> Approved:
    part = row.part.name if row.part else ""
    decision = row.decision
    if decision is None:
        return Approved(row.stated_on, row.stated_body, part, key=row.pk, source=row.source)
    item = decision.item
    return Approved(
        on=row.decided_now,
        body=decision.body.name if decision.body else decision.stated_body,
        part=part,
        counts=row.outcome_now in APPROVING and not row.is_halted,
        key=row.pk,
        decision=decision.pk,
        item=item.pk,
        meeting=item.meeting_id,
        number=f"{item.parent.number}.{item.number}" if item.parent else item.number,
        outcome=row.outcome_now,
        is_closed=item.is_closed or (item.parent is not None and item.parent.is_closed),
    )


def policies_named(name: str) -> list[Policy]:
    """The policies of this name in every authority, whatever the size of its letters."""
    rows = Policy.objects.filter(Q(name__iexact=name)).select_related("authority")
    return list(rows.order_by("authority__name"))


def policy_names() -> list[str]:
    """Every name, once."""
    return list(Policy.objects.order_by("name").values_list("name", flat=True).distinct())
