"""The protocol as one reader sees it: what is closed is for those who may read it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sagsgang.documents.richtext import to_plain
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.rendering import Reader
from sagsgang.meetings.rendering.shown import public_face
from sagsgang.protocols.document import ItemProtocol, ProtocolDocument
from sagsgang.protocols.models import Place, ProtocolNote
from sagsgang.protocols.queries.standing import Amendment, Standing


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A place for the secretary's words: as they stand, and as her form edits them."""

    place: str
    item: UUID | None
    html: str
    text: str
    revision: int

    @property
    def key(self) -> str:
        """The name of the place on the page."""
        return f"{self.place}-{self.item or 'meeting'}"


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of the protocol; `said` is None for who may not read what is closed in it."""

    item: UUID
    number: str
    title: str
    is_closed: bool
    said: ItemProtocol | None
    before: ShownNote
    after: ShownNote
    amendments: tuple[Amendment, ...]
    is_sub: bool


@dataclass(frozen=True, slots=True)
class AccessNow:
    """How the items stand today: those that lie closed, and what each may be called by who is not let in.

    The final text keeps the access of its day. What was closed since is closed in it too.
    """

    closed: frozenset[UUID]
    titles: Mapping[UUID, str]


def access_now(meeting: Meeting) -> AccessNow:
    """How the items and sub-items of `meetings.queries.meeting_rows` stand now."""
    closed, titles = set(), {}
    for item in meeting.items.all():
        for row in (item, *item.subitems.all()):
            is_closed = item.is_closed or row.is_closed
            closed |= {row.pk} if is_closed else set()
            titles[row.pk] = public_face(row) if is_closed else row.title
    return AccessNow(frozenset(closed), titles)


def shown_items(
    document: ProtocolDocument,
    reader: Reader,
    notes: Mapping[tuple[UUID | None, str], ProtocolNote],
    standing: Standing,
    now: AccessNow,
    *,
    is_over: bool,
) -> tuple[ShownItem, ...]:
    """The items and sub-items: closed is what was closed when the protocol was made final, and what is closed `now`.

    Who had a conflict of interest reads the decision once the meeting is over (domain 2.1), and never the papers.
    """
    return tuple(_walk(document.items, reader, notes, standing, now, is_over=is_over, is_sub=False))


def _walk(
    items: Iterable[ItemProtocol],
    reader: Reader,
    notes: Mapping[tuple[UUID | None, str], ProtocolNote],
    standing: Standing,
    now: AccessNow,
    *,
    is_over: bool,
    is_sub: bool,
) -> Iterable[ShownItem]:
    for item in items:
        is_shut = item.item in reader.shut_out
        lets_in = reader.closed_too or item.item in reader.granted
        is_closed = item.is_closed or item.item in now.closed
        readable = not is_closed or (lets_in and (is_over or not is_shut))
        said = decided_alone(item) if is_closed and is_shut else item
        if is_sub and not readable:
            continue
        yield ShownItem(
            item=item.item,
            number=item.number,
            title=item.title if not is_closed or lets_in else now.titles.get(item.item, ""),
            is_closed=is_closed,
            said=said if readable else None,
            before=note_at(item.item, Place.BEFORE, notes if said is item else {}),
            after=note_at(item.item, Place.AFTER, notes if said is item else {}),
            amendments=tuple(row for row in standing.amendments if row.item == str(item.item)) if readable else (),
            is_sub=is_sub,
        )
        yield from _walk(item.subitems, reader, notes, standing, now, is_over=is_over, is_sub=True)


def decided_alone(item: ItemProtocol) -> ItemProtocol:
    """Of a closed item what was decided and how it was voted, without what was said, moved and given at it."""
    return replace(
        item,
        speakers=(),
        proposals=(),
        remarks=(),
        dissents=(),
        halts=(),
        follow_ups=(),
        late_reason="",
        before="",
        after="",
    )


def note_at(item: UUID | None, place: str, notes: Mapping[tuple[UUID | None, str], ProtocolNote]) -> ShownNote:
    """The secretary's words at a place."""
    row = notes.get((item, place))
    return (
        ShownNote(place, item, row.html, to_plain(row.html), row.revision) if row else ShownNote(place, item, "", "", 0)
    )


def shows_closed(items: Iterable[ShownItem]) -> bool:
    """Is there something closed that this reader is shown?"""
    return any(item.is_closed and item.said is not None for item in items)
