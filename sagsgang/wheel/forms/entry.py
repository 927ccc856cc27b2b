"""An entry of the wheel as a secretary writes it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority, Body, Unit
from sagsgang.cases.models import Purpose
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.forms import day_field, offer, offer_rows
from sagsgang.planning.rules.pattern import PLACES, place_words
from sagsgang.wheel.actions import EntryFacts, StepWish
from sagsgang.wheel.forms.recurrence import AFTER, BEFORE, EVERY_MONTH, LAST_DAY, Said, counted_from, rule_of, said_of
from sagsgang.wheel.models import WheelEntry
from sagsgang.wheel.rules import lacks_start, parse_rule
from sagsgang.wheel.shapes import Entry

FEWEST_STEPS = 6
FIRST_YEAR, LAST_YEAR = 1900, 2100
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FACTS = (
    "title", "note", "is_deadline", "is_budget", "lead_days", "owner_role", "unit", "opens_case", "case_title", "kle", "policy_area",
    "is_duty", "law", "source", "evidence_wanted", "valid_from", "valid_to",
)  # fmt: skip


def _number_field(label: object, least: int, most: int, **options: Any) -> forms.IntegerField:
    box = forms.NumberInput(attrs={"class": "narrow", "min": least, "max": most})
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False, widget=box, **options)  # type: ignore[arg-type]


def _choice_field(label: object, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, **options)  # type: ignore[arg-type]


class EntryForm(forms.Form):
    """What returns, when, through which bodies, and whose it is. The fields of the chosen kind of return are asked for."""

    title = forms.CharField(
        label=_("What returns"), max_length=300, error_messages={"required": _("Write what returns.")}
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label=_("When it returns"),
        widget=forms.RadioSelect,
        initial="date",
        choices=[
            ("date", _("Every year on a date")),
            ("weekday", _("On a certain weekday of the month")),
            ("years", _("Every second, third or later year on a date")),
            ("cycle", _("In each political cycle")),
            ("event", _("Before or after another entry")),
            ("period", _("Once in each election period")),
            ("free", _("By a rule that I write myself (RFC 5545)")),
        ],
    )
    interval = _number_field(_("Every how many years"), 2, 99)
    first_year = _number_field(
        _("Counted from the year"), FIRST_YEAR, LAST_YEAR, help_text=_("A year in which it fell, for example 2020.")
    )
    period_year = _choice_field(_("Year of the election period"))
    place = _choice_field(_("Which one of the month"))
    weekday = _choice_field(_("Weekday"))
    day = _choice_field(_("Day of the month"))
    month = _choice_field(_("Month"))
    step = forms.ChoiceField(label=_("Counted from"), required=False)
    relative_to = forms.ModelChoiceField(
        label=_("Counted from the entry"), queryset=WheelEntry.objects.none(), required=False
    )
    offset = _number_field(_("How many days"), 0, 366, help_text=_("0 is the day itself."))
    side = forms.ChoiceField(
        label=_("Before or after"), required=False, choices=[(BEFORE, _("days before")), (AFTER, _("days after"))]
    )
    rule = forms.CharField(
        label=_("Rule"), required=False, max_length=300, help_text=_("For example FREQ=YEARLY;BYMONTH=6;BYDAY=1MO,1TU")
    )
    starts_on = day_field(_("Counted from the day"), required=False)
    is_deadline = forms.BooleanField(
        label=_("The day is a deadline for handing in: every meeting comes before it"), required=False
    )
    is_budget = forms.BooleanField(
        label=_("It is the annual budget: three weeks between the council's two readings"), required=False
    )
    lead_days = _number_field(
        _("Work begins so many days before"),
        0,
        800,
        help_text=_("The case is opened on that day. 0: on the day itself."),
    )
    owner_role = forms.CharField(
        label=_("Who sees to it"), required=False, max_length=200, help_text=_("A role, for example “HR manager”.")
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    opens_case = forms.BooleanField(label=_("Open a draft case when work begins"), required=False)
    case_title = forms.CharField(
        label=_("Title of the case"), required=False, max_length=500,
        help_text=_("Without one it gets the title above and the year."),
    )  # fmt: skip
    kle = forms.CharField(label=_("KLE number"), required=False, max_length=16)
    policy_area = forms.CharField(label=_("Policy area"), required=False, max_length=80)
    is_duty = forms.BooleanField(label=_("A law lays this duty on the authority"), required=False)
    law = forms.CharField(label=_("Law and section"), required=False, max_length=300)
    source = forms.CharField(label=_("Where the text of the law can be read"), required=False, max_length=500)
    evidence_wanted = forms.CharField(
        label=_("How it is seen that it is done"), required=False, max_length=300,
        help_text=_("For example a receipt or a decision."),
    )  # fmt: skip
    valid_from = day_field(_("Valid from"), required=False)
    valid_to = day_field(_("Valid to"), help_text=_("The last day of a duty that is abolished."), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        authority: Authority,
        bodies: Iterable[Body],
        entry: WheelEntry | None = None,
    ) -> None:
        super().__init__(data, initial=_written(entry) if entry else _usual())
        self.entry = entry
        self.bodies = {str(body.pk): body for body in bodies}
        others = WheelEntry.objects.filter(authority=authority)
        others = others.exclude(pk=entry.pk) if entry else others
        offer_rows(self, "relative_to", others)
        offer_rows(self, "unit", Unit.objects.filter(authority=authority))
        self._offer()
        self._add_steps(len(entry.steps.all()) if entry else 0)

    def _offer(self) -> None:
        """The choices whose words are those of the reader's language."""
        months = [(number, str(name).capitalize()) for number, name in MONTHS.items()]
        last = pgettext("of the month", "the last day")
        choices: dict[str, list[tuple[Any, str]]] = {
            "month": [(EVERY_MONTH, gettext("Every month")), *months],
            "day": [*((number, f"{number}.") for number in range(1, 32)), (LAST_DAY, last)],
            "weekday": [(number, str(name).capitalize()) for number, name in WEEKDAYS.items()],
            "place": [(place, place_words(place).capitalize()) for place in PLACES],
            "period_year": [(number, str(number)) for number in range(1, 5)],
            "step": [
                ("", gettext("the start of the cycle")),
                *((_code(body), body.name) for body in self.bodies.values()),
            ],
        }
        held = self.initial.get("step")
        if held and held not in dict(choices["step"]):
            choices["step"].append((held, held))
        for name, offered in choices.items():
            offer(self, name, offered)

    def _add_steps(self, held: int) -> None:
        names = [("", "–"), *((key, body.name) for key, body in self.bodies.items())]
        self.rows = max(FEWEST_STEPS, held + 2)
        for number in range(1, self.rows + 1):
            self.fields[f"body_{number}"] = forms.ChoiceField(
                label=gettext("Body of step {number}").format(number=number), choices=names, required=False
            )
            self.fields[f"purpose_{number}"] = forms.ChoiceField(
                label=gettext("Asked for at step {number}").format(number=number),
                choices=Purpose.choices,
                required=False,
            )

    @property
    def step_rows(self) -> list[tuple[Any, Any]]:
        """Body and purpose of each step, as fields of the page."""
        return [(self[f"body_{number}"], self[f"purpose_{number}"]) for number in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        """What the chosen kind needs is there; a duty has its law, and ends no earlier than it begins."""
        cleaned = super().clean() or self.cleaned_data
        for name, sentence in self._missing(cleaned):
            if name not in self.errors:
                self.add_error(name, sentence)
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("The duty cannot end before it begins."))
        if cleaned.get("is_duty") and not cleaned.get("law") and "law" not in self.errors:
            self.add_error("law", gettext("Write which law lays the duty on the authority."))
        if not self.errors:
            self._check_rule(cleaned)
        return cleaned

    def _missing(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        kind = cleaned.get("kind")
        if kind in ("date", "years", "period"):
            yield from self._missing_date(cleaned)
        if kind == "years" and cleaned.get("interval") is None:
            yield "interval", gettext("Write how many years there are between.")
        if kind == "years" and cleaned.get("first_year") is None:
            yield "first_year", gettext("Write a year in which it fell.")
        if kind == "period" and cleaned.get("period_year") is None:
            yield "period_year", gettext("Choose the year of the election period.")
        if kind == "weekday":
            for name in ("place", "weekday", "month"):
                if cleaned.get(name) is None:
                    yield name, gettext("Choose one.")
        if kind == "event" and cleaned.get("relative_to") is None:
            yield "relative_to", gettext("Choose the entry that it is counted from.")
        if kind == "free" and not cleaned.get("rule"):
            yield "rule", gettext("Write the rule.")

    def _missing_date(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        day, month = cleaned.get("day"), cleaned.get("month")
        if day is None:
            yield "day", gettext("Choose the day.")
        if not month:
            yield "month", gettext("Choose one month.")
        elif day is not None and day > _LONGEST_MONTH[month - 1]:
            yield "day", gettext("The month has no such day.")

    def _check_rule(self, cleaned: Mapping[str, Any]) -> None:
        rule, field = self._rule(cleaned), "rule" if cleaned["kind"] == "free" else "kind"
        try:
            parse_rule(rule)
            if lacks_start(Entry("", "", rule, self._starts_on(cleaned), valid_from=cleaned.get("valid_from"))):
                self.add_error("starts_on", gettext("Write a day on which it fell: the years are counted from it."))
        except RuleBrokenError as refusal:
            self.add_error(field, str(refusal))

    def _rule(self, cleaned: Mapping[str, Any]) -> str:
        chosen = {
            name: cleaned[name]
            for name in ("month", "day", "place", "weekday", "interval", "offset", "period_year")
            if cleaned.get(name) is not None
        }
        said = Said(
            cleaned["kind"],
            step=cleaned.get("step", ""),
            side=cleaned.get("side") or AFTER,
            rule=cleaned["rule"],
            **chosen,
        )
        return rule_of(said)

    def _starts_on(self, cleaned: Mapping[str, Any]) -> date | None:
        if cleaned["kind"] == "years":
            return counted_from(cleaned["first_year"], self.entry.starts_on if self.entry else None)
        return cleaned["starts_on"] if cleaned["kind"] == "free" else None

    def facts(self, body: Body | None) -> EntryFacts:
        """The entry of a valid form; `body` is whose it is."""
        found = self.cleaned_data
        chosen = {name: found[name] for name in _FACTS} | {"lead_days": found["lead_days"] or 0}
        return EntryFacts(
            rule=self._rule(found),
            body=body,
            starts_on=self._starts_on(found),
            relative_to=found["relative_to"] if found["kind"] == "event" else None,
            steps=tuple(self._wishes(found)),
            **chosen,
        )

    def _wishes(self, found: Mapping[str, Any]) -> Iterable[StepWish]:
        for number in range(1, self.rows + 1):
            if body := self.bodies.get(found.get(f"body_{number}", "")):
                yield StepWish(body, found.get(f"purpose_{number}") or Purpose.DISCUSSION)


def _code(body: Body) -> str:
    return body.code or body.name


def _usual() -> dict[str, Any]:
    return {"kind": "date", "lead_days": 60, "offset": 0, "side": BEFORE, "interval": 2}


def _written(entry: WheelEntry) -> dict[str, Any]:
    said = said_of(entry.rule)
    written = {name: getattr(entry, name) for name in _FACTS}
    written |= {
        "kind": said.kind,
        "offset": said.offset,
        "side": said.side,
        "step": said.step,
        "rule": entry.rule if said.kind == "free" else "",
        "relative_to": entry.relative_to_id,
        "starts_on": entry.starts_on if said.kind == "free" else None,
    }
    if said.kind in ("date", "years", "period", "weekday"):
        written |= {"month": said.month}
        written |= {"place": said.place, "weekday": said.weekday} if said.kind == "weekday" else {"day": said.day}
    if said.kind == "years":
        first = entry.starts_on or entry.valid_from
        written |= {"interval": said.interval, "first_year": first.year if first else None}
    if said.kind == "period":
        written |= {"period_year": said.period_year}
    for number, step in enumerate(entry.steps.all(), start=1):
        written |= {f"body_{number}": str(step.body_id), f"purpose_{number}": step.purpose}
    return written
