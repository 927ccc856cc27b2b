"""Who has which meetings on her own pages: who has a seat in the body, on the day, and may see the body at all."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, BodyKind, Role, Seat, UnitStaff
from sagsgang.cases.models import FrozenBy
from sagsgang.followups.queries import said_reports
from sagsgang.meetings.called import called_to, calls_of, lone_subitems
from sagsgang.meetings.models import AbsenceReport, AgendaItem, Meeting, MemberProposal
from sagsgang.meetings.permissions import READS_CLOSED
from sagsgang.meetings.queries.deciding import said_of_items


def seated_in(user: User) -> QuerySet[Meeting]:
    """The meetings in which a user has a seat on the day; a body that she may not see is not among them."""
    seats = Seat.objects.filter(
        Q(held_from=None) | Q(held_from__lte=OuterRef("held_on")),
        Q(held_to=None) | Q(held_to__gte=OuterRef("held_on")),
        body=OuterRef("body"),
        person__user=user,
    )
    return Meeting.objects.visible_to(user).filter(Exists(seats))


class MyMeetings:
    """The meetings in which a user has a seat on the day, and those to which she was called as a substitute."""

    def visible_to(self, user: User, /) -> QuerySet[Meeting]:
        """Her meetings, cancelled ones too, with their bodies; `is_absent`: she has reported that she will not come."""
        reports = AbsenceReport.objects.filter(meeting=OuterRef("pk"), person__user=user)
        hers = Q(pk__in=seated_in(user).order_by().values("pk")) | Q(pk__in=calls_of(user).values("meeting"))
        rows = Meeting.objects.filter(hers).select_related("body__authority")
        return rows.annotate(is_absent=Exists(reports))


def was_sent() -> Q:
    """An item that went out to the members; what was taken in from outside was sent there, also where it is bare."""
    went_out = Q(first_sent_in__isnull=False) | Q(created_at__lte=F("meeting__agenda_sent_at"))
    imported = AgendaItem.objects.filter(meeting=OuterRef("meeting"), presentation__frozen_by=FrozenBy.IMPORTED)
    return (
        (Q(meeting__agenda_sent_at__isnull=False) & went_out)
        | Q(presentation__frozen_by=FrozenBy.IMPORTED)
        | Q(Exists(imported), presentation=None, meeting__agenda_sent_at=None)
    )


def sent_to(user: User) -> Q:
    """What went out of the meetings in which she has a seat; of the others the items at which she sits in."""
    seated = Q(meeting__in=seated_in(user).order_by().values("pk"))
    return was_sent() & (seated | Q(pk__in=called_to(user).order_by().values("pk")))


class MyItems:
    """The items that were sent to a user, without their sub-items: those come with the item that they lie under.

    A sub-item to which she was called alone, as a substitute, has a page of its own.
    """

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """Items with their meeting and body, case and words, and the small rows that hang on the decision.

        `sees_body`: has she a place in the body, so that its other pages are hers too? Who is called to it has none.
        """
        body = Body.objects.visible_to(user).filter(pk=OuterRef("meeting__body"))
        return (
            AgendaItem.objects.filter(
                sent_to(user), Q(parent=None) | Q(pk__in=lone_subitems(user).values("pk")), withdrawn_at=None
            )
            .select_related("meeting__body", "case", "parent", "presentation", "step")
            .annotate(**said_of_items(), said_reports=said_reports(), sees_body=Exists(body))
        )


def closed_readers(user: User) -> QuerySet[Appointment]:
    """The user's roles that read the closed material of their bodies, as `meetings.permissions.may_read_closed`."""
    roles = Appointment.objects.filter(user=user, role__in=READS_CLOSED)
    return roles.exclude(role=Role.MEMBER, body__kind=BodyKind.WORKS_COUNCIL)


def has_seat(user: User) -> bool:
    """Has she a seat that has not ended?"""
    return Seat.objects.filter(Q(held_to=None) | Q(held_to__gte=localdate()), person__user=user).exists()


def works_in_house(user: User) -> bool:
    """Has she a place in a unit, or a role in a body beside that of its members?"""
    roles = Appointment.objects.filter(user=user).exclude(role__in=(Role.MEMBER, Role.CHAIR))
    return roles.exists() or UnitStaff.objects.filter(user=user).exists()


def has_calendar(user: User) -> bool:
    """May she have a secret address: for her meetings, or for the year of the house in which she works?"""
    return has_seat(user) or works_in_house(user)


class MyBodies:
    """The bodies in which a user has a seat today, and that she may see."""

    def visible_to(self, user: User, /) -> QuerySet[Body]:
        """Her bodies, by name."""
        seats = Seat.objects.on(localdate()).filter(body=OuterRef("pk"), person__user=user)
        return Body.objects.visible_to(user).filter(Exists(seats)).select_related("authority")


class MyProposals:
    """The matters that she has raised and not taken back; hers alone."""

    def visible_to(self, user: User, /) -> QuerySet[MemberProposal]:
        """Her proposals with their body."""
        return MemberProposal.objects.filter(person__user=user).select_related("body")


def may_raise_matter(user: User, body: Body) -> bool:
    """Any member may raise any matter (R9, KSL § 11 stk. 1): `MyBodies` are those in which she has a seat."""
    return True


def may_withdraw_matter(user: User, proposal: MemberProposal) -> bool:
    """`MyProposals` are her own."""
    return True


def may_read_material(user: User, meeting: Meeting) -> bool:
    """`MyMeetings` are her own; what is closed in them is asked for apart."""
    return True


def may_read_item(user: User, item: AgendaItem) -> bool:
    """`MyItems` were sent to her; what is closed in them is asked for apart."""
    return True


def may_report_absence(user: User, meeting: Meeting) -> bool:
    """Who has a seat there says herself that she will not come; for others the secretary does."""
    return True
