"""What a closed item says of itself: to those inside why it is closed, to the public what it may be called."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.documents.access import Access
from sagsgang.meetings import rules
from sagsgang.meetings.actions.arrange import settle_agenda
from sagsgang.meetings.actions.records import lock_meeting, record_both
from sagsgang.meetings.actions.versions_of_agenda import next_version, write_version
from sagsgang.meetings.models import AgendaItem, Meeting, ReviewAnswer
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.meetings.rules import deciding, reviewing


@transaction.atomic
def state_closing(item: AgendaItem, *, closing_reason: str, public_title: str, actor: User) -> AgendaItem:
    """Write the concrete reason (R15) and the public title of a closed item. Raises `RuleBrokenError`.

    Once the protocol is final the reason that was written stands, and is only written where none is (R38). The public
    title is a part of the extract, and can be made better at any time (R18).
    """
    meeting = lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    rules.require_closed(is_closed=item.is_closed)
    rules.require_closing_reason(closing_reason, closed=True)
    written = (closing_reason.strip(), public_title.strip())
    if item.closing_reason not in {"", written[0]}:
        deciding.require_reason_stands(is_final=is_protocol_final(meeting))
    if (item.closing_reason, item.public_title) != written:
        item.closing_reason, item.public_title = written
        item.save(update_fields=["closing_reason", "public_title", "modified_at"])
        record_both(actor, "state_closing", item)
    return item


@transaction.atomic
def close_item(
    item: AgendaItem,
    *,
    ground: str,
    closing_reason: str,
    public_title: str = "",
    change_reason: str = "",
    review_on: date | None = None,
    amended: bool = False,
    by_body: bool = False,
    actor: User,
) -> AgendaItem:
    """Close an open item, with all that lies under it, on a concrete reason (R15). Raises `RuleBrokenError`.

    On an agenda that is not sent it goes behind the open ones (R16). Once it is sent, place and number stand, the
    members are told why it was changed (R3), and the agenda is kept in a new version. What is out of the house is not
    touched: a release is corrected or withdrawn by two persons, as any other.

    `amended`: a final protocol gets its amendment in the same act (`protocols.actions.close_item`); without one it is
    refused (R38). Then nothing that the protocol states is touched: not the reason why it came late, no number.
    `by_body`: the body itself decides so at the meeting, and the protocol says it; no reason is printed.
    """
    meeting = lock_meeting(item.meeting)
    is_final = is_protocol_final(meeting)
    deciding.require_not_final(is_final=is_final and not amended)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case", "parent").get(pk=item.pk)
    rules.require_open(is_closed=item.is_closed)
    reviewing.require_ground(ReviewAnswer.NEVER, ground, closing_reason)
    rules.require_closing_reason(closing_reason, closed=True)
    if review_on is not None:
        reviewing.require_review_date(ReviewAnswer.KEEP, review_on, localdate())
    is_sent = item.is_sent(meeting.agenda_sent_at)
    if is_sent and not is_final and not by_body:
        rules.require_change_reason(change_reason)
        item.late_reason = change_reason.strip()
    item.access, item.access_stated, item.ground = Access.CLOSED, True, ground
    item.closing_reason, item.public_title, item.review_on = closing_reason.strip(), public_title.strip(), review_on
    item.save(
        update_fields=[
            "access", "access_stated", "ground", "closing_reason", "public_title", "late_reason", "review_on",
            "modified_at",
        ]
    )  # fmt: skip
    if not is_final:
        agenda_changed(meeting, is_sent=is_sent, actor=actor)
    record_both(actor, "close_item", item, ground=ground, sent=is_sent)
    return item


def agenda_changed(meeting: Meeting, *, is_sent: bool, actor: User) -> None:
    """A part of other acts, after an item was closed or opened: its place, or the agenda's next version.

    No reason is printed: that of a closed item stands at the item alone. An agenda of a day that is over is not sent
    anew.
    """
    if not is_sent:
        settle_agenda(meeting)
    elif meeting.adjourned_at is None and meeting.held_on >= localdate():
        write_version(meeting, number=next_version(meeting), actor=actor)
