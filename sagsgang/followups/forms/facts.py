"""The facts of a follow-up: what, who by role, by when, reported to whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.followups.actions import FollowUpFacts, seen_stamp
from sagsgang.followups.models import FollowUp
from sagsgang.followups.queries import Choices

type Data = Mapping[str, object] | None

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _OneOf(forms.TypedChoiceField):
    """One of the rows that the form offers, or none; its value is the row."""

    def __init__(self, label: object, help_text: object = "") -> None:
        super().__init__(
            label=label, required=False, empty_value=None, widget=forms.Select(attrs={"class": "wide"}), help_text=help_text,  # type: ignore[arg-type]
            error_messages={"invalid_choice": _("Choose one from the list.")},
        )  # fmt: skip

    def offer(self, rows: Iterable[tuple[Any, str]], nothing: object) -> None:
        """These rows, each with its words; `nothing` stands first."""
        pairs = [(str(row.pk), row, words) for row, words in rows]
        self.coerce = {key: row for key, row, _words in pairs}.__getitem__
        self.choices = [("", nothing), *((key, words) for key, _row, words in pairs)]


class FactsForm(forms.Form):
    """A new follow-up."""

    words = forms.CharField(
        label=_("What shall be done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "class": "wide"}),
    )  # fmt: skip
    owner_role = forms.CharField(
        label=_("Who follows up, by role"), max_length=200,
        help_text=_("For example: Head of Children and Schools. Write a role and not a name: people come and go."),
        widget=forms.TextInput(attrs={"list": "follow-up-roles", "class": "wide"}),
    )  # fmt: skip
    unit = _OneOf(_("Unit"), _("The follow-up stands on the list of the unit."))
    owner = _OneOf(
        _("Who has it now"),
        _("She finds it on her own list, and can read it, also where the case is closed."),
    )
    before_step = _OneOf(_("Done before the next step"), _("The day follows the meeting, if it is moved."))
    due_on = forms.DateField(
        label=_("or by a certain day"), required=False, widget=_DAY, help_text=_("Only where no step is chosen.")
    )
    reports_to = _OneOf(_("Is reported back to"), _("When it is done, it can be put on an agenda of this body."))

    def __init__(self, data: Data, choices: Choices, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.roles = choices.roles
        self._offer("unit", [(row, row.name) for row in choices.units], pgettext_lazy("unit", "None"))
        self._offer("owner", [(row, str(row)) for row in choices.people], pgettext_lazy("person", "Nobody by name"))
        self._offer("before_step", [(row.step, row.words) for row in choices.steps], _("A certain day"))
        self._offer("reports_to", [(row, row.name) for row in choices.bodies], pgettext_lazy("body", "Nobody"))
        if not choices.steps:
            del self.fields["before_step"]
            self.fields["due_on"].label = _("To be done by")
            self.fields["due_on"].help_text = ""

    def _offer(self, name: str, rows: Iterable[tuple[Any, str]], nothing: object) -> None:
        self.fields[name].offer(rows, nothing)  # type: ignore[attr-defined]

    @property
    def facts(self) -> FollowUpFacts:
        """What a valid form says."""
        said = self.cleaned_data
        return FollowUpFacts(
            words=said["words"],
            owner_role=said["owner_role"],
            unit=said["unit"],
            owner=said["owner"],
            before_step=said.get("before_step"),
            due_on=said["due_on"],
            reports_to=said["reports_to"],
        )


class ChangeForm(FactsForm):
    """The facts of a follow-up that is there, as they were `seen`."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, data: Data, choices: Choices, *, follow_up: FollowUp) -> None:
        super().__init__(data, choices, initial=written(follow_up))


def written(row: FollowUp) -> dict[str, object]:
    """What the follow-up says now, as the form shows it."""
    return {
        "words": row.words,
        "owner_role": row.owner_role,
        "unit": row.unit_id,
        "owner": row.owner_id,
        "before_step": row.before_step_id,
        "due_on": None if row.before_step_id else row.due_on,
        "reports_to": row.reports_to_id,
        "seen": seen_stamp(row),
    }
