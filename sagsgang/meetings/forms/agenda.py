"""The forms with which an agenda is made, sent and carried on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sagsgang.cases.models import Case
from sagsgang.core.forms import offer
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries.waiting import AgendaPlace

_LATE = _("Why it comes after the deadline and cannot wait")
_LATE_HELP = _("Only after the deadline, or when the agenda is sent. The reason is printed on the agenda.")


def _several_lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ClosingForm(forms.Form):
    """What a closed item says of itself."""

    closing_reason = forms.CharField(
        label=_("Concrete reason"),
        required=False,
        widget=_several_lines(),
        help_text=_("Why this very matter is closed. It stays inside the house."),
    )
    public_title = forms.CharField(
        label=_("Public title"),
        required=False,
        max_length=300,
        help_text=_("What the public may call it. It must not tell what is closed."),
    )


class PutForm(ClosingForm):
    """A case's place on an agenda; the two fields on closing only for a closed case."""

    place = forms.ChoiceField(
        label=_("Where on the agenda"), error_messages={"invalid_choice": _("Choose a meeting from the list.")}
    )
    late_reason = forms.CharField(label=_LATE, required=False, widget=_several_lines(), help_text=_LATE_HELP)
    anyway = forms.BooleanField(label=_("Put it on the agenda although it is not approved"), required=False)
    field_order = ["place", "closing_reason", "public_title", "late_reason", "anyway"]

    def __init__(
        self,
        data: Mapping[str, object] | None,
        case: Case,
        places: Sequence[AgendaPlace],
        *,
        wished: date | None,
        approved: bool,
        at: Meeting | None = None,
    ) -> None:
        same_day = [place.key for place in places if place.meeting == at]
        same_day = same_day or [place.key for place in places if place.meeting.held_on == wished]
        super().__init__(data, initial={"place": same_day[0] if same_day else ""})
        self.places = {place.key: place for place in places}
        choices = [(key, place.words) for key, place in self.places.items()]
        offer(self, "place", [("", _("Choose a meeting")), *choices])
        if not case.is_closed:
            del self.fields["closing_reason"], self.fields["public_title"]
        if approved:
            del self.fields["anyway"]

    @property
    def chosen(self) -> AgendaPlace:
        """The place of a valid form."""
        return self.places[self.cleaned_data["place"]]


class TitleForm(forms.Form):
    """A title."""

    title = forms.CharField(label=_("Title"), max_length=500)


class ReasonForm(forms.Form):
    """Why an item is changed after it was sent."""

    reason = forms.CharField(
        label=_("Why the item is changed"), widget=_several_lines(), help_text=_("It is printed on the agenda.")
    )


class SendForm(forms.Form):
    """Whether the agenda is sent although something on it is not ready."""

    anyway = forms.BooleanField(label=_("Send it all the same"), required=False)


class CarryForm(forms.Form):
    """The meeting to which a case goes on."""

    meeting = forms.ChoiceField(
        label=_("Meeting"), error_messages={"invalid_choice": _("Choose a meeting from the list.")}
    )
    late_reason = forms.CharField(label=_LATE, required=False, widget=_several_lines(), help_text=_LATE_HELP)

    def __init__(
        self, data: Mapping[str, object] | None, meetings: Iterable[Meeting], *, wished: Meeting | None
    ) -> None:
        super().__init__(data, initial={"meeting": str(wished.pk) if wished else ""})
        self.meetings = {str(meeting.pk): meeting for meeting in meetings}
        choices = [
            (key, f"{row.body.name}, {date_format(row.held_on, 'DATE_FORMAT')}") for key, row in self.meetings.items()
        ]
        offer(self, "meeting", [("", _("Choose a meeting")), *choices])

    @property
    def chosen(self) -> Meeting:
        """The meeting of a valid form."""
        return self.meetings[self.cleaned_data["meeting"]]
