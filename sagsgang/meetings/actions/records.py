"""How every act on an agenda begins and ends: the meeting locked, the trace written. Parts of other acts."""

from sagsgang.accounts.models import User
from sagsgang.core.models import Plain, record
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.meetings.rules import deciding


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked: every act that changes an agenda begins here, and so does a release."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("body__authority")
    return rows.get(pk=meeting.pk)


def lock_changeable(meeting: Meeting) -> Meeting:
    """The meeting, locked, for an act on what its protocol states. Raises `RuleBrokenError` if that is final (R38)."""
    meeting = lock_meeting(meeting)
    deciding.require_not_final(is_final=is_protocol_final(meeting))
    return meeting


def record_both(actor: User, verb: str, item: AgendaItem, **data: Plain) -> None:
    """Leave the trace of an act at the item and in the history of its case."""
    record(actor, verb, item, **data)
    record(actor, verb, item.case, item=str(item.pk), **data)
