"""Local goals, policy areas, and the file with the words of the targets."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.forms import day_field, offer
from sagsgang.goals.actions import LocalGoalFacts
from sagsgang.goals.catalogue import un_goals
from sagsgang.goals.models import LocalGoal, PolicyArea
from sagsgang.goals.rules import parse_goal


def name_field(*, most: int = 200) -> forms.CharField:
    """The name of a row."""
    return forms.CharField(
        label=_("Name"), max_length=most, widget=forms.TextInput(attrs={"class": "form-wide"}),
        error_messages={"required": _("Write the name.")},
    )  # fmt: skip


class LocalGoalForm(forms.Form):
    """A local goal, and what it serves, as goals and targets in a line: "3, 4, 11.7"."""

    name = name_field()
    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "form-wide"}),
        help_text=_("What the authority wants to reach, in its own words."),
    )  # fmt: skip
    serves = forms.CharField(
        label=_("Serves these goals or targets"), required=False, max_length=400,
        help_text=_("Numbers with commas between, for example “3, 11.7, 17.17”."),
    )  # fmt: skip
    valid_from = day_field(_("Valid from"), error_messages={"required": _("Write from which day it is valid.")})
    valid_to = day_field(_("Valid to"), required=False, help_text=_("Its last day; empty: until further notice."))

    def __init__(self, data: Mapping[str, Any] | None, row: LocalGoal | None = None) -> None:
        initial: dict[str, Any] = {"valid_from": localdate()}
        if row is not None:
            initial = {name: getattr(row, name) for name in ("name", "text", "valid_from", "valid_to")}
            initial["serves"] = ", ".join(str(one) for one in row.mappings.all())
        super().__init__(data, initial=initial)

    def clean_serves(self) -> tuple[str, ...]:
        """The numbers one by one; what is no goal or target is named."""
        found = tuple(dict.fromkeys(str(self.cleaned_data["serves"]).replace(";", ",").replace(",", " ").split()))
        for words in found:
            try:
                parse_goal(words)
            except RuleBrokenError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return found

    @property
    def facts(self) -> LocalGoalFacts:
        """The local goal of a valid form."""
        return LocalGoalFacts(**self.cleaned_data)


class AreaForm(forms.Form):
    """A policy area and the goals that its matters usually touch."""

    name = name_field(most=80)
    goals = forms.TypedMultipleChoiceField(
        label=_("Goals that its matters usually touch"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("They are offered where a matter is assessed, never set."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, row: PolicyArea | None = None) -> None:
        written = {"name": row.name, "goals": [one.goal for one in row.usual_goals.all()]} if row else {}
        super().__init__(data, initial=written)
        offer(self, "goals", [(goal.number, str(goal)) for goal in un_goals()])


class TargetFileForm(forms.Form):
    """The file with the words, and where they are from."""

    file = forms.FileField(
        label=_("File"), error_messages={"required": _("Choose the file.")}, allow_empty_file=True,
        help_text=_("CSV or XLSX with the columns “Nummer”, “Dansk” and “Engelsk”; one of the languages is enough."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=300, error_messages={"required": _("Write where the words are from.")},
        help_text=_("For example the name and the year of the publication."),
    )  # fmt: skip
