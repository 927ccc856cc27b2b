"""What is written of a decision: point by point and as a whole, the dissent, the halt, the return, the embargo."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Body, Person, SeatRole
from sagsgang.cases.models import Case, ItemKind
from sagsgang.core.forms import offer
from sagsgang.meetings.actions.decide import PointFacts
from sagsgang.meetings.actions.speakers import SpeakerFacts
from sagsgang.meetings.forms.pages import PresenceForm
from sagsgang.meetings.models import HaltPower, ItemSpeaker, Meeting, Outcome, Parties
from sagsgang.meetings.queries.deciding import Phrase, RecommendedPoint
from sagsgang.meetings.rules.deciding import LONGEST_DISSENT

# *Halted* is never chosen: it follows from a halt.
_OUTCOMES = [choice for choice in Outcome.choices if choice[0] != Outcome.HALTED]
_LONGEST_LABEL = 240


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DecisionForm(forms.Form):
    """The decision on an item, point by point of the recommendation and as a whole.

    `seen` is the version that the writer had before her; `is_outside`, that the item came when the meeting was open
    (R10). Without JavaScript a chosen phrase is put before the text;
    with it the phrase goes into the text at once (`deciding.js`).
    """

    phrase = forms.ChoiceField(
        label=_("Standard phrase"), required=False, help_text=_("It is put into the text, and gives the outcome.")
    )
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", _("The text says it")), *_OUTCOMES])
    text = forms.CharField(
        label=_("Text of the decision"),
        required=False,
        widget=_lines(6),
        help_text=_("Each line becomes a paragraph. Lines that begin with a hyphen become a list."),
    )
    all_agreed = forms.BooleanField(
        label=_("All present agreed to decide the matter outside the agenda"), required=False
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        points: Sequence[RecommendedPoint] = (),
        phrases: Iterable[Phrase] = (),
        body: Body | None = None,
        kind: str = "",
        is_outside: bool = False,
        initial: dict[str, object] | None = None,
        auto_id: str = "id_%s",
    ) -> None:
        super().__init__(data, initial=initial, auto_id=auto_id)
        self.points = points
        is_orientation = kind == ItemKind.ORIENTATION
        filled = [(phrase.outcome, phrase.filled(body) if body else phrase.words) for phrase in phrases]
        choices = [(f"{outcome}|{words}", words) for outcome, words in filled]
        offer(self, "phrase", [("", _("Choose a phrase")), *choices])
        if not choices:
            del self.fields["phrase"]
        if is_orientation:
            self.fields["outcome"].help_text = _("An orientation is taken note of or discussed (R10).")
        elif not is_outside:
            del self.fields["all_agreed"]
        self._add_points()

    def _add_points(self) -> None:
        names = []
        for point in self.points:
            heading = Truncator(f"{point.marker} {point.text}".strip()).chars(_LONGEST_LABEL)
            self.fields[f"outcome_{point.position}"] = forms.ChoiceField(
                label=heading, required=False, choices=[("", _("As the whole")), *_OUTCOMES]
            )
            self.fields[f"words_{point.position}"] = forms.CharField(
                label=gettext("Words on point {number}").format(number=point.marker or point.position),
                required=False, max_length=5000, widget=_lines(2),
            )  # fmt: skip
            names += [f"outcome_{point.position}", f"words_{point.position}"]
        self.order_fields([*names, "phrase", "outcome", "text", "all_agreed", "seen"])

    def clean(self) -> dict[str, Any]:
        """The chosen phrase in the text, unless it is there already."""
        said = super().clean() or self.cleaned_data
        outcome, _bar, words = said.get("phrase", "").partition("|")
        text = said.get("text", "")
        if words and words not in text:
            said["text"] = f"{words}\n{text}".strip()
        said["outcome"] = said.get("outcome") or outcome
        return said

    def facts(self) -> dict[str, Any]:
        """What `actions.record_decision` asks, of a valid form."""
        said = self.cleaned_data
        points = tuple(
            PointFacts(p.position, p.marker, said[f"outcome_{p.position}"], said[f"words_{p.position}"].strip())
            for p in self.points
        )
        return {
            "text": said["text"], "outcome": said["outcome"], "seen": said["seen"], "points": points,
            "all_agreed": said.get("all_agreed", False),
        }  # fmt: skip

    @property
    def words(self) -> str:
        """All the words of a valid form."""
        said = self.facts()
        return "\n".join([said["text"], *(point.words for point in said["points"])])


class DissentForm(PresenceForm):
    """A participant's dissent."""

    words = forms.CharField(
        label=_("Dissent"),
        max_length=LONGEST_DISSENT,
        widget=_lines(5),
        help_text=_("Briefly, at most 1,000 signs. It follows the case to the next body."),
    )


class HaltForm(PresenceForm):
    """Who halts the decision, and by which right."""

    power = forms.ChoiceField(label=_("Right"), choices=HaltPower.choices, initial=HaltPower.MEMBER)
    order = forms.CharField(
        label=_("The mayor's written order"), required=False, widget=_lines(3), help_text=_("Only for the mayor.")
    )


class ReturnForm(forms.Form):
    """When a matter comes again to the same body."""

    when = forms.ChoiceField(label=_("Comes again"))
    day = forms.DateField(
        label=_("Another day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, data: Mapping[str, object] | None, meetings: Iterable[Meeting], *, next_month: date | None
    ) -> None:
        super().__init__(data)
        choices = [(str(row.held_on), date_format(row.held_on, "DATE_FORMAT")) for row in meetings]
        self._month = next_month
        first = gettext("At the first meeting of a later month, which is not planned yet")
        if next_month is not None:
            day = date_format(next_month, "DATE_FORMAT")
            first = gettext("At the first meeting of a later month, {day}").format(day=day)
        offer(self, "when", [
            *choices, ("month", first), ("day", _("On another day")), ("later", _("Later, without a day")),
        ])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A day of her own is written."""
        said = super().clean() or self.cleaned_data
        if said.get("when") == "day" and not said.get("day") and "day" not in self.errors:
            self.add_error("day", gettext("Write the day."))
        return said

    @property
    def chosen(self) -> date | None:
        """The day of a valid form; None = without a day."""
        when = self.cleaned_data["when"]
        if when == "day":
            return self.cleaned_data["day"]  # type: ignore[no-any-return]
        if when == "month":
            return self._month
        return None if when == "later" else date.fromisoformat(when)


class PartiesForm(forms.Form):
    """Whether somebody must be told the decision before the public is."""

    parties = forms.ChoiceField(
        label=_("Are there parties who must be told first?"),
        required=False,
        choices=[("", _("Not said")), *Parties.choices],
    )
    told = forms.BooleanField(label=_("They have been told"), required=False)


class ExtractForm(forms.Form):
    """What the public gets of a closed decision."""

    public_extract = forms.CharField(
        label=_("Public extract"),
        required=False,
        widget=_lines(5),
        help_text=_("What the public may know of the decision. It goes out with the minutes."),
    )
    as_decided = forms.BooleanField(label=_("Open the decision: its own words are the extract"), required=False)
    withheld_reason = forms.CharField(
        label=_("Why no extract is given"), required=False, widget=_lines(3), help_text=_("The public reads it.")
    )


class SpeakerForm(forms.Form):
    """Who presents an item."""

    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.CharField(label=_("Role"), required=False, max_length=120)
    is_talk = forms.BooleanField(label=_("A short talk"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=120, initial=5)

    def __init__(self, data: Mapping[str, object] | None, speaker: ItemSpeaker | None = None) -> None:
        names = ("name", "role", "is_talk", "minutes")
        super().__init__(data, initial={name: getattr(speaker, name) for name in names} if speaker else None)

    @property
    def facts(self) -> SpeakerFacts:
        """The speaker of a valid form."""
        return SpeakerFacts(**self.cleaned_data)


class UrgentForm(forms.Form):
    """What was decided for the body between its meetings."""

    case = forms.ChoiceField(label=_("Case"), error_messages={"invalid_choice": _("Choose a case from the list.")})
    decided_by = forms.ChoiceField(
        label=_("Decided by"),
        help_text=_("The chair on that day, or the vice chair if she was acting for the chair."),
        error_messages={"invalid_choice": _("Choose a person from the list.")},
    )
    decided_on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ground = forms.CharField(label=_("Why it could not wait, or admits no doubt"), widget=_lines(3))
    why_not_first = forms.CharField(
        label=_("Why the committee cannot treat the matter first"), required=False, max_length=4000, widget=_lines(2)
    )
    words = forms.CharField(label=pgettext_lazy("heading", "Decision"), widget=_lines(4))

    def __init__(
        self,
        data: Mapping[str, object] | None,
        cases: Iterable[Case],
        people: Iterable[tuple[Person, str]],
        *,
        today: date,
        is_planned: bool,
    ) -> None:
        super().__init__(data, initial={"decided_on": today})
        if not is_planned:
            del self.fields["why_not_first"]
        self.cases = {str(case.pk): case for case in cases}
        people = list(people)
        self.people = {str(person.pk): person for person, _role in people}
        names = [(str(person.pk), f"{person.name} ({SeatRole(role).label})") for person, role in people]
        self._offer("case", _("Choose a case"), [(key, case.title) for key, case in self.cases.items()])
        self._offer("decided_by", _("Choose a person"), names)

    def _offer(self, name: str, nothing: object, choices: list[tuple[str, str]]) -> None:
        offer(self, name, [("", nothing), *choices])

    def facts(self) -> dict[str, Any]:
        """What `actions.record_urgent_decision` asks, of a valid form."""
        said = self.cleaned_data
        return said | {"case": self.cases[said["case"]], "decided_by": self.people[said["decided_by"]]}


class TakeBackForm(forms.Form):
    """Why what was recorded by mistake is taken back."""

    reason = forms.CharField(label=_("Why it is taken back"), max_length=2000, widget=_lines(3))


class PhraseForm(forms.Form):
    """A phrase of the municipality."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=_OUTCOMES)
    words = forms.CharField(
        label=_("Phrase"), max_length=500, help_text=_("Write {body} where the body's name shall stand.")
    )
