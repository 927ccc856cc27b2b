"""What is typed when a case is held because of an error, and when its hold is lifted."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.cases.models import CaseAttachment, Lifting
from sagsgang.followups.forms.facts import Data, FactsForm, _OneOf
from sagsgang.followups.queries import Choices


class HoldForm(FactsForm):
    """What is wrong, in which attachment, and who, by role, mends it by when."""

    wrong = forms.CharField(
        label=_("What is wrong"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "class": "wide"}),
        help_text=_("It stands on the case, and at each body that treats it."),
    )  # fmt: skip
    attachment = _OneOf(
        _("Attachment"), _("The one that the error is in. What was sent of it is marked as replaced later.")
    )
    field_order = ("wrong", "attachment")

    def __init__(self, data: Data, choices: Choices, attachments: Iterable[CaseAttachment]) -> None:
        first: dict[str, object] = {"before_step": choices.steps[0].step.pk if choices.steps else None}
        super().__init__(data, choices, initial=first)
        rows = [(row, row.title) for row in attachments]
        self._offer("attachment", rows, pgettext_lazy("attachment", "None: the error is in the case itself"))


class LiftForm(forms.Form):
    """How the error came to its end, and in which words."""

    lifting = forms.ChoiceField(
        label=_("What became of the error?"), widget=forms.RadioSelect,
        choices=[
            (Lifting.MENDED, _("It is mended")),
            (Lifting.ACCEPTED, _("It is let be")),
        ],
        error_messages={"required": _("Choose what became of the error.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("What was mended, or why is it let be?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "class": "wide"}),
        help_text=_("It is read by those who read the case, and by the bodies that treat it."),
        error_messages={"required": _("Write what was mended, or why the error is let be.")},
    )  # fmt: skip
