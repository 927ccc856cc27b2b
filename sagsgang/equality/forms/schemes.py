"""A scheme with its days, the day of a switch, and a year's national figures. No saving."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority
from sagsgang.core.forms import day_field
from sagsgang.equality.actions import NationalFacts, SchemeFacts
from sagsgang.equality.models import Scheme, SchemeKind
from sagsgang.equality.queries.reports import duties_with_path
from sagsgang.equality.rules.national import National
from sagsgang.wheel.models import WheelEntry

type Data = Mapping[str, object] | None

_WIDE = {"class": "wide"}


class SchemeForm(forms.Form):
    """What the law asks for, where that is read, and between which days it holds."""

    kind = forms.ChoiceField(label=_("What is asked for"), choices=SchemeKind.choices)
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs=_WIDE))
    law = forms.CharField(label=_("Law"), max_length=200, required=False, widget=forms.TextInput(attrs=_WIDE))
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, widget=forms.TextInput(attrs=_WIDE),
        help_text=_("Where the law was read."),
    )  # fmt: skip
    interval_years = forms.IntegerField(
        label=_("Years between two reports"), min_value=1, max_value=20, required=False,
        widget=forms.NumberInput(attrs={"class": "number"}), help_text=_("Leave it empty while it is not settled."),
    )  # fmt: skip
    valid_from = day_field(_("Holds from"), required=False, help_text=_("Leave it empty if the day is not known."))
    valid_to = day_field(_("Holds to"), required=False, help_text=_("The last day. Leave it empty if it holds on."))
    note = forms.CharField(
        label=_("Note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "wide"}),
        help_text=_("What is not settled, and what has to be looked up."),
    )  # fmt: skip
    duty = forms.ModelChoiceField(
        label=_("Path as in the annual wheel"), queryset=WheelEntry.objects.none(), required=False,
        empty_label=_("No path yet"),
    )  # fmt: skip

    def __init__(self, data: Data, authority: Authority, scheme: Scheme | None = None) -> None:
        names = list(self.base_fields)
        super().__init__(data, initial={name: getattr(scheme, name) for name in names} if scheme else None)
        field = self.fields["duty"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = duties_with_path(authority)

    @property
    def facts(self) -> SchemeFacts:
        """What a valid form says."""
        return SchemeFacts(**self.cleaned_data)


class SwitchForm(forms.Form):
    """From which day the other scheme holds."""

    on = day_field(_("Holds from"))


class NationalForm(forms.Form):
    """A year's women per hundred leaders in all municipalities, with the source."""

    year = forms.IntegerField(
        label=_("Year"), min_value=1990, max_value=2100, widget=forms.NumberInput(attrs={"class": "number"})
    )
    level_1 = forms.IntegerField(label=_("Level 1, women per cent"), min_value=0, max_value=100, required=False)
    level_2 = forms.IntegerField(label=_("Level 2, women per cent"), min_value=0, max_value=100, required=False)
    level_3 = forms.IntegerField(label=_("Level 3, women per cent"), min_value=0, max_value=100, required=False)
    leaders = forms.IntegerField(label=_("All leaders, women per cent"), min_value=0, max_value=100, required=False)
    people = forms.IntegerField(label=_("Leaders counted"), min_value=1, max_value=10_000_000, required=False)
    source = forms.CharField(label=_("Source"), max_length=300, widget=forms.TextInput(attrs=_WIDE))
    address = forms.URLField(
        label=_("Address of the source"), max_length=500, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs=_WIDE),
    )  # fmt: skip

    def __init__(self, data: Data, known: National | None = None) -> None:
        super().__init__(data, initial=_initial(known) if known else None)

    @property
    def facts(self) -> NationalFacts:
        """What a valid form says."""
        return NationalFacts(**self.cleaned_data)


def _initial(known: National) -> dict[str, Any]:
    levels = {f"level_{level}": known.levels.get(level) for level in (1, 2, 3)}
    rest = {name: getattr(known, name) for name in ("year", "leaders", "people", "source", "address")}
    return levels | rest
