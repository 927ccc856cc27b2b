"""What one user may read at one meeting: the permissions, gathered for the pages that show it."""

from sagsgang.accounts.models import User
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.permissions import may_read_closed, may_read_unsent, shut_out
from sagsgang.meetings.rendering import Reader


def reader_at(user: User, meeting: Meeting) -> Reader:
    """The reader that every page of the meeting is made for; a fixed number of queries."""
    return Reader(
        closed_too=may_read_closed(user, meeting),
        shut_out=shut_out(user, meeting),
        unsent_too=may_read_unsent(user, meeting),
    )
