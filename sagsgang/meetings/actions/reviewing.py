"""May this closed item be opened now? The answer, and what follows from it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.documents.access import Access
from sagsgang.meetings import rules
from sagsgang.meetings.actions.closing import agenda_changed
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.actions.schedule import record_both
from sagsgang.meetings.models import AgendaItem, ClosingReview, Meeting, ReviewAnswer
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.meetings.queries.reviewing import opening_with
from sagsgang.meetings.rules import reviewing


@transaction.atomic
def review_closing(
    item: AgendaItem,
    *,
    answer: str,
    reason: str,
    ground: str = "",
    review_on: date | None = None,
    opened: Collection[UUID] = (),
    has_looked: bool = False,
    keeps_notes: bool = False,
    by_body: bool = False,
    actor: User,
) -> ClosingReview:
    """Open the item, keep it closed until a day, or for good. Raises `RuleBrokenError`.

    An agenda that was sent is the body's until the meeting is over: then only the body opens an item, at the beginning
    (`by_body`; R8, R16).

    Openness is not inherited (R43): of the attachments only those in `opened` become open with the item. What is
    opened reaches the public with the next release, which is prepared as any other. So with why it came late, or was
    closed after it was sent: that was written for those who read closed material, and goes unless `keeps_notes`.

    Once the protocol is final this is how its access changes: the review says who, when and why, is never changed, and
    the protocol keeps its words and numbers (R18, R38).
    """
    meeting = lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case", "parent").get(pk=item.pk)
    rules.require_closed(is_closed=item.is_closed)
    reviewing.require_ground(answer, ground, reason)
    reviewing.require_review_date(answer, review_on, localdate())
    reviewing.require_looked_through(answer, has_looked=has_looked)
    is_sent = item.is_sent(meeting.agenda_sent_at)
    reviewing.require_house_opens(answer, is_with_body=is_sent and not _is_over(meeting) and not by_body)
    above = item.parent is not None and item.parent.is_closed
    reviewing.require_parent_open(answer, parent_is_closed=above)
    kept = answer == ReviewAnswer.KEEP
    review = ClosingReview.objects.create(
        item=item,
        answer=answer,
        ground="" if answer == ReviewAnswer.OPEN else ground,
        reason=reason.strip(),
        review_on=review_on if kept else None,
        by=actor,
    )
    _follow(item, review, opened, keeps_notes=keeps_notes)
    if answer == ReviewAnswer.OPEN and not is_protocol_final(meeting):
        agenda_changed(meeting, is_sent=is_sent, actor=actor)
    record_both(actor, "review_closing", item, answer=answer)
    return review


def _is_over(meeting: Meeting) -> bool:
    """Adjourned; a meeting that was never opened here is over the day after it."""
    return meeting.adjourned_at is not None if meeting.opened_at else meeting.held_on < localdate()


def _follow(item: AgendaItem, review: ClosingReview, opened: Collection[UUID], *, keeps_notes: bool) -> None:
    """What the review says of the item now holds: open, or closed on its ground until it is asked again."""
    if review.answer == ReviewAnswer.OPEN:
        _open(item, opened, keeps_notes=keeps_notes)
    else:
        item.ground = review.ground
    item.review_on = review.review_on
    item.save(update_fields=["access", "access_stated", "ground", "review_on", "late_reason", "modified_at"])


def _open(item: AgendaItem, opened: Collection[UUID], *, keeps_notes: bool) -> None:
    """Open the item; each attachment that was not named stays behind, closed on the ground that the item had.

    So with those of its sub-items that become open with it.
    """
    rows = list(opening_with(item))
    behind = reviewing.kept_closed({str(row.pk) for row in rows}, {str(pk) for pk in opened})
    for row in rows:
        if str(row.pk) in behind:
            row.access, row.ground = Access.CLOSED, item.ground
            row.save(update_fields=["access", "ground", "modified_at"])
    if not keeps_notes:
        item.late_reason = ""
        for sub in item.subitems.filter(withdrawn_at=None, access=Access.OPEN).exclude(late_reason=""):
            sub.late_reason = ""
            sub.save(update_fields=["late_reason", "modified_at"])
    item.access, item.access_stated, item.ground = Access.OPEN, True, ""


@transaction.atomic
def set_review(item: AgendaItem, *, review_on: date, actor: User) -> AgendaItem:
    """Say when it is asked for the first time. Raises `RuleBrokenError`."""
    lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    rules.require_closed(is_closed=item.is_closed)
    reviewing.require_review_date(ReviewAnswer.KEEP, review_on, localdate())
    if item.review_on != review_on:
        item.review_on = review_on
        item.save(update_fields=["review_on", "modified_at"])
        record_both(actor, "set_review", item)
    return item
