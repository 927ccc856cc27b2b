"""What a member's pages read from a request. No saving."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Person
from sagsgang.core.forms import offer

_REASON_HINT = _("Keep it short. Write nothing about health or other private matters; the secretary reads it.")


class AbsenceReportForm(forms.Form):
    """Why she will not come; she need not say."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300, help_text=_REASON_HINT)


class MemberAbsenceForm(AbsenceReportForm):
    """The same, written by the secretary for one of those who are to come."""

    person = forms.ChoiceField(
        label=_("Member"), error_messages={"invalid_choice": _("Choose a person from the list.")}
    )
    field_order = ("person", "reason")

    def __init__(self, data: Mapping[str, object] | None, people: Iterable[Person]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        choices = [(key, person.name) for key, person in self.people.items()]
        offer(self, "person", [("", _("Choose a person")), *choices])

    @property
    def chosen(self) -> Person:
        """The person of a valid form."""
        return self.people[self.cleaned_data["person"]]


class PersonForm(forms.Form):
    """Whose report is taken back."""

    person = forms.ChoiceField(error_messages={"invalid_choice": _("Choose a person from the list.")})

    def __init__(self, data: Mapping[str, object] | None, people: Iterable[Person]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        offer(self, "person", [(key, person.name) for key, person in self.people.items()])

    @property
    def chosen(self) -> Person:
        """The person of a valid form."""
        return self.people[self.cleaned_data["person"]]


class SeenForm(forms.Form):
    """The fingerprint of what she had before her when she marked it read."""

    seen = forms.RegexField(r"\A[0-9a-f]{16}\Z", widget=forms.HiddenInput)


class MarkedForm(forms.Form):
    """The moment at which all was marked read: what is to be undone."""

    at = forms.DateTimeField(widget=forms.HiddenInput)
