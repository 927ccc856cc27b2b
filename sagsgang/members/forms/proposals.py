"""What a member writes when she raises a matter."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import offer
from sagsgang.meetings.models import Meeting


class RaiseMatterForm(forms.Form):
    """Title, words, and the meeting that she wishes."""

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "wide"}),
        error_messages={"required": _("Give the matter a title.")},
        help_text=_("Write no names of private persons in the title."),
    )
    words = forms.CharField(
        label=_("What it is about"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what the matter is about.")},
        help_text=_("The body's secretary reads it. What you ask the body to decide belongs here too."),
    )
    meeting = forms.ChoiceField(
        label=_("Wished meeting"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the body's coming meetings.")},
    )

    def __init__(self, data: Mapping[str, object] | None, meetings: Iterable[Meeting]) -> None:
        super().__init__(data)
        self.meetings = {str(meeting.pk): meeting for meeting in meetings}
        days = [(key, date_format(meeting.held_on, "DATE_FORMAT")) for key, meeting in self.meetings.items()]
        offer(self, "meeting", [("", _("The next that it reaches")), *days])

    @property
    def wish(self) -> Meeting | None:
        """The meeting of a valid form; None = the next that it reaches."""
        return self.meetings.get(self.cleaned_data["meeting"])
