"""Close an item: also one whose protocol is final, by the way that amendments go (R38)."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.documents.access import Ground
from sagsgang.meetings import actions as meetings
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.protocols import rules
from sagsgang.protocols.actions.entering import enter
from sagsgang.protocols.actions.signing import final_of
from sagsgang.protocols.models import EntryKind


@transaction.atomic
def close_item(
    item: AgendaItem,
    *,
    ground: str,
    closing_reason: str,
    public_title: str = "",
    change_reason: str = "",
    review_on: date | None = None,
    actor: User,
) -> AgendaItem:
    """Close an open item as `meetings.actions.close_item` does; where the protocol is final, with an amendment.

    The amendment says on what ground and why (`change_reason`), with who and when, and stands at the item: it is read
    by those alone who may still read the item, and never leaves the house. Raises `RuleBrokenError`.
    """
    meeting = lock_meeting(item.meeting)
    is_final = is_protocol_final(meeting)
    with override(settings.LANGUAGE_CODE):  # a protocol is a Danish document, whoever writes
        words = _("The item was closed after the protocol was made final. Ground: {ground}.").format(
            ground=dict(Ground.choices).get(ground, ground)
        )
    if is_final:
        rules.require_amendment(words, change_reason)
    item = meetings.close_item(
        item,
        ground=ground,
        closing_reason=closing_reason,
        public_title=public_title,
        change_reason=change_reason,
        review_on=review_on,
        amended=is_final,
        actor=actor,
    )
    if is_final:
        document = {"final": final_of(meeting).sha256, "item": str(item.pk), "words": words}
        entry = enter(meeting, EntryKind.AMENDMENT, document | {"reason": change_reason.strip()}, actor=actor)
        record(actor, "amend_protocol", meeting, number=entry.number)
    return item
