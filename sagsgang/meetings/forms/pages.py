"""What the staff site reads from a request. No saving."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Person
from sagsgang.core.forms import offer


class PresenceForm(forms.Form):
    """One person of those whom the protocol can name."""

    person = forms.ChoiceField(
        label=_("Person"), error_messages={"invalid_choice": _("Choose a person from the list.")}
    )

    def __init__(self, data: Mapping[str, object] | None, people: Iterable[Person], **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        self.people = {str(person.pk): person for person in people}
        choices = [(key, person.name) for key, person in self.people.items()]
        offer(self, "person", [("", _("Choose a person")), *choices])

    @property
    def chosen(self) -> Person:
        """The person of a valid form."""
        return self.people[self.cleaned_data["person"]]


class AbsenceForm(PresenceForm):
    """A person who was not there, and what is to be said of it."""

    note = forms.CharField(label=_("Note"), required=False, max_length=300, help_text=_("For example: left at 18.30."))


class MeetingsForm(forms.Form):
    """Which meetings of a body are shown, and in which order: a query string that may be kept."""

    year = forms.TypedChoiceField(
        label=_("Year"), required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": _("There are no meetings in that year.")},
    )  # fmt: skip
    sort = forms.ChoiceField(
        required=False, choices=[(name, name) for name in ("held_on", "item_count", "decided_count")],
        widget=forms.HiddenInput,
    )  # fmt: skip
    order = forms.ChoiceField(required=False, choices=[("asc", "asc"), ("desc", "desc")], widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, object], years: Iterable[int]) -> None:
        super().__init__(data)
        every = pgettext_lazy("years", "All")
        offer(self, "year", [("", every), *((year, str(year)) for year in years)])


def field_prefix(row_id: UUID) -> str:
    """The `auto_id` of a form that stands several times on a page: each field's id is its own."""
    return f"id_{row_id.hex}_%s"
