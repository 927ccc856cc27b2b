"""What is asked of the log: a query string that may be kept. No saving."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Body
from sagsgang.core.forms import offer
from sagsgang.planning.years import FIRST_YEAR, LAST_YEAR
from sagsgang.reports.queries.entries import Filter
from sagsgang.reports.rendering.acts import verb_choices
from sagsgang.reports.rendering.body_year_words import part_choices
from sagsgang.reports.rules import Period

DEFAULT_DAYS = 30


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    limits = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
    return forms.DateField(label=label, required=False, widget=widget, validators=limits)


def _hidden(*names: str) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=[(name, name) for name in names], widget=forms.HiddenInput)


class LogForm(forms.Form):
    """Who, what and when. Without a period in the address: the last 30 days."""

    who = forms.CharField(label=_("Name or user name"), required=False, max_length=150)
    about = forms.CharField(label=_("Words of a title, case number or address"), required=False, max_length=300)
    since = _day(pgettext_lazy("period", "From"))
    until = _day(pgettext_lazy("period", "To"))
    sort = _hidden("at", "who")
    order = _hidden("asc", "desc")

    def __init__(self, data: Mapping[str, Any]) -> None:
        values = data.copy() if hasattr(data, "copy") else dict(data)
        if "since" not in data and "until" not in data:
            values["since"] = (localdate() - timedelta(days=DEFAULT_DAYS)).isoformat()
        super().__init__(values)

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period ends before it begins."))

    @property
    def asked(self) -> Filter:
        """What a valid form asks for."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Filter(**said)

    @property
    def used(self) -> list[str]:
        """The names of the filters that are set; order is none."""
        return [name for name, value in self.cleaned_data.items() if value and name not in ("sort", "order")]


class AuditLogForm(LogForm):
    """The whole log: one act, or all."""

    verb = forms.ChoiceField(label=_("Act"), required=False)
    field_order = ["who", "verb", "about", "since", "until"]

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        offer(self, "verb", [("", pgettext_lazy("acts", "All")), *verb_choices()])


class ReadingsForm(LogForm):
    """Readings of closed material: of one body, or all."""

    body = forms.ModelChoiceField(
        label=_("Body"), required=False, queryset=Body.objects.all(), empty_label=pgettext_lazy("bodies", "All")
    )
    field_order = ["who", "body", "about", "since", "until"]


class PeriodForm(forms.Form):
    """Which year of a body, or which part of it."""

    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "narrow", "inputmode": "numeric"}),
    )  # fmt: skip
    part = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(self, data: Mapping[str, Any], usual: int) -> None:
        super().__init__({"year": str(usual), **{name: data[name] for name in ("year", "part") if name in data}})
        offer(self, "part", part_choices())

    @property
    def period(self) -> Period | None:
        """What a valid form asks for; None of another."""
        return Period(self.cleaned_data["year"], self.cleaned_data["part"]) if self.is_valid() else None
