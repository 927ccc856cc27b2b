"""What the release pages read: what would go out of a meeting, what is withheld, what waits, what has gone out.

Shows the public's words only, so that who looks at a release reads nothing closed. No writes: a look is no snapshot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import FrozenBy
from sagsgang.documents.access import Access
from sagsgang.documents.richtext import to_plain
from sagsgang.gate.finding.everything import Wanted, find
from sagsgang.gate.pieces import Kind
from sagsgang.meetings.models import AgendaItem, Meeting, own_decision
from sagsgang.meetings.rendering import is_embargoed
from sagsgang.publication import gate
from sagsgang.publication.canonical import plain
from sagsgang.publication.differences import Ahead, look_ahead
from sagsgang.publication.disclosure import disclose_meeting, may_release, numbered_on_web
from sagsgang.publication.document import ItemDocument
from sagsgang.publication.facts import ReleaseFacts
from sagsgang.publication.gatekeeping.things import digest_of
from sagsgang.publication.models import (
    Preparation,
    Release,
    ReleaseKind,
    ReleaseRecord,
    ReleaseState,
)
from sagsgang.publication.rules import scope_of
from sagsgang.publication.told import NOTHING_TOLD, told_of

_NOTHING_ELSE = Wanted.of()


@dataclass(frozen=True, slots=True)
class OpenLine:
    """An item that would go out, with the number of its open attachments."""

    pk: UUID
    number: str
    title: str
    attachments: int
    is_sub: bool


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """Something that stays in the house, and what the public sees in its place."""

    pk: UUID  # of the item
    place: str
    ground: str
    shown: str
    extract: str = ""
    reason: str = ""
    lacks_extract: bool = False  # a closed decision with neither extract nor reason (R18)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a release of this kind would carry now."""

    going_out: tuple[OpenLine, ...]
    withheld: tuple[WithheldLine, ...]
    found: tuple[str, ...]  # places where the words hold a CPR number
    held: tuple[str, ...]  # attachments that would go out with an error that is neither mended nor accepted
    unsaid: tuple[OpenLine, ...]  # open items decided here, of which nobody has said whether there are parties (R19)
    ahead: Ahead  # its kind, and how it differs from what is out


def kinds_of(body: Body) -> list[str]:
    """What the body's publish policy lets out of a new meeting."""
    return [kind for kind in (ReleaseKind.AGENDA, ReleaseKind.MINUTES) if may_release(body, kind)]


def preview(meeting: Meeting, kind: str, facts: ReleaseFacts) -> Preview:
    """Look at what would go out; of `meetings.queries.meeting_rows`. Files are looked through when it is prepared."""
    with_minutes = kind == ReleaseKind.MINUTES
    told = told_of(meeting) if with_minutes else NOTHING_TOLD
    document = disclose_meeting(meeting, with_minutes=with_minutes, ids=facts.ids, files={}, told=told)
    rows = [item for item in meeting.items.all() if item.parent_id is None]
    pairs = [pair for row, shown in zip(rows, document.items, strict=True) for pair in _with_subitems(row, shown)]
    return Preview(
        going_out=tuple(_open_line(row, shown) for row, shown in pairs if shown.withheld is None),
        withheld=tuple(line for row, shown in pairs for line in _withheld(row, shown, with_minutes=with_minutes)),
        found=tuple(
            _place(shown) for row, shown in pairs if any(_stops(row, words, facts.accepted) for words in _words(shown))
        ),
        held=tuple(place for row, shown in pairs if shown.withheld is None for place in _held(row, shown)),
        unsaid=tuple(_unsaid(meeting, pairs)) if with_minutes else (),
        ahead=look_ahead(meeting, document, kind, facts.current),
    )


def _with_subitems(row: AgendaItem, shown: ItemDocument) -> Iterator[tuple[AgendaItem, ItemDocument]]:
    yield row, shown
    if shown.subitems:
        yield from zip(row.subitems.all(), shown.subitems, strict=True)


def _words(shown: ItemDocument) -> Iterator[str]:
    for words in gate.words_of({name: part for name, part in plain(shown).items() if name != "subitems"}):
        yield to_plain(words)


def _stops(row: AgendaItem, words: str, accepted: frozenset[tuple[UUID | None, str]]) -> bool:
    """Is there a CPR number in the words that nobody has accepted at this item?"""
    found = (words[one.start : one.end] for one in find(words, _NOTHING_ELSE) if one.kind == Kind.CPR)
    return any((row.pk, digest_of(Kind.CPR, number)) not in accepted for number in found)


def _place(shown: ItemDocument) -> str:
    return f"{shown.number}. {shown.title}" if shown.number else shown.title or gettext("(without title)")


def _open_line(row: AgendaItem, shown: ItemDocument) -> OpenLine:
    title = shown.title or gettext("(without title)")
    attachments = sum(line.access == "open" for line in shown.attachments or ())
    return OpenLine(row.pk, shown.number, title, attachments, is_sub=row.parent_id is not None)


def _withheld(row: AgendaItem, shown: ItemDocument, *, with_minutes: bool) -> Iterator[WithheldLine]:
    if shown.withheld is not None:
        extract, reason = shown.withheld.extract, shown.withheld.reason
        lacks = with_minutes and bool(row.decisions.all()) and not (extract or reason)
        place = gettext("Item {number}").format(number=shown.number) if shown.number else gettext("Item without number")
        yield WithheldLine(row.pk, place, shown.withheld.ground, shown.title, extract, reason, lacks)
        return
    if with_minutes and is_embargoed(row) and shown.decisions:
        place = gettext("{item}, decision").format(item=_place(shown))
        yield WithheldLine(row.pk, place, gettext("Parties are to be told first"), to_plain(shown.decisions[0].html))
    for section in row.presentation.sections.all() if row.presentation else ():
        if section.access != Access.OPEN:
            place = gettext("{item}, closed section").format(item=_place(shown))
            yield WithheldLine(row.pk, place, section.get_ground_display(), gettext("Nothing"))
    yield from _withheld_attachments(row, shown)


def _unsaid(meeting: Meeting, pairs: Sequence[tuple[AgendaItem, ItemDocument]]) -> Iterator[OpenLine]:
    """Of a meeting that was taken in from outside nothing is asked: its minutes have been out there."""
    words = (row.presentation for row, _shown in pairs)
    if any(one is not None and one.frozen_by == FrozenBy.IMPORTED for one in words):
        return
    for row, shown in pairs:
        if shown.withheld is None and not row.parties and own_decision(row.decisions.all(), meeting) is not None:
            yield _open_line(row, shown)


def _held(row: AgendaItem, shown: ItemDocument) -> Iterator[str]:
    """Its open attachments whose file is held, by place: what is wrong the item tells to who may read it."""
    for number, attachment in numbered_on_web(row):
        if attachment.access == Access.OPEN and getattr(attachment, "is_held", False):
            yield gettext("{item}, attachment {number}").format(item=_place(shown), number=number)


def _withheld_attachments(row: AgendaItem, shown: ItemDocument) -> Iterator[WithheldLine]:
    lines = {line.no: line for line in shown.attachments or ()}
    public = {attachment.pk: lines[number] for number, attachment in numbered_on_web(row)}
    for attachment in row.attachments.all():
        place = gettext("{item}, attachment {number}").format(item=_place(shown), number=attachment.position)
        line = public.get(attachment.pk)
        if line is None:
            yield WithheldLine(row.pk, place, gettext("Not on the web"), gettext("Nothing"))
        elif line.access != "open":
            words = line.title or gettext("Closed attachment")
            yield WithheldLine(row.pk, place, attachment.get_ground_display(), words)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A preparation that waits, with its meeting; with `release_at` for its hour, `refused` says why it went not out."""

    meeting: Meeting
    kind: str
    prepared_by: User
    prepared_at: datetime
    release_at: datetime | None = None
    approved_by: User | None = None
    refused: str = ""


def waiting(meetings: QuerySet[Meeting]) -> list[WaitingLine]:
    """What is prepared of these meetings and waits for a second person, the oldest first."""
    rows = Preparation.objects.filter(meeting_id__in=meetings.values("pk"), ended_at=None)
    found = list(rows.select_related("prepared_by", "approved_by").order_by("prepared_at"))
    by_id = Meeting.objects.select_related("body").in_bulk([row.meeting_id for row in found])
    return [
        WaitingLine(
            by_id[row.meeting_id],
            row.get_kind_display(),
            row.prepared_by,
            row.prepared_at,
            row.release_at,
            row.approved_by,
            row.refused,
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class StateLine:
    """A meeting and how far it has come to the public."""

    meeting_id: UUID
    held_on: date
    words: str


def states_of(body: Body) -> list[StateLine]:
    """Each meeting of the body of which something is prepared or released, the newest first."""
    meetings = dict(body.meetings.values_list("pk", "held_on"))
    records = ReleaseRecord.objects.filter(meeting_id__in=meetings).values_list("release_id", "meeting_id")
    meeting_ids = dict(records)
    newest: dict[UUID, str] = {
        row.meeting_id: gettext("{kind} prepared").format(kind=row.get_kind_display()).capitalize()
        for row in Preparation.objects.filter(meeting_id__in=meetings, ended_at=None)
    }
    for release in Release.objects.filter(pk__in=meeting_ids).defer("document").order_by("number"):
        newest[meeting_ids[release.pk]] = _state_words(release)
    lines = [StateLine(pk, meetings[pk], words) for pk, words in newest.items()]
    return sorted(lines, key=lambda line: line.held_on, reverse=True)


def _state_words(release: Release) -> str:
    words = {
        ReleaseState.CURRENT: gettext("{kind} released, no. {number}"),
        ReleaseState.SUPERSEDED: gettext("{kind} superseded, no. {number}"),
        ReleaseState.WITHDRAWN: gettext("{kind} withdrawn, no. {number}"),
    }[ReleaseState(release.state)]
    return words.format(kind=release.get_kind_display(), number=release.number).capitalize()


def kind_to_show(chosen: str, kinds: Sequence[str], prepared: Preparation | None, meeting: Meeting) -> str:
    """The kind that the page is about: what is asked for, else what is prepared, else what the meeting has come to."""
    if chosen in kinds:
        return chosen
    if prepared is not None and scope_of(prepared.kind) in kinds:
        return scope_of(prepared.kind)
    decided = any(item.decisions.all() for item in meeting.items.all())
    return kinds[-1] if decided else kinds[0]
