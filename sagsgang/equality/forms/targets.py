"""A target: which level, how many, by when, who decided it, and the receipt of its report. No saving."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import day_field, offer_rows
from sagsgang.equality.actions import TargetFacts
from sagsgang.equality.forms.schemes import Data
from sagsgang.equality.models import Target
from sagsgang.equality.rules.levels import level_name
from sagsgang.meetings.models import AgendaItem
from sagsgang.policies.models import PolicyVersion

_SEXES = (("k", _("women")), ("m", _("men")))


class _ItemField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: AgendaItem) -> str:
        """By body, day and number; the title of an open one alone."""
        number = f"{obj.parent.number}.{obj.number}" if obj.parent else obj.number
        is_closed = obj.is_closed or (obj.parent is not None and obj.parent.is_closed)
        return gettext("{body} {day}, item {number}: {title}").format(
            body=obj.meeting.body.name,
            day=date_format(obj.meeting.held_on, "SHORT_DATE_FORMAT"),
            number=number,
            title=gettext("closed item") if is_closed else obj.title,
        )


class _VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: PolicyVersion) -> str:
        return gettext("{policy}, version {number}").format(policy=obj.policy.name, number=obj.number)


class TargetForm(forms.Form):
    """All of a target; `items` and `versions` are those that the user reads."""

    level = forms.TypedChoiceField(label=pgettext_lazy("leaders", "Level"), coerce=int)
    sex = forms.ChoiceField(label=_("Under-represented sex"), choices=_SEXES)
    number = forms.IntegerField(
        label=pgettext_lazy("target", "Number"), min_value=0, max_value=100_000,
        widget=forms.NumberInput(attrs={"class": "number"}), help_text=_("So many people of that sex."),
    )  # fmt: skip
    share = forms.IntegerField(
        label=_("Share, per cent"), min_value=0, max_value=100, widget=forms.NumberInput(attrs={"class": "number"}),
        help_text=_("Of women and men at the level."),
    )  # fmt: skip
    due_on = day_field(pgettext_lazy("target", "By"))
    status = forms.CharField(
        label=_("Status"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "wide"}),
        help_text=_("What is done for it. How far it is is computed from the newest signed-off count."),
    )  # fmt: skip
    policy_version = _VersionField(
        label=_("Follows from the policy"), queryset=PolicyVersion.objects.none(), required=False,
        empty_label=pgettext_lazy("policy", "None"),
    )  # fmt: skip
    item = _ItemField(
        label=_("Decided at"), queryset=AgendaItem.objects.none(), required=False,
        empty_label=_("Not decided yet, or before this system"),
    )  # fmt: skip
    decided_words = forms.CharField(
        label=_("Decided before this system"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"class": "wide"}), help_text=_("Who decided it when, and where that is read."),
    )  # fmt: skip
    submitted_on = day_field(_("Reported to the ministry on"), required=False)
    receipt = forms.CharField(
        label=_("Receipt"), max_length=300, required=False, widget=forms.TextInput(attrs={"class": "wide"}),
        help_text=_("Its number, and where it is kept."),
    )  # fmt: skip

    def __init__(
        self,
        data: Data,
        *,
        items: QuerySet[AgendaItem],
        versions: QuerySet[PolicyVersion],
        target: Target | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(target) if target else None)
        for name, rows in (("item", items), ("policy_version", versions)):
            offer_rows(self, name, rows)
        field = self.fields["level"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(level, level_name(level)) for level in (1, 2, 3)]

    @property
    def facts(self) -> TargetFacts:
        """What a valid form says."""
        return TargetFacts(**self.cleaned_data)


def _initial(target: Target) -> dict[str, Any]:
    names = ("level", "sex", "number", "share", "due_on", "status", "decided_words", "submitted_on", "receipt")
    item = target.decision.item_id if target.decision else None
    return {name: getattr(target, name) for name in names} | {"policy_version": target.policy_version_id, "item": item}
