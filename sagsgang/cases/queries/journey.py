"""The way of a case as it was and as it is planned: its steps, and what each body made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from sagsgang.bodies.models import Body
from sagsgang.cases.models import ApprovalEvent, Case, PathStep, Presentation
from sagsgang.cases.queries.versions import own_versions
from sagsgang.cases.rules.states import ItemFact


@dataclass(frozen=True, slots=True)
class Treatment:
    """One item of the case on one agenda: where, when, and what was decided."""

    item_id: UUID
    step_id: UUID | None
    body: Body
    held_on: date
    number: str
    is_sub_item: bool
    is_sent: bool
    is_decided: bool
    outcome: str
    outcome_words: str

    @property
    def fact(self) -> ItemFact:
        """What the rules of states need of it."""
        return ItemFact(is_sent=self.is_sent, is_decided=self.is_decided, outcome=self.outcome)


@dataclass(frozen=True, slots=True)
class Stop:
    """One place on the drawn path: a planned step, what became of it, or a treatment outside the plan."""

    body: Body
    on: date | None
    step: PathStep | None
    treatment: Treatment | None

    @property
    def state(self) -> str:
        """``done``, ``here`` (on an agenda), ``planned`` or ``open`` (no meeting chosen)."""
        if self.treatment:
            return "done" if self.treatment.is_decided else "here"
        return "planned" if self.on else "open"


def newest_version(case: Case) -> Presentation | None:
    """The draft, else the newest frozen version, with `events` (verdict and level of each word in its approval).

    One query.
    """
    spoken = ApprovalEvent.objects.filter(presentation=OuterRef("pk")).order_by("number")
    heads = (
        own_versions(case)
        .filter(replaced_by=None)
        .annotate(events=ArraySubquery(spoken.values(said=JSONObject(verdict="verdict", level="level"))))
    )
    rows = sorted(heads, key=lambda row: (row.is_draft, row.frozen_at or row.created_at))
    return rows[-1] if rows else None


def treatments(case: Case) -> list[Treatment]:
    """Every standing item of the case, in the order of the meetings; one query."""
    items = case.agenda_items.filter(withdrawn_at=None).exclude(parent__case=F("case"))
    own = Q(Q(decisions__body=F("meeting__body")) | Q(decisions__body=None)) & Q(
        Q(decisions__decided_on=F("meeting__held_on")) | Q(decisions__decided_on=None), decisions__isnull=False
    )
    rows = (
        items.select_related("meeting__body")
        .annotate(outcomes=ArrayAgg("decisions__outcome", filter=own, order_by="decisions__version"))
        .order_by("meeting__held_on", "meeting__starts", "position")
    )
    decisions: Any = rows.model._meta.get_field("decisions").related_model
    words = dict(decisions._meta.get_field("outcome").flatchoices)
    return [_treatment(item, words) for item in rows]


def _treatment(item: Any, words: dict[str, object]) -> Treatment:
    """One annotated item; the last outcome is the newest version's."""
    outcome = item.outcomes[-1] if item.outcomes else ""
    return Treatment(
        item_id=item.pk,
        step_id=item.step_id,
        body=item.meeting.body,
        held_on=item.meeting.held_on,
        number=item.number,
        is_sub_item=item.parent_id is not None,
        is_sent=item.meeting.agenda_sent_at is not None,
        is_decided=bool(item.outcomes),
        outcome=outcome,
        outcome_words=str(words.get(outcome, "")),
    )


def stops_of(steps: Iterable[PathStep], treated: Iterable[Treatment]) -> list[Stop]:
    """The drawn path: steps in their order, each with its treatment; what was treated outside the plan by its day.

    A treatment belongs to the step that it names, else to the first free step of the same body and day, else of the
    same body.
    """
    left = list(treated)
    stops = []
    for step in steps:
        own = _take(left, step)
        stops.append(Stop(body=step.body, on=own.held_on if own else step.planned_on, step=step, treatment=own))
    for other in left:
        place = next((n for n, stop in enumerate(stops) if stop.on and stop.on > other.held_on), len(stops))
        stops.insert(place, Stop(body=other.body, on=other.held_on, step=None, treatment=other))
    return stops


def _take(left: list[Treatment], step: PathStep) -> Treatment | None:
    ways = (
        [t for t in left if t.step_id == step.pk],
        [t for t in left if not t.step_id and t.body.pk == step.body_id and t.held_on == step.planned_on],
        [t for t in left if not t.step_id and t.body.pk == step.body_id and t.is_decided],
    )
    for found in ways:
        if found:
            left.remove(found[0])
            return found[0]
    return None


def path_codes(steps: Iterable[PathStep]) -> str:
    """The path as it is printed: "DIR, HU, ØK, KB"; parallel steps are joined by a slash."""
    words = ""
    for step in steps:
        name = step.body.code or step.body.name
        words += ("/" if step.is_parallel else ", ") + name if words else name
    return words
