"""What the pages of the breach checklist read: whose release it was, the clock, and what is not answered yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from sagsgang.meetings.models import Meeting
from sagsgang.publication.actions.breach import answers_of
from sagsgang.publication.models import Breach, Personal, Release, ReleaseRecord, Told, Withdrawal
from sagsgang.publication.rendering.breach import BreachFacts, point_words
from sagsgang.publication.rules.breach import deadline, time_left, unanswered


@dataclass(frozen=True, slots=True)
class Clock:
    """The 72 hours: until when, and what is left in words. `is_needed`: nobody has answered for the agency yet."""

    deadline: datetime
    words: str
    is_over: bool
    is_needed: bool


def clock_of(breach: Breach, now: datetime) -> Clock:
    """How the clock of a checklist stands."""
    left = time_left(breach.discovered_at, now)
    settled = breach.closed_at is not None or breach.personal == Personal.NO or breach.agency_told in set(Told)
    return Clock(deadline(breach.discovered_at), _left_words(left), left < timedelta(0), not settled)


def _left_words(left: timedelta) -> str:
    is_over, minutes = left < timedelta(0), int(abs(left).total_seconds() // 60)
    hours = ngettext("{count} hour", "{count} hours", minutes // 60).format(count=minutes // 60)
    rest = ngettext("{count} minute", "{count} minutes", minutes % 60).format(count=minutes % 60)
    words = gettext("overdue by {hours} and {minutes}") if is_over else gettext("{hours} and {minutes} left")
    return words.format(hours=hours, minutes=rest)


def missing_of(breach: Breach) -> list[str]:
    """What is not answered yet, in words."""
    return [] if breach.closed_at else [point_words()[name] for name in unanswered(answers_of(breach))]


def facts_of(release: Release) -> BreachFacts:
    """Whose release it was, and why and by whom it was taken back."""
    record = ReleaseRecord.objects.only("meeting_id").get(release_id=release.pk)
    meeting = Meeting.objects.select_related("body").get(pk=record.meeting_id)
    withdrawal = Withdrawal.objects.select_related("withdrawn_by").get(release_id=release.pk)
    return BreachFacts(
        meeting_id=meeting.pk,
        body_id=meeting.body_id,
        body=meeting.body.name,
        held_on=meeting.held_on,
        number=release.number,
        kind=release.get_kind_display(),
        released_at=release.released_at,
        withdrawn_at=withdrawal.at,
        withdrawn_by=str(withdrawal.withdrawn_by),
        reason=withdrawal.reason,
    )


@dataclass(frozen=True, slots=True)
class BreachLine:
    """An open checklist with its meeting, its clock, and how many points are open."""

    breach: Breach
    meeting: Meeting
    clock: Clock
    missing: int


def lines_of(breaches: QuerySet[Breach], now: datetime) -> list[BreachLine]:
    """Those checklists with their meetings, the oldest discovery first; two queries."""
    found = list(breaches)
    meetings = Meeting.objects.select_related("body").in_bulk([row.meeting_id for row in found])
    return [
        BreachLine(row, meetings[row.meeting_id], clock_of(row, now), len(unanswered(answers_of(row)))) for row in found
    ]
