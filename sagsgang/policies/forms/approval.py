"""Who approved a version: by a decision of this house, or as it is stated elsewhere. No saving."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import day_field, offer_rows
from sagsgang.meetings.models import AgendaItem
from sagsgang.policies.models import PolicyPart, PolicyVersion


class ItemField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A decided item by body, day and number; the title of an open one alone."""

    def label_from_instance(self, obj: AgendaItem) -> str:
        """A closed item is named by its number: its title is read on its own page."""
        number = f"{obj.parent.number}.{obj.number}" if obj.parent else obj.number
        is_closed = obj.is_closed or (obj.parent is not None and obj.parent.is_closed)
        return gettext("{body} {day}, item {number}: {title}").format(
            body=obj.meeting.body.name,
            day=date_format(obj.meeting.held_on, "SHORT_DATE_FORMAT"),
            number=number,
            title=gettext("closed item") if is_closed else obj.title,
        )


def _part_field() -> "forms.ModelChoiceField[PolicyPart]":
    return forms.ModelChoiceField(
        label=_("What was approved"),
        queryset=PolicyPart.objects.none(),
        required=False,
        empty_label=pgettext_lazy("approval of a version", "The version as a whole"),
    )


class _OfVersion(forms.Form):
    """What both kinds of approval have: the whole, or one part."""

    def __init__(self, data: Mapping[str, Any] | None, version: PolicyVersion) -> None:
        super().__init__(data)
        parts = version.parts.all()
        if parts:
            offer_rows(self, "part", parts)
        else:
            del self.fields["part"]

    @property
    def chosen_part(self) -> PolicyPart | None:
        """The part that was approved; None = the whole."""
        return self.cleaned_data.get("part") or None


class ApprovalForm(_OfVersion):
    """The item whose decision approved it."""

    part = _part_field()
    item = ItemField(
        label=_("Decided at"), queryset=AgendaItem.objects.none(),
        error_messages={"required": _("Choose the item.")},
        help_text=_(
            "Items whose decision approves and that you may read, the newest first. Of a closed item others see body and"
            " day, and neither title nor words."
        ),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, version: PolicyVersion, items: QuerySet[AgendaItem]) -> None:
        super().__init__(data, version)
        offer_rows(self, "item", items)


class StatedApprovalForm(_OfVersion):
    """Who approved it before this system."""

    part = _part_field()
    body = forms.CharField(
        label=_("Approved by"), max_length=200, error_messages={"required": _("Write who approved it.")}
    )
    on = day_field(_("Date"), error_messages={"required": _("Write the day.")})
    source = forms.CharField(
        label=_("Source"), max_length=500, widget=forms.TextInput(attrs={"class": "form-wide"}),
        help_text=_("Where it is read: a protocol, a journal number, an address."),
        error_messages={"required": _("Write where it is read.")},
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """From which day nothing of it is in force."""

    on = day_field(_("Not in force from"), error_messages={"required": _("Write the day.")})

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial={"on": localdate()})
