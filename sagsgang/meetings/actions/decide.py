"""Record what the body decided on an item: as a whole, and point by point of the recommendation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.html import escape

from sagsgang.accounts.models import User
from sagsgang.core.faults import reached
from sagsgang.core.models import record
from sagsgang.documents import richtext
from sagsgang.meetings import rules
from sagsgang.meetings.models import (
    AgendaItem,
    Decision,
    DissentStatement,
    Meeting,
    PointDecision,
    current_decisions,
    own_decision,
)
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.meetings.rules import deciding


@dataclass(frozen=True, slots=True)
class PointFacts:
    """What became of one point of the recommendation; `words` are plain."""

    position: int
    marker: str = ""
    outcome: str = ""
    words: str = ""


@transaction.atomic
def record_decision(
    item: AgendaItem,
    *,
    text: str,
    outcome: str,
    seen: int,
    dissent: str | None = None,
    points: Sequence[PointFacts] = (),
    all_agreed: bool = False,
    is_procedure: bool = False,
    actor: User,
) -> Decision:
    """Write this meeting's decision on an item. `text` is plain, with a line for each paragraph.

    Where every point of the recommendation has the same outcome the whole has it too, whatever `outcome` says.
    `dissent` is words taken over from elsewhere; None leaves the dissent as it is, and the house's own statements
    (`enter_dissent`) stand in it always. `is_procedure`: it decides nothing in the matter itself (R10).

    `seen` is the version the writer had before her (0 = none): if another has written something else since, a
    `RuleBrokenError` says so and nothing is lost. The same words again change nothing, whatever was seen.
    """
    meeting = Meeting.objects.select_for_update().select_related("body").get(pk=item.meeting_id)
    decisions = current_decisions(item.decisions.all())
    own = own_decision(decisions, meeting)
    said = _said(points)
    outcome = deciding.outcome_of([point.outcome for point in points], outcome)
    html, dissent_html = richtext.from_plain(text), _dissent(item, own, dissent)
    if own is not None and _is_same(own, (html, outcome, dissent_html, all_agreed), said):
        return own
    rules.require_seen(seen, own.version if own else 0)
    deciding.require_not_final(is_final=is_protocol_final(meeting))
    rules.require_decision_text(text, outcome or "".join(point.outcome + point.words for point in said))
    outcomes = [point.outcome for point in said if point.outcome] or [outcome]
    deciding.require_acknowledging(
        item.kind, {outcome or outcomes[0], *outcomes}, all_agreed=all_agreed or is_procedure
    )
    decision = _next_version(
        item,
        decisions,
        own,
        {"html": html, "outcome": outcome, "all_agreed": all_agreed, "dissent": dissent_html},
        actor,
    )
    reached("decide.points")
    write_points(decision, said)
    record(actor, "record_decision", item, version=decision.version, outcome=outcome, points=len(said))
    reached("decide.before_commit")
    return decision


def _next_version(
    item: AgendaItem, decisions: Sequence[Decision], own: Decision | None, said: dict[str, object], actor: User
) -> Decision:
    meeting = item.meeting
    return Decision.objects.create(
        item=item,
        position=own.position if own else max((row.position for row in decisions), default=0) + 1,
        version=own.version + 1 if own else 1,
        stated_body=meeting.body.name,
        body=meeting.body,
        decided_on=meeting.held_on,
        number=item.number,
        recorded_by=actor,
        **said,
    )


def _said(points: Iterable[PointFacts]) -> list[PointFacts]:
    return [point for point in points if point.outcome or point.words.strip()]


def _is_same(own: Decision, said: tuple[str, str, str, bool], points: Sequence[PointFacts]) -> bool:
    return (own.html, own.outcome, own.dissent, own.all_agreed) == said and points_of(own) == list(points)


def points_of(decision: Decision) -> list[PointFacts]:
    """What a decision says point by point."""
    return [PointFacts(row.position, row.marker, row.outcome, row.words) for row in decision.points.all()]


def write_points(decision: Decision, points: Iterable[PointFacts]) -> None:
    """A part of other acts: the points of one version of a decision."""
    PointDecision.objects.bulk_create(
        PointDecision(
            decision=decision, position=point.position, marker=point.marker, outcome=point.outcome,
            words=point.words.strip(),
        )
        for point in points
    )  # fmt: skip


def next_version(own: Decision, *, dissent: str, actor: User) -> Decision:
    """A part of other acts: the same decision with another dissent."""
    points = points_of(own)
    decision = Decision.objects.create(
        item=own.item,
        position=own.position,
        version=own.version + 1,
        stated_body=own.stated_body,
        body=own.body,
        decided_on=own.decided_on,
        number=own.number,
        html=own.html,
        outcome=own.outcome,
        all_agreed=own.all_agreed,
        dissent=dissent,
        absent=own.absent,
        recorded_by=actor,
    )
    write_points(decision, points)
    return decision


def _dissent(item: AgendaItem, own: Decision | None, words: str | None) -> str:
    stated = stated_dissents(item.dissents.select_related("person"))
    if words is not None:
        return richtext.from_plain(words) + stated
    return (own.dissent.removesuffix(stated) if own else "") + stated


def stated_dissents(rows: Iterable[DissentStatement]) -> str:
    """The standing statements as they follow the case on: name, party and words of each."""
    return "".join(_stated(row) for row in rows)


def _stated(row: DissentStatement) -> str:
    name = f"{row.person.name} ({row.party})" if row.party else row.person.name
    return f"<p><strong>{escape(name)}</strong></p>{richtext.from_plain(row.words)}"
