"""Preparing figures."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PrepareFiguresForm(forms.Form):
    """Why figures that are out are corrected."""

    public_reason = forms.CharField(
        label=_("Why figures that are out are corrected"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if figures of this period are out and say something else now. The public reads it."),
    )
