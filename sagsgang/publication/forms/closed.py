"""May this closed item be opened now?"""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import offer
from sagsgang.documents.access import Ground
from sagsgang.meetings.forms import ClosingForm
from sagsgang.meetings.forms.opening import opening_choices
from sagsgang.meetings.models import AgendaItem, Attachment, ReviewAnswer


def _day(**options: object) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date", "class": "narrow"}, format="%Y-%m-%d")
    return forms.DateField(label=_("Ask again on"), widget=picker, **options)  # type: ignore[arg-type]


class ReviewForm(forms.Form):
    """The three answers, with what each of them wants."""

    answer = forms.ChoiceField(
        label=_("May the item be opened now?"),
        widget=forms.RadioSelect,
        choices=ReviewAnswer.choices,
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason stays in the house."),
        error_messages={"required": _("Write why you answer so. The reason stays in the house.")},
    )
    ground = forms.ChoiceField(
        label=_("The ground on which it stays closed"),
        required=False,
        choices=[("", _("Choose a ground")), *((key, name) for key, name in Ground.choices if key != Ground.UNKNOWN)],
    )
    review_on = _day(required=False)
    opened = forms.MultipleChoiceField(
        label=_("Attachments that become open with the item"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The others stay closed, each for itself."),
    )
    keeps_notes = forms.BooleanField(
        label=_("The notes on why it came late or was closed may be public"),
        required=False,
        help_text=_("Without a tick they are taken off the item when it is opened."),
    )
    has_looked = forms.BooleanField(label=_("I have looked through all that becomes open"), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None,
        item: AgendaItem,
        attachments: Iterable[Attachment],
        *,
        has_notes: bool = False,
    ) -> None:
        super().__init__(data, initial={"ground": item.ground})
        choices = opening_choices(attachments)
        offer(self, "opened", choices)
        if not choices:
            del self.fields["opened"]
        if not has_notes:
            del self.fields["keeps_notes"]


class CloseForm(ClosingForm):
    """An item that was open is closed. `is_sent`: the members are told why; `is_final`: the protocol is amended."""

    ground = forms.ChoiceField(
        label=_("The ground on which it is closed"),
        choices=[("", _("Choose a ground")), *((key, name) for key, name in Ground.choices if key != Ground.UNKNOWN)],
        error_messages={"required": _("Choose the ground on which it is closed.")},
    )
    change_reason = forms.CharField(
        label=_("Why it is closed after it was sent"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Printed at the item, for those who may read it."),
    )
    review_on = _day(required=False)
    field_order = ["ground", "closing_reason", "public_title", "change_reason", "review_on"]

    def __init__(self, data: Mapping[str, object] | None, item: AgendaItem, *, is_sent: bool, is_final: bool) -> None:
        super().__init__(data, initial={"public_title": item.public_title})
        self.fields["closing_reason"].required = True
        self.fields["change_reason"].required = True
        if is_final:
            self.fields["change_reason"].label = _("Why it is closed after the protocol was made final")
            self.fields["change_reason"].help_text = _("Entered as an amendment of the protocol, at the item.")
        elif not is_sent:
            del self.fields["change_reason"]


class ReviewDayForm(forms.Form):
    """When it is asked for the first time."""

    review_on = _day()
