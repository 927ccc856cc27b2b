"""The checklist of a release that was taken back. Everything may be left for later; closing asks for all of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication.actions.breach import answers_of
from sagsgang.publication.models import Breach, BreachKind, Personal, Risk, Told
from sagsgang.publication.rules import hour_of
from sagsgang.publication.rules.breach import Answers

_UNANSWERED = ("", pgettext_lazy("breach", "not answered yet"))


def _choice(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        widget=forms.RadioSelect,
        choices=[_UNANSWERED, *choices],
        help_text=help_text,
    )


def _note(label: Any, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


class BreachForm(forms.Form):
    """The points of the checklist, in the order in which they are handled."""

    discovered_on = forms.DateField(
        label=_("Discovered on"), widget=forms.DateInput(attrs={"type": "date", "class": "narrow"}, format="%Y-%m-%d")
    )
    discovered_time = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time", "class": "narrow"}, format="%H:%M")
    )
    personal = _choice(_("Was personal data out that should not have been?"), Personal.choices)
    kinds = forms.MultipleChoiceField(
        label=_("Which kinds?"), required=False, widget=forms.CheckboxSelectMultiple, choices=BreachKind.choices
    )
    persons = forms.IntegerField(
        label=_("How many persons does it concern?"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        widget=forms.NumberInput(attrs={"class": "narrow"}),
    )
    seen_by = _note(_("Who can have seen it, and for how long was it out?"))
    risk = _choice(_("How great is the risk to the persons?"), Risk.choices)
    risk_note = _note(_("Why the risk is judged so"))
    officer_told = _choice(_("Has the data protection officer been told?"), Told.choices)
    officer_note = _note(_("When and how, or why it is not needed"))
    agency_told = _choice(
        _("Has the Data Protection Agency been told?"),
        Told.choices,
        _("Within 72 hours of the discovery, unless it is unlikely to be a risk to the persons."),
    )
    agency_note = _note(_("When and how, or why it is not needed"))
    persons_told = _choice(
        _("Have the persons been told?"), Told.choices, _("At a high risk they must be told without delay.")
    )
    persons_note = _note(_("When and how, or why it is not needed"))
    engines_told = _choice(_("Have the search engines been asked to forget it?"), Told.choices)
    engines_note = _note(_("Which ones and when, or why it is not needed"))
    measures = _note(_("What is done so that it does not happen again?"), 3)

    def __init__(self, data: Mapping[str, object] | None, breach: Breach) -> None:
        found = localtime(breach.discovered_at)
        initial = {name: getattr(answers_of(breach), name) for name in Answers.__dataclass_fields__}
        super().__init__(data, initial=initial | {"discovered_on": found.date(), "discovered_time": found.time()})
        self._known = breach.discovered_at

    def clean(self) -> dict[str, Any]:
        """One moment of day and time."""
        facts = super().clean() or self.cleaned_data
        day, clock = facts.get("discovered_on"), facts.get("discovered_time")
        if day is not None and clock is not None:
            try:
                moment = hour_of(day, clock, get_current_timezone())
            except RuleBrokenError as refusal:
                raise forms.ValidationError({"discovered_time": str(refusal)}) from refusal
            # The form knows minutes: what was not touched keeps its seconds.
            same = moment == self._known.replace(second=0, microsecond=0)
            facts["discovered_at"] = self._known if same else moment
        return facts

    @property
    def discovered_at(self) -> datetime:
        """When it was discovered, of a valid form."""
        return self.cleaned_data["discovered_at"]  # type: ignore[no-any-return]

    @property
    def answers(self) -> Answers:
        """The answers of a valid form."""
        return Answers(**{name: self.cleaned_data[name] for name in Answers.__dataclass_fields__})
