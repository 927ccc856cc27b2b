"""The forms with which an agenda is composed: its order, the kind of an item, late reasons, standing items."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.cases.models import ItemKind
from sagsgang.meetings.models import StandingItem, StandingPlace, StandingUse
from sagsgang.meetings.rules.agenda import MOST_BLOCKS

MOVES = ("up", "down", "first", "last")
_LONGEST_ORDER = 100_000  # characters: ids of far more items than an agenda has
_NOTHING = ("", pgettext_lazy("item kind", "not said"))


class OrderForm(forms.Form):
    """The order that is wanted: all ids in `order`, or one item's way in `move` ("<id>:up"). `seen` is the stamp."""

    seen = forms.CharField(max_length=64)
    order = forms.CharField(required=False, max_length=_LONGEST_ORDER)
    move = forms.CharField(required=False, max_length=60)

    def clean_order(self) -> list[UUID]:
        """The ids, parted by commas or blanks."""
        try:
            return [UUID(word) for word in self.cleaned_data["order"].replace(",", " ").split()]
        except ValueError as error:
            raise forms.ValidationError(_("The order cannot be read. Load the page again.")) from error

    def clean_move(self) -> tuple[UUID, str] | None:
        """The item and its way."""
        named, _colon, way = self.cleaned_data["move"].partition(":")
        if not named:
            return None
        try:
            found = UUID(named)
        except ValueError as error:
            raise forms.ValidationError(_("The order cannot be read. Load the page again.")) from error
        if way not in MOVES:
            raise forms.ValidationError(_("The order cannot be read. Load the page again."))
        return found, way


class LineForm(forms.Form):
    """What kind of item it is, and the block in which it is decided."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[_NOTHING, *ItemKind.choices])
    block = forms.TypedChoiceField(
        label=_("Block"), required=False, coerce=int, empty_value=None,
        choices=[("", "–"), *((str(n), str(n)) for n in range(1, MOST_BLOCKS + 1))],
    )  # fmt: skip


class LateReasonForm(forms.Form):
    """Why an item comes late."""

    reason = forms.CharField(
        label=_("Why it comes after the deadline and cannot wait"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is printed on the agenda. Of an open item it goes to the public."),
    )


class SupplementForm(forms.Form):
    """Why there is a supplementary agenda, and whether it is sent although something is not ready."""

    reason = forms.CharField(
        label=_("Why there is a supplementary agenda"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is printed on it. Everybody who sees the meeting reads it: write nothing that is closed."),
    )
    anyway = forms.BooleanField(label=_("Send it all the same"), required=False)


class StandingItemForm(forms.Form):
    """A standing item of a body."""

    title = forms.CharField(label=_("Title"), max_length=300)
    place = forms.ChoiceField(label=_("Place"), choices=StandingPlace.choices)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[_NOTHING, *ItemKind.choices])
    use = forms.ChoiceField(
        label=_("What it is for"),
        required=False,
        choices=[("", _("a heading of our own")), *StandingUse.choices],
        help_text=_("The system finds the adoption of the agenda, the signing and so on by this."),
    )

    @staticmethod
    def written(row: StandingItem) -> dict[str, object]:
        """What the form begins with."""
        return {"title": row.title, "place": row.place, "kind": row.kind, "use": row.use}
