"""What a member does on her own pages: every write of what she has read and of her calendar's address."""

from sagsgang.members.actions.calendar import make_calendar_key, revoke_calendar_key
from sagsgang.members.actions.reading import mark_all_read, mark_read, mark_unread, undo_mark_all_read

__all__ = [
    "make_calendar_key",
    "mark_all_read",
    "mark_read",
    "mark_unread",
    "revoke_calendar_key",
    "undo_mark_all_read",
]
