"""What the page of her meetings shows of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, pgettext

from sagsgang.meetings.models import AgendaVersion, Meeting
from sagsgang.meetings.rendering import day_words
from sagsgang.meetings.rules.agenda import supplement_number
from sagsgang.members.queries.desk import ProtocolToSign
from sagsgang.members.queries.material import NOTHING, Material
from sagsgang.members.rules import MeetingFacts, MeetingState, state_of

TONES = {
    MeetingState.SENT: "info",
    MeetingState.RUNNING: "success",
    MeetingState.TO_SIGN: "warning",
    MeetingState.CANCELLED: "error",
}


@dataclass(frozen=True, slots=True)
class ShownSending:
    """The agenda as it went out once; `number` 0 is the agenda itself, 1 the first supplementary agenda."""

    number: int
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting of hers. `read` of `items` she has read; `has_material`: something was sent to her."""

    pk: UUID
    body: str
    day: date
    starts: time | None
    place: str
    kind: str
    state: MeetingState
    state_words: str
    moved_from: date | None
    sendings: tuple[ShownSending, ...]
    items: int
    read: int
    is_absent: bool
    may_report: bool
    notice: str

    @property
    def tone(self) -> str:
        """The colour of the state's badge; "" = the plain one."""
        return TONES.get(self.state, "")

    @property
    def has_material(self) -> bool:
        return self.items > 0

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED


def shown_meeting(
    meeting: Meeting, material: Material, today: date, *, signing: Iterable[ProtocolToSign] = ()
) -> ShownMeeting:
    """One meeting of `queries.desk.my_meetings`."""
    facts = MeetingFacts(
        held_on=meeting.held_on,
        is_cancelled=meeting.cancelled_at is not None,
        is_sent=bool(material.entries),
        is_opened=meeting.opened_at is not None,
        is_adjourned=meeting.adjourned_at is not None,
        is_to_sign=meeting.pk in {protocol.meeting for protocol in signing},
    )
    state, count = state_of(facts, today), len(material.readable)
    sendings = shown_sendings(meeting)
    return ShownMeeting(
        pk=meeting.pk,
        body=meeting.body.name,
        day=meeting.held_on,
        starts=meeting.starts,
        place=meeting.place,
        kind=meeting.get_kind_display() if meeting.kind != "ordinary" else "",
        state=state,
        state_words=_state_words(state, sendings, len(material.entries)),
        moved_from=meeting.moved_from,
        sendings=sendings,
        items=count,
        read=material.read,
        is_absent=bool(meeting.__dict__.get("is_absent")),
        may_report=state in {MeetingState.PLANNED, MeetingState.SENT},
        notice=meeting.change_notice,
    )


def shown_meetings(
    meetings: Iterable[Meeting], materials: dict[UUID, Material], today: date, signing: Iterable[ProtocolToSign]
) -> tuple[tuple[ShownMeeting, ...], tuple[ShownMeeting, ...]]:
    """Those to come, the nearest first, and those that were, the newest first."""
    waiting = list(signing)
    shown = [shown_meeting(row, materials.get(row.pk, NOTHING), today, signing=waiting) for row in meetings]
    over = {MeetingState.HELD, MeetingState.TO_SIGN}
    coming = tuple(row for row in shown if row.day >= today and row.state not in over)
    recent = tuple(row for row in reversed(shown) if row not in coming)
    return coming, recent


def shown_sendings(meeting: Meeting) -> tuple[ShownSending, ...]:
    """When the agenda and its supplements went out; one that was sent before versions were kept is only that."""
    versions: list[AgendaVersion] = list(meeting.agenda_versions.all())
    rows = [ShownSending(supplement_number(row.number), row.sent_at, row.reason) for row in versions]
    if meeting.agenda_sent_at and not any(row.number == 0 for row in rows):
        rows.insert(0, ShownSending(0, meeting.agenda_sent_at))
    return tuple(rows)


def _state_words(state: MeetingState, sendings: tuple[ShownSending, ...], count: int) -> str:
    if state != MeetingState.SENT:
        return {
            MeetingState.PLANNED: pgettext("meeting", "planned"),
            MeetingState.RUNNING: pgettext("meeting", "is being held"),
            MeetingState.HELD: pgettext("meeting", "held"),
            MeetingState.TO_SIGN: pgettext("meeting", "protocol to sign"),
            MeetingState.CANCELLED: pgettext("meeting", "cancelled"),
        }[state].capitalize()
    items = ngettext("{count} item", "{count} items", count).format(count=count)
    if not sendings:
        return items
    return gettext("Agenda sent {day}, {items}").format(day=day_words(localdate(sendings[0].at)), items=items)
