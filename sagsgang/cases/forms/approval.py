"""What is typed on the page of approval: acts of approval, review copies, remarks, tasks, and a unit's levels."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.cases.models import PathStep, Presentation, Section
from sagsgang.cases.queries.remarks import step_words
from sagsgang.core.forms import offer

type Data = Mapping[str, object] | None

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(label: object, *, rows: int = 3, required: bool = True, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=required,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,  # type: ignore[arg-type]
    )


class SubmitForm(forms.Form):
    """Send for approval."""

    prefix = "submit"
    comment = _text(_("Message to those who approve"), rows=2, required=False)


class ApproveForm(forms.Form):
    """Approve the words whose digest is `seen`, at the level `level`."""

    prefix = "approve"
    comment = _text(_("Comment"), rows=2, required=False)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    level = forms.IntegerField(min_value=0, max_value=32767, widget=forms.HiddenInput)


class SendBackForm(forms.Form):
    """Give it back to the caseworker."""

    prefix = "return"
    comment = _text(_("What is to be changed"), help_text=_("The caseworker reads it on the page of the case."))
    level = forms.IntegerField(min_value=0, max_value=32767, widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    """Take the case back, or open what is approved for writing again."""

    prefix = "reopen"
    reason = _text(_("Reason"), rows=2)


class _People(forms.TypedChoiceField):
    """One of the people that the form offers; its value is the user."""

    def __init__(self, label: object, *, required: bool = True) -> None:
        super().__init__(
            label=label, required=required, empty_value=None,  # type: ignore[arg-type]
            error_messages={"invalid_choice": _("Choose a person from the list.")},
        )  # fmt: skip

    def offer(self, people: Iterable[User]) -> None:
        """These may be chosen. Read once, though several fields may offer the same."""
        rows = {str(person.pk): person for person in people}
        first = _("Choose a person") if self.required else pgettext_lazy("person", "Nobody")
        self.coerce = rows.__getitem__
        self.choices = [("", first), *((key, str(person)) for key, person in rows.items())]


class ReviewCopyForm(forms.Form):
    """Who gets the draft to read, and what she is asked."""

    reader = _People(_("Reader"))
    message = _text(
        _("Message"), rows=2, required=False, help_text=_("For example: what you would like her to look at.")
    )

    def __init__(self, data: Data, readers: Iterable[User]) -> None:
        super().__init__(data, prefix="copy")
        self.fields["reader"].offer(readers)  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    """A remark on the whole version or on a passage, perhaps made at a meeting."""

    section = forms.ChoiceField(label=_("About"), required=False)
    quote = forms.CharField(
        label=_("Passage"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Select the words in the text, or write them here."),
    )  # fmt: skip
    step = forms.ChoiceField(label=_("Made at the meeting"), required=False)
    text = _text(_("Remark"), rows=4)

    def __init__(
        self, data: Data, version: Presentation | None, sections: Iterable[Section], steps: Iterable[PathStep]
    ) -> None:
        super().__init__(data, prefix="remark")
        self.version = version
        self.sections = {str(section.pk): section for section in sections}
        self.steps = {str(step.pk): step for step in steps}
        about = [(key, section.heading or section.get_kind_display()) for key, section in self.sections.items()]
        self._choose("section", _("the whole presentation"), about)
        self._choose("step", pgettext_lazy("meeting", "none"), [(key, step_words(s)) for key, s in self.steps.items()])
        if not self.steps:
            del self.fields["step"]

    def _choose(self, name: str, empty: object, choices: list[tuple[str, str]]) -> None:
        offer(self, name, [("", empty), *choices])

    @property
    def facts(self) -> dict[str, object]:
        """What the action takes, of a valid form."""
        chosen = self.cleaned_data
        return {
            "version": self.version,
            "section": self.sections.get(chosen["section"]),
            "step": self.steps.get(chosen.get("step", "")),
            "quote": chosen["quote"],
            "text": chosen["text"],
        }


class TaskForm(forms.Form):
    """Who changes what, before which day."""

    owner = _People(_("Owner"))
    due_on = forms.DateField(label=_("Due on"), widget=DAY)
    text = _text(_("What is to be changed"), rows=2, required=False)

    def __init__(
        self, data: Data, owners: Iterable[User], *, due_on: date | None = None, owner: User | None = None
    ) -> None:
        super().__init__(data, prefix="task", initial={"due_on": due_on, "owner": owner.pk if owner else None})
        self.fields["owner"].offer(owners)  # type: ignore[attr-defined]
        if due_on is not None:
            self.fields["due_on"].help_text = _("Proposed: the safe deadline of the next step of the path.")


class AnswerForm(forms.Form):
    """Set a remark aside with an answer."""

    prefix = "answer"
    answer = _text(_("Answer"), help_text=_("Nothing is changed because of the remark; say why."))


class FinishForm(forms.Form):
    """Say that a change is made."""

    prefix = "finish"
    note = _text(_("What was done"), rows=2, required=False)


class LevelForm(forms.Form):
    """One level of a unit's approval."""

    name = forms.CharField(label=_("Level"), max_length=80, help_text=_("For example: manager, director, directorate."))
    approver = _People(_("Approver"))
    deputy = _People(_("Deputy"), required=False)

    def __init__(self, data: Data, people: Iterable[User], **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        for name in ("approver", "deputy"):
            self.fields[name].offer(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """The deputy is somebody else."""
        chosen = super().clean() or {}
        if chosen.get("deputy") and chosen["deputy"] == chosen.get("approver"):
            self.add_error("deputy", _("The deputy must be somebody else than the approver."))
        return chosen


class RemoveLevelForm(forms.Form):
    """Take a level out, knowing what waits for it."""

    sure = forms.BooleanField(
        label=_("I know what happens to the cases that wait here"),
        error_messages={"required": _("Tick that you know what happens to the cases that wait here.")},
    )
