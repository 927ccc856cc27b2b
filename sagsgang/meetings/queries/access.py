"""What a member of the council may ask for, and what the secretary has to answer; each a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.meetings.models import AccessRequest, AgendaItem, Meeting
from sagsgang.meetings.permissions import AskableRows, items_shut_to


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item of another committee with her own standing request, if there is one.

    `state`: ``""`` (not asked), ``waiting``, ``granted`` or ``refused``.
    """

    item: AgendaItem
    request: AccessRequest | None

    @property
    def state(self) -> str:
        return state_of(self.request)


def state_of(request: AccessRequest | None) -> str:
    """Where a request stands: ``""``, ``waiting``, ``granted``, ``refused``."""
    if request is None:
        return ""
    if request.granted is None:
        return "waiting"
    return "granted" if request.granted else "refused"


def sent_meetings(user: User, bodies: QuerySet[Body]) -> QuerySet[Meeting]:
    """The meetings of these committees with something that she may ask for, the newest first, with those items."""
    items = AskableRows().visible_to(user)
    own = AccessRequest.objects.filter(user=user, withdrawn_at=None)
    askable = items.order_by("position").prefetch_related(Prefetch("access_requests", own, to_attr="own_requests"))
    return (
        Meeting.objects.filter(Exists(items.filter(meeting=OuterRef("pk"))), body__in=bodies)
        .select_related("body")
        .prefetch_related(Prefetch("items", askable, to_attr="askable"))
        .order_by("-held_on", "-starts", "pk")
    )


def asked_items(meeting: Meeting) -> list[AskedItem]:
    """The items of a meeting of `sent_meetings`, in their order; no query."""
    rows: list[AgendaItem] = getattr(meeting, "askable", [])
    return [AskedItem(item, next(iter(getattr(item, "own_requests", [])), None)) for item in rows]


def own_request(user: User, item: AgendaItem) -> AccessRequest | None:
    """Her standing request at the item, whatever was answered."""
    return AccessRequest.objects.filter(user=user, item=item, withdrawn_at=None).first()


def requests_of(body: Body) -> list[AccessRequest]:
    """The standing requests to a body: those that wait first, then the newest answers."""
    rows = _with_item(AccessRequest.objects.filter(item__meeting__body=body, withdrawn_at=None))
    return sorted(rows.order_by("-created_at"), key=lambda row: row.granted is not None)


def waiting_requests(bodies: QuerySet[Body]) -> QuerySet[AccessRequest]:
    """The requests to these bodies that nobody has answered, the oldest first."""
    rows = AccessRequest.objects.filter(item__meeting__body__in=bodies, granted=None, withdrawn_at=None)
    return _with_item(rows).order_by("created_at")


def _with_item(rows: QuerySet[AccessRequest]) -> QuerySet[AccessRequest]:
    return rows.select_related("item__meeting__body", "user", "answered_by")


def has_conflict(request: AccessRequest) -> bool:
    """Is the asker shut out of the item by a conflict of interest? A grant then opens nothing that is closed."""
    return items_shut_to(request.user).filter(pk=request.item_id).exists()
