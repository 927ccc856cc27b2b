"""Projects with their notes, partnerships, involvements, and what they are linked to."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority, Unit
from sagsgang.cases.models import Case
from sagsgang.core.forms import day_field, offer, offer_rows
from sagsgang.goals.actions import InvolvementFacts, PartnershipFacts, ProjectFacts
from sagsgang.goals.forms.house import name_field
from sagsgang.goals.models import Involvement, InvolvementForm, Partnership, PolicyArea, Project, ProjectState
from sagsgang.meetings.models import AgendaItem


def _text(label: object, help_text: object = "", rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "class": "form-wide"})
    return forms.CharField(label=label, required=False, help_text=help_text, widget=area)  # type: ignore[arg-type]


class _Work(forms.Form):
    """Name and period, as of every kind of work."""

    name = name_field()
    starts_on = day_field(_("From"), required=False)
    ends_on = day_field(_("To"), required=False, help_text=_("The last day."))

    def __init__(self, data: Mapping[str, Any] | None, row: Any = None) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)} if row else {}
        super().__init__(data, initial=initial)


class ProjectForm(_Work):
    """A project; its state is written for itself."""

    purpose = _text(_("Purpose"))
    unit = forms.ModelChoiceField(label=_("Owned by the unit"), queryset=Unit.objects.none(), required=False)
    owner_role = forms.CharField(
        label=_("Owner, by role"), max_length=200, required=False, help_text=_("For example “Head of planning”.")
    )
    expected_effect = _text(_("Expected long-term effect"), _("What shall be different, and when it can be seen."))
    is_public = forms.BooleanField(
        label=_("May be told to the public"), required=False,
        help_text=_("Its name, areas, period and state then go out with the released figures of goals. Its name must tell nothing closed."),
    )  # fmt: skip
    areas = forms.ModelMultipleChoiceField(
        label=_("Policy areas"), queryset=PolicyArea.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = (
        "name", "purpose", "areas", "starts_on", "ends_on", "unit", "owner_role", "expected_effect", "is_public",
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, authority: Authority, row: Project | None = None) -> None:
        super().__init__(data, row)
        offer_rows(self, "unit", Unit.objects.filter(authority=authority))
        offer_rows(self, "areas", PolicyArea.objects.filter(authority=authority))
        if row is not None:
            self.initial["areas"] = [area.pk for area in row.areas.all()]
            self.initial["unit"] = row.unit_id

    @property
    def facts(self) -> ProjectFacts:
        """The project of a valid form."""
        return ProjectFacts(**self.cleaned_data)


class NoteForm(forms.Form):
    """How a project goes on a day."""

    on = day_field(_("As of the day"), error_messages={"required": _("Write the day.")})
    state = forms.ChoiceField(
        label=_("State"), choices=ProjectState.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the state.")},
    )  # fmt: skip
    words = _text(_("What is to say"))

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial={"on": localdate()})


class PartnershipForm(_Work):
    """A partnership."""

    partners = forms.CharField(
        label=_("Partners"), widget=forms.Textarea(attrs={"rows": 3, "class": "form-wide"}),
        help_text=_("One a line. Organisations, not private persons."),
        error_messages={"required": _("Write at least one partner.")},
    )  # fmt: skip
    agreement = _text(_("What is agreed"))
    field_order = ("name", "partners", "agreement", "starts_on", "ends_on")

    def __init__(self, data: Mapping[str, Any] | None, row: Partnership | None = None) -> None:
        super().__init__(data, row)
        if row is not None:
            self.initial["partners"] = "\n".join(row.partners)

    def clean_partners(self) -> tuple[str, ...]:
        """One name a line."""
        found = tuple(line.strip() for line in self.cleaned_data["partners"].splitlines() if line.strip())
        for name in found:
            if len(name) > 200:
                raise forms.ValidationError(
                    _("The name “%(name)s …” is too long."), code="long", params={"name": name[:40]}
                )
        return found

    @property
    def facts(self) -> PartnershipFacts:
        """The partnership of a valid form."""
        return PartnershipFacts(**self.cleaned_data)


class InvolvementDataForm(_Work):
    """An involvement of citizens."""

    form = forms.ChoiceField(label=_("Form"), choices=InvolvementForm.choices)
    participants = forms.IntegerField(
        label=_("Participants"), required=False, min_value=0, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "narrow"}), help_text=_("How many; empty where nobody counted."),
    )  # fmt: skip
    outcome = _text(_("What came of it"))
    field_order = ("name", "form", "starts_on", "ends_on", "participants", "outcome")

    def __init__(self, data: Mapping[str, Any] | None, row: Involvement | None = None) -> None:
        super().__init__(data, row)

    @property
    def facts(self) -> InvolvementFacts:
        """The involvement of a valid form."""
        return InvolvementFacts(**self.cleaned_data)


class LinkForm(forms.Form):
    """What a project, a partnership or an involvement belongs to: one case, decision or project that she may see."""

    to = forms.ChoiceField(label=_("Belongs to"), error_messages={"required": _("Choose what it belongs to.")})

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        cases: Iterable[Case],
        items: Iterable[AgendaItem],
        projects: Iterable[Project] | None,
    ) -> None:
        super().__init__(data)
        groups = (
            (pgettext("link", "Projects"), projects or ()),
            (pgettext("link", "Cases"), cases),
            (pgettext("link", "Decisions"), items),
        )
        self.rows = {str(row.pk): row for _label, rows in groups for row in rows}
        choices: list[Any] = [("", "---------")]
        for label, rows in groups:
            named = [(str(row.pk), _named(row)) for row in rows]
            choices += [(label, named)] if named else []
        offer(self, "to", choices)

    @property
    def chosen(self) -> Case | AgendaItem | Project:
        """The row of a valid form."""
        return self.rows[self.cleaned_data["to"]]


def _named(row: Case | AgendaItem | Project) -> str:
    """A closed item is named by its number: its title is read on its own page."""
    if isinstance(row, AgendaItem):
        number = f"{row.parent.number}.{row.number}" if row.parent else row.number
        is_closed = row.is_closed or (row.parent is not None and row.parent.is_closed)
        title = gettext("closed item") if is_closed else row.title
        return f"{row.meeting.body.name} {row.meeting.held_on:%d-%m-%Y}, {number}. {title}"
    return str(row)
