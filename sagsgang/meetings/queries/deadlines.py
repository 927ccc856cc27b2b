"""The deadlines of a meeting's agenda, and how far away they are in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from sagsgang.bodies.calendar import Deadline, deadline, is_known_year
from sagsgang.bodies.models import ClosingDay
from sagsgang.meetings.models import Meeting


def deadline_of(meeting: Meeting) -> Deadline | None:
    """The last days on which the agenda may go out; None for a body without such a rule or a year without law."""
    return deadlines_of(meeting)[0]


def deadlines_of(meeting: Meeting) -> tuple[Deadline | None, Deadline | None]:
    """The last days for the agenda, and for the material where that is another day (R2); one query, for closing days."""
    body = meeting.body
    if not is_known_year(meeting.held_on):
        return None, None
    closed = dict(ClosingDay.objects.filter(authority=body.authority_id).values_list("day", "name"))
    agenda, material = (
        deadline(meeting.held_on, days=days, closing_days=closed) if days else None
        for days in (body.agenda_days, body.material_days)
    )
    return agenda, material if body.material_days != body.agenda_days else None


@dataclass(frozen=True, slots=True)
class Countdown:
    """A deadline as the meeting's page shows it; `outer` is None where Saturday makes no difference."""

    safe: date
    outer: date | None
    words: str
    tone: str  # of the badge: success, warning, error


def countdown(found: Deadline, today: date) -> Countdown:
    """The deadlines with the days that are left."""
    outer = found.outer if found.outer != found.safe else None
    left = (found.safe - today).days
    if today > found.outer:
        return Countdown(found.safe, outer, gettext("the deadline is over"), "error")
    if left < 0:
        return Countdown(found.safe, outer, gettext("over, unless Saturday counts as a working day"), "warning")
    if left == 0:
        return Countdown(found.safe, outer, gettext("the last day is today"), "warning")
    words = ngettext("{count} day left", "{count} days left", left).format(count=left)
    return Countdown(found.safe, outer, words, "success")
