"""The standing items of a body, and those that an agenda lacks."""

from django.db.models import Exists, OuterRef, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.meetings.models import AgendaItem, Meeting, StandingItem
from sagsgang.meetings.permissions import may_keep_papers


class StandingRows:
    """The standing items of the bodies that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[StandingItem]:
        """Standing items with their body."""
        return StandingItem.objects.filter(body__in=Body.objects.visible_to(user)).select_related("body")


def may_keep_standing_item(user: User, row: StandingItem) -> bool:
    """May she change the body's list of standing items? The body's secretary."""
    return may_keep_papers(user, row.body)


def missing_standing_items(meeting: Meeting) -> list[StandingItem]:
    """The body's standing items that were never put on this agenda, in their order; one query."""
    there = AgendaItem.objects.filter(meeting=meeting, standing=OuterRef("pk"))
    rows = StandingItem.objects.filter(~Exists(there), body=meeting.body_id)
    return list(rows.select_related("body__authority").order_by("place", "position", "created_at"))
