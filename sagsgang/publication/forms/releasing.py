"""Preparing a release, with its hour and its reason; and taking one back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.forms import offer
from sagsgang.publication.models import ReleaseKind
from sagsgang.publication.rules import hour_of


class PrepareForm(forms.Form):
    """Agenda or minutes, as far as the body's policy lets them out."""

    kind = forms.ChoiceField(
        label=_("What is released"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose agenda or minutes."),
            "invalid_choice": _("Choose agenda or minutes."),
        },
    )

    public_reason = forms.CharField(
        label=_("Why minutes that are out are corrected"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if the minutes that are out say something else now. The public reads it."),
    )
    release_on = forms.DateField(
        label=_("Day on which it goes out"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "narrow"}, format="%Y-%m-%d"),
        help_text=_("Leave empty, and it goes out as soon as another person has released it."),
    )
    release_time = forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "class": "narrow"}, format="%H:%M"),
    )

    def __init__(self, data: Mapping[str, object] | None, kinds: Sequence[str], **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        labels = {ReleaseKind.AGENDA: _("the agenda"), ReleaseKind.MINUTES: _("the minutes")}
        offer(self, "kind", [(kind, labels[ReleaseKind(kind)]) for kind in kinds])

    def clean(self) -> dict[str, Any]:
        """One moment of day and hour, or none."""
        facts = super().clean() or self.cleaned_data
        day, clock = facts.get("release_on"), facts.get("release_time")
        facts["release_at"] = None
        if day is not None and clock is None and "release_time" not in self.errors:
            raise forms.ValidationError({"release_time": _("Write the hour, too.")})
        if clock is not None and day is None and "release_on" not in self.errors:
            raise forms.ValidationError({"release_on": _("Choose the day, too.")})
        if day is not None and clock is not None:
            try:
                facts["release_at"] = hour_of(day, clock, get_current_timezone())
            except RuleBrokenError as refusal:
                raise forms.ValidationError({"release_time": str(refusal)}) from refusal
        return facts


class NoPartiesForm(forms.Form):
    """The items of which she says that nobody is to be told first, as the page listed them."""

    item = forms.TypedMultipleChoiceField(coerce=UUID, error_messages={"required": _("Choose at least one item.")})

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        offer(self, "item", [(name, name) for name in data.getlist("item")])


class WithdrawForm(forms.Form):
    """Why a release is taken back; the reason stays in the house."""

    reason = forms.CharField(
        label=_("Why is the release withdrawn?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the house reads the reason. The public sees that the release was withdrawn."),
        error_messages={"required": _("Write why the release is withdrawn.")},
    )
