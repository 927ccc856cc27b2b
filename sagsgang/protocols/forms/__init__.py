"""What the protocol's pages read from a request. No saving."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import offer
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.models import Place


class NoteForm(forms.Form):
    """Words around the facts; `seen` is the revision that the writer had before her."""

    text = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They stand beside what the house writes, and change nothing in it. Empty = nothing."),
    )
    item = forms.UUIDField(required=False, widget=forms.HiddenInput)
    place = forms.ChoiceField(choices=Place.choices, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class FinalForm(forms.Form):
    """The protocol as it was read is made final."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    anyway = forms.BooleanField(label=_("The items without a decision were not treated"), required=False)


class SignForm(forms.Form):
    """A signature, or one with a reservation."""

    with_reservation = forms.BooleanField(label=_("I sign with a reservation"), required=False)
    words = forms.CharField(
        label=_("What my reservation is about"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def reservation(self) -> str | None:
        """The words of a valid form; None = signed without a reservation."""
        said = self.cleaned_data
        return str(said["words"]) if said["with_reservation"] else None


class AmendForm(forms.Form):
    """Something is added to a final protocol."""

    item = forms.ChoiceField(label=_("At"), required=False)
    words = forms.CharField(label=_("Amendment"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    reason = forms.CharField(
        label=_("Why the protocol is amended"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Mapping[str, object] | None, places: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self, "item", [("", _("the whole meeting")), *places])


class ApproveForm(forms.Form):
    """At which later meeting the body approved the protocol."""

    at = forms.ChoiceField(label=_("Approved at the meeting on"))

    def __init__(self, data: Mapping[str, object] | None, meetings: Iterable[Meeting]) -> None:
        super().__init__(data)
        self.meetings = {str(row.pk): row for row in meetings}
        days = [(key, date_format(row.held_on, "DATE_FORMAT")) for key, row in self.meetings.items()]
        offer(self, "at", days)

    @property
    def chosen(self) -> Meeting:
        """The meeting of a valid form."""
        return self.meetings[self.cleaned_data["at"]]


class LastProtocolForm(forms.Form):
    """Which earlier protocol is approved at the standing item."""

    meeting = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, object], meetings: Iterable[Meeting]) -> None:
        super().__init__(data)
        self._meetings = {row.pk: row for row in meetings}

    def clean_meeting(self) -> UUID:
        """One of those that can be approved there."""
        key: UUID = self.cleaned_data["meeting"]
        if key not in self._meetings:
            raise forms.ValidationError(_("Choose an earlier meeting of the same body."))
        return key

    @property
    def chosen(self) -> Meeting:
        """The meeting of a valid form."""
        return self._meetings[self.cleaned_data["meeting"]]
