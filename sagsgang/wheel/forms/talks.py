"""What is typed of a short talk. No saving."""

from collections.abc import Mapping, Sequence

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Person
from sagsgang.cases.models import Case
from sagsgang.core.forms import offer, offer_rows
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.wheel.actions.talks import TalkFacts
from sagsgang.wheel.models import BriefingCard, Talk, TalkHook
from sagsgang.wheel.queries.talks import TalkMeeting
from sagsgang.wheel.rules.talks import LONGEST_NOTE

type Data = Mapping[str, object] | None

_WIDE = {"class": "wide"}


class TalkForm(forms.Form):
    """A talk as it is wished: who, what about, what it hangs on, the page of notes, and the matter."""

    speaker = forms.ModelChoiceField(label=_("Speaker"), queryset=Person.objects.none(), empty_label=None)
    theme = forms.CharField(label=_("Theme"), max_length=300, widget=forms.TextInput(attrs=_WIDE))
    hook = forms.ChoiceField(label=_("Strategic hook"), choices=TalkHook, widget=forms.RadioSelect)
    hook_words = forms.CharField(
        label=_("Which policy, goal or date"), required=False, max_length=300, widget=forms.TextInput(attrs=_WIDE)
    )
    case = forms.ModelChoiceField(
        label=_("Case"), queryset=Case.objects.none(), required=False, empty_label=pgettext_lazy("case", "None"),
        help_text=_("The talk is held before the committee treats it."), widget=forms.Select(attrs=_WIDE),
    )  # fmt: skip
    note = forms.CharField(
        label=_("One-page note"), required=False, max_length=2 * LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Each line becomes a paragraph. Lines that begin with a hyphen become a list."),
    )  # fmt: skip

    def __init__(
        self,
        data: Data,
        speakers: QuerySet[Person],
        cases: QuerySet[Case],
        *,
        talk: Talk | None = None,
        card: BriefingCard | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(talk, card))
        offer_rows(self, "speaker", speakers)
        ids = [case.pk for case in cases]  # a query that is cut off can be neither filtered nor chosen from
        offer_rows(self, "case", Case.objects.filter(pk__in=ids).order_by("title"))

    @property
    def facts(self) -> TalkFacts:
        """What a valid form says."""
        return TalkFacts(**self.cleaned_data)


def _initial(talk: Talk | None, card: BriefingCard | None) -> dict[str, object]:
    if talk is not None:
        names = ("theme", "hook", "hook_words")
        chosen = {"speaker": talk.speaker_id, "case": talk.case_id, "note": to_plain(talk.note)}
        return {name: getattr(talk, name) for name in names} | chosen
    if card is not None:
        return {"speaker": card.director_id, "theme": card.theme, "hook": TalkHook.GOAL, "hook_words": card.goals}
    return {"hook": TalkHook.POLICY}


class PlaceForm(forms.Form):
    """Where a talk is held. What must be said besides is asked for when it is needed."""

    meeting = forms.ChoiceField(label=_("Meeting"), widget=forms.RadioSelect)
    parent = forms.ChoiceField(
        label=_("Under the item"), required=False, help_text=_("As a sub-item of one that stands on that agenda."),
        widget=forms.Select(attrs=_WIDE),
    )  # fmt: skip
    closing_reason = forms.CharField(
        label=_("Concrete reason for closing the item"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    late_reason = forms.CharField(
        label=_("Why it comes after the deadline and cannot wait"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Only where the deadline of the meeting is over."),
    )  # fmt: skip
    anyway = forms.BooleanField(label=_("Hold it although the committee treats the matter before"), required=False)

    def __init__(
        self, data: Data, meetings: Sequence[TalkMeeting], items: Sequence[AgendaItem], slots: int, talk: Talk
    ) -> None:
        super().__init__(data)
        self._meetings = {str(row.meeting.pk): row.meeting for row in meetings}
        self._items = {str(item.pk): item for item in items}
        offer(self, "meeting", [(str(row.meeting.pk), _words(row, slots)) for row in meetings])
        places = [(key, f"{date_format(item.meeting.held_on)}: {item}") for key, item in self._items.items()]
        offer(self, "parent", [("", gettext("– an item of its own –")), *places])
        if not places:
            del self.fields["parent"]
        if talk.case is None or not talk.case.is_closed:
            del self.fields["closing_reason"]

    def without_anyway(self) -> None:
        """Nothing speaks against the day: it is not asked for."""
        self.fields.pop("anyway", None)

    @property
    def chosen(self) -> Meeting:
        """The meeting, of a valid form."""
        return self._meetings[self.cleaned_data["meeting"]]

    def wishes(self) -> dict[str, object]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        return {
            "meeting": self.chosen,
            "parent": self._items.get(said.get("parent", "")),
            "closing_reason": said.get("closing_reason", ""),
            "late_reason": said["late_reason"],
            "anyway": bool(said.get("anyway")),
        }


def _words(row: TalkMeeting, slots: int) -> str:
    left = max(slots - row.talks, 0)
    room = ngettext("room for {left} talk", "room for {left} talks", left).format(left=left)
    return f"{date_format(row.meeting.held_on, 'l j. F Y')} ({room})"


class RemarksForm(forms.Form):
    """What was said to a talk."""

    remarks = forms.CharField(
        label=_("Remarks at the meeting"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )
