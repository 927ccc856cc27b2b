"""The short talks: wished, written, given their place on an agenda, and what was said to them."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person
from sagsgang.cases.actions.case import CaseFacts, open_case, relate_cases
from sagsgang.cases.models import Case, ItemKind
from sagsgang.core.models import Plain, record
from sagsgang.documents.richtext import clean, from_plain, to_plain
from sagsgang.meetings.actions import SpeakerFacts, edit_line, name_speaker, put_on_agenda, take_off_agenda
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.sittings.models import Turn, TurnKind
from sagsgang.wheel.models import BriefingCard, Talk
from sagsgang.wheel.queries.talks import first_treated, is_placed, open_meetings, slots_of
from sagsgang.wheel.rules import talks as rules

MINUTES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """What is written of a talk; `note` is plain text, a line a paragraph, as a decision is written."""

    speaker: Person
    theme: str
    hook: str
    hook_words: str = ""
    note: str = ""
    case: Case | None = None

    @property
    def columns(self) -> dict[str, object]:
        """The facts by column, the note as sanitised rich text."""
        return {
            "speaker": self.speaker,
            "theme": self.theme.strip(),
            "hook": self.hook,
            "hook_words": self.hook_words.strip(),
            "note": rich(self.note),
            "case": self.case,
        }


def rich(text: str) -> str:
    """Plain text as the house's rich text, sanitised."""
    return clean(from_plain(text))


@transaction.atomic
def wish_talk(body: Body, facts: TalkFacts, *, card: BriefingCard | None = None, actor: User) -> Talk:
    """Wish a talk for a body; it has no day before it is placed. Raises `RuleBrokenError`."""
    _require(facts)
    talk = Talk.objects.create(authority=body.authority, body=body, card=card, **facts.columns)
    record(actor, "wish_talk", talk, card=str(card.pk) if card else None)
    return talk


@transaction.atomic
def edit_talk(talk: Talk, facts: TalkFacts, *, actor: User) -> Talk:
    """Write it anew; on an agenda it keeps its title and its speaker. Raises `RuleBrokenError`."""
    talk = _locked(talk)
    _require(facts)
    changed = [name for name, value in facts.columns.items() if getattr(talk, name) != value]
    for name in changed:
        setattr(talk, name, facts.columns[name])
    if changed:
        talk.save()
        record(actor, "edit_talk", talk, parts=list[Plain](changed))
    return talk


@transaction.atomic
def withdraw_talk(talk: Talk, *, actor: User) -> None:
    """Take the wish back; a talk on an agenda is taken off there first. Raises `RuleBrokenError`."""
    talk = _locked(talk)
    rules.require_not_placed(is_placed=is_placed(talk))
    talk.withdrawn_at = now()
    talk.save(update_fields=["withdrawn_at", "modified_at"])
    record(actor, "withdraw_talk", talk)


@transaction.atomic
def restore_talk(talk: Talk, *, actor: User) -> None:
    """The undoing of `withdraw_talk`."""
    Talk.objects.filter(pk=talk.pk).update(withdrawn_at=None, modified_at=now())
    record(actor, "restore_talk", talk)


@transaction.atomic
def place_talk(
    talk: Talk,
    *,
    meeting: Meeting,
    parent: AgendaItem | None = None,
    anyway: bool = False,
    late_reason: str = "",
    closing_reason: str = "",
    actor: User,
) -> Talk:
    """Give it its place on an agenda: an item (or, under `parent`, a sub-item) of five minutes with its speaker named.

    The item has a small case of the talk's own, tied to the matter and as closed as that: the matter's own words are not
    put before this body by it. `anyway`: although the committee treats the matter before. Raises `RuleBrokenError`.
    """
    meeting = lock_meeting(meeting)
    talk = _locked(talk)
    rules.require_not_placed(is_placed=is_placed(talk))
    rules.require_its_body(same=talk.body_id == meeting.body_id)
    rules.require_slot(taken=_taken(meeting), slots=slots_of(talk.body))
    found = finding_of(talk, meeting)
    rules.require_before_committee(found, anyway=anyway)
    item = put_on_agenda(
        _own_case(talk, actor), meeting=meeting, parent=parent, late_reason=late_reason, closing_reason=closing_reason,
        anyway=True, actor=actor,
    )  # fmt: skip
    item = edit_line(item, kind=ItemKind.ORIENTATION, block=None, actor=actor)
    speaker = SpeakerFacts(talk.speaker.name, talk.speaker.title, is_talk=True, minutes=MINUTES)
    name_speaker(item, speaker, actor=actor)
    talk.meeting, talk.item = meeting, item
    talk.save(update_fields=["meeting", "item", "modified_at"])
    record(actor, "place_talk", talk, meeting=str(meeting.pk), late=found is not None)
    return talk


def finding_of(talk: Talk, meeting: Meeting) -> rules.TalkFinding | None:
    """A part of other acts: whether this meeting comes too late for the talk."""
    treated = first_treated([talk.case_id]).get(talk.case_id) if talk.case_id else None
    if treated is None:
        return None
    days = [row.meeting.held_on for row in open_meetings(talk.body)]
    return rules.check_before_committee(
        meeting.held_on, committee=treated.body.name, treated_on=treated.on, meetings=days
    )


@transaction.atomic
def take_talk_off(talk: Talk, *, actor: User) -> None:
    """Take it off the agenda; it can be placed again. Raises `RuleBrokenError` if the agenda is sent."""
    talk = _locked(talk)
    rules.require_placed(is_placed=is_placed(talk))
    assert talk.item is not None  # it is placed
    take_off_agenda(talk.item, actor=actor)
    talk.meeting = None
    talk.save(update_fields=["meeting", "modified_at"])
    record(actor, "take_talk_off", talk)


@transaction.atomic
def keep_remarks(talk: Talk, *, remarks: str, actor: User) -> Talk:
    """Write what was said to it at the meeting, and how long it took where the timer ran. Raises `RuleBrokenError`."""
    talk = _locked(talk)
    meeting = talk.meeting
    rules.require_placed(is_placed=is_placed(talk))
    assert meeting is not None  # it is placed
    rules.require_day_come(is_over=meeting.opened_at is not None or meeting.held_on <= localdate())
    talk.remarks = remarks.strip()
    talk.seconds = _seconds(talk) if talk.seconds is None else talk.seconds
    talk.save(update_fields=["remarks", "seconds", "modified_at"])
    record(actor, "keep_remarks", talk)
    return talk


@transaction.atomic
def time_talks(*, actor: User) -> int:
    """Take over the timer's seconds of the talks whose meeting is over; answers how many. May run twice."""
    over = Talk.objects.filter(
        seconds=None, withdrawn_at=None, item__withdrawn_at=None, meeting__adjourned_at__isnull=False
    )
    timed = 0
    for talk in over.filter(_has_turn()).select_related("item").distinct():
        talk.seconds = _seconds(talk)
        talk.save(update_fields=["seconds", "modified_at"])
        record(actor, "time_talk", talk, seconds=talk.seconds)
        timed += 1
    return timed


def _has_turn() -> Q:
    ended = Turn.objects.filter(kind=TurnKind.TALK, ended_at__isnull=False)
    return Q(item__in=ended.order_by().values("item"))


def _seconds(talk: Talk) -> int | None:
    """As the sitting's timer has it: all turns of the kind talk at the item."""
    span = ExpressionWrapper(F("ended_at") - F("began_at"), output_field=DurationField())
    rows = Turn.objects.filter(item=talk.item_id, kind=TurnKind.TALK, ended_at__isnull=False)
    total = rows.aggregate(total=Sum(span), n=Count("pk"))["total"]
    return round(total.total_seconds()) if total is not None else None


def _require(facts: TalkFacts) -> None:
    rules.require_talk(theme=facts.theme, note_signs=len(to_plain(rich(facts.note))))


def _locked(talk: Talk) -> Talk:
    rows = Talk.objects.select_for_update(of=("self",)).select_related("item", "meeting", "body", "speaker", "case")
    return rows.get(pk=talk.pk)


def _taken(meeting: Meeting) -> int:
    rows = Talk.objects.filter(meeting=meeting, withdrawn_at=None, item__withdrawn_at=None, item__isnull=False)
    return rows.count()


def _own_case(talk: Talk, actor: User) -> Case:
    """The small case under which the talk stands on agendas: the one that it had before if that still says what it is of.

    Another theme, or a matter that is closed or opened since, is a new case: what was put before a body stays as it was.
    """
    matter = Case.objects.select_for_update(of=("self",)).get(pk=talk.case_id) if talk.case_id else None
    facts = CaseFacts(title=talk.theme)
    if matter is not None:
        facts = CaseFacts(title=talk.theme, access=matter.access, ground=matter.ground)
    if talk.item_id is not None:
        held = Case.objects.get(pk=_case_id(talk.item_id))
        if (held.title, held.access, held.ground) == (facts.title, facts.access, facts.ground):
            return held
    case = open_case(talk.authority, facts, actor=actor)
    if matter is not None:
        relate_cases(case, other=matter, note=_("5-minute talk"), actor=actor)
    return case


def _case_id(item: UUID) -> UUID:
    return AgendaItem.objects.values_list("case", flat=True).get(pk=item)
