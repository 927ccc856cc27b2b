"""How every form of the house looks: labels, hints and errors in the markup of the design system."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Renders a field as label, hint, error and control, tied together for a screen reader."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"


def day_field(label: object, **options: Any) -> forms.DateField:
    """A day, picked or typed; `options` as of any field."""
    picker = forms.DateInput(attrs={"type": "date", "class": "narrow"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, **options)  # type: ignore[arg-type] # the stubs know no lazy label
