"""What is typed of an indicator: its facts, a figure, a file with the columns of it, and what was to move it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.forms import day_field, offer_rows
from sagsgang.documents.tables import LARGEST, Sheet, letters, number_of, read_sheet, shown
from sagsgang.goals.actions.indicator_series import FileFacts
from sagsgang.goals.actions.indicators import IndicatorFacts
from sagsgang.goals.forms.house import LocalGoalForm, name_field
from sagsgang.goals.forms.work import LinkForm
from sagsgang.goals.models import Better, Indicator, IndicatorValue, LocalGoal, PolicyArea
from sagsgang.goals.models.indicators import MOST_DECIMALS
from sagsgang.goals.queries.indicators import Movers
from sagsgang.goals.rules.indicators import MOST_NOTE
from sagsgang.goals.rules.series import FIELDS

_LARGEST_SHEET = 1_500_000
_HOURS = 12


class NumberField(forms.CharField):
    """A number as people write it here: 1.234,5."""

    widget = forms.TextInput(attrs={"class": "narrow", "inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        """The number, None where nothing is written."""
        words = str(super().to_python(value) or "")
        if not words:
            return None
        number = number_of(words)
        if number is None:
            raise forms.ValidationError(_("“%(words)s” is no number."), code="number", params={"words": words[:40]})
        return number

    def prepare_value(self, value: Any) -> Any:
        """As it is written, without zeros at the end."""
        if not isinstance(value, Decimal):
            return value
        return number_format(value.normalize() if value else Decimal(0), use_l10n=True, force_grouping=False)


class IndicatorForm(forms.Form):
    """An indicator; its figures are brought in on its page."""

    name = name_field()
    measures = forms.CharField(
        label=_("What it measures"), required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "form-wide"}),
        help_text=_("How it is counted, and what it does not count."),
    )  # fmt: skip
    measured_in = forms.CharField(
        label=_("Measured in"), required=False, max_length=40, help_text=_("For example “%” or “tons of CO₂”."),
        widget=forms.TextInput(attrs={"class": "narrow"}),
    )  # fmt: skip
    decimals = forms.IntegerField(
        label=_("Decimals shown"), min_value=0, max_value=MOST_DECIMALS, initial=0,
        widget=forms.NumberInput(attrs={"class": "narrow"}),
    )  # fmt: skip
    better = forms.ChoiceField(
        label=_("Which way is it meant to move?"), choices=Better.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose which way is better.")},
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Who publishes the figures, and under which name or table."),
        error_messages={"required": _("Write where its figures are from.")},
    )  # fmt: skip
    source_address = forms.URLField(label=_("Address of the source"), required=False, max_length=500)
    baseline_value = NumberField(label=_("Baseline"), required=False, help_text=_("The figure where it began."))
    baseline_on = day_field(_("Day of the baseline"), required=False)
    target_value = NumberField(label=_("Target"), required=False, help_text=_("The figure that is to be reached."))
    target_on = day_field(_("To be reached by the day"), required=False)
    serves = forms.CharField(
        label=_("Measures these goals or targets"), required=False, max_length=400,
        help_text=_("Numbers with commas between, for example “3, 11.7, 17.17”."),
    )  # fmt: skip
    local_goals = forms.ModelMultipleChoiceField(
        label=_("Measures these local goals"), queryset=LocalGoal.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    area = forms.ModelChoiceField(label=_("Policy area"), queryset=PolicyArea.objects.none(), required=False)
    unit = forms.ModelChoiceField(label=_("Owned by the unit"), queryset=Unit.objects.none(), required=False)
    owner_role = forms.CharField(
        label=_("Owner, by role"), max_length=200, required=False, help_text=_("For example “Head of planning”.")
    )
    is_public = forms.BooleanField(
        label=_("May be told to the public"), required=False,
        help_text=_("Its name and figures then go out with the released figures of goals. Its name must tell nothing closed."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, authority: Authority, row: Indicator | None = None) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)} if row else {}
        if row is not None:
            held = list(row.goals.all())
            initial["serves"] = ", ".join(str(one) for one in held if one.goal)
            initial["local_goals"] = [one.local_goal_id for one in held if one.local_goal_id]
            initial |= {"area": row.area_id, "unit": row.unit_id}
        super().__init__(data, initial=initial)
        # What was taken off the list since stays where it was chosen.
        goals = LocalGoal.history.filter(
            Q(withdrawn_at=None) | Q(pk__in=self.initial.get("local_goals", [])), authority=authority
        )
        for name, rows in (
            ("local_goals", goals),
            ("area", PolicyArea.history.filter(Q(withdrawn_at=None) | Q(pk=row and row.area_id), authority=authority)),
            ("unit", Unit.objects.filter(authority=authority)),
        ):
            offer_rows(self, name, rows)
        if not goals.exists():
            del self.fields["local_goals"]

    clean_serves = LocalGoalForm.clean_serves

    @property
    def facts(self) -> IndicatorFacts:
        """The indicator of a valid form."""
        return IndicatorFacts(**self.cleaned_data)


class FigureForm(forms.Form):
    """One figure, typed."""

    period = forms.CharField(
        label=_("Period"), max_length=40, help_text=_("2023, 2023K1, 2023M01, January 2023 or a date."),
        widget=forms.TextInput(attrs={"class": "narrow"}), error_messages={"required": _("Write the period.")},
    )  # fmt: skip
    value = NumberField(label=_("Figure"), error_messages={"required": _("Write the figure.")})
    note = forms.CharField(
        label=_("Note"), required=False, max_length=MOST_NOTE, help_text=_("For example a new way of counting."),
        widget=forms.TextInput(attrs={"class": "form-wide"}),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, figure: IndicatorValue | None = None) -> None:
        initial = {"value": figure.value, "note": figure.note} if figure else {}
        super().__init__(data, initial=initial)
        if figure is not None:
            del self.fields["period"]


class ReasonForm(forms.Form):
    """Why a figure is taken off."""

    reason = forms.CharField(
        label=pgettext_lazy("figure", "Why it is taken off"), max_length=300,
        error_messages={"required": _("Write why.")}, widget=forms.TextInput(attrs={"class": "form-wide"}),
    )  # fmt: skip


class IndicatorLinkForm(LinkForm):
    """What was to move the indicator, from which day, and what was expected."""

    on = day_field(
        _("From the day"), required=False, help_text=_("Empty: the day of the meeting that decided."),
    )  # fmt: skip
    expected = forms.CharField(
        label=_("What was expected"), required=False, max_length=300, widget=forms.TextInput(attrs={"class": "form-wide"}),
        help_text=_("In a few words, for example “100 t less from 2025”. Leave it empty where the item is closed."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, movers: Movers) -> None:
        super().__init__(data, movers.cases, movers.items, movers.projects)
        self.fields["to"].label = _("Decision, case or project")


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A file as its rows, kept in the page between the preview and the storing: nothing of it is stored meanwhile."""

    sheet: Sheet
    file: FileFacts


class SeriesFileForm(forms.Form):
    """A file with figures."""

    file = forms.FileField(
        label=_("File"), allow_empty_file=True, error_messages={"required": _("Choose the file.")},
        help_text=_("CSV or XLSX: one row for each period, with the headings “Periode”, “Værdi” and perhaps “Note”."),
    )  # fmt: skip

    def read(self) -> KeptSheet:
        """The rows of a valid form's file. Raises `RuleBrokenError` with row and column."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise RuleBrokenError(gettext("The file is too large."))
        content = file.read()
        facts = FileFacts((file.name or "")[:200], hashlib.sha256(content).hexdigest())
        return KeptSheet(read_sheet(content), facts)


class ColumnsForm(forms.Form):
    """Which column is what, where the headings do not say it."""

    def __init__(self, data: Mapping[str, Any] | None, sheet: Sheet, at: Mapping[str, int]) -> None:
        super().__init__(data, initial={field: at.get(field, "") for field in FIELDS})
        labels = {"period": gettext("Period"), "value": gettext("Value"), "note": gettext("Note")}
        columns = [
            (str(column), f"{letters(column + 1)}: {shown(heading)}" if heading else letters(column + 1))
            for column, heading in enumerate(sheet.headings)
        ]
        for field in FIELDS:
            none = gettext("No column") if field == "note" else "---------"
            self.fields[field] = forms.ChoiceField(
                label=labels[field], choices=[("", none), *columns], required=field != "note"
            )  # fmt: skip

    @property
    def given(self) -> dict[str, int | None]:
        """The columns of a valid form; None = none."""
        return {field: int(self.cleaned_data[field]) if self.cleaned_data[field] else None for field in FIELDS}


def kept_words(kept: KeptSheet, indicator: Indicator, user: User) -> str:
    """The rows as a sealed line for a hidden field. Raises `RuleBrokenError` where there is too much of it."""
    sheet = kept.sheet
    rows = [[row, *cells] for row, cells in sheet.rows]
    tree = [kept.file.name, kept.file.sha256, list(sheet.headings), sheet.heading_row, rows]
    words = signing.dumps(tree, salt=_salt(indicator, user), compress=True)
    if len(words) > _LARGEST_SHEET:
        raise RuleBrokenError(gettext("The file holds too much beside the series. Leave period, value and note in it."))
    return words


def kept_sheet(words: str, indicator: Indicator, user: User) -> KeptSheet:
    """The rows of such a line, for the indicator and the user who sent the file. Raises `RuleBrokenError`."""
    try:
        name, sha256, headings, heading_row, rows = signing.loads(
            words, salt=_salt(indicator, user), max_age=_HOURS * 3600
        )
    except signing.BadSignature as refusal:
        raise RuleBrokenError(gettext("The file is kept no longer. Choose it once more.")) from refusal
    sheet = Sheet(tuple(headings), heading_row, tuple((row, tuple(cells)) for row, *cells in rows))
    return KeptSheet(sheet, FileFacts(name, sha256))


def _salt(indicator: Indicator, user: User) -> str:
    return f"goals.series:{indicator.pk}:{user.pk}"
