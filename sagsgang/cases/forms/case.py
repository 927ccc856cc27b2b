"""The facts of a case, its ties, and the search in the list of cases."""

from collections.abc import Callable, Iterable, Mapping

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit
from sagsgang.cases.actions.case import CaseFacts, fact_stamp
from sagsgang.cases.models import Case, CaseKind, Reference, ReferenceKind
from sagsgang.cases.queries.lists import colleagues, library, policy_areas
from sagsgang.cases.rules import facts
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.forms import offer_rows
from sagsgang.documents.access import Access, Ground


class CaseForm(forms.Form):
    """Everything that is written of a case by hand."""

    title = forms.CharField(label=_("Title"), max_length=500, widget=forms.TextInput(attrs={"class": "wide"}))
    kind = forms.ChoiceField(label=_("Kind of case"), choices=CaseKind, initial=CaseKind.MATTER)
    external_numbers = forms.CharField(
        label=_("Case numbers"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As they stand in the records system; several with commas or on lines of their own."),
    )  # fmt: skip
    kle = forms.CharField(label=_("KLE number"), required=False, max_length=20, help_text=_("00.22.00 or 00.22.00-A00"))
    policy_area = forms.CharField(label=_("Policy area"), required=False, max_length=80)
    unit = forms.ModelChoiceField(label=_("Responsible unit"), queryset=Unit.objects.none(), required=False)
    caseworker = forms.ModelChoiceField(label=_("Caseworker"), queryset=User.objects.none(), required=False)
    access = forms.ChoiceField(
        label=_("Access"), choices=Access, initial=Access.OPEN, widget=forms.RadioSelect,
        help_text=_("The default for what is made in the case. Each attachment is chosen for itself."),
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=_("Ground for closing"), required=False,
        choices=[("", _("– choose if the case is closed –")), *(g for g in Ground.choices if g[0] != Ground.UNKNOWN)],
    )  # fmt: skip
    concerns_economy = forms.BooleanField(
        label=_("Touches the economy or general administration"), required=False,
        help_text=_("Then the finance committee must have its say before the council (KSL § 18)."),
    )  # fmt: skip
    is_budget = forms.BooleanField(
        label=_("Is the annual budget"), required=False,
        help_text=_("Then the council treats it twice, at least three weeks apart (KSL § 38)."),
    )  # fmt: skip
    concerns_elderly = forms.BooleanField(label=_("Concerns the elderly"), required=False)
    concerns_disability = forms.BooleanField(label=_("Concerns people with disabilities"), required=False)
    concerns_staff = forms.BooleanField(label=_("Concerns the staff"), required=False)
    long_term_effect = forms.CharField(
        label=_("Long-term effect"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    references = forms.ModelMultipleChoiceField(
        label=_("Leans on"), queryset=Reference.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, object] | None,
        authority: Authority,
        *,
        units: Iterable[Unit],
        case: Case | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(case) if case else None)
        ids = {unit.pk for unit in units} | ({case.unit_id} if case and case.unit_id else set())
        offer_rows(self, "unit", Unit.objects.filter(pk__in=ids))
        offer_rows(self, "caseworker", colleagues(authority))
        offer_rows(self, "references", library(authority))
        self.fields["unit"].required = case is None
        self.areas = policy_areas(authority)
        self.fields["policy_area"].widget.attrs["list"] = "policy-areas"

    def clean_kle(self) -> str:
        return _checked(facts.kle_number, self.cleaned_data["kle"])

    def clean_external_numbers(self) -> tuple[str, ...]:
        return tuple(_checked(facts.external_numbers, self.cleaned_data["external_numbers"]))

    def clean(self) -> None:
        try:
            facts.require_ground(self.cleaned_data.get("access", ""), self.cleaned_data.get("ground", ""))
        except RuleBrokenError as refusal:
            self.add_error("ground", str(refusal))

    @property
    def facts(self) -> CaseFacts:
        """What a valid form says."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return CaseFacts(**values | {"references": tuple(values["references"])})


def _checked[T](rule: Callable[[str], T], typed: str) -> T:
    try:
        return rule(typed)
    except RuleBrokenError as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


def _initial(case: Case) -> dict[str, object]:
    plain = ("title", "kind", "kle", "policy_area", "access", "ground", "long_term_effect")
    ticks = ("concerns_economy", "is_budget", "concerns_elderly", "concerns_disability", "concerns_staff")
    return {name: getattr(case, name) for name in (*plain, *ticks)} | {
        "external_numbers": "\n".join(case.external_numbers),
        "unit": case.unit_id,
        "caseworker": case.caseworker_id,
        "references": [row.pk for row in case.references.all()],
        "seen": fact_stamp(case),
    }


class CasesForm(forms.Form):
    """What the list of cases shows: a query string that may be kept."""

    words = forms.CharField(label=_("Title or number"), required=False, max_length=100)
    mine = forms.BooleanField(label=_("Only those of which I am the caseworker"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=[
            ("changed", pgettext_lazy("order", "Newest change first")),
            ("title", pgettext_lazy("order", "By title")),
            ("unit", pgettext_lazy("order", "By unit")),
        ],
    )  # fmt: skip


class RelationForm(forms.Form):
    """Another case that belongs with this one."""

    other = forms.ModelChoiceField(label=_("Case"), queryset=Case.objects.none(), empty_label=_("– choose a case –"))
    note = forms.CharField(label=_("How they belong together"), required=False, max_length=200)

    def __init__(self, data: Mapping[str, object] | None, choices: QuerySet[Case]) -> None:
        super().__init__(data)
        offer_rows(self, "other", choices)


class ReferenceForm(forms.Form):
    """A new entry of the library."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ReferenceKind)
    title = forms.CharField(label=_("Title"), max_length=300)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)
    url = forms.URLField(label=_("Address on the web"), required=False, max_length=500, assume_scheme="https")
