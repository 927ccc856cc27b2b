"""The decided items from which an approval is chosen."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sagsgang.bodies.models import Authority
from sagsgang.meetings.models import AgendaItem, Decision
from sagsgang.policies.rules.acts import APPROVING

MOST_ITEMS = 300


def approving_items(readable: QuerySet[AgendaItem], authority: Authority, words: str = "") -> QuerySet[AgendaItem]:
    """Those of the readable items whose meeting's own decision approves, the newest first.

    `words` narrows by title, of open items alone: what a search finds tells of what is closed.
    """
    newer = Decision.objects.filter(
        item=OuterRef("item"), position=OuterRef("position"), version__gt=OuterRef("version")
    )
    own = Decision.objects.filter(
        Q(body=None) | Q(body=OuterRef("meeting__body")), ~Exists(newer), item=OuterRef("pk"), outcome__in=APPROVING
    )
    items = readable.filter(Exists(own), meeting__body__authority=authority)
    if words:
        items = items.filter(title__icontains=words, access="open").filter(Q(parent=None) | Q(parent__access="open"))
    return items.order_by("-meeting__held_on", F("parent__position").asc(nulls_first=True), "position")


def at_item(item: AgendaItem) -> Q:
    """The approvals by a decision on the item, or on one of its sub-items."""
    return Q(decision__item=item) | Q(decision__item__parent=item)


def newest(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """At most `MOST_ITEMS` of them, still a queryset that a form can look in."""
    return (
        AgendaItem.objects.filter(pk__in=items.values("pk")[:MOST_ITEMS])
        .select_related("meeting__body", "parent")
        .order_by("-meeting__held_on", "position")
    )
