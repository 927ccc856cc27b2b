"""An example of good practice, and how the list is narrowed. No saving."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from sagsgang.bodies.models import Authority
from sagsgang.core.forms import offer, offer_rows
from sagsgang.goals.actions.practice import ExampleFacts
from sagsgang.goals.catalogue import un_goal, un_goals
from sagsgang.goals.models import PolicyArea, PracticeExample
from sagsgang.goals.queries.practice import Facet, FoundExamples


def _words(label: object, help_text: object, missing: object) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "class": "form-wide"})
    errors = {"required": missing}
    return forms.CharField(label=label, help_text=help_text, widget=area, error_messages=errors)  # type: ignore[arg-type]


class ExampleForm(forms.Form):
    """Why it is an example and what others can learn."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"class": "form-wide"}),
        help_text=_("What was done, in a line that others understand."),
        error_messages={"required": _("Write the title.")},
    )  # fmt: skip
    why = _words(_("Why it is an example"), _("What was done, and what it gave."), _("Write why it is an example."))
    learning = _words(
        _("What others can learn"), _("What can be used elsewhere, and what to look out for."),
        _("Write what others can learn."),
    )  # fmt: skip
    contact_role = forms.CharField(
        label=_("Contact, by role"), max_length=200, help_text=_("Whom others can ask, for example “Head of planning”."),
        error_messages={"required": _("Write whom others can ask.")},
    )  # fmt: skip
    areas = forms.ModelMultipleChoiceField(
        label=_("Policy areas"), queryset=PolicyArea.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    goals = forms.TypedMultipleChoiceField(
        label=_("Global goals"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        authority: Authority,
        row: PracticeExample | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        written = dict(initial or {})
        if row is not None:
            written = {name: getattr(row, name) for name in ("title", "why", "learning", "contact_role", "goals")}
            written["areas"] = [area.pk for area in row.areas.all()]
        super().__init__(data, initial=written)
        offer_rows(self, "areas", PolicyArea.objects.filter(authority=authority))
        offer(self, "goals", [(goal.number, str(goal)) for goal in un_goals()])

    @property
    def facts(self) -> ExampleFacts:
        """The example of a valid form."""
        return ExampleFacts(**self.cleaned_data)


class FacetForm(forms.Form):
    """Words, and one value of each facet, with how many there are."""

    words = forms.CharField(label=_("Search in them"), required=False, max_length=200, widget=forms.TextInput)
    area = forms.ChoiceField(label=_("Policy area"), required=False)
    goal = forms.ChoiceField(label=_("Global goal"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data: Mapping[str, Any], found: FoundExamples) -> None:
        super().__init__(data)
        goals = [Facet(one.value, str(un_goal(int(one.value))), one.count) for one in found.goals]
        for name, facets in (("area", found.areas), ("goal", goals), ("year", found.years)):
            offer(self, name, _choices(facets))


def _choices(facets: Iterable[Facet]) -> list[tuple[str, str]]:
    return [("", pgettext("facet", "All")), *((one.value, f"{one.label} ({one.count})") for one in facets)]
