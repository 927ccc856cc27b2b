"""How every act of the room begins and ends: the meeting locked, the key known or new, the line of acts one longer."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.faults import reached
from sagsgang.core.models import Plain, record
from sagsgang.meetings.actions.schedule import lock_meeting, record_both
from sagsgang.meetings.models import AgendaItem, Meeting, Treatment
from sagsgang.sittings.models import Poll, SittingAct
from sagsgang.sittings.rules import acts as rules

CHANNEL = "sitting"


def act_of(meeting: Meeting, verb: str, *, key: UUID) -> tuple[Meeting, SittingAct | None]:
    """The meeting, locked, and the act that this key has done already, if it has: then nothing more is done.

    Whoever sends an act twice, also at the same time, waits here and gets the first one's answer. Raises
    RuleBrokenError if the key belongs to another act.
    """
    meeting = lock_meeting(meeting)
    done = SittingAct.objects.filter(key=key).first()
    if done is not None:
        rules.require_same_act(is_same=done.verb == verb and done.meeting_id == meeting.pk)
    return meeting, done


def running_at(meeting: Meeting, at: datetime, *, since: datetime | None = None) -> datetime:
    """The true moment of an act in a meeting that runs. Raises RuleBrokenError if it does not run."""
    rules.require_open(is_opened=meeting.opened_at is not None, is_adjourned=meeting.adjourned_at is not None)
    earliest = max(filter(None, (meeting.opened_at, since)))
    return rules.true_time(at, clock=now(), since=earliest)


def enter_act(
    meeting: Meeting,
    verb: str,
    *,
    key: UUID,
    actor: User,
    item: AgendaItem | None = None,
    data: Mapping[str, Plain] | None = None,
) -> SittingAct:
    """Write the act into the line and the audit log, and wake those who listen once it is committed."""
    record(actor, verb, meeting, **{"item": str(item.pk)} if item else {}, **(data or {}))
    return _in_line(meeting, verb, key=key, actor=actor, item=item)


def enter_item_act(
    item: AgendaItem, verb: str, *, key: UUID, actor: User, data: Mapping[str, Plain] | None = None
) -> SittingAct:
    """The same, of an act that belongs into the history of the item's case."""
    record_both(actor, verb, item, **(data or {}))
    return _in_line(item.meeting, verb, key=key, actor=actor, item=item)


def _in_line(meeting: Meeting, verb: str, *, key: UUID, actor: User, item: AgendaItem | None) -> SittingAct:
    last = SittingAct.objects.filter(meeting=meeting).order_by("-number").values_list("number", flat=True).first()
    act = SittingAct.objects.create(meeting=meeting, number=(last or 0) + 1, key=key, verb=verb, item=item, actor=actor)
    notify(meeting.pk, act.number)
    reached(f"sitting.{verb}")
    return act


def notify(meeting: UUID, number: int) -> None:
    """Wake the listeners; PostgreSQL delivers it when the transaction is committed, and never if it is not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{meeting}:{number}"])


def row_key(key: UUID, part: object) -> UUID:
    """The id of one of several rows that an act makes; a single one has the key itself for its id."""
    return uuid5(key, str(part))


def item_here(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    """The item as it stands now. Raises RuleBrokenError if it is not on the sent agenda of the meeting."""
    found = AgendaItem.objects.filter(pk=item.pk).select_related("case", "parent").first()
    on_it = found is not None and found.meeting_id == meeting.pk and found.withdrawn_at is None
    parent = found.parent if found else None
    rules.require_on_agenda(is_there=on_it and (parent is None or parent.withdrawn_at is None))
    assert found is not None
    found.meeting = meeting
    return found


def running_treatment(meeting: Meeting) -> Treatment | None:
    """What is treated now."""
    return Treatment.objects.filter(meeting=meeting, ended_at=None).select_related("item").first()


def require_running(item: AgendaItem, meeting: Meeting) -> Treatment:
    """The treatment of the item that runs now: of itself, of its parent or sub-item, or of the block it lies in."""
    running = running_treatment(meeting)
    fits = running is not None and (
        item.pk in (running.item_id, running.item.parent_id)
        or item.parent_id == running.item_id
        or in_block_of(item, running)
    )
    rules.require_running(is_running=fits)
    assert running is not None
    return running


def in_block_of(item: AgendaItem, running: Treatment) -> bool:
    """Is the item treated together with the running one?"""
    return item.block is not None and item.treatments.filter(began_at=running.began_at).exists()


def open_poll_of(meeting: Meeting) -> Poll | None:
    """The poll that is open now."""
    return Poll.objects.filter(meeting=meeting, closed_at=None).first()


def require_no_open_poll(meeting: Meeting) -> None:
    """Nothing goes on while a vote is taken."""
    rules.require_no_open_poll(is_open=open_poll_of(meeting) is not None)
