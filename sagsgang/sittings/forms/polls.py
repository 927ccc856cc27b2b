"""The forms of votes: on what and how, and the votes themselves in the shape that the method asks for."""

from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.meetings.models import AgendaItem
from sagsgang.sittings.forms.acts import ActForm
from sagsgang.sittings.models import Choice, Method, Poll, Proposal

METHODS = [choice for choice in Method.choices if choice[0] != Method.NONE]
MOST_GROUPS = 100
_CHOICES = dict(Choice.choices)


class _OnProposal(ActForm):
    """An act on a proposal at an item; without one, on the recommendation as it stands."""

    proposal = forms.UUIDField(required=False)

    def __init__(self, data: object, item: AgendaItem) -> None:
        super().__init__(data, item.meeting)
        self.item = item

    def clean_proposal(self) -> Proposal | None:
        """The proposal, which stands at this item. Raises ValidationError where it does not."""
        key = self.cleaned_data["proposal"]
        if key is None:
            return None
        found = Proposal.objects.filter(item=self.item, pk=key).first()
        if found is None:
            raise forms.ValidationError(_("The proposal is not there any more. Load the page again."))
        return found


class PollForm(_OnProposal):
    """A vote is called."""

    method = forms.ChoiceField(choices=METHODS, error_messages={"required": _("Choose how to vote.")})


class DeclaredForm(_OnProposal):
    """The chair concludes without a vote."""

    is_adopted = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda word: word == "1")


class VotesForm(ActForm):
    """The votes of an open poll.

    ``vote_<person>`` = a choice (roll-call), ``group_<n>`` with ``count_<n>_<choice>`` (by group, with ``vote_<person>``
    of who votes otherwise), or ``count_<choice>`` (hands, papers).
    """

    def __init__(self, data: object, poll: Poll) -> None:
        super().__init__(data, poll.meeting)
        self.poll = poll

    def clean(self) -> dict[str, object]:
        """`votes`, `groups` or `counts` as `enter_ballots` takes them, by the method of the poll."""
        facts = super().clean() or {}
        if self.poll.method == Method.ROLL_CALL:
            return facts | {"votes": dict(self._single_votes())}
        if self.poll.method == Method.GROUPS:
            groups = [(n, str(self.data[f"group_{n}"])) for n in range(MOST_GROUPS) if f"group_{n}" in self.data]
            counts = {group: self._counts(f"count_{n}_") for n, group in groups}
            return facts | {"groups": counts, "votes": dict(self._single_votes())}
        return facts | {"counts": self._counts("count_")}

    def _single_votes(self) -> Iterator[tuple[UUID, str]]:
        for name, value in self.data.items():
            if name.startswith("vote_") and value:
                try:
                    yield UUID(name.removeprefix("vote_")), str(value)
                except ValueError as odd:
                    raise forms.ValidationError(_("Choose a person from the list.")) from odd

    def _counts(self, prefix: str) -> dict[str, int]:
        found = {}
        for choice in _CHOICES:
            words = str(self.data.get(prefix + choice, "")).strip() or "0"
            if not words.isdecimal() or len(words) > 4:
                raise forms.ValidationError(_("“{words}” is no number of votes.").format(words=words[:20]))
            found[choice] = int(words)
        return found
