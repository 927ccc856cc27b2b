"""What is chosen before a year is generated: the closed days that are held on another day, and what is taken away."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import offer
from sagsgang.core.templatetags.look import long_date
from sagsgang.planning.models import PlanRule
from sagsgang.planning.queries.outlook import Outlook


class GenerateForm(forms.Form):
    """A tick for each closed day that has a proposal, for each meeting that no rule has any more, and for each whose rule
    has another hour or place now.
    """

    instead = forms.MultipleChoiceField(
        label=_("Days on which nobody meets"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick the meetings that are held on the proposed day. Without a tick there is no meeting."),
    )
    remove = forms.MultipleChoiceField(
        label=_("Meetings that no rule has any more"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are empty and unchanged. Tick those that are taken out of the plan; the others stay."),
    )

    bring = forms.MultipleChoiceField(
        label=_("Meetings whose rule has another hour or place now"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are as the old rule made them. Tick those that follow the new rule; the others stay."),
    )

    def __init__(self, data: Mapping[str, object] | None, found: Outlook) -> None:
        super().__init__(data)
        words = gettext("{day} is {closed}: hold it on {proposed}")
        instead = [
            (
                f"{row.day}/{row.proposed}",
                words.format(day=long_date(row.day), closed=row.closed, proposed=long_date(row.proposed)),
            )
            for row in found.closed
            if row.proposed
        ]
        remove = [(str(row.meeting_id), long_date(row.day)) for row in found.left]
        bring = [(str(row.meeting_id), _as_the_rule_says(row.day, rule)) for row, rule in found.behind]
        for name, choices in (("instead", instead), ("remove", remove), ("bring", bring)):
            if choices:
                offer(self, name, choices)
                self.fields[name].error_messages["invalid_choice"] = gettext(
                    "The plan has been changed meanwhile. Look at it again, and then generate."
                )
            else:
                del self.fields[name]

    @property
    def chosen_instead(self) -> dict[date, date]:
        """For each day its proposed day."""
        pairs = [value.split("/") for value in self.cleaned_data.get("instead", [])]
        return {date.fromisoformat(day): date.fromisoformat(to) for day, to in pairs}

    @property
    def chosen_to_remove(self) -> list[UUID]:
        """The ids of the meetings."""
        return [UUID(value) for value in self.cleaned_data.get("remove", [])]

    @property
    def chosen_to_bring(self) -> list[UUID]:
        """The ids of the meetings."""
        return [UUID(value) for value in self.cleaned_data.get("bring", [])]


def _as_the_rule_says(day: date, rule: PlanRule) -> str:
    said = [time_format(rule.starts, "H.i") if rule.starts else gettext("no hour"), rule.place or gettext("no place")]
    return f"{long_date(day)}: {', '.join(said)}"
