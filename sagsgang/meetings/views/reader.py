"""What one user may read at one meeting: the permissions, gathered for the pages that show it."""

from dataclasses import replace

from sagsgang.accounts.models import User
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.permissions import granted_at, may_read_closed, may_read_unsent, readable_drafts, shut_out
from sagsgang.meetings.rendering import Reader


def reader_at(user: User, meeting: Meeting) -> Reader:
    """The reader that every page of the meeting is made for; a fixed number of queries."""
    closed_too = may_read_closed(user, meeting)
    return Reader(
        closed_too=closed_too,
        shut_out=shut_out(user, meeting),
        unsent_too=may_read_unsent(user, meeting),
        granted=frozenset() if closed_too else granted_at(user, meeting),
    )


def reader_of(user: User, item: AgendaItem) -> Reader:
    """The reader of an item of `meetings.queries.item_rows`; one query more where it links to drafts."""
    rows = [item, *item.subitems.all()]
    linked = {file.presentation.case_id for row in rows for file in row.attachments.all() if file.presentation}
    return replace(reader_at(user, item.meeting), drafts=readable_drafts(user, linked))
