"""What is said when a follow-up is noted on, finished, dropped or opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _words(label: object, *, required: bool = True, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=required,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "wide"}),
        help_text=help_text,  # type: ignore[arg-type]
    )


class NoteForm(forms.Form):
    """A note."""

    prefix = "note"
    words = _words(_("Note"))


class FinishForm(forms.Form):
    """What was done."""

    prefix = "finish"
    words = _words(_("What was done"), help_text=_("The words go back to who gave the follow-up."))


class DropForm(forms.Form):
    """Why it is dropped."""

    prefix = "drop"
    words = _words(_("Why it is dropped"))


class ReopenForm(forms.Form):
    """Why it is opened again."""

    prefix = "reopen"
    words = _words(_("Why it is opened again"), required=False)
