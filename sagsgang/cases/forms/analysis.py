"""What is typed of an analysis, with kroner as they are written in Denmark; and how the list of analyses is sorted."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.cases.actions.analysis import AnalysisFacts, analysis_stamp
from sagsgang.cases.models import Analysis
from sagsgang.cases.rules.economy import amount_of, amount_words
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.forms import offer_rows

type Data = Mapping[str, object] | None
LONGEST_THEME = 120
MOST_THEMES = 40
_MINUS = ("-", "\u2212", "\u2013")


class AnalysisForm(forms.Form):
    """What the analysis is for, and what it is expected to give."""

    purpose = forms.CharField(
        label=_("Purpose"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 4})
    )
    expected_amount = forms.CharField(
        label=_("Expected effect, kroner a year"), required=False, max_length=30,
        help_text=_("For example 1.250.000. With a minus if it will cost more than it gives."),
    )  # fmt: skip
    expected_benefit = forms.CharField(
        label=_("Expected effect for citizens"), required=False, max_length=20000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    budget_year = forms.IntegerField(
        label=_("Budget year"), required=False, min_value=2000, max_value=2100,
        error_messages={"invalid": _("Write the year with four digits.")},
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Owner"), required=False, empty_label=pgettext_lazy("person", "Nobody"),
        error_messages={"invalid_choice": _("Choose a person from the list.")},
    )  # fmt: skip
    themes = forms.CharField(
        label=_("Sub-themes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Data, analysis: Analysis | None, people: QuerySet[User]) -> None:
        super().__init__(data, initial=_initial(analysis))
        offer_rows(self, "owner", people)

    def clean_expected_amount(self) -> Decimal | None:
        """Kroner with a sign; nothing is "not known"."""
        typed: str = self.cleaned_data["expected_amount"].strip()
        if not typed:
            return None
        is_below = typed.startswith(_MINUS)
        if typed.strip("".join(_MINUS) + " 0,.") == "":
            return Decimal("0.00")
        try:
            amount = amount_of(typed[1:] if is_below else typed)
        except RuleBrokenError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return -amount if is_below else amount

    def clean_themes(self) -> tuple[str, ...]:
        """Each line once."""
        lines: list[str] = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["themes"].splitlines()))))
        if any(len(line) > LONGEST_THEME for line in lines):
            raise forms.ValidationError(now_in("A sub-theme is at most {most} signs long.").format(most=LONGEST_THEME))
        if len(lines) > MOST_THEMES:
            raise forms.ValidationError(now_in("At most {most} sub-themes.").format(most=MOST_THEMES))
        return tuple(lines)

    @property
    def facts(self) -> AnalysisFacts:
        """What the action takes, of a valid form."""
        return AnalysisFacts(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


def _initial(analysis: Analysis | None) -> dict[str, object]:
    if analysis is None:
        return {"seen": ""}
    return {
        "purpose": analysis.purpose,
        "expected_amount": signed_amount(analysis.expected_amount),
        "expected_benefit": analysis.expected_benefit,
        "budget_year": analysis.budget_year,
        "owner": analysis.owner_id,
        "themes": "\n".join(analysis.themes),
        "seen": analysis_stamp(analysis),
    }


def signed_amount(amount: Decimal | None) -> str:
    """Kroner as they are written in Denmark, without øre where there are none; "" where nothing is known."""
    if amount is None:
        return ""
    words = amount_words(abs(amount)).removesuffix(",00")
    return f"\u2212{words}" if amount < 0 else words


class AnalysesForm(forms.Form):
    """How the list of analyses is sorted; nonsense sorts as always."""

    sort = forms.ChoiceField(
        required=False, choices=[(name, name) for name in ("title", "year", "effect", "owner", "remarks")]
    )
    order = forms.ChoiceField(required=False, choices=[("asc", "asc"), ("desc", "desc")])

    @property
    def chosen(self) -> tuple[str, bool]:
        """Column, and whether it falls."""
        self.is_valid()
        return self.cleaned_data.get("sort") or "year", self.cleaned_data.get("order") == "desc"
