"""The path as it is composed: one small form for each step, and the acts on the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Body
from sagsgang.cases.actions.path import StepFacts
from sagsgang.cases.models import Case, PathStep, Purpose
from sagsgang.cases.plans import PlanStep
from sagsgang.cases.queries.plan import MeetingPlan
from sagsgang.core.forms import offer

MOST_STEPS = 30


def day_of(words: str) -> date | None:
    """The day in ISO form; None for what is no day."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


class StepForm(forms.Form):
    """One step: body, purpose, meeting, reading; the meetings offered are those of the chosen body."""

    step_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    body = forms.ChoiceField(label=_("Body"))
    purpose = forms.ChoiceField(label=_("Asked for"), choices=Purpose)
    planned_on = forms.TypedChoiceField(label=_("Meeting"), required=False, coerce=day_of, empty_value=None)
    reading = forms.TypedChoiceField(
        label=_("Reading"), required=False, coerce=int, empty_value=None,
        choices=[("", "–"), (1, _("first")), (2, _("second"))],
    )  # fmt: skip
    is_parallel = forms.BooleanField(label=_("At the same time as the step above"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, plan: MeetingPlan, since: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.plan = plan
        self._choices("body", [(str(body.pk), body.name) for body in plan.bodies.values()])
        self._choices("planned_on", [("", _("– no meeting chosen –")), *self._days(since)])

    def _choices(self, name: str, choices: list[Any]) -> None:
        offer(self, name, choices)

    @property
    def chosen_body(self) -> Body | None:
        """The body that is chosen now, valid form or not."""
        key = self["body"].value()
        return next((body for body in self.plan.bodies.values() if str(body.pk) == str(key)), None)

    def _days(self, since: date) -> list[tuple[str, str]]:
        body = self.chosen_body
        days = self.plan.days_of(body, since=since) if body else []
        held = self["planned_on"].value()
        kept = day_of(str(held)) if held else None
        # A day that is not in the plan stays to be seen: the check says that the body does not meet then.
        if kept and kept not in days:
            days = sorted([*days, kept])
        return [(day.isoformat(), date_format(day, "D j. b Y")) for day in days]

    @property
    def plan_step(self) -> PlanStep | None:
        """The step as the rules see it, as far as it is filled in."""
        body = self.chosen_body
        if body is None:
            return None
        day, reading = self["planned_on"].value(), self["reading"].value()
        return PlanStep(
            body=body.name,
            on=day_of(str(day)) if day else None,
            purpose=str(self["purpose"].value() or Purpose.DECISION),
            reading=int(reading) if str(reading or "").isdigit() else None,
            is_parallel=bool(self["is_parallel"].value()),
        )

    @property
    def facts(self) -> StepFacts:
        """What a valid form says."""
        body = self.chosen_body
        assert body is not None
        values = self.cleaned_data
        return StepFacts(
            body=body, purpose=values["purpose"], planned_on=values["planned_on"], reading=values["reading"],
            is_parallel=values["is_parallel"], step_id=values["step_id"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """The raw words of one row of the composer."""

    step_id: str = ""
    body: str = ""
    purpose: str = Purpose.RECOMMENDATION
    planned_on: str = ""
    reading: str = ""
    is_parallel: str = ""

    @property
    def words(self) -> dict[str, str]:
        """By field."""
        return {
            "step_id": self.step_id, "body": self.body, "purpose": self.purpose, "planned_on": self.planned_on,
            "reading": self.reading, "is_parallel": self.is_parallel,
        }  # fmt: skip


def rows_of_path(steps: Sequence[PathStep]) -> list[Row]:
    """The stored path as rows of the composer."""
    return [
        Row(
            str(step.pk), str(step.body_id), step.purpose, step.planned_on.isoformat() if step.planned_on else "",
            str(step.reading or ""), "on" if step.is_parallel else "",
        )
        for step in steps
    ]  # fmt: skip


def rows_of_request(data: Mapping[str, str]) -> list[Row]:
    """The rows that were sent, in the order of their numbers; what is not a row is passed by."""
    count = int(data.get("rows", "0")) if data.get("rows", "0").isdigit() else 0
    names = tuple(Row().words)
    return [Row(**{name: data.get(f"s{n}-{name}", "") for name in names}) for n in range(min(count, MOST_STEPS))]


def act_on(rows: list[Row], act: str) -> list[Row]:
    """The rows after one act of the composer: ``add``, ``remove-2``, ``up-2``, ``down-2``, ``day-2-2023-06-20``."""
    verb, _dash, rest = act.partition("-")
    place, _dash, day = rest.partition("-")
    at = int(place) if place.isdigit() else -1
    if verb == "add" and len(rows) < MOST_STEPS:
        return [*rows, Row()]
    if not 0 <= at < len(rows):
        return rows
    if verb == "remove":
        return rows[:at] + rows[at + 1 :]
    if verb == "day" and day_of(day):
        return [*rows[:at], replace(rows[at], planned_on=day), *rows[at + 1 :]]
    other = at + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(rows):
        rows = list(rows)
        rows[at], rows[other] = rows[other], rows[at]
    return rows


def with_days(rows: Sequence[Row], days: Sequence[date | None]) -> list[Row]:
    """The rows with these meetings."""
    return [replace(row, planned_on=day.isoformat() if day else "") for row, day in zip(rows, days, strict=True)]


def forms_of(rows: Sequence[Row], *, plan: MeetingPlan, since: date) -> list[StepForm]:
    """A form for each row, bound to its words."""
    return [
        StepForm({f"s{n}-{name}": value for name, value in row.words.items()}, plan=plan, since=since, prefix=f"s{n}")
        for n, row in enumerate(rows)
    ]


def first_day(case: Case, steps: Sequence[PathStep], today: date) -> date:
    """From which day meetings are offered: today, or the first step if it lies before."""
    return min([today, *(step.planned_on for step in steps if step.planned_on)])


def step_ids(rows: Sequence[Row]) -> set[UUID]:
    """The stored steps that the rows name."""
    return {UUID(row.step_id) for row in rows if row.step_id}
