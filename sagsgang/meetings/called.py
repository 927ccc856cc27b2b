"""What a substitute may read who holds no role in the body: the items at which she sits in, and never more.

She is called to one meeting (R30, R31) or, because of a conflict of interest, to one item (KSL § 14). Called before the
meeting she gets its agenda, as the members do. What was treated before she came is not hers; nor is anything when her
call is ended.
"""

from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import BodyKind
from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem, Meeting, Presence, Substitution, SubstitutionKind, Treatment


def calls_of(user: User) -> QuerySet[Substitution]:
    """The calls of this user that stand."""
    return Substitution.objects.filter(substitute__user=user)


def called_to(user: User, *, closed_too: bool = False) -> QuerySet[AgendaItem]:
    """The items at which she sits in, and their sub-items; with `closed_too` those whose closed material she may read.

    That she may not in the council until it has approved the call, and in the works council never, as its members.
    """
    return _called_to(user.pk, closed_too=closed_too).all()


@lru_cache(maxsize=512)
def _called_to(user_id: UUID, *, closed_too: bool) -> QuerySet[AgendaItem]:
    """The question alone, which hangs on her id: made once for each user; every asking is of a copy.

    Kept as `cases.permissions._rows_of` is, and safe for the same reasons.
    """
    user = User(pk=user_id)
    calls = calls_of(user)
    if closed_too:
        calls = calls.exclude(kind=SubstitutionKind.COUNCIL, approved_at=None)
        calls = calls.exclude(meeting__body__kind=BodyKind.WORKS_COUNCIL)
    at_item = calls.filter(kind=SubstitutionKind.CONFLICT).values("item")
    to_meeting = (
        calls.exclude(kind=SubstitutionKind.CONFLICT)
        .annotate(first=Coalesce("item__parent__position", "item__position", 0))
        .filter(meeting=OuterRef("meeting"), first__lte=OuterRef("place"))
    )
    came = Presence.objects.filter(meeting=OuterRef("meeting"), person__user=user).order_by("since").values("since")[:1]
    came_at = Coalesce(Subquery(came), Now())  # as long as she has not come: what is treated until then is not hers
    rows = AgendaItem.objects.annotate(place=Coalesce("parent__position", "position"), came_at=came_at)
    sits_in = Q(Exists(to_meeting)) & ~_was_over()
    return rows.filter(Q(pk__in=at_item) | Q(parent__in=at_item) | sits_in)


def sits_in(user: User, meeting: Meeting) -> bool:
    """Was she called to this meeting, from some item on? Who was called to one item alone sits in at that one."""
    return calls_of(user).filter(meeting=meeting.pk).exclude(kind=SubstitutionKind.CONFLICT).exists()


def was_called(user: User, meeting: Meeting) -> bool:
    """Was she called to this meeting, or to an item of it?"""
    return calls_of(user).filter(meeting=meeting.pk).exists()


def called_at(user: User, meeting: Meeting) -> frozenset[UUID]:
    """The ids of the meeting's items and sub-items at which she sits in; one query."""
    return frozenset(called_to(user).filter(meeting=meeting.pk).values_list("pk", flat=True))


def lone_subitems(user: User) -> QuerySet[AgendaItem]:
    """The sub-items to which she was called alone, without the item that they lie under.

    Under a closed item only where she may read what is closed: nothing that lies there is open.
    """
    calls = calls_of(user).filter(kind=SubstitutionKind.CONFLICT, item__parent__isnull=False)
    reads = called_to(user, closed_too=True).order_by().values("pk")
    rows = AgendaItem.objects.filter(
        Q(parent__access=Access.OPEN) | Q(pk__in=reads), pk__in=calls.values("item"), parent__withdrawn_at=None
    )
    return rows.exclude(parent__in=called_to(user).order_by().values("pk"))


def _was_over() -> Q:
    """The item, or the one above it, was treated before she came and not since."""
    here = Treatment.objects.filter(Q(item=OuterRef("pk")) | Q(item=OuterRef("parent")))
    before = here.filter(ended_at__lte=OuterRef("came_at"))
    since = here.filter(Q(ended_at=None) | Q(ended_at__gt=OuterRef("came_at")))
    return Q(Exists(before)) & ~Q(Exists(since))
