"""What a body's agendas ask of the year."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.wheel.actions.wishes import YearWishes
from sagsgang.wheel.models import BodyYear

MOST_TALKS = 10


class BodyYearForm(forms.Form):
    """A body's three wishes."""

    briefs_cycles = forms.BooleanField(
        label=_("Månedsgrebet comes by itself on the first agenda of each political cycle"), required=False
    )
    attaches_wheel = forms.BooleanField(
        label=_("A copy of the annual wheel is attached to it, as the wheel is that day"), required=False
    )
    talk_slots = forms.IntegerField(
        label=_("5-minute talks at a meeting, at most"), min_value=0, max_value=MOST_TALKS,
        widget=forms.NumberInput(attrs={"class": "narrow", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, object] | None, row: BodyYear) -> None:
        super().__init__(data, initial={name: getattr(row, name) for name in self.base_fields})

    @property
    def wishes(self) -> YearWishes:
        """What a valid form says."""
        return YearWishes(**self.cleaned_data)
