"""The forms of acts in the room: each carries its key and the time at which it was done, made where it was typed."""

from datetime import datetime
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, now
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Person
from sagsgang.meetings.models import Meeting, Mode
from sagsgang.sittings.models import ProposalKind, TurnKind


class MomentField(forms.Field):
    """A moment with its zone in ISO 8601; without one, now. Whether it can be true is a rule of the act."""

    def to_python(self, value: object) -> datetime:
        """The moment. Raises ValidationError for words that are none, or that lack their zone."""
        if not value:
            return now()
        try:
            moment = parse_datetime(str(value))
        except ValueError:
            moment = None
        if moment is None or is_naive(moment):
            raise forms.ValidationError(_("The time of the act cannot be read. Load the page again."))
        return moment


class ActForm(forms.Form):
    """Any act: `key` makes it happen once, however often it is sent."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    at = MomentField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object, meeting: Meeting) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.meeting = meeting
        people = Person.objects.filter(authority=meeting.body.authority_id)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = people

    def clean_key(self) -> object:
        """The key that came along, or a new one from a browser that makes none."""
        return self.cleaned_data["key"] or uuid4()

    @property
    def arguments(self) -> dict[str, object]:
        """What the act takes, by name."""
        return dict(self.cleaned_data)


def _person(**options: object) -> "forms.ModelChoiceField[Person]":
    nobody: QuerySet[Person] = Person.objects.none()
    return forms.ModelChoiceField(
        nobody, error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose a person from the list.")},
        **options,  # type: ignore[arg-type]
    )  # fmt: skip


class PersonForm(ActForm):
    """An act about one person."""

    person = _person()


class OpenForm(ActForm):
    """Who is there when the meeting is opened."""

    present = forms.TypedMultipleChoiceField(required=False)
    remote = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, data: object, meeting: Meeting) -> None:
        super().__init__(data, meeting)
        known = {
            str(pk): pk
            for pk in Person.objects.filter(authority=meeting.body.authority_id).values_list("pk", flat=True)
        }
        for name in ("present", "remote"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices, field.coerce = [(key, key) for key in known], known.__getitem__


class ArrivalForm(PersonForm):
    """Somebody comes."""

    mode = forms.ChoiceField(required=False, choices=Mode.choices)

    def clean_mode(self) -> str:
        """In the room, where nothing else is said."""
        return str(self.cleaned_data["mode"] or Mode.ROOM)


class BlockForm(ActForm):
    """All items of a block are taken up together."""

    block = forms.IntegerField(min_value=1)


class ConflictForm(PersonForm):
    """A member has a conflict of interest at the item; a substitute may be asked in."""

    by_self = forms.BooleanField(required=False)
    substitute = _person(required=False)


class ConstitutionForm(ActForm):
    """On which agenda the acting chair is constituted: this one, or the next."""

    on_next = forms.BooleanField(required=False)


class PostponementForm(ActForm):
    """Who demands that the item is postponed, how many object, and whether a deadline would be missed."""

    person = _person(required=False)
    party = forms.CharField(required=False, max_length=40)
    against = forms.IntegerField(
        min_value=0, max_value=1000, error_messages={"required": _("Write how many of those present object.")}
    )
    misses_deadline = forms.BooleanField(required=False)


class SubstituteForm(ActForm):
    """A substitute is called; `skipped_<id>` says why somebody before her on the list is passed over."""

    absent = _person()
    substitute = _person()
    is_approved = forms.BooleanField(required=False)

    def clean(self) -> dict[str, object]:
        """With the grounds, by the id of who was passed over."""
        facts = super().clean() or {}
        grounds = {
            name.removeprefix("skipped_"): str(value).strip()
            for name, value in self.data.items()
            if name.startswith("skipped_")
        }
        people = Person.objects.filter(authority=self.meeting.body.authority_id).in_bulk()
        known = {str(pk): pk for pk in people}
        return facts | {"skipped": {known[key]: words for key, words in grounds.items() if key in known and words}}


class ProposalForm(ActForm):
    """Something is moved."""

    kind = forms.ChoiceField(choices=ProposalKind.choices)
    words = forms.CharField(max_length=4000, error_messages={"required": _("Write the proposal.")})
    moved_by = _person(required=False)
    party = forms.CharField(required=False, max_length=40)


class TurnForm(ActForm):
    """Somebody asks for the floor: a member, or a guest by name."""

    person = _person(required=False)
    name = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=TurnKind.choices)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=120)

    def clean(self) -> dict[str, object]:
        """The time in seconds, as the act takes it."""
        facts = super().clean() or {}
        minutes = facts.pop("minutes", None)
        kind = str(facts.get("kind") or TurnKind.SPEECH)
        if minutes is None and kind == TurnKind.TALK:
            minutes = 5
        return facts | {"kind": kind, "seconds": minutes * 60 if minutes else None}


class MoveForm(ActForm):
    """A turn gets another place; 1 is first."""

    position = forms.IntegerField(min_value=1, max_value=1000)
