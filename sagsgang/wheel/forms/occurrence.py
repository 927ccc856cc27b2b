"""The forms with which a return of the wheel is changed by hand, and the filter of the wheel."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Body
from sagsgang.core.forms import day_field, offer
from sagsgang.wheel.models import Occurrence

SORTS = ("on", "title", "body", "state")


def _note_field() -> forms.CharField:
    return forms.CharField(label=_("Why"), required=False, max_length=500)


class MoveForm(forms.Form):
    """The new day, and why."""

    to = day_field(_("New day"))
    note = _note_field()

    def __init__(self, data: Mapping[str, Any] | None, row: Occurrence) -> None:
        super().__init__(data, initial={"to": row.day, "note": row.note})


class DropForm(forms.Form):
    """Why it is let be this time."""

    note = _note_field()

    def __init__(self, data: Mapping[str, Any] | None, row: Occurrence) -> None:
        super().__init__(data, initial={"note": row.note})


class FinishForm(forms.Form):
    """When it was done, and where that can be seen."""

    on = day_field(_("Done on"))
    evidence = forms.CharField(
        label=_("How it is seen that it is done"), required=False, max_length=500,
        help_text=_("For example the number of a receipt, or the meeting that decided it."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, row: Occurrence) -> None:
        super().__init__(data, initial={"on": localdate(), "evidence": row.evidence})

    def clean_on(self) -> Any:
        """What is done is not still to come."""
        on = self.cleaned_data["on"]
        if on > localdate():
            raise forms.ValidationError(_("The day has not come yet."))
        return on


class WheelForm(forms.Form):
    """Which part of the wheel is shown, and in which order: a query string that may be kept."""

    body = forms.ChoiceField(label=_("Body"), required=False)
    duties = forms.BooleanField(label=_("Statutory duties only"), required=False)
    show = forms.ChoiceField(required=False, choices=[("months", ""), ("calendar", "")], widget=forms.HiddenInput)
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in SORTS], widget=forms.HiddenInput)
    order = forms.ChoiceField(required=False, choices=[("asc", ""), ("desc", "")], widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], bodies: Iterable[Body]) -> None:
        super().__init__(data)
        self.bodies = {str(body.pk): body for body in bodies}
        every = pgettext_lazy("bodies", "All")
        names = [("", every), *((key, body.name) for key, body in self.bodies.items())]
        offer(self, "body", names)
        if not self.bodies:
            del self.fields["body"]

    @property
    def chosen_body(self) -> Body | None:
        """The body whose part is wished; None for what is no body here."""
        return self.bodies.get(str(self.cleaned_data.get("body", "")))
