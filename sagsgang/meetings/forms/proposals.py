"""What the secretary answers a member who has raised a matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.documents.access import Access, Ground


class TakeUpForm(forms.Form):
    """Whether the case that is opened is open or closed; nothing is chosen beforehand."""

    access = forms.ChoiceField(
        label=_("Access"),
        choices=Access.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the case is open or closed.")},
    )
    ground = forms.ChoiceField(
        label=_("Ground for closing"),
        required=False,
        choices=[("", _("– choose if the case is closed –")), *(g for g in Ground.choices if g[0] != Ground.UNKNOWN)],
    )


class AnswerMatterForm(forms.Form):
    """Why the matter does not get on an agenda."""

    answer = forms.CharField(
        label=_("Answer to the member"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why the proposal does not get on an agenda. The member reads it.")},
    )
