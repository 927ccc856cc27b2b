"""Where many cases stand in their approval, in a fixed number of queries: for lists and for a whole agenda."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from sagsgang.bodies.models import Unit
from sagsgang.cases.models import ApprovalLevel, Case, FrozenBy, Presentation
from sagsgang.cases.rules.approval import EventFact, standing


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """``approved``, ``in_approval`` or ``draft``, and of one in approval the name of who it waits for."""

    state: str
    waits_for: str = ""

    @property
    def is_approved(self) -> bool:
        """May it come on an agenda?"""
        return self.state == "approved"


def standings_of(cases: Iterable[Case]) -> dict[UUID, CaseStanding]:
    """Each case's standing by its newest version; words taken in from outside were approved there."""
    wanted = list(cases)
    newest = _newest_versions(wanted)
    levels = _Levels(wanted)
    return {case.pk: _standing(newest.get(case.pk), levels.of(case.unit_id)) for case in wanted}


def _standing(version: Presentation | None, levels: list[ApprovalLevel]) -> CaseStanding:
    if version is None:
        return CaseStanding("draft")
    if version.frozen_by == FrozenBy.IMPORTED:
        return CaseStanding("approved")
    events = [EventFact(event.verdict, event.level) for event in version.approval_events.all()]
    found = standing(events, [level.position for level in levels])
    waits = [level for level in levels if level.position == found.level]
    return CaseStanding(found.state, f"{waits[0].name}, {waits[0].approver}" if waits else "")


def _newest_versions(cases: list[Case]) -> dict[UUID, Presentation]:
    """The draft, else the newest frozen version of each case's own; those of sub-items from outside are not its."""
    rows = (
        Presentation.objects.filter(case__in=cases, replaced_by=None)
        .own()
        .prefetch_related("approval_events")
        .order_by(F("frozen_at").asc(nulls_last=True), "number", "created_at")
    )
    return {row.case_id: row for row in rows}


class _Levels:
    """The levels of every unit of the cases' authorities, each unit's own or those of the nearest unit above."""

    def __init__(self, cases: list[Case]) -> None:
        authorities = {case.authority_id for case in cases}
        units = Unit.objects.filter(authority__in=authorities).values_list("pk", "parent_id")
        self._parents: dict[UUID, UUID | None] = dict(units)
        self._own: dict[UUID, list[ApprovalLevel]] = {}
        for level in ApprovalLevel.objects.filter(unit__authority__in=authorities).select_related("approver"):
            self._own.setdefault(level.unit_id, []).append(level)

    def of(self, unit: UUID | None) -> list[ApprovalLevel]:
        """The levels that a unit's cases pass, lowest first."""
        while unit is not None:
            if unit in self._own:
                return self._own[unit]
            unit = self._parents.get(unit)
        return []
