"""A planned meeting changed by hand: moved, cancelled, called besides the plan, or taken out of it."""

from datetime import date, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.models import record
from sagsgang.meetings.actions.schedule import lock_meeting
from sagsgang.meetings.models import Meeting, MeetingKind
from sagsgang.meetings.queries import decided_items
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.planning.actions.lock import lock_plan
from sagsgang.planning.models import PlannedMeeting
from sagsgang.planning.queries.consequences import passed_deadline
from sagsgang.planning.rules import acts as rules


@transaction.atomic
def move_meeting(meeting: Meeting, *, to: date, notice: str = "", anyway: bool = False, actor: User) -> Meeting:
    """Hold the meeting on another day, with all that is on its agenda; it remembers its first day.

    `notice`: what the public is told of it. `anyway`: although the agenda can no longer go out in time.
    Raises `RuleBrokenError`.
    """
    meeting = _locked(meeting)
    _require_changeable(meeting)
    rules.require_other_day(same=to == meeting.held_on)
    rules.require_day_to_come(to, localdate())
    rules.require_free_day(
        meeting.body.name, to, is_free=not _meets_on(meeting.body, to, but=meeting, kind=meeting.kind)
    )
    _require_reason_kept(meeting, notice)
    deadline = passed_deadline(meeting, to, localdate())
    rules.require_time_for_agenda(deadline.outer if deadline else None, anyway=anyway)
    was = meeting.held_on
    first = meeting.moved_from or was
    meeting.held_on, meeting.moved_from = to, None if first == to else first
    meeting.change_notice = notice.strip()
    _save(meeting, "held_on", "moved_from", "change_notice")
    record(actor, "move_meeting", meeting, **{"from": was.isoformat(), "to": to.isoformat()})
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, notice: str = "", actor: User) -> Meeting:
    """Call the meeting off. It stays, and can be taken up again; a new one can be held on the day instead.

    Raises `RuleBrokenError` if it has begun, or has decided anything.
    """
    meeting = _locked(meeting)
    if meeting.cancelled_at is not None:
        return meeting
    _require_changeable(meeting)
    meeting.cancelled_at, meeting.change_notice = now(), notice.strip()
    _save(meeting, "cancelled_at", "change_notice")
    record(actor, "cancel_meeting", meeting)
    return meeting


@transaction.atomic
def undo_cancellation(meeting: Meeting, *, actor: User) -> Meeting:
    """Take a cancelled meeting up again, on its day. Raises `RuleBrokenError` if another one is held then."""
    meeting = _locked(meeting)
    if meeting.cancelled_at is None:
        return meeting
    is_free = not _meets_on(meeting.body, meeting.held_on, but=meeting, kind=meeting.kind)
    rules.require_free_day(meeting.body.name, meeting.held_on, is_free=is_free)
    meeting.cancelled_at, meeting.change_notice = None, ""
    _save(meeting, "cancelled_at", "change_notice")
    record(actor, "undo_cancellation", meeting)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, starts: time | None, place: str, notice: str = "", actor: User) -> Meeting:
    """Another hour or place. Raises `RuleBrokenError` for a meeting that is over or cancelled."""
    meeting = _locked(meeting)
    rules.require_not_cancelled(is_cancelled=meeting.cancelled_at is not None)
    # What was taken in from outside was never adjourned here; its protocol says whether it is over.
    is_over = meeting.adjourned_at is not None or is_protocol_final(meeting)
    rules.require_not_adjourned(is_adjourned=is_over)
    _require_reason_kept(meeting, notice)
    new: dict[str, object] = {"starts": starts, "place": place.strip(), "change_notice": notice.strip()}
    changed = [name for name, value in new.items() if getattr(meeting, name) != value]
    if changed:
        for name in changed:
            setattr(meeting, name, new[name])
        _save(meeting, *changed)
        record(actor, "change_meeting", meeting, parts=[*changed])
    return meeting


@transaction.atomic
def call_extraordinary(
    body: Body, *, held_on: date, starts: time | None = None, place: str = "", reason: str, actor: User
) -> Meeting:
    """Call a meeting besides the plan (*ekstraordinært møde*), on any day; the public is told the reason.

    Raises `RuleBrokenError` for a day that is over, or that has an extraordinary meeting already.
    """
    lock_plan(body.pk)
    kind = MeetingKind.EXTRAORDINARY
    rules.require_reason(reason)
    rules.require_day_to_come(held_on, localdate())
    rules.require_free_day(body.name, held_on, is_free=not _meets_on(body, held_on, kind=kind))
    meeting = Meeting(
        body=body, kind=kind, held_on=held_on, starts=starts, place=place.strip(), change_notice=reason.strip()
    )
    _save(meeting)
    record(actor, "call_extraordinary", meeting, day=held_on.isoformat())
    return meeting


@transaction.atomic
def remove_meeting(meeting: Meeting, *, actor: User) -> None:
    """Take an empty meeting out of the plan; its day stays without one when the year is generated again.

    Raises `RuleBrokenError` for a meeting that anything belongs to: that one is cancelled instead.
    """
    meeting = _locked(meeting)
    _require_changeable(meeting)
    rules.require_empty(is_empty=meeting.agenda_sent_at is None)
    body, day = meeting.body, meeting.held_on
    drop_meeting(meeting.pk)
    record(actor, "remove_meeting", body, meeting=str(meeting.pk), day=day.isoformat())


def drop_meeting(pk: UUID) -> None:
    """A part of other acts: the empty meeting goes, and the plan remembers the day it lay on."""
    PlannedMeeting.objects.filter(meeting=pk).update(meeting=None, modified_at=now())
    try:
        with transaction.atomic():
            Meeting.objects.filter(pk=pk).delete()
    except ProtectedError:
        rules.require_empty(is_empty=False)


def _locked(meeting: Meeting) -> Meeting:
    lock_plan(meeting.body_id)
    return lock_meeting(meeting)


def _require_changeable(meeting: Meeting) -> None:
    rules.require_not_cancelled(is_cancelled=meeting.cancelled_at is not None)
    is_decided = decided_items().filter(meeting=meeting).exists()
    rules.require_not_begun(is_opened=meeting.opened_at is not None, is_decided=is_decided)


def _require_reason_kept(meeting: Meeting, notice: str) -> None:
    """The public is told why an extraordinary meeting is called, also when it is changed."""
    if meeting.kind == MeetingKind.EXTRAORDINARY:
        rules.require_reason(notice)


def _meets_on(body: Body, day: date, *, but: Meeting | None = None, kind: str = "") -> bool:
    rows = Meeting.objects.filter(body=body, held_on=day, cancelled_at=None)
    rows = rows.filter(kind=kind) if kind else rows
    return (rows.exclude(pk=but.pk) if but else rows).exists()


def _save(meeting: Meeting, *fields: str) -> None:
    """An import knows nothing of the plan's lock: the database has the last word on what lies on a day."""
    try:
        with transaction.atomic():
            meeting.save(update_fields=[*fields, "modified_at"] if fields else None)
    except IntegrityError:
        rules.require_free_day(meeting.body.name, meeting.held_on, is_free=False)
