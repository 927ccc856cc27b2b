"""What is asked when the body closes or opens an item at its meeting, or takes it off."""

from collections.abc import Iterable
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import offer
from sagsgang.documents.access import Ground
from sagsgang.meetings.forms.opening import opening_choices
from sagsgang.meetings.models import AgendaItem, Attachment
from sagsgang.sittings.forms.acts import ActForm


class DoorForm(ActForm):
    """Either way: whether it was voted on."""

    is_voted = forms.BooleanField(
        label=_("It was voted on"),
        required=False,
        help_text=_("As a procedural motion, entered at the desk. Without a tick the chair concludes without a vote."),
    )

    def __init__(self, data: object, item: AgendaItem) -> None:
        super().__init__(data, item.meeting)
        self.fields["key"].initial = uuid4  # sent twice it is done once


class CloseHereForm(DoorForm):
    """The ground, the concrete reason, and what the public may call it."""

    ground = forms.ChoiceField(
        label=_("The ground on which it is closed"),
        choices=[("", _("Choose a ground")), *((key, name) for key, name in Ground.choices if key != Ground.UNKNOWN)],
        error_messages={"required": _("Choose the ground on which it is closed.")},
    )
    closing_reason = forms.CharField(
        label=_("Concrete reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write the concrete reason why the item is closed: the ground alone is not enough.")
        },
    )
    public_title = forms.CharField(label=_("Public title"), required=False, max_length=300)
    field_order = ["ground", "closing_reason", "public_title", "is_voted"]

    def __init__(self, data: object, item: AgendaItem) -> None:
        super().__init__(data, item)
        self.fields["public_title"].initial = item.public_title


class OpenHereForm(DoorForm):
    """Why it can be open, and which of its attachments become so with it."""

    reason = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The reason stays in the house."),
        error_messages={"required": _("Write why you answer so. The reason stays in the house.")},
    )
    opened = forms.MultipleChoiceField(
        label=_("Attachments that become open with the item"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The others stay closed, each for itself."),
    )
    has_looked = forms.BooleanField(label=_("I have looked through all that becomes open"), required=False)
    field_order = ["reason", "opened", "has_looked", "is_voted"]

    def __init__(self, data: object, item: AgendaItem, attachments: Iterable[Attachment]) -> None:
        super().__init__(data, item)
        choices = opening_choices(attachments)
        offer(self, "opened", choices)
        if not choices:
            del self.fields["opened"]


class TakeOffForm(DoorForm):
    """Why it is taken off, for the protocol."""

    reason = forms.CharField(
        label=_("Why is it taken off?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "May be left empty. It stands at the item in the protocol, which is read by those who read the item."
        ),
    )
    field_order = ["reason", "is_voted"]
