"""Who may do what to a meeting (the start matrix of who sees what; each rule names its roles)."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, BodyKind, Role, Seat, has_role, roles_of
from sagsgang.cases.models import Case, FrozenBy
from sagsgang.cases.permissions import CaseRows
from sagsgang.documents.access import Access
from sagsgang.meetings.called import called_to
from sagsgang.meetings.models import (
    AccessRequest,
    AgendaItem,
    Attachment,
    ConflictOfInterest,
    Meeting,
    MemberProposal,
    UrgentDecision,
)

# Human resources see the open part of their bodies; auditor and administrator see titles, logs and settings.
READS_CLOSED = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR, Role.MANAGER, Role.CASEWORKER)


def may_see_meeting(user: User, meeting: Meeting) -> bool:
    """Who sees the body sees its meetings."""
    return True


def may_see_item(user: User, item: AgendaItem) -> bool:
    """Who sees the body sees that the item is there; its closed words are asked for apart."""
    return True


def may_follow_along(user: User, meeting: Meeting) -> bool:
    """May she follow the meeting and read its protocol? Secretary, chair, members and directors of the body."""
    roles = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)
    return has_role(user, meeting.body_id, *roles)


def may_read_closed(user: User, meeting: Meeting) -> bool:
    """May she read what is closed at this body's meetings? Every such reading is logged.

    The works council discusses, and its members read no closed material.
    """
    roles = set(READS_CLOSED)
    if meeting.body.kind == BodyKind.WORKS_COUNCIL:
        roles -= {Role.MEMBER}
    return has_role(user, meeting.body_id, *roles)


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
    """May she read what is closed at this item: a reader of the body's closed material, or let in on request (R21), or
    called to sit in there?

    None with a conflict of interest here.
    """
    let_in = Q(pk__in=granted_to(user).values("pk")) | Q(pk__in=called_to(user, closed_too=True).values("pk"))
    reads = may_read_closed(user, item.meeting) or AgendaItem.objects.filter(let_in, pk=item.pk).exists()
    return reads and not items_shut_to(user).filter(pk=item.pk).exists()


# The committees of § 20 stk. 6: not the administration's own bodies, nor the council, in which she sits herself.
COMMITTEES = (BodyKind.COMMITTEE, BodyKind.FINANCE, BodyKind.ADHOC)


def councils_of(user: User, today: date | None = None) -> QuerySet[Body]:
    """The councils of which she is a member today, by a seat or by a role."""
    seats = Seat.objects.on(today or localdate()).filter(body=OuterRef("pk"), person__user=user)
    roles = Appointment.objects.filter(body=OuterRef("pk"), user=user, role__in=(Role.CHAIR, Role.MEMBER))
    return Body.objects.filter(Exists(seats) | Exists(roles), kind=BodyKind.COUNCIL)


def may_ask_access(user: User) -> bool:
    """May she ask to read the papers of other committees? Any member of the council (R21, KSL § 20 stk. 6)."""
    return councils_of(user).exists()


def other_committees(user: User) -> QuerySet[Body]:
    """The committees of her council's authority in which she has no role herself."""
    own = Appointment.objects.filter(user=user, body__isnull=False).values("body")
    authorities = councils_of(user).order_by().values("authority")
    return Body.objects.filter(authority__in=authorities, kind__in=COMMITTEES).exclude(pk__in=own)


def _sent() -> Q:
    """What was sent to the body's own members. What was taken in from outside was sent there, also where it is bare."""
    imported = AgendaItem.objects.filter(meeting=OuterRef("meeting"), presentation__frozen_by=FrozenBy.IMPORTED)
    bare = Q(Exists(imported), presentation=None)
    return Q(meeting__agenda_sent_at__isnull=False) | Q(presentation__frozen_by=FrozenBy.IMPORTED) | bare


def granted_to(user: User) -> QuerySet[AgendaItem]:
    """The items that she reads on request with all that is closed there, and their sub-items; nothing else (R21).

    A grant lasts until it is taken back, or she is no longer a member of the council.
    """
    return _granted_to(user.pk, localdate()).all()


@lru_cache(maxsize=256)
def _granted_to(user_id: UUID, today: date) -> QuerySet[AgendaItem]:
    """The question alone, which hangs on her id and the day: made once for each; every asking is of a copy.

    Kept as `cases.permissions._rows_of` is, and safe for the same reasons; the day is in the key.
    """
    user = User(pk=user_id)
    authorities = councils_of(user, today).order_by().values("authority")
    requests = AccessRequest.objects.filter(
        user=user, granted=True, withdrawn_at=None, item__meeting__body__authority__in=authorities
    )
    items = AgendaItem.objects.filter(_sent(), pk__in=requests.values("item")).order_by().values("pk")
    return AgendaItem.objects.filter(Q(pk__in=items) | Q(parent__in=items))


def granted_at(user: User, meeting: Meeting) -> frozenset[UUID]:
    """The ids of the meeting's items and sub-items whose closed material she reads on request, or because she was
    called to sit in there; one query.
    """
    let_in = Q(pk__in=granted_to(user).values("pk")) | Q(pk__in=called_to(user, closed_too=True).values("pk"))
    return frozenset(AgendaItem.objects.filter(let_in, meeting=meeting.pk).values_list("pk", flat=True))


# The chair's office composes the agenda with the secretary; the members get it when it is sent.
PREPARES_AGENDA = (Role.SECRETARY, Role.DIRECTOR)


def may_read_unsent(user: User, meeting: Meeting) -> bool:
    """May she read words that are on an agenda that is not sent yet? (domain 2.1: no draft to a member)."""
    return has_role(user, meeting.body_id, *PREPARES_AGENDA)


def is_unsent(item: AgendaItem) -> bool:
    """Words of the house on an agenda that is not sent; what was taken in from outside was sent there."""
    presentation = item.presentation
    written_here = presentation is not None and presentation.frozen_by != FrozenBy.IMPORTED
    return written_here and not item.is_sent(item.meeting.agenda_sent_at)


def readable_drafts(user: User, cases: Collection[UUID]) -> frozenset[UUID]:
    """Those of the cases whose drafts she may read; one query, none where nothing is asked."""
    if not cases:
        return frozenset()
    rows = CaseRows().visible_to(user).filter(Q(may_read=True) | Q(may_hear=True), pk__in=cases)
    return frozenset(rows.values_list("pk", flat=True))


def may_keep_papers(user: User, body: Body) -> bool:
    """May she put matters on the body's agendas, and see what waits for it? The body's secretary."""
    return has_role(user, body.pk, Role.SECRETARY)


def may_change_body(user: User, body: Body) -> bool:
    """May she change the body's settings? Its secretary, and an administrator."""
    return may_keep_papers(user, body) or (None, Role.ADMIN) in roles_of(user)


def may_keep_minutes(user: User, meeting: Meeting) -> bool:
    """May she record decisions and presence? The body's secretary."""
    return has_role(user, meeting.body_id, Role.SECRETARY)


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
            Q(item__in=AgendaItem.objects.visible_to(user))
            | Q(item__in=granted_to(user))
            | Q(item__in=called_to(user).values("pk")),
            Q(item__parent=None) | Q(item__parent__withdrawn_at=None),
            item__withdrawn_at=None,
            withdrawn_at=None,
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
            .select_related("meeting__body__authority", "case", "parent", "presentation")
        )


class UrgentRows:
    """What was decided between meetings for the bodies that a user sees; a closed one not to whom it is shut."""

    def visible_to(self, user: User, /) -> QuerySet[UrgentDecision]:
        """Urgent decisions that stand or were taken back, with body, case and notice."""
        shut = items_shut_to(user).filter(case__access=Access.CLOSED).values("case")
        return (
            UrgentDecision.objects.filter(
                body__in=Body.objects.visible_to(user), case__in=Case.objects.visible_to(user)
            )
            .exclude(case__in=shut)
            .select_related("body__authority", "case", "decided_by", "notice__meeting")
        )


def may_take_back_urgent(user: User, row: UrgentDecision) -> bool:
    """May she take back what was decided between meetings? The body's secretary."""
    return may_keep_papers(user, row.body)


class ReadableRows:
    """The items whose page a user may read: those of her bodies, and those that she reads on request (R21)."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """As `AgendaRows`, with the granted items. For reading alone: acts begin with `AgendaRows`."""
        seen = Q(pk__in=AgendaItem.objects.visible_to(user).values("pk")) | Q(pk__in=granted_to(user).values("pk"))
        return AgendaItem.objects.filter(
            seen, Q(parent=None) | Q(parent__withdrawn_at=None), withdrawn_at=None
        ).select_related("meeting__body__authority", "case", "parent", "presentation")


class AskableRows:
    """The items of other committees that a member of the council may ask to read: sent ones, as a whole."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """Items with their meeting and body, without sub-items: those come with the item that they lie under."""
        return (
            AgendaItem.objects.top()
            .filter(_sent(), meeting__body__in=other_committees(user), withdrawn_at=None)
            .select_related("meeting__body", "case")
        )


def may_ask_for(user: User, item: AgendaItem) -> bool:
    """Who sees that it can be asked for may ask: `AskableRows` are for members of the council alone."""
    return True


class RequestRows:
    """The requests for access that stand: her own, and those that she answers."""

    def visible_to(self, user: User, /) -> QuerySet[AccessRequest]:
        """Requests with item, meeting, body and asker."""
        kept = Appointment.objects.filter(user=user, role=Role.SECRETARY, body__isnull=False).values("body")
        return AccessRequest.objects.filter(
            Q(user=user) | Q(item__meeting__body__in=kept), withdrawn_at=None
        ).select_related("item__meeting__body", "item__case", "user")


def may_answer_access(user: User, request: AccessRequest) -> bool:
    """May she grant or refuse it? The secretary of the body that was asked."""
    return may_keep_minutes(user, request.item.meeting)


def may_withdraw_access(user: User, request: AccessRequest) -> bool:
    """May she take the request or the grant back? Who asked, and the secretary of the body."""
    return request.user_id == user.pk or may_answer_access(user, request)


class ProposalRows:
    """Members' proposals that stand, of the bodies whose papers the user keeps: nobody else in the house reads them."""

    def visible_to(self, user: User, /) -> QuerySet[MemberProposal]:
        """Proposals with body, member, wished meeting and case."""
        kept = Appointment.objects.filter(user=user, role=Role.SECRETARY, body__isnull=False).values("body")
        rows = MemberProposal.objects.filter(body__in=kept)
        return rows.select_related("body__authority", "person", "meeting", "case", "answered_by")


def may_take_up_matter(user: User, proposal: MemberProposal) -> bool:
    """May she take it up, or answer it? The secretary of the body."""
    return may_keep_papers(user, proposal.body)


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


def may_state_late_reason(user: User, item: AgendaItem) -> bool:
    """May she write why it comes late? The body's secretary, of a closed item unless she has a conflict there."""
    lies_closed = item.is_closed or (item.parent is not None and item.parent.is_closed)
    return may_move_on(user, item) and (not lies_closed or may_read_closed_item(user, item))


def may_handle_decision(user: User, item: AgendaItem) -> bool:
    """May she enter what hangs on its decision: dissent, halt, return, parties, extract, speakers?

    The body's secretary; of a closed item not one with a conflict of interest.
    """
    lies_closed = item.is_closed or (item.parent is not None and item.parent.is_closed)
    return may_keep_minutes(user, item.meeting) and (not lies_closed or may_read_closed_item(user, item))


def may_note_conflict(user: User, item: AgendaItem) -> bool:
    """May she write that the body found a conflict of interest? The body's secretary."""
    return may_keep_minutes(user, item.meeting)


def may_compare_item(user: User, item: AgendaItem) -> bool:
    """May she read two versions of the item's words? As the item itself: closed ones for their readers."""
    if is_unsent(item) and not may_read_unsent(user, item.meeting):
        return False
    lies_closed = item.is_closed or (item.parent is not None and item.parent.is_closed)
    return not lies_closed or may_read_closed_item(user, item)
