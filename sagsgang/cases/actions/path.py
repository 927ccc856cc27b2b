"""Compose the path of a case: steps in, out, moved, dated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case, PathStep
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step as it was composed; `step_id` if it was there before."""

    body: Body
    purpose: str
    planned_on: date | None = None
    reading: int | None = None
    is_parallel: bool = False
    step_id: UUID | None = None

    @property
    def columns(self) -> dict[str, object]:
        """The step's own columns."""
        return {
            "body": self.body,
            "purpose": self.purpose,
            "planned_on": self.planned_on,
            "reading": self.reading,
            "is_parallel": self.is_parallel,
        }


@transaction.atomic
def compose_path(case: Case, steps: Sequence[StepFacts], *, seen: str, actor: User) -> None:
    """Make the path what `steps` says, in their order.

    A step that is left out is taken off and kept; one that became an agenda item is neither taken off nor given
    another body or day. `seen` is the stamp (`path_stamp`) of the path that the composer saw. What is unlawful may
    be saved: the path is checked beside, not here. Raises `RuleBrokenError`; then nothing is changed.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    held = {step.pk: step for step in case.path.select_for_update(of=("self",)).select_related("body")}
    if seen != path_stamp(held.values()):
        raise RuleBrokenError(
            _("Somebody else has changed the path in the meantime. Yours stands below; compare, then save again.")
        )
    items = case.agenda_items.filter(withdrawn_at=None, step__isnull=False, meeting__cancelled_at=None)
    bound = {step_id for step_id in items.values_list("step_id", flat=True) if step_id}
    _require_bound_kept(held, bound, steps)
    kept = {facts.step_id for facts in steps if facts.step_id in held}
    before = [_as_facts(step) for step in held.values()]
    if before == list(steps):
        return
    PathStep.objects.filter(case=case, pk__in=held.keys() - kept).update(withdrawn_at=now())
    _write(case, held, steps)
    record(actor, "compose_path", case, steps=len(steps))


def _write(case: Case, held: dict[UUID, PathStep], steps: Sequence[StepFacts]) -> None:
    waiting = 10_000  # positions of steps that are about to get new ones wait beyond every real position
    for offset, step in enumerate(held.values()):
        PathStep.objects.filter(pk=step.pk).update(position=waiting + offset)
    for position, facts in enumerate(steps, start=1):
        if facts.step_id in held:
            PathStep.objects.filter(pk=facts.step_id).update(position=position, **facts.columns)
        else:
            PathStep.objects.create(case=case, position=position, **facts.columns)


def _as_facts(step: PathStep) -> StepFacts:
    return StepFacts(step.body, step.purpose, step.planned_on, step.reading, step.is_parallel, step.pk)


def _require_bound_kept(held: dict[UUID, PathStep], bound: set[UUID], steps: Sequence[StepFacts]) -> None:
    wanted = {facts.step_id: facts for facts in steps}
    for step_id, step in held.items():
        facts = wanted.get(step_id)
        if step_id in bound and (facts is None or (facts.body, facts.planned_on) != (step.body, step.planned_on)):
            raise RuleBrokenError(
                _("The step {body} is on an agenda. Take it off the agenda first, or let the step stand.").format(
                    body=step.body.name
                )
            )


def path_stamp(steps: Iterable[PathStep]) -> str:
    """Which state of the path a form was made from: a digest of its steps as they stand."""
    words = [
        (step.pk.hex, step.body_id.hex, step.purpose, step.planned_on, step.reading, step.is_parallel) for step in steps
    ]
    return sha256(repr(words).encode()).hexdigest()[:16]
