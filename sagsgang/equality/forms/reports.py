"""A report's case, an error in its figures with who mends it, and which errors a new version mends."""

from collections.abc import Mapping, Sequence
from datetime import MINYEAR, date
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Unit
from sagsgang.cases.queries.lists import units_with_work
from sagsgang.core.forms import day_field, offer_rows
from sagsgang.equality.actions import ReportFacts
from sagsgang.equality.models import Count, CountFinding, DataIssue
from sagsgang.equality.queries.reports import duties_with_path
from sagsgang.equality.rules.levels import level_name
from sagsgang.followups.forms import FactsForm
from sagsgang.followups.queries import Choices
from sagsgang.wheel.models import WheelEntry

type Data = Mapping[str, object] | None


class ReportForm(forms.Form):
    """What the case of a report is called, over which period it reports, what for, and which path it takes."""

    title = forms.CharField(
        label=_("Title of the case"), max_length=500, widget=forms.TextInput(attrs={"class": "wide"})
    )
    period_from = day_field(_("Period from"))
    period_to = day_field(
        _("Period to"),
        help_text=_("The period may end after the day of the count; the day of the count is printed beside it."),
    )  # fmt: skip
    purposes = forms.CharField(
        label=_("What the report is for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "class": "wide"}),
        help_text=_("One purpose a line. They stand in the text of the case and in the printed figures."),
    )  # fmt: skip
    duty = forms.ModelChoiceField(
        label=_("Path as in the annual wheel"), queryset=WheelEntry.objects.none(), required=False, empty_label=_("No path yet"),
        help_text=_("The bodies in the order of the entry, with the meetings that lead to its day."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, data: Data, count: Count, user: User) -> None:
        year = count.snapshot_on.year
        title = gettext("Equality report {year}").format(year=year)
        first = {
            "title": title,
            "period_from": date(max(MINYEAR, year - 3), 6, 1),
            "period_to": date(year, 5, 31),
            "purposes": _purposes(),
            "duty": count.scheme.duty_id if count.scheme else None,
        }
        super().__init__(data, initial=first)
        offer_rows(self, "duty", duties_with_path(count.authority))
        own = Q(pk__in=units_with_work(user).values("pk"))
        units = Unit.objects.filter(authority=count.authority).order_by("name")
        offer_rows(self, "unit", units.filter(own) if units.filter(own).exists() else units)

    @property
    def facts(self) -> ReportFacts:
        """What a valid form says."""
        return ReportFacts(**self.cleaned_data)


def _purposes() -> str:
    """The three of the report of 2023."""
    return "\n".join(
        [
            gettext("monitor, compare and promote equality between women and men"),
            gettext("make visible what the municipality does for equality"),
            gettext("collect good practice"),
        ]
    )


class IssueForm(FactsForm):
    """What is wrong in the printed figures, and who, by role, mends it by when."""

    wrong = forms.CharField(
        label=_("What is wrong"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "class": "wide"}),
        help_text=_("It stands on the case, and at each body that treats it. Write nothing about single employees."),
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=pgettext_lazy("leaders", "Level"), coerce=int, required=False, empty_value=None
    )
    field_order = ("wrong", "level")

    def __init__(self, data: Data, choices: Choices, *, finding: CountFinding | None, seen_by: Body | None) -> None:
        first: dict[str, object] = {
            "words": finding.proposal if finding else "",
            "wrong": finding.message if finding else "",
            "before_step": choices.steps[0].step.pk if choices.steps else None,
            "reports_to": seen_by.pk if seen_by else None,
        }
        super().__init__(data, choices, initial=first)
        if finding is not None:
            del self.fields["level"]
        else:
            field = self.fields["level"]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [("", _("All, or none of them")), *((level, level_name(level)) for level in (1, 2, 3))]


class RenewForm(forms.Form):
    """Which errors the new version mends."""

    mends = forms.MultipleChoiceField(
        label=_("These errors are mended by it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Data, issues: Sequence[DataIssue]) -> None:
        super().__init__(data, initial={"mends": [str(issue.pk) for issue in issues]})
        field = self.fields["mends"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(issue.pk), issue.words) for issue in issues]
        if not issues:
            del self.fields["mends"]

    @property
    def mended(self) -> list[UUID]:
        """The ids of those that are ticked."""
        return [UUID(pk) for pk in self.cleaned_data.get("mends", [])]
