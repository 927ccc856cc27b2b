"""Record what the body decided on an item."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.documents import richtext
from sagsgang.meetings import rules
from sagsgang.meetings.models import AgendaItem, Decision, Meeting, current_decisions, own_decision


@transaction.atomic
def record_decision(
    item: AgendaItem, *, text: str, outcome: str, seen: int, dissent: str = "", actor: User
) -> Decision:
    """Write this meeting's decision on an item, and the dissent if a participant asks for it (R41).

    Both are plain text with a line for each paragraph.

    `seen` is the version the writer had before her (0 = none): if another has written since, a
    `RuleBrokenError` says so and nothing is lost. The same words change nothing.
    """
    meeting = Meeting.objects.select_for_update().select_related("body").get(pk=item.meeting_id)
    decisions = current_decisions(item.decisions.all())
    own = own_decision(decisions, meeting)
    rules.require_seen(seen, own.version if own else 0)
    rules.require_decision_text(text, outcome)
    html, dissent_html = richtext.from_plain(text), richtext.from_plain(dissent)
    if own is not None and (own.html, own.outcome, own.dissent) == (html, outcome, dissent_html):
        return own
    position = own.position if own else max((d.position for d in decisions), default=0) + 1
    decision = Decision.objects.create(
        item=item,
        position=position,
        version=own.version + 1 if own else 1,
        stated_body=meeting.body.name,
        body=meeting.body,
        decided_on=meeting.held_on,
        number=item.number,
        html=html,
        outcome=outcome,
        dissent=dissent_html,
        recorded_by=actor,
    )
    record(actor, "record_decision", item, version=decision.version, outcome=outcome)
    return decision
