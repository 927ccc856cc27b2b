"""The forms with which a planned meeting is changed by hand."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import day_field
from sagsgang.meetings.models import Meeting
from sagsgang.planning.forms.rule import place_field, time_field

_NOTICE = _("What the public is told")
_NOTICE_HELP = _("It stands in the published calendar. Write no names and nothing confidential.")


def _notice_field() -> forms.CharField:
    return forms.CharField(label=_NOTICE, required=False, max_length=300, help_text=_NOTICE_HELP)


class MoveForm(forms.Form):
    """The new day. `anyway` is asked for only when the agenda can no longer go out in time."""

    to = day_field(_("New day"))
    notice = _notice_field()
    anyway = forms.BooleanField(label=_("Move it although the deadline of the agenda has passed"), required=False)

    def __init__(self, data: Mapping[str, object] | None, meeting: Meeting, *, ask_anyway: bool) -> None:
        super().__init__(data, initial={"to": meeting.held_on, "notice": meeting.change_notice})
        if not ask_anyway:
            del self.fields["anyway"]


class CancelForm(forms.Form):
    """Why it is cancelled, for the public."""

    notice = _notice_field()


class ChangeForm(forms.Form):
    """Hour and place."""

    starts = time_field()
    place = place_field()
    notice = _notice_field()

    def __init__(self, data: Mapping[str, object] | None, meeting: Meeting) -> None:
        written = {"starts": meeting.starts, "place": meeting.place, "notice": meeting.change_notice}
        super().__init__(data, initial=written)


class ExtraordinaryForm(forms.Form):
    """A meeting besides the plan."""

    held_on = day_field(_("Day"))
    starts = time_field()
    place = place_field()
    reason = forms.CharField(
        label=_("Why it is called"),
        max_length=300,
        help_text=_NOTICE_HELP,
        error_messages={"required": _("Write why the extraordinary meeting is called.")},
    )
