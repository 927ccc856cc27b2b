"""Who sees a follow-up, who reads its words, and who may do what to it: one question to the database for all of it.

A follow-up has the access of the matter it came of. Of a closed one its words are shown to who reads that case, to who
reads what is closed at the item where it was given or at a later closed item of the same case, and to the user whom it
was given to by name; a conflict of interest shuts out each of them (leak rule 11). Others see that it is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from sagsgang.accounts.models import User
from sagsgang.bodies.models import WHOLE_HOUSE, Appointment, BodyKind, Role, Unit, UnitStaff
from sagsgang.cases.models import Case, FrozenBy, Remark
from sagsgang.cases.permissions import CaseRows, may_read_case, may_write_case
from sagsgang.cases.queries.remarks import may_handle_remark
from sagsgang.documents.access import Access
from sagsgang.followups.models import FollowUp, flag
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import (
    PREPARES_AGENDA,
    READS_CLOSED,
    granted_to,
    is_unsent,
    items_shut_to,
    may_keep_minutes,
    may_read_closed_item,
    may_read_unsent,
)

type Ids = frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Eyes:
    """What a user sees the follow-ups with: her bodies, units and cases, read once. The rest is plain ids.

    Written into the question about the follow-ups themselves, all of it together took seconds to plan.
    """

    user: User
    whole_house: bool
    bodies: Ids
    prepares: Ids
    keeps: Ids
    reads_closed: Ids
    units: tuple[Unit, ...]
    cases_seen: Ids
    cases_worked_on: Ids
    cases_read: Ids
    cases_written: Ids
    shut: Ids
    shut_cases: Ids
    granted: Ids
    granted_cases: Ids

    def gives_at(self, item: AgendaItem) -> bool:
        """As `may_give_at`, without a question: for an item whose case was named to `eyes_of`."""
        if item.case_id in self.cases_written & self.cases_read:
            return True
        if item.meeting.body_id not in self.keeps:
            return False
        return not _lies_closed(item) or item.pk not in self.shut


def eyes_of(user: User, *, cases: Iterable[UUID] = ()) -> Eyes:
    """Read them: four queries. `cases` are looked at beside those that have a follow-up."""
    roles = list(Appointment.objects.filter(user=user).values_list("role", "body", "body__kind"))
    seen = list(_cases_with_follow_ups(user, cases).values_list("pk", "may_read", "may_hear", "may_write"))
    items = AgendaItem.objects.filter(_one_of(items_shut_to(user)) | _one_of(granted_to(user)))
    rights = list(items.annotate(shut=flag(_one_of(items_shut_to(user)))).values_list("pk", "case", "shut"))
    whole_house = any(role in WHOLE_HOUSE and body is None for role, body, _kind in roles)
    return Eyes(
        user=user,
        whole_house=whole_house,
        bodies=frozenset(body for _role, body, _kind in roles if body),
        prepares=frozenset(body for role, body, _kind in roles if body and role in PREPARES_AGENDA),
        keeps=frozenset(body for role, body, _kind in roles if body and role == Role.SECRETARY),
        reads_closed=frozenset(body for role, body, kind in roles if body and _reads_what_is_closed(role, kind)),
        units=tuple(her_units(user)),
        cases_seen=frozenset(pk for pk, *_rights in seen),
        cases_worked_on=frozenset(
            pk for pk, reads, hears, _writes in seen if reads or not (hears or whole_house)
        ),
        cases_read=frozenset(pk for pk, reads, _hears, _writes in seen if reads),
        cases_written=frozenset(pk for pk, _reads, _hears, writes in seen if writes),
        shut=frozenset(pk for pk, _case, shut in rights if shut),
        shut_cases=frozenset(case for _pk, case, shut in rights if shut),
        granted=frozenset(pk for pk, _case, shut in rights if not shut),
        granted_cases=frozenset(case for _pk, case, shut in rights if not shut),
    )  # fmt: skip


def _one_of(items: QuerySet[AgendaItem]) -> Q:
    return Q(pk__in=items.order_by().values("pk"))


def _reads_what_is_closed(role: str, kind: str) -> bool:
    return role in READS_CLOSED and not (role == Role.MEMBER and kind == BodyKind.WORKS_COUNCIL)


def _cases_with_follow_ups(user: User, cases: Iterable[UUID]) -> QuerySet[Any]:
    own = Q(pk__in=FollowUp.objects.order_by().values("case"))
    at_items = Q(pk__in=FollowUp.objects.filter(item__isnull=False).order_by().values("item__case"))
    return CaseRows().visible_to(user).filter(own | at_items | Q(pk__in=list(cases))).select_related(None)


class FollowUpRows:
    """The follow-ups that a user sees, with what every page asks of them: rows, standing and rights at once."""

    def visible_to(self, user: User, /) -> QuerySet[FollowUp]:
        """As `seen_by`, with eyes of its own: five queries."""
        return self.seen_by(eyes_of(user))

    def seen_by(self, eyes: Eyes) -> QuerySet[Any]:
        """Follow-ups with their case, item and people; one query.

        Each has its standing, `matter` (the id of the case that its item has now, else its own), `is_closed`, and this
        user's rights: `may_read` its words; `writes`, `works`, `tells` (see the permissions); `sees_item`, `sees_case`.
        """
        rows = FollowUp.objects.with_standing().annotate(
            matter=Coalesce("item__case", "case"), is_closed=is_closed_material()
        )
        here = Q(item__meeting__body__in=eyes.bodies, item__withdrawn_at=None)
        writes = Q(body__in=eyes.keeps) | Q(matter__in=eyes.cases_written) | Q(given_by=eyes.user)
        found: QuerySet[Any] = (
            rows.filter(_ways(eyes) | Q(matter__in=eyes.cases_worked_on))
            .annotate(
                rights=Value(eyes.user.pk),
                may_read=flag(_reads(eyes)),
                writes=flag(writes),
                works=flag(writes | Q(owner=eyes.user) | Q(unit__in=eyes.units)),
                tells=flag(Q(reports_to__in=eyes.keeps)),
                sees_item=Value(True) if eyes.whole_house else flag(here),
                sees_case=flag(Q(matter__in=eyes.cases_seen)),
            )
            .select_related(
                "case", "item__case", "item__parent", "item__meeting__body", "body", "unit", "owner", "given_by",
                "before_step__body", "reports_to", "reported_in__meeting__body", "remark",
            )
        )  # fmt: skip
        return found


def is_closed_material() -> Choose:
    """Whether a follow-up is closed: its case, its item, the item above, or the passage that was remarked on."""
    closed = Q()
    for place in ("case", "item", "item__case", "item__parent", "remark__section"):
        closed |= Q(**{f"{place}__access": Access.CLOSED})
    return flag(closed)


def _sent(item: str = "") -> Q:
    """As `meetings.permissions.is_unsent`, the other way round: the item's words have gone out."""
    outside = Q(**{f"{item}presentation": None}) | Q(**{f"{item}presentation__frozen_by": FrozenBy.IMPORTED})
    sent_at = F(f"{item}meeting__agenda_sent_at")
    gone = Q(**{f"{item}first_sent_in__isnull": False}) | Q(**{f"{item}created_at__lte": sent_at})
    return outside | Q(gone, **{f"{item}meeting__agenda_sent_at__isnull": False})


def _ways(eyes: Eyes) -> Q:
    """The ways to a follow-up beside working on its case: hers, her unit's, her body's, or to be reported to it."""
    own = Q(owner=eyes.user) | Q(given_by=eyes.user) | Q(unit__in=eyes.units) | Q(reports_to__in=eyes.prepares)
    shown = Q(Exists(_before_her(eyes))) & _sent("item__") & Q(item__isnull=False, item__withdrawn_at=None)
    return own | shown | Q(item__meeting__body__in=eyes.prepares)


def _before_her(eyes: Eyes) -> QuerySet[AgendaItem]:
    """Standing items of the same case that her bodies have before them, or that she reads on request."""
    bodies = Q() if eyes.whole_house else Q(meeting__body__in=eyes.bodies)
    seen = (bodies & _sent()) | Q(meeting__body__in=eyes.prepares) | Q(pk__in=eyes.granted)
    standing = Q(parent=None) | Q(parent__withdrawn_at=None)
    return AgendaItem.objects.filter(standing, seen, case=OuterRef("matter"), withdrawn_at=None)


def _reads(eyes: Eyes) -> Q:
    is_shut = Q(item__in=eyes.shut) | Q(item__isnull=True, case__in=eyes.shut_cases)
    reads_case = Q(matter__in=eyes.cases_read)
    named = Q(owner=eyes.user)
    free = ~Q(pk__in=FollowUp.objects.filter(is_shut).values("pk")) if eyes.shut else Q()
    open_ones = Q(is_closed=False) & (reads_case | _ways(eyes) & (Q(item__isnull=False) | free))
    return open_ones | Q(is_closed=True) & free & (named | reads_case | _reads_closed(eyes))


def _reads_closed(eyes: Eyes) -> Q:
    """By a role in the body that gave it, by a granted request, or by a later body's closed item of the same case."""
    here = Q(item__meeting__body__in=eyes.reads_closed) & (_sent("item__") | Q(item__meeting__body__in=eyes.prepares))
    later = _before_her(eyes).filter(
        Q(access=Access.CLOSED) | Q(parent__access=Access.CLOSED),
        Q(meeting__body__in=eyes.reads_closed) | Q(pk__in=eyes.granted),
        meeting__held_on__gte=OuterRef("item__meeting__held_on"),
    )
    return here | Q(item__in=eyes.granted) | Q(Exists(later)) & _sent("item__")


def her_units(user: User) -> QuerySet[Unit]:
    """The units in which she works, and those that she manages with the units below them."""
    managed = Q(manager__user=user) | Q(parent__manager__user=user) | Q(parent__parent__manager__user=user)
    works = UnitStaff.objects.filter(unit=OuterRef("pk"), user=user)
    return Unit.objects.filter(managed | Q(Exists(works)))


def _right(user: User, follow_up: FollowUp, *names: str) -> bool:
    """The rights as the row brought them, if it was read for this user; else asked anew."""
    row: Any = follow_up
    if getattr(row, "rights", None) != user.pk:
        row = FollowUpRows().visible_to(user).filter(pk=row.pk).first()
    return row is not None and all(getattr(row, name) for name in names)


def may_see_follow_up(user: User, follow_up: FollowUp) -> bool:
    """Who sees that it is there sees where it stands; its words are asked for apart."""
    return True


def may_read_follow_up(user: User, follow_up: FollowUp) -> bool:
    """May she read what it says?"""
    return _right(user, follow_up, "may_read")


def may_work_on_follow_up(user: User, follow_up: FollowUp) -> bool:
    """May she begin, note on and finish it? Its owner, the unit that has it, and who may change it."""
    return _right(user, follow_up, "may_read", "works")


def may_change_follow_up(user: User, follow_up: FollowUp) -> bool:
    """May she change or drop it? The secretary of the body that gave it, who writes the case, who gave it."""
    return _right(user, follow_up, "may_read", "writes")


def may_report_follow_up(user: User, follow_up: FollowUp) -> bool:
    """May she put it on an agenda of the body that it reports to? That body's secretary."""
    return _right(user, follow_up, "may_read", "tells")


def may_give_at(user: User, item: AgendaItem) -> bool:
    """May she give a follow-up at this item? The body's secretary who reads it, and who writes its case."""
    if may_write_case(user, item.case) and may_read_case(user, item.case):
        return True
    if not may_keep_minutes(user, item.meeting) or (is_unsent(item) and not may_read_unsent(user, item.meeting)):
        return False
    return not _lies_closed(item) or may_read_closed_item(user, item)


def _lies_closed(item: AgendaItem) -> bool:
    return item.is_closed or (item.parent is not None and item.parent.is_closed) or item.case.is_closed


def may_give_on_case(user: User, case: Case) -> bool:
    """May she give a follow-up on the case itself, from its presentation? Who writes it, and reads it."""
    return may_write_case(user, case) and may_read_case(user, case)


def may_give_on_remark(user: User, remark: Remark) -> bool:
    """May she make a follow-up of a remark? Who may make a task of it."""
    return may_handle_remark(user, remark)


class GivableRows:
    """The standing items of the bodies that a user sees, and of the cases that she writes."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """Items with their meeting, case and the item above; whether she may give one there is `may_give_at`."""
        staff = UnitStaff.objects.filter(user=user).values("unit")
        written = Case.objects.filter(Q(caseworker=user) | Q(unit__in=staff)).order_by().values("pk")
        return AgendaItem.objects.filter(
            Q(pk__in=AgendaItem.objects.visible_to(user).values("pk")) | Q(case__in=written),
            Q(parent=None) | Q(parent__withdrawn_at=None),
            withdrawn_at=None,
        ).select_related("meeting__body", "case", "parent", "presentation")


class HerUnitRows:
    """The units whose follow-ups a user looks at: her own, and those below one that she manages."""

    def visible_to(self, user: User, /) -> QuerySet[Unit]:
        """Units with their managers."""
        return her_units(user).select_related("manager", "parent")


def may_see_unit(user: User, unit: Unit) -> bool:
    """Who works in it, or manages it, sees its list."""
    return True
