"""What was taken off the wheel, so that it can be put back."""

from sagsgang.bodies.models import Authority, Body
from sagsgang.wheel.models import WheelEntry

MOST = 50


def withdrawn_entries(authority: Authority, body: Body | None = None) -> list[WheelEntry]:
    """The authority's entries that were taken off, or those of a body, the last first; at most `MOST`."""
    rows = WheelEntry.history.filter(authority=authority, withdrawn_at__isnull=False)
    return list((rows.filter(body=body) if body else rows).order_by("-withdrawn_at")[:MOST])
