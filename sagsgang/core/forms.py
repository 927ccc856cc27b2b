"""How every form of the house looks: labels, hints and errors in the markup of the design system."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1800, 2200


class HouseRenderer(TemplatesSetting):
    """Renders a field as label, hint, error and control, tied together for a screen reader."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"


class DayField(forms.DateField):
    """A day of a year with which can be reckoned: nothing here is planned or remembered outside these."""

    def to_python(self, value: Any) -> date | None:
        """The day; refused outside the years."""
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("Write a day of the years %(first)d to %(last)d."), code="year",
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )  # fmt: skip
        return day


def day_field(label: object, **options: Any) -> forms.DateField:
    """A day, picked or typed; `options` as of any field."""
    picker = forms.DateInput(attrs={"type": "date", "class": "narrow"}, format="%Y-%m-%d")
    return DayField(label=label, widget=picker, **options)  # type: ignore[arg-type] # the stubs know no lazy label


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let the form's field of this name be chosen from these: pairs of value and words, or groups of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let the form's field of this name be chosen from these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
