"""Who may do what to a meeting (the start matrix of who sees what; each rule names its roles)."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, BodyKind, Role
from sagsgang.cases.models import FrozenBy
from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem, Attachment, ConflictOfInterest, Meeting

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


def items_shut_to(user: User) -> QuerySet[AgendaItem]:
    """The items whose closed material she may not read, because of a conflict of interest (leak rule 11).

    A conflict noted at an item counts for its sub-items, and for every other item of the same case, at whatever
    body: its papers are the same. Noted at a sub-item that has no case of its own, it counts for that one alone.
    """
    noted = ConflictOfInterest.objects.filter(person__user=user, withdrawn_at=None)
    whole_cases = noted.exclude(item__parent__case=F("item__case"))
    return AgendaItem.objects.filter(
        Q(pk__in=noted.values("item"))
        | Q(parent__in=noted.values("item"))
        | Q(case__in=whole_cases.values("item__case"))
    )


def shut_out(user: User, meeting: Meeting) -> frozenset[UUID]:
    """The ids of the meeting's items and sub-items whose closed material is shut to her; one query."""
    return frozenset(items_shut_to(user).filter(meeting=meeting.pk).values_list("pk", flat=True))


def may_read_closed_item(user: User, item: AgendaItem) -> bool:
    """May she read what is closed at this item: a reader of the body's closed material, without a conflict here?"""
    return may_read_closed(user, item.meeting) and not items_shut_to(user).filter(pk=item.pk).exists()


# The chair's office composes the agenda with the secretary; the members get it when it is sent.
PREPARES_AGENDA = (Role.SECRETARY, Role.DIRECTOR)


def may_read_unsent(user: User, meeting: Meeting) -> bool:
    """May she read words that are on an agenda that is not sent yet? (domain 2.1: no draft to a member)."""
    return Appointment.objects.in_body(user, meeting.body_id, *PREPARES_AGENDA).exists()


def is_unsent(item: AgendaItem) -> bool:
    """Words of the house on an agenda that is not sent; what was taken in from outside was sent there."""
    presentation = item.presentation
    written_here = presentation is not None and presentation.frozen_by != FrozenBy.IMPORTED
    return written_here and item.meeting.agenda_sent_at is None


def may_keep_papers(user: User, body: Body) -> bool:
    """May she put matters on the body's agendas, and see what waits for it? The body's secretary."""
    return Appointment.objects.in_body(user, body.pk, Role.SECRETARY).exists()


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
        ).select_related("item__meeting__body", "item__parent", "item__presentation", "version")


def is_closed_material(attachment: Attachment) -> bool:
    """Closed for itself, or lying under an item that is: nothing under a closed item is open."""
    item = attachment.item
    return attachment.access != Access.OPEN or item.is_closed or (item.parent is not None and item.parent.is_closed)


def may_open_attachment(user: User, attachment: Attachment) -> bool:
    """Open ones for everybody who sees the body, once they are sent; closed material for its readers."""
    item = attachment.item
    if is_unsent(item) and not may_read_unsent(user, item.meeting):
        return False
    return not is_closed_material(attachment) or may_read_closed_item(user, item)


class AgendaRows:
    """The items that stand on an agenda that a user sees, with their meeting: what a page of an item begins with."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """Items that are not taken off, nor lie under one that is."""
        return (
            AgendaItem.objects.visible_to(user)
            .filter(Q(parent=None) | Q(parent__withdrawn_at=None), withdrawn_at=None)
            .select_related("meeting__body", "case", "parent", "presentation")
        )


class TakenOffRows:
    """The items that were taken off an agenda: what can be put back."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """Items that are taken off, with their meeting."""
        return (
            AgendaItem.objects.visible_to(user)
            .exclude(withdrawn_at=None)
            .select_related("meeting__body", "case", "parent")
        )


def may_compose_agenda(user: User, meeting: Meeting) -> bool:
    """May she put items on this agenda, take them off, and send it? The body's secretary."""
    return may_keep_minutes(user, meeting)


def may_move_on(user: User, item: AgendaItem) -> bool:
    """May she take the item off, renew it, send it on, promote it? The body's secretary."""
    return may_keep_minutes(user, item.meeting)


def may_state_closing(user: User, item: AgendaItem) -> bool:
    """May she write why it is closed? The body's secretary, unless she has a conflict of interest herself."""
    return may_move_on(user, item) and may_read_closed_item(user, item)


def may_note_conflict(user: User, item: AgendaItem) -> bool:
    """May she write that the body found a conflict of interest? The body's secretary."""
    return may_keep_minutes(user, item.meeting)


def may_compare_item(user: User, item: AgendaItem) -> bool:
    """May she read two versions of the item's words? As the item itself: closed ones for their readers."""
    if is_unsent(item) and not may_read_unsent(user, item.meeting):
        return False
    lies_closed = item.is_closed or (item.parent is not None and item.parent.is_closed)
    return not lies_closed or may_read_closed_item(user, item)
