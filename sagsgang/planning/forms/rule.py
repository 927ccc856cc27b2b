"""A rule of the plan as a secretary says it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import offer
from sagsgang.planning.actions import RuleFacts
from sagsgang.planning.models import PlanRule
from sagsgang.planning.rules.pattern import PLACES, Pattern, pattern_of, place_words, rrule_of

_SHOWN = "%d-%m-%Y"


def time_field() -> forms.TimeField:
    """The hour at which a meeting begins."""
    clock = forms.TimeInput(attrs={"type": "time", "class": "narrow"}, format="%H:%M")
    return forms.TimeField(label=_("Begins at"), required=False, widget=clock)


def place_field() -> forms.CharField:
    """Where a meeting is held."""
    return forms.CharField(label=_("Place"), required=False, max_length=300)


class DaysField(forms.CharField):
    """Days, one on a line; answers them in order."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "narrow"})

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.day = forms.DateField(input_formats=[_SHOWN, "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"])

    def clean(self, value: str | None) -> list[date]:
        """Each line as a date; a line that is none is named."""
        words = [line.strip(" ,;") for line in (value or "").splitlines()]
        return sorted({self._day_of(line) for line in words if line})

    def _day_of(self, line: str) -> date:
        try:
            return self.day.clean(line)  # type: ignore[no-any-return]
        except ValidationError as error:
            raise ValidationError(gettext("“%(line)s” is no date.") % {"line": line[:40]}) from error


class RuleForm(forms.Form):
    """How often, on which weekday, when not, at what hour and where."""

    cycle = forms.ChoiceField(
        label=_("How often"),
        widget=forms.RadioSelect,
        initial="monthly",
        choices=[
            ("monthly", _("On certain weeks of the month")),
            ("weekly", _("Every week")),
            ("even", _("In even weeks")),
            ("odd", _("In odd weeks")),
        ],
    )
    places = forms.TypedMultipleChoiceField(
        label=_("Which times in the month"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        help_text=_("Only for certain weeks of the month. Two ticks are two meetings a month."),
    )
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int)
    starts = time_field()
    place = place_field()
    except_months = forms.TypedMultipleChoiceField(
        label=_("Months without meetings"), required=False, widget=forms.CheckboxSelectMultiple, coerce=int
    )
    except_days = DaysField(
        label=_("Days that are left out"), help_text=_("One date on each line, for example 13-10-2026.")
    )

    def __init__(self, data: Mapping[str, object] | None, rule: PlanRule | None = None) -> None:
        super().__init__(data, initial=_written(rule) if rule else {"except_months": [7]})
        offer(self, "places", [(place, place_words(place).capitalize()) for place in PLACES])
        offer(self, "weekday", [(number, str(name).capitalize()) for number, name in WEEKDAYS.items()])
        offer(self, "except_months", [(number, str(name).capitalize()) for number, name in MONTHS.items()])

    def clean(self) -> dict[str, Any]:
        """Certain weeks of the month are named."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("cycle") == "monthly" and not cleaned.get("places") and "places" not in self.errors:
            self.add_error("places", gettext("Tick at least one."))
        return cleaned

    @property
    def facts(self) -> RuleFacts:
        """The rule of a valid form."""
        found = self.cleaned_data
        places = tuple(found["places"]) if found["cycle"] == "monthly" else ()
        return RuleFacts(
            rule=rrule_of(Pattern(found["cycle"], found["weekday"], places)),
            except_months=found["except_months"],
            except_days=found["except_days"],
            starts=found["starts"],
            place=found["place"],
        )


def _written(rule: PlanRule) -> dict[str, object]:
    days = [date.fromisoformat(day).strftime(_SHOWN) for day in rule.except_days]
    written: dict[str, object] = {
        "except_months": rule.except_months,
        "except_days": "\n".join(days),
        "starts": rule.starts,
        "place": rule.place,
    }
    pattern = pattern_of(rule.rule)
    if pattern is not None:
        written |= {"cycle": pattern.cycle, "places": list(pattern.places), "weekday": pattern.weekday}
    return written
