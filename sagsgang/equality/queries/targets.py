"""The standing targets of an authority, each with where it stands by the newest signed-off count."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sagsgang.bodies.models import Authority
from sagsgang.equality.models import Target
from sagsgang.equality.queries.series import CountedDay
from sagsgang.equality.rules.targets import Distance, distance_of


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target; `item` is the item that decided it and `version` the policy's, None where the reader may not read them."""

    row: Target
    distance: Distance
    item: UUID | None
    policy: UUID | None
    decided_by: str
    decided_on: date | None


def targets_of(authority: Authority) -> list[Target]:
    """With decision, item and policy; one query."""
    rows = Target.objects.filter(authority=authority)
    return list(rows.select_related("decision__body", "decision__item__meeting__body", "policy_version__policy"))


def target_lines(
    rows: Sequence[Target], newest: CountedDay | None, today: date, *, items: Collection[UUID], policies: Collection[UUID]
) -> list[TargetLine]:  # fmt: skip
    """In the order of the rows; `items` and `policies` are those that the reader reads."""
    return [_line(row, newest, today, items, policies) for row in rows]


def _line(
    row: Target, newest: CountedDay | None, today: date, items: Collection[UUID], policies: Collection[UUID]
) -> TargetLine:
    decision, version = row.decision, row.policy_version
    return TargetLine(
        row,
        distance(row, newest, today),
        decision.item_id if decision and decision.item_id in items else None,
        version.policy_id if version and version.policy_id in policies else None,
        (decision.body.name if decision.body else decision.stated_body) if decision else row.decided_words,
        (decision.decided_on or decision.item.meeting.held_on) if decision else None,
    )


def distance(row: Target, newest: CountedDay | None, today: date) -> Distance:
    """Where one target stands."""
    return distance_of(
        newest.values.levels.get(row.level) if newest else None,
        sex=row.sex, number=row.number, share=row.share, due_on=row.due_on, today=today,
    )  # fmt: skip
