"""Who presents an item: named on the agenda with role, before the meeting."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.models import AgendaItem, ItemSpeaker, Meeting
from sagsgang.meetings.rules import deciding


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """A speaker as the agenda names her; `minutes` counts for a short talk alone."""

    name: str
    role: str = ""
    is_talk: bool = False
    minutes: int = 5


@transaction.atomic
def name_speaker(item: AgendaItem, facts: SpeakerFacts, *, actor: User) -> ItemSpeaker:
    """Name a speaker, last. The same name and role again is the same speaker, with what is said of her now."""
    _require_open(lock_meeting(item.meeting), facts)
    known = item.speakers.filter(name=facts.name.strip(), role=facts.role.strip()).first()
    if known is not None:
        return _changed(known, facts, actor)
    last = item.speakers.aggregate(last=Max("position"))["last"] or 0
    speaker = ItemSpeaker.objects.create(item=item, position=last + 1, **_columns(facts))
    record(actor, "name_speaker", item, speaker=str(speaker.pk))
    return speaker


@transaction.atomic
def change_speaker(speaker: ItemSpeaker, facts: SpeakerFacts, *, actor: User) -> ItemSpeaker:
    """Write something else of a speaker."""
    _require_open(lock_meeting(speaker.item.meeting), facts)
    return _changed(speaker, facts, actor)


@transaction.atomic
def remove_speaker(speaker: ItemSpeaker, *, actor: User) -> None:
    """Take a speaker off the agenda."""
    deciding.require_before_meeting(is_open=is_before(lock_meeting(speaker.item.meeting)))
    if ItemSpeaker.objects.filter(pk=speaker.pk).update(withdrawn_at=now(), modified_at=now()):
        record(actor, "remove_speaker", speaker.item, speaker=str(speaker.pk))


def is_before(meeting: Meeting) -> bool:
    """Has the meeting not begun? One that is not run here has begun when its day is over."""
    return meeting.opened_at is None and localdate() <= meeting.held_on


def _require_open(meeting: Meeting, facts: SpeakerFacts) -> None:
    deciding.require_before_meeting(is_open=is_before(meeting))
    deciding.require_words(facts.name, _("Write the speaker's name."))


def _changed(speaker: ItemSpeaker, facts: SpeakerFacts, actor: User) -> ItemSpeaker:
    columns = _columns(facts)
    if all(getattr(speaker, name) == value for name, value in columns.items()):
        return speaker
    for name, value in columns.items():
        setattr(speaker, name, value)
    speaker.save(update_fields=[*columns, "modified_at"])
    record(actor, "change_speaker", speaker.item, speaker=str(speaker.pk))
    return speaker


def _columns(facts: SpeakerFacts) -> dict[str, str | bool | int]:
    return {
        "name": facts.name.strip(), "role": facts.role.strip(), "is_talk": facts.is_talk, "minutes": facts.minutes,
    }  # fmt: skip
