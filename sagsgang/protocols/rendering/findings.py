"""What the secretary looks at before she makes a protocol final; it stops nothing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.queries.deciding import Phrase
from sagsgang.meetings.rendering import Reader, ShownItem, shown_item
from sagsgang.meetings.views.item import says_more
from sagsgang.protocols.queries.facts import ProtocolFacts
from sagsgang.sittings.queries.results import votes_of
from sagsgang.sittings.rules.voting import contradicted_outcome


@dataclass(frozen=True, slots=True)
class Found:
    """An item or sub-item at which there is something to look at, for its link."""

    pk: UUID
    number: str
    title: str

    @property
    def words(self) -> str:
        """As the list names it: "2.1 Title"."""
        return " ".join(word for word in (self.number, self.title) if word)


@dataclass(frozen=True, slots=True)
class Findings:
    """The items whose decision says more than the presentation (domain 7, row 21), those that were postponed or returned
    without a day, and those whose decision says other than the vote (R25).
    """

    drifting: tuple[Found, ...] = ()
    without_day: tuple[Found, ...] = ()
    against_vote: tuple[Found, ...] = ()


NOTHING_FOUND = Findings()


def findings_of(facts: ProtocolFacts, reader: Reader, phrases: Iterable[Phrase]) -> Findings:
    """What is to be looked at, of the items whose words the reader may read."""
    meeting = facts.meeting
    known = [phrase.filled(meeting.body) for phrase in phrases]
    drifting, without_day, against_vote = [], [], []
    for item in meeting.items.all():
        rows: list[AgendaItem] = [item, *item.subitems.all()]
        top = shown_item(item, meeting, reader)
        shown = {part.pk: part for part in (top, *top.subitems)}
        for row in rows:
            part = shown.get(row.pk)
            if part is None or not part.is_readable:
                continue
            found = Found(row.pk, f"{item.number}.{row.number}" if row is not item else row.number, part.title)
            if says_more(part, known):
                drifting.append(found)
            if part.facts.wants_return and (row is item or row.case_id != item.case_id):
                without_day.append(found)
            if _says_other(part, row, facts):
                against_vote.append(found)
    return Findings(tuple(drifting), tuple(without_day), tuple(against_vote))


def _says_other(part: ShownItem, row: AgendaItem, facts: ProtocolFacts) -> bool:
    kinds = {proposal.pk: proposal.kind for proposal in facts.proposals.get(row.pk, ())}
    outcomes = {outcome for outcome in (part.own.outcome, *(point.key for point in part.own.points)) if outcome}
    return bool(contradicted_outcome(outcomes, votes_of(row.pk, kinds, facts.polls.get(row.pk, ()))))
