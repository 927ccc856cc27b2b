"""Who may do what to a meeting (the start matrix of who sees what; each rule names its roles)."""

from django.db.models import Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, BodyKind, Role
from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting

# Human resources see the open part of their bodies; auditor and administrator see titles, logs and settings.
READS_CLOSED = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR, Role.MANAGER, Role.CASEWORKER)


def may_see_meeting(user: User, meeting: Meeting) -> bool:
    """Who sees the body sees its meetings."""
    return True


def may_see_item(user: User, item: AgendaItem) -> bool:
    """Who sees the body sees that the item is there; its closed words are asked for apart."""
    return True


def may_read_closed(user: User, meeting: Meeting) -> bool:
    """May she read what is closed at this body's meetings? Every such reading is logged.

    The works council discusses, and its members read no closed material.
    """
    roles = set(READS_CLOSED)
    if meeting.body.kind == BodyKind.WORKS_COUNCIL:
        roles -= {Role.MEMBER}
    return Appointment.objects.in_body(user, meeting.body_id, *roles).exists()


def may_keep_minutes(user: User, meeting: Meeting) -> bool:
    """May she record decisions and presence? The body's secretary."""
    return Appointment.objects.in_body(user, meeting.body_id, Role.SECRETARY).exists()


def may_record_decision(user: User, item: AgendaItem) -> bool:
    """May she write the decision on this item?"""
    return may_keep_minutes(user, item.meeting)


def may_see_body(user: User, body: Body) -> bool:
    """Who sees the body sees its page."""
    return True


def may_mark_presence_at(user: User, item: AgendaItem) -> bool:
    """May she mark who left the room at this item?"""
    return may_keep_minutes(user, item.meeting)


class AttachmentRows:
    """The attachments of the items that a user sees; whether she may open the file is `may_open_attachment`."""

    def visible_to(self, user: User, /) -> QuerySet[Attachment]:
        """Attachments that are not taken off, with what the permission asks."""
        return Attachment.objects.filter(
            item__in=AgendaItem.objects.visible_to(user), item__withdrawn_at=None, withdrawn_at=None
        ).select_related("item__meeting", "item__parent", "version")


def is_closed_material(attachment: Attachment) -> bool:
    """Closed for itself, or lying under an item that is: nothing under a closed item is open."""
    item = attachment.item
    return attachment.access != Access.OPEN or item.is_closed or (item.parent is not None and item.parent.is_closed)


def may_open_attachment(user: User, attachment: Attachment) -> bool:
    """Open ones for everybody who sees the body; closed material for its readers."""
    return not is_closed_material(attachment) or may_read_closed(user, attachment.item.meeting)


class AgendaRows:
    """The items that stand on an agenda that a user sees, with their meeting: what a page of an item begins with."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """Items that are not taken off, nor lie under one that is."""
        return (
            AgendaItem.objects.visible_to(user)
            .filter(Q(parent=None) | Q(parent__withdrawn_at=None), withdrawn_at=None)
            .select_related("meeting")
        )
