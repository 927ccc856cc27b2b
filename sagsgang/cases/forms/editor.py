"""What the editor reads from a request: a section's words and points, its place, and the economy block. No saving."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.cases.models import AppropriationKind, ItemKind, SectionKind, Side, Verb
from sagsgang.cases.rules.economy import FIRST_YEAR, LAST_YEAR, Line, amount_of, amount_words
from sagsgang.cases.rules.editing import PointWords
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.forms import offer
from sagsgang.documents import richtext
from sagsgang.documents.access import Access, Ground

MOST_POINTS = 200
MOST_LINES = 60
LONGEST_TEXT = 500_000
EMPTY_LINES = 2


class SectionForm(forms.Form):
    """The words of a section: `html` from the editor, or (`is_rich` off) `text` with a paragraph a line."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    is_rich = forms.BooleanField(required=False)
    html = forms.CharField(required=False, strip=False, max_length=LONGEST_TEXT)
    text = forms.CharField(required=False, strip=False, max_length=LONGEST_TEXT)

    @property
    def is_too_long(self) -> bool:
        """Was a text refused for its length?"""
        return bool({"html", "text"} & self.errors.keys())

    def words_over(self, standing: str) -> str:
        """The HTML of a valid form; plain lines that say what stands already keep its form."""
        if self.cleaned_data["is_rich"]:
            return str(self.cleaned_data["html"])
        text = self.cleaned_data["text"]
        if _lines(text) == _lines(richtext.to_plain(standing)):
            return standing
        return richtext.from_plain(text)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def points_of_request(data: Mapping[str, Any]) -> list[PointWords]:
    """The points that were sent, after the button that was pressed: ``up-2``, ``down-2``, ``remove-2``."""
    points = []
    for n in range(MOST_POINTS):
        if f"point-{n}" not in data:
            break
        verb = str(data.get(f"verb-{n}", ""))
        points.append(PointWords(verb if verb in Verb else "", str(data[f"point-{n}"])))
    verb, _dash, place = str(data.get("act", "")).partition("-")
    at = int(place) if place.isdigit() else -1
    if not 0 <= at < len(points):
        return points
    if verb == "remove":
        return points[:at] + points[at + 1 :]
    other = at + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(points):
        points[at], points[other] = points[other], points[at]
    return points


def loses_form(html: str) -> bool:
    """Would plain lines lose something of this text?"""
    return bool(html) and richtext.from_plain(richtext.to_plain(html)) != html


class AddSectionForm(forms.Form):
    """A new section."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind, capfirst(name)) for kind, name in SectionKind.choices])
    heading = forms.CharField(label=_("Heading"), max_length=200)


class HeadingForm(forms.Form):
    """Another heading."""

    heading = forms.CharField(label=_("Heading"), max_length=200)


class AccessForm(forms.Form):
    """Open, or closed on a ground."""

    access = forms.ChoiceField(label=_("Access"), choices=[(value, capfirst(name)) for value, name in Access.choices])
    ground = forms.ChoiceField(
        label=_("Ground"), required=False,
        choices=[("", _("– none –")), *((value, capfirst(name)) for value, name in Ground.choices)],
        help_text=_("Only for a closed section."),
    )  # fmt: skip


class ChooseForm(forms.Form):
    """For which body and kind of item it is written."""

    body = forms.ChoiceField(label=_("Body"))
    item_kind = forms.ChoiceField(
        label=_("Item kind"), choices=[(kind, capfirst(name)) for kind, name in ItemKind.choices]
    )

    def __init__(self, data: Mapping[str, Any] | None, *, bodies: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(data, **options)
        choices = [(str(key), name) for key, name in bodies]
        offer(self, "body", choices)


class AmountField(forms.Field):
    """Kroner in Danish figures."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 16, "class": "amount", "maxlength": 30})

    def to_python(self, value: Any) -> Any:
        """A Decimal; None where nothing was typed."""
        words = str(value or "").strip()
        if not words:
            return None
        try:
            return amount_of(words)
        except RuleBrokenError as refusal:
            raise ValidationError(str(refusal)) from refusal


class LineForm(forms.Form):
    """One line of the economy block; an empty one is none."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False,
        choices=[("", _("– choose –")), *((kind, capfirst(name)) for kind, name in AppropriationKind.choices)],
    )  # fmt: skip
    account = forms.CharField(label=_("Account or purpose"), required=False, max_length=200)
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}),
    )  # fmt: skip
    amount = AmountField(label=_("Kroner"), required=False)
    remove = forms.BooleanField(label=pgettext_lazy("line", "Remove"), required=False)

    def __init__(self, *args: Any, side: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.side = side

    @property
    def is_left_out(self) -> bool:
        """Nothing typed, or marked to be removed."""
        values = self.cleaned_data
        return bool(values.get("remove")) or not any((values.get("account"), values.get("year"), values.get("amount")))

    def clean(self) -> dict[str, Any]:
        """A line that is begun is whole."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("remove"):
            self.errors.clear()
            return values
        begun = [name for name in ("account", "year", "amount") if values.get(name) or name in self.errors]
        wanted = ["account", "year", "amount", *(["kind"] if self.side == Side.GRANT else [])]
        for name in wanted if begun else []:
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _MISSING[name])
        return values

    @property
    def line(self) -> Line:
        """What a valid form says."""
        values = self.cleaned_data
        return Line(self.side, values["kind"], values["account"], values["year"], values["amount"])


_MISSING = {
    "account": _("Write the account or purpose."),
    "year": _("Write the year."),
    "amount": _("Write the amount."),
    "kind": _("Choose what is granted."),
}


@dataclass(frozen=True, slots=True)
class EconomyForms:
    """The forms of the block: lines of what is granted and of what pays for it, each with empty ones at the end."""

    grants: list[LineForm]
    coverage: list[LineForm]

    def is_valid(self) -> bool:
        """Is every line either whole or empty?"""
        forms_of_both = (*self.grants, *self.coverage)
        return [form.is_valid() for form in forms_of_both].count(False) == 0

    @property
    def lines(self) -> list[Line]:
        """The lines of a valid block."""
        return [form.line for form in (*self.grants, *self.coverage) if not form.is_left_out]

    @property
    def sides(self) -> list[tuple[Any, list[LineForm]]]:
        """Both sides with their names."""
        return [(Side.GRANT, self.grants), (Side.COVERAGE, self.coverage)]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its control."""
        return [
            (field.id_for_label, f"{field.label}: {error}")
            for form in (*self.grants, *self.coverage)
            for field in form
            for error in field.errors
        ]


def economy_of_lines(lines: Sequence[Line]) -> EconomyForms:
    """The block as it stands, with empty lines."""
    return EconomyForms(*(_of_lines(side, [line for line in lines if line.side == side]) for side in Side))


def _of_lines(side: str, lines: Sequence[Line]) -> list[LineForm]:
    initial = [
        {"kind": line.kind, "account": line.account, "year": line.year, "amount": amount_words(line.amount)}
        for line in lines
    ]
    rows: list[dict[str, Any]] = [*initial, *({} for _row in range(EMPTY_LINES))]
    return [LineForm(side=side, prefix=f"{side}-{n}", initial=row) for n, row in enumerate(rows)]


def economy_of_request(data: Mapping[str, Any]) -> EconomyForms:
    """The block as it was sent."""
    return EconomyForms(*(_of_request(side, data) for side in Side))


def _of_request(side: str, data: Mapping[str, Any]) -> list[LineForm]:
    count = 0
    while count < MOST_LINES and f"{side}-{count}-amount" in data:
        count += 1
    return [LineForm(data, side=side, prefix=f"{side}-{n}") for n in range(count)]
