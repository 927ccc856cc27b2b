"""The order of an agenda as the rules see it, and the number with which its items begin; a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce

from sagsgang.bodies.models import Numbering
from sagsgang.cases.models import FrozenBy
from sagsgang.meetings.models import AgendaItem, Attachment, ConflictOfInterest, Meeting, StandingUse
from sagsgang.meetings.rules.agenda import Placed, printed


def arranged_items(meeting: Meeting) -> list[AgendaItem]:
    """The items and sub-items that stand on the agenda, with what their order depends on; one query."""
    rows = AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None)
    return list(rows.select_related("presentation", "standing").order_by("position"))


def composed_items(meeting: Meeting) -> list[AgendaItem]:
    """As `arranged_items`, each with `attachment_count` and `has_conflict`; one query."""
    held = Attachment.objects.filter(item=OuterRef("pk"), withdrawn_at=None).order_by().values("item")
    conflicts = ConflictOfInterest.objects.filter(item=OuterRef("pk"), withdrawn_at=None)
    rows = AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None).annotate(
        attachment_count=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
        has_conflict=Exists(conflicts),
    )
    return list(rows.select_related("presentation", "standing").order_by("position"))


def placed_rows(meeting: Meeting, items: Iterable[AgendaItem]) -> list[Placed]:
    """The items as the rules of arranging see them, in printed order; no query.

    On an agenda that was taken in from outside, order and numbers are that document's, and stand.
    """
    rows = list(items)
    outside = any(_is_from_outside(item) for item in rows)
    return printed(_placed(item, meeting.agenda_sent_at, outside=outside) for item in rows)


def _is_from_outside(item: AgendaItem) -> bool:
    words = item.presentation
    return words is not None and words.frozen_by == FrozenBy.IMPORTED and item.carried_from_id is None


def _placed(item: AgendaItem, sent_at: datetime | None, *, outside: bool) -> Placed:
    standing = item.standing
    return Placed(
        pk=item.pk,
        parent=item.parent_id,
        position=item.position,
        number=item.number,
        is_closed=item.is_closed,
        is_signing=standing is not None and standing.use == StandingUse.SIGNING,
        is_fixed=outside or item.is_sent(sent_at),
        at=standing.place if standing else "",
    )


def last_number_before(meeting: Meeting) -> int:
    """The number after which this agenda's items are counted: 0, or the body's highest of the year (open and closed).

    Of the year's other meetings those count that are held before this one, and those whose agenda is sent: what is
    still being composed for later is counted on when its turn comes.
    """
    if meeting.body.numbering != Numbering.YEAR:
        return 0
    before = Q(meeting__held_on__lt=meeting.held_on) | Q(meeting__agenda_sent_at__isnull=False)
    numbered = AgendaItem.objects.top().filter(
        before,
        meeting__body=meeting.body_id,
        meeting__held_on__year=meeting.held_on.year,
        meeting__cancelled_at=None,
        withdrawn_at=None,
        number__regex=r"^[0-9]{1,6}$",
    )
    found = numbered.exclude(meeting=meeting).aggregate(last=Max(Cast("number", IntegerField())))
    return found["last"] or 0
