"""What the release pages read from a request. No saving."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.publication.models import ReleaseKind


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

    def __init__(self, data: Mapping[str, object] | None, kinds: Sequence[str], **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        labels = {ReleaseKind.AGENDA: _("the agenda"), ReleaseKind.MINUTES: _("the minutes")}
        self.fields["kind"].choices = [(kind, labels[ReleaseKind(kind)]) for kind in kinds]  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a release is taken back; the reason stays in the house."""

    reason = forms.CharField(
        label=_("Why is the release withdrawn?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the house reads the reason. The public sees that the release was withdrawn."),
        error_messages={"required": _("Write why the release is withdrawn.")},
    )
