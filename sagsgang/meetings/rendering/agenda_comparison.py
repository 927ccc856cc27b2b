"""Two versions of an agenda held against each other, in sentences. Pure.

Closed by default: of a line that is closed in either version a reader without the right gets number and public title,
and that it came, went or moved; nothing of its words, attachments or reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from sagsgang.cases.models import ItemKind
from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem, Attachment
from sagsgang.meetings.rendering.shown import Reader, public_face

type Line = Mapping[str, Any]  # as `AgendaVersion.lines` keeps it


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of one line: ``added``, ``removed``, ``changed`` or ``same``, and the sentences that say how."""

    pk: UUID
    number: str
    title: str
    state: str
    sentences: tuple[str, ...]
    is_sub: bool
    is_closed: bool
    late_reason: str = ""

    @property
    def badge(self) -> str:
        """The state in a word."""
        return {
            "added": gettext("Came"),
            "removed": gettext("Went"),
            "changed": gettext("Changed"),
            "same": gettext("As before"),
        }[self.state]


@dataclass(frozen=True, slots=True)
class Sources:
    """The rows that the lines name, and for whom the comparison is made."""

    items: Mapping[UUID, AgendaItem]
    attachments: Mapping[UUID, Attachment]
    reader: Reader


def agenda_changes(old: Sequence[Line], new: Sequence[Line], sources: Sources) -> list[LineChange]:
    """Every line of the new version in its order, then those that are gone; of `queries.agenda_versions.named_in`."""
    before = {line["item"]: line for line in old}
    after = {line["item"]: line for line in new}
    gone_places = _moved(old, new)
    changes = [_change(before.get(line["item"]), line, sources, has_moved=line["item"] in gone_places) for line in new]
    gone = [line for line in old if line["item"] not in after]
    return [*changes, *(_change(line, None, sources, has_moved=False) for line in gone)]


def shows_closed(changes: Iterable[LineChange], reader: Reader) -> bool:
    """Did this reader get to see something closed?"""
    return reader.closed_too and any(change.is_closed for change in changes)


def _moved(old: Sequence[Line], new: Sequence[Line]) -> set[str]:
    """The lines that stand in another order among those that are in both, or under another item."""
    both = {line["item"] for line in old} & {line["item"] for line in new}
    was = [line["item"] for line in old if line["item"] in both]
    now = [line["item"] for line in new if line["item"] in both]
    kept = {pk for block in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
            for pk in was[block.a : block.a + block.size]}  # fmt: skip
    parents = {line["item"]: line["parent"] for line in old}
    return (both - kept) | {
        line["item"] for line in new if line["item"] in both and parents[line["item"]] != line["parent"]
    }


def _change(old: Line | None, new: Line | None, sources: Sources, *, has_moved: bool) -> LineChange:
    line = new or old
    assert line is not None
    item = sources.items[UUID(line["item"])]
    closed = any(_lies_closed(one, item) for one in (old, new) if one)
    titled = not closed or sources.reader.closed_too
    readable = not closed or sources.reader.reads_closed_at(item)
    sentences = list(_sentences(old, new, sources, has_moved=has_moved, titled=titled, readable=readable))
    state = "added" if old is None else "removed" if new is None else "changed" if sentences else "same"
    return LineChange(
        pk=item.pk,
        number=line["number"],
        title=(line["title"] or gettext("(without title)")) if titled else public_face(item),
        state=state,
        sentences=tuple(sentences),
        is_sub=line["parent"] is not None,
        is_closed=closed,
        late_reason=line["late_reason"] if readable and new is not None else "",
    )


def _lies_closed(line: Line, item: AgendaItem) -> bool:
    """Closed in its version, or closed now, or under what is: what was closed is not opened by a comparison."""
    above = item.parent is not None and item.parent.is_closed
    return line["access"] != Access.OPEN or item.is_closed or above


def _sentences(
    old: Line | None, new: Line | None, sources: Sources, *, has_moved: bool, titled: bool, readable: bool
) -> Iterator[str]:
    if old is None or new is None:
        return
    if has_moved:
        yield gettext("It stands at another place.")
    if old["number"] != new["number"]:
        yield gettext("It was number {number}.").format(number=old["number"])
    if old["access"] != new["access"]:
        closed = new["access"] != Access.OPEN
        yield gettext("It was open, and is closed.") if closed else gettext("It was closed, and is open.")
    if titled and old["title"] != new["title"]:
        yield gettext("It was called “{title}”.").format(title=old["title"])
    if old["kind"] != new["kind"]:
        yield gettext("It was for {kind}.").format(kind=_kind(old["kind"]))
    if readable:
        yield from _readable_sentences(old, new, sources)


def _readable_sentences(old: Line, new: Line, sources: Sources) -> Iterator[str]:
    if old["presentation"] != new["presentation"]:
        yield gettext("Its text is a newer version.")
    was, now = _papers(old, sources), _papers(new, sources)
    item = sources.items[UUID(new["item"])]
    for key in (key for key in now if key not in was):
        yield gettext("Attachment that came: {title}.").format(title=_title(now[key], item, sources.reader))
    for key in (key for key in was if key not in now):
        yield gettext("Attachment that went: {title}.").format(title=_title(was[key], item, sources.reader))
    for key in (key for key in now if key in was):
        if was[key].version_id != now[key].version_id:
            yield gettext("Attachment in a newer version: {title}.").format(
                title=_title(now[key], item, sources.reader)
            )


def _papers(line: Line, sources: Sources) -> dict[str, Attachment]:
    """The attachments of a line by what they are: the same document in another version is the same attachment."""
    rows = [sources.attachments[UUID(pk)] for pk in line["attachments"]]
    return {f"{row.version.document_id if row.version else row.title}": row for row in rows}


def _title(row: Attachment, item: AgendaItem, reader: Reader) -> str:
    if row.access != Access.OPEN and not reader.reads_closed_at(item):
        return gettext("Closed attachment")
    return row.title


def _kind(letter: str) -> str:
    return str(dict(ItemKind.choices).get(letter, gettext("nothing in particular")))
