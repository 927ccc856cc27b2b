"""When a body has decided, the case goes on to the next one: with what was decided, and nothing retyped (R41)."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.cases.models import PathStep
from sagsgang.core.faults import reached
from sagsgang.documents.access import Access
from sagsgang.meetings import rules
from sagsgang.meetings.actions import papers
from sagsgang.meetings.actions.decide import points_of, write_points
from sagsgang.meetings.actions.late import require_in_time
from sagsgang.meetings.actions.schedule import add_item, lock_meeting, record_both
from sagsgang.meetings.models import (
    AgendaItem,
    Decision,
    Meeting,
    Outcome,
    Parties,
    current_decisions,
    own_decision,
)
from sagsgang.meetings.queries.attending import line_words, roll_of

LONGEST_LINE = 300


@transaction.atomic
def carry_forward(
    item: AgendaItem, *, meeting: Meeting, step: PathStep | None = None, late_reason: str = "", actor: User
) -> AgendaItem:
    """Put the case of a decided item on the agenda of a later meeting, as an item of its own.

    All decisions so far stand on it in their order, each with dissent and who was absent. The newest approved words
    and the newest attachments come with it; what was closed stays closed. Raises `RuleBrokenError`.
    """
    target = _lock_both(item.meeting, meeting)
    item = AgendaItem.objects.select_related("meeting__body", "case", "parent", "presentation").get(pk=item.pk)
    own = own_decision(item.decisions.all(), item.meeting)
    _require_movable(item, own, target)
    presentation = papers.newest_approved(item.case, item.presentation)
    facts = _closing(item) | {"late_reason": require_in_time(target, late_reason), "carried_from": item}
    if item.parties == Parties.SOME:  # they are told of this body's decision too, and the public after them (R19)
        facts["parties"] = Parties.SOME
    carried = add_item(item.case, presentation, meeting=target, parent=None, step=step, facts=facts, actor=actor)
    if not item.case.attachments.exists():
        papers.hand_on_attachments(item, carried)
    reached("carry.item")
    _carry_decisions(item, own, carried, actor)
    record_both(actor, "carry_forward", carried, carried_from=str(item.pk), meeting=str(target.pk))
    reached("carry.before_commit")
    return carried


def _lock_both(first: Meeting, second: Meeting) -> Meeting:
    """Both meetings, locked in one order whoever asks; answers the second."""
    locked = {pk: lock_meeting(Meeting(pk=pk)) for pk in sorted({first.pk, second.pk})}
    return locked[second.pk]


def _require_movable(item: AgendaItem, own: Decision | None, target: Meeting) -> None:
    rules.require_another_meeting(is_another=target.pk != item.meeting_id)
    rules.require_same_authority(same=item.case.authority_id == target.body.authority_id)
    rules.require_own_case(is_own=item.parent is None or item.parent.case_id != item.case_id)
    rules.require_decided(is_decided=own is not None)
    rules.require_not_on_agenda(is_there=item.case.agenda_items.filter(meeting=target, withdrawn_at=None).exists())


def _closing(item: AgendaItem) -> dict[str, object]:
    """What was closed at one body is closed at the next, its printed decisions with it."""
    closed = item if item.is_closed else item.parent if item.parent and item.parent.is_closed else None
    if closed is None:
        return {"access": item.case.access, "ground": item.case.ground}
    return {
        "access": Access.CLOSED,
        "ground": closed.ground,
        "closing_reason": item.closing_reason or closed.closing_reason,
        "public_title": item.public_title or closed.public_title,
    }


def _carry_decisions(item: AgendaItem, own: Decision | None, carried: AgendaItem, actor: User) -> None:
    decisions = current_decisions(item.decisions.all())
    carried_on = [
        Decision(
            item=carried,
            position=position,
            stated_body=row.stated_body or item.meeting.body.name if row == own else row.stated_body,
            body=item.meeting.body if row == own else row.body,
            decided_on=item.meeting.held_on if row == own else row.decided_on,
            number=row.number or (item.number if row == own else ""),
            html=row.html,
            outcome=Outcome.HALTED if row == own and item.halts.exists() else row.outcome,
            all_agreed=row.all_agreed,
            dissent=row.dissent,
            absent=absent_lines(item) if row == own else row.absent,
            recorded_by=actor,
        )
        for position, row in enumerate(decisions, start=1)
    ]
    Decision.objects.bulk_create(carried_on)
    for row, copy in zip(decisions, carried_on, strict=True):
        write_points(copy, points_of(row))


def absent_lines(item: AgendaItem) -> list[str]:
    """Who was absent when the body decided the item, a line each: "Kommunaldirektør X (formand)"."""
    return [line_words(line)[:LONGEST_LINE] for line in roll_of(item.meeting).absent_at(item.pk)]
