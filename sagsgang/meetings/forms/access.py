"""What is typed when access is asked for and answered."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Body
from sagsgang.core.forms import offer

type Typed = Mapping[str, object] | None


class AskAccessForm(forms.Form):
    """Why she wants to read the item; the law asks for no reason."""

    reason = forms.CharField(
        label=_("What you need it for"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You need not give a reason. The committee's secretary reads it."),
    )


class AnswerAccessForm(forms.Form):
    """Granted or refused, and in which words."""

    granted = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Grant access")), ("no", _("Refuse access"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether access is granted or refused.")},
    )
    answer = forms.CharField(
        label=_("Words to her who asked"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A refusal must say why."),
    )


class CommitteeForm(forms.Form):
    """Which committee's meetings are shown."""

    body = forms.ChoiceField(
        label=_("Committee"), required=False, error_messages={"invalid_choice": _("Choose a body from the list.")}
    )

    def __init__(self, data: Typed, bodies: Iterable[Body]) -> None:
        super().__init__(data)
        self.bodies = {str(body.pk): body for body in bodies}
        choices = [(key, body.name) for key, body in self.bodies.items()]
        offer(self, "body", [("", _("All committees")), *choices])

    @property
    def chosen(self) -> Body | None:
        """The committee that was chosen; None for all, also where what was chosen is no committee."""
        return self.bodies.get(self.cleaned_data.get("body", "")) if self.is_valid() else None
