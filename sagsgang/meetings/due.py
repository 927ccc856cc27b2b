"""What time demands of meetings: found by looking for what is missing, safe to repeat."""

from django.utils.timezone import localdate

from sagsgang.meetings.actions.urgent import put_notice
from sagsgang.meetings.queries.deciding import next_unsent_meeting, untold_urgent_decisions


def urgent_notices_due() -> int:
    """Put the notice of each urgent decision on its body's next agenda that has not gone out; answers how many."""
    put = 0
    for urgent in untold_urgent_decisions():
        # A notice that the secretary took off an agenda does not come back on that one.
        left = urgent.notice.meeting_id if urgent.notice else None
        meeting = next_unsent_meeting(urgent.body, localdate(), but=left)
        if meeting is not None:
            put += put_notice(urgent, meeting=meeting, actor=urgent.recorded_by) is not None
    return put
