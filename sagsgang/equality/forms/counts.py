"""A headcount from a file or typed, and the reason why a finding is let stand."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority
from sagsgang.core.forms import day_field
from sagsgang.equality.actions import CountFacts
from sagsgang.equality.models import Scheme
from sagsgang.equality.reading import read_headcount
from sagsgang.equality.shapes import Figures, Headcount


class _CountForm(forms.Form):
    """What both ways of bringing figures in ask for."""

    snapshot_on = day_field(_("Day of the count"), help_text=_("All figures are of this one day."))
    scheme = forms.ModelChoiceField(label=_("Scheme"), queryset=Scheme.objects.none(), required=False)
    is_typed = False

    def __init__(self, data: Any, files: Any, authority: Authority) -> None:
        super().__init__(data, files)
        field = self.fields["scheme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Scheme.objects.filter(authority=authority)

    def clean(self) -> dict[str, Any]:
        """The scheme must hold on the day."""
        scheme, day = self.cleaned_data.get("scheme"), self.cleaned_data.get("snapshot_on")
        if scheme and day:
            since, until = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
            if not Scheme.objects.filter(since, until, pk=scheme.pk).exists():
                self.add_error("scheme", _("The scheme does not hold on that day."))
        return self.cleaned_data

    @property
    def facts(self) -> CountFacts:
        """What is said of the figures as a whole."""
        return CountFacts(
            snapshot_on=self.cleaned_data["snapshot_on"],
            scheme=self.cleaned_data.get("scheme"),
            source_system=self.cleaned_data.get("source_system") or "",
            extracted_on=self.cleaned_data.get("extracted_on"),
            is_typed=self.is_typed,
        )


class ImportForm(_CountForm):
    """A file, where it comes from, and which column is what where the headings do not say it."""

    file = forms.FileField(
        label=_("File"), allow_empty_file=True,
        help_text=_("CSV or XLSX: one row an employee, or a table of sums. The file itself is not kept."),
    )  # fmt: skip
    source_system = forms.CharField(label=_("Source system"), max_length=200)
    extracted_on = day_field(_("Extracted on"), required=False)

    MAPPED = {
        "key": _("Column of the employee’s number"),
        "name": _("Column of the name"),
        "unit": _("Column of the unit"),
        "level": _("Column of the level"),
        "sex": _("Column of the sex"),
        "status": _("Column of the status"),
    }

    def __init__(self, data: Any, files: Any, authority: Authority) -> None:
        super().__init__(data, files, authority)
        for name, label in self.MAPPED.items():
            self.fields[f"column_{name}"] = forms.RegexField(
                re.compile(r"^[A-Za-z]{1,2}$"), label=label, required=False, max_length=2,
                error_messages={"invalid": _("Write the letter of a column, such as C.")},
            )  # fmt: skip

    @property
    def mapping(self) -> dict[str, int]:
        """The columns (from 0) that are given by hand."""
        given = {name: self.cleaned_data.get(f"column_{name}") or "" for name in self.MAPPED}
        return {name: _index(letters) for name, letters in given.items() if letters}

    def headcount(self) -> Headcount:
        """What the file says. Raises RuleBrokenError with row and column."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return read_headcount(file.read(), self.mapping)


def _index(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class TypedForm(_CountForm):
    """Heads by level and sex; the sums are computed."""

    is_typed = True

    def __init__(self, data: Any, files: Any, authority: Authority) -> None:
        super().__init__(data, files, authority)
        for level in (1, 2, 3):
            for name, words in (("women", _("women")), ("men", _("men")), ("other", _("others"))):
                self.fields[f"{name}_{level}"] = forms.IntegerField(
                    label=_level_label(level, str(words)), min_value=0, max_value=100_000, initial=0,
                    widget=forms.NumberInput(attrs={"class": "number"}),
                )  # fmt: skip
        self.fields["staff"] = forms.IntegerField(
            label=_("All employees, women"), min_value=0, max_value=1_000_000, required=False
        )
        self.fields["staff_men"] = forms.IntegerField(
            label=_("All employees, men"), min_value=0, max_value=1_000_000, required=False
        )

    def headcount(self) -> Headcount:
        """The figures as they were typed."""
        data = self.cleaned_data
        levels = {
            level: Figures(data[f"women_{level}"], data[f"men_{level}"], data[f"other_{level}"]) for level in (1, 2, 3)
        }
        leaders = Figures(
            sum(row.women for row in levels.values()), sum(row.men for row in levels.values()),
            sum(row.other for row in levels.values()),
        )  # fmt: skip
        has_staff = data.get("staff") is not None and data.get("staff_men") is not None
        return Headcount(levels, leaders, Figures(data["staff"], data["staff_men"]) if has_staff else None)


def _level_label(level: int, words: str) -> str:
    return str(_("Level %(level)s, %(sex)s")) % {"level": level, "sex": words}


class AcceptForm(forms.Form):
    """Why the figures are right as they are."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
