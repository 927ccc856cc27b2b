"""Requirements, their evidence, and what is shown of the register. No saving."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.forms import day_field, offer, offer_rows
from sagsgang.policies.models import PolicyVersion, Requirement, RequirementSet, Tier

SORTS = ("name", "tier", "owner", "version", "approved", "review")


class RequirementForm(forms.Form):
    """One requirement of a set."""

    set = forms.ChoiceField(label=_("Set"), choices=RequirementSet.choices)
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("For example A.5.17."),
        error_messages={"required": _("Write the code.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("What is required"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "class": "form-wide"}),
        help_text=_("In the house's own words: the words of a standard are its publisher's."),
        error_messages={"required": _("Write what is required.")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, row: Requirement | None = None) -> None:
        super().__init__(data, initial={"set": row.set, "code": row.code, "words": row.words} if row else {})


class EvidenceForm(forms.Form):
    """The policy answers a requirement from a version on."""

    requirement = forms.ModelChoiceField(
        label=_("Requirement"), queryset=Requirement.objects.none(),
        error_messages={"required": _("Choose the requirement.")},
    )  # fmt: skip
    version = forms.ModelChoiceField(
        label=_("Answered from the version on"), queryset=PolicyVersion.objects.none(),
        error_messages={"required": _("Choose the version.")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where it is read"), max_length=300, required=False, help_text=_("For example “chapter 4, page 16”.")
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        requirements: QuerySet[Requirement],
        versions: QuerySet[PolicyVersion],
    ) -> None:
        super().__init__(data)
        offer_rows(self, "requirement", requirements)
        self.fields["requirement"].label_from_instance = lambda row: f"{row}: {row.words}"  # type: ignore[attr-defined]
        offer_rows(self, "version", versions)
        self.fields["version"].label_from_instance = lambda row: f"{row.number}: {row.title}"  # type: ignore[attr-defined]


class RegisterForm(forms.Form):
    """Which part of the register is shown, and in which order."""

    tier = forms.ChoiceField(label=_("Tier"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Owner"), queryset=Unit.objects.none(), required=False, empty_label=pgettext_lazy("units", "All")
    )
    overdue = forms.BooleanField(label=_("Only with an overdue review"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in SORTS], widget=forms.HiddenInput)
    order = forms.ChoiceField(required=False, choices=[("asc", ""), ("desc", "")], widget=forms.HiddenInput)
    authority = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], authority: Authority) -> None:
        super().__init__(data)
        offer(self, "tier", [("", pgettext_lazy("tiers", "All")), *Tier.choices])
        offer_rows(self, "unit", Unit.objects.filter(authority=authority))


class DayForm(forms.Form):
    """As of which day the requirements are answered."""

    on = day_field(_("As of the day"), required=False)
    authority = forms.UUIDField(required=False, widget=forms.HiddenInput)
