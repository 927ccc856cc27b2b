"""Answering what the gate found."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import offer


class AnswerForm(forms.Form):
    """Which findings, why they may go out, and of a CPR number that it is none; the rules judge what is missing."""

    finding = forms.TypedMultipleChoiceField(required=False)
    reason = forms.CharField(
        label=_("Why may it go out as it is?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_no_cpr = forms.BooleanField(label=_("It is no CPR number. The reason says what it is."), required=False)
    only_here = forms.BooleanField(required=False)

    def __init__(self, data: object, findings: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        offer(self, "finding", [(pk, pk) for pk in findings])
