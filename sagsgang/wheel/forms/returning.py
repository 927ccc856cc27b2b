"""In which political cycle a matter comes again."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import offer
from sagsgang.wheel.queries.cycles import CycleMeeting


class CycleForm(forms.Form):
    """A cycle to come in which the body meets."""

    cycle = forms.ChoiceField(label=_("Political cycle"), widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, object] | None, meetings: Sequence[CycleMeeting]) -> None:
        super().__init__(data)
        self._days = {row.cycle: row.on for row in meetings}
        # A choice field's own; typed as any field.
        offer(self, "cycle", [(row.cycle, _words(row)) for row in meetings])

    @property
    def chosen(self) -> date:
        """The day on which the body meets in the cycle of a valid form."""
        return self._days[self.cleaned_data["cycle"]]


def _words(row: CycleMeeting) -> str:
    return gettext("{cycle}: meeting on {day}, the council closes on {closes}").format(
        cycle=row.cycle, day=date_format(row.on, "DATE_FORMAT"), closes=date_format(row.closes, "DATE_FORMAT")
    )
