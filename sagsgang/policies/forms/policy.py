"""A policy and its versions as they are written. No saving."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.forms import day_field, offer_rows
from sagsgang.documents.access import Ground
from sagsgang.policies.actions import PolicyFacts, WrittenVersion
from sagsgang.policies.models import Policy, PolicyVersion, Reach, Tier
from sagsgang.policies.rules.review import MOST_YEARS


class PolicyForm(forms.Form):
    """What is known of a policy. `parents`: those that its writer may read. `units`: those that she may enter it for;
    None = all, or none at all.
    """

    name = forms.CharField(
        label=_("Name"), max_length=300, widget=forms.TextInput(attrs={"class": "form-wide"}),
        error_messages={"required": _("Write the name.")},
    )  # fmt: skip
    tier = forms.ChoiceField(
        label=_("Tier"), choices=Tier.choices, widget=forms.RadioSelect, initial=Tier.GUIDELINE,
        help_text=_("A policy says what is wanted, a guideline what is done, an instruction how."),
    )  # fmt: skip
    parent = forms.ModelChoiceField(
        label=_("Belongs under"), queryset=Policy.objects.none(), required=False,
        help_text=_("Something on the tier just above."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("Owned by the unit"), queryset=Unit.objects.none(),
        required=False, help_text=_("Its staff writes the versions."),
    )  # fmt: skip
    reach = forms.ChoiceField(
        label=_("Who may read it"), choices=Reach.choices, widget=forms.RadioSelect, initial=Reach.OPEN,
        help_text=_("A closed one is read by its unit and the directorate. Nobody else is told its name."),
        error_messages={"required": _("Choose who may read it.")},
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=_("Ground for closing"), required=False,
        choices=[("", _("– choose if it is closed –")), *(one for one in Ground.choices if one[0] != Ground.UNKNOWN)],
    )  # fmt: skip
    owner_role = forms.CharField(
        label=_("Owner, by role"),
        max_length=200,
        required=False,
        help_text=_("For example “Head of information security”."),
    )
    review_years = forms.IntegerField(
        label=_("Reviewed every so many years"), min_value=1, max_value=MOST_YEARS, required=False,
        widget=forms.NumberInput(attrs={"class": "narrow", "min": 1, "max": MOST_YEARS}),
        help_text=_("The next review stands on the annual wheel."),
    )  # fmt: skip
    review_on = day_field(
        _("Next review"), required=False, help_text=_("Empty: counted from the day on which the newest version began.")
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        authority: Authority,
        parents: QuerySet[Policy],
        *,
        units: QuerySet[Unit] | None = None,
        policy: Policy | None = None,
    ) -> None:
        super().__init__(data, initial=_written(policy) if policy else {})
        self.kept: dict[str, Any] = {}
        if policy is not None and policy.parent_id and not parents.filter(pk=policy.parent_id).exists():
            self.kept["parent"] = policy.parent  # she may not read it: it is neither named nor changed
            del self.fields["parent"]
        else:
            offered = parents.exclude(tier=Tier.INSTRUCTION)
            offer_rows(self, "parent", offered.exclude(pk=policy.pk) if policy else offered)
        offer_rows(self, "unit", Unit.objects.filter(authority=authority) if units is None else units)
        if units is not None:
            self.fields["unit"].required = True
            self.fields["unit"].error_messages["required"] = _("Choose one of your units.")

    def clean_name(self) -> str:
        """Without spaces that nobody sees: the command asks for it by its name."""
        return " ".join(str(self.cleaned_data["name"]).split())

    @property
    def facts(self) -> PolicyFacts:
        """The policy of a valid form."""
        return PolicyFacts(**self.cleaned_data, **self.kept)


def _written(policy: Policy) -> dict[str, Any]:
    return {
        "name": policy.name,
        "tier": policy.tier,
        "parent": policy.parent_id,
        "unit": policy.unit_id,
        "owner_role": policy.owner_role,
        "reach": policy.reach,
        "ground": policy.ground,
        "review_years": policy.review_years,
        "review_on": policy.review_on,
    }


def _lines(label: object, help_text: object, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "class": "form-wide"})
    return forms.CharField(label=label, required=False, help_text=help_text, widget=area)  # type: ignore[arg-type]


class VersionForm(forms.Form):
    """A version: its words or its file, what changed, and from when it is valid."""

    title = forms.CharField(
        label=_("Title"), max_length=300, widget=forms.TextInput(attrs={"class": "form-wide"}),
        error_messages={"required": _("Write the title.")},
    )  # fmt: skip
    valid_from = day_field(_("Valid from"), error_messages={"required": _("Write from which day it is valid.")})
    valid_to = day_field(
        _("Valid to"), required=False, help_text=_("Only for a version made for a time: its last day.")
    )
    changes = _lines(_("What changed since the version before"), _("One change a line."), 5)
    parts = _lines(
        _("Parts that can be approved for themselves"),
        _("One name a line. Empty: the version is approved as a whole."),
        3,
    )
    text = _lines(_("Text"), _("Or attach the file."), 8)
    file = forms.FileField(label=_("File"), required=False, max_length=None, allow_empty_file=True)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: Any = None,
        *,
        policy: Policy,
        version: PolicyVersion | None = None,
    ) -> None:
        initial: dict[str, Any] = {"title": policy.name, "valid_from": localdate()}
        if version is not None:
            initial = {name: getattr(version, name) for name in ("title", "valid_from", "valid_to", "changes", "text")}
            initial["parts"] = "\n".join(part.name for part in version.parts.all())
        super().__init__(data, files, initial=initial)

    def written(self, taken: Any) -> WrittenVersion:
        """The version of a valid form, with the file that was taken in."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("file", "parts")}
        parts = tuple(line.strip()[:300] for line in self.cleaned_data["parts"].splitlines() if line.strip())
        changes = "\n".join(line.strip() for line in found.pop("changes").splitlines() if line.strip())
        return WrittenVersion(parts=parts, taken=taken, changes=changes, **found)
