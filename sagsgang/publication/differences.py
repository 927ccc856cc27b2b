"""What the public would read otherwise than it does now, for those who release: old and new words side by side.

Both documents are public: the one that is out, and the one that would go out. Nothing closed is in either.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString

from sagsgang.cases.rendering.difference import difference
from sagsgang.core.models import subject_of
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.publication import rules
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.changed import ITEM, WHOLE, Change
from sagsgang.publication.comparison import changes_between, has_supplement, is_correction, without_files
from sagsgang.publication.document import AttachmentLine, ItemDocument, MeetingDocument, PersonLine
from sagsgang.publication.document import Section as SectionText
from sagsgang.publication.models import PublicIdentity, Release, ReleaseKind
from sagsgang.publication.rendering.changes import change_lines
from sagsgang.publication.rendering.labels import person_words


class KnownIds(dict[UUID, str]):
    """The public ids that rows have had; a look gives nothing a new one."""

    def __missing__(self, key: UUID) -> str:
        return ""


def identity_sources(meeting: Meeting) -> dict[str, UUID]:
    """By which words the public ids of a meeting, its items and sub-items (`meetings.queries.meeting_rows`) are kept."""
    rows = [row for item in meeting.items.all() for row in (item, *item.subitems.all())]
    return {subject_of(row): row.pk for row in (meeting, *rows)}


def known_ids(meeting: Meeting, kept: Iterable[PublicIdentity]) -> KnownIds:
    """Those of a meeting's rows that have one."""
    sources = identity_sources(meeting)
    return KnownIds({sources[row.source]: str(row.public_id) for row in kept})


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that would change: the sentence that the public gets, and the words themselves, old and new."""

    sentence: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a release would be: its kind, what it takes the place of (0 = nothing), and what differs."""

    kind: str
    since: int
    differences: tuple[Difference, ...]

    @property
    def is_correction(self) -> bool:
        """Does it want a reason for the public?"""
        return self.kind == ReleaseKind.CORRECTION

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return str(ReleaseKind(self.kind).label)


def look_ahead(meeting: Meeting, document: MeetingDocument, asked: str, shown: Release | None) -> Ahead:
    """Hold what would go out against what is out (`shown`). The bytes of attachments are compared when it is prepared."""
    out = ReleaseDocument.from_text(shown.document) if shown is not None and shown.document else None
    new, old = without_files(document), without_files(out.meeting) if out else None
    changes = changes_between(old, new) if old else ()
    kind = rules.kind_of(
        asked,
        has_supplement=has_supplement(new),
        is_unfinished=asked == ReleaseKind.MINUTES and meeting.opened_at is not None and not is_protocol_final(meeting),
        current=out.kind if out else "",
        is_correction=is_correction(changes),
    )
    found = tuple(_differences(old, new, changes)) if old else ()
    return Ahead(str(kind), out.number if out else 0, found)


def _differences(old: MeetingDocument, new: MeetingDocument, changes: Iterable[Change]) -> Iterable[Difference]:
    before, after = _by_id(old), _by_id(new)
    for change in changes:
        sentence = change_lines([asdict(change)])[0].words
        if change.place != ITEM:
            was, now = _meeting_part(old, change.part), _meeting_part(new, change.part)
        elif change.part == WHOLE:
            was, now = "", ""
        else:
            was, now = (
                _item_part(before[change.public_id], change.part),
                _item_part(after[change.public_id], change.part),
            )
        yield Difference(sentence, difference(was, now))


def _by_id(document: MeetingDocument) -> dict[str, ItemDocument]:
    return {row.public_id: row for item in document.items for row in (item, *item.subitems)}


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _meeting_part(document: MeetingDocument, part: str) -> str:
    if part == "presence":
        return _people((document.present or ()) + (document.absent or ()))
    if part == "protocol":
        return _lines(document.record)
    if part == "order":
        return _lines(f"{item.number}. {item.title}" for item in document.items)
    times = (document.starts, document.ends)
    return _lines([f"{document.held_on:%d-%m-%Y}", *(f"{time:%H.%M}" for time in times if time), document.place])


def _people(rows: Iterable[PersonLine]) -> str:
    return _lines(person_words(row) for row in rows)


def _item_part(item: ItemDocument, part: str) -> str:
    """A part of an item as it reads, in the sanitised subset."""
    sections = {
        "presentation": [row for row in item.sections if row.kind not in {"recommendation", "dissent"}],
        "recommendation": [row for row in item.sections if row.kind == "recommendation"],
    }
    if part in sections:
        return "".join(_section(row) for row in sections[part])
    if part == "decision":
        dissents = [_section(row) for row in item.sections if row.kind == "dissent"]
        return "".join([*(row.html for row in item.decisions), *dissents])
    if part == "presence":
        return _people(item.absent or ())
    withheld = item.withheld
    said = {
        "number": [item.number],
        "title": [item.title],
        "lateness": [item.late_reason],
        "path": [f"{step.body} {step.on:%d-%m-%Y}" if step.on else step.body for step in item.path or ()],
        "record": item.record,
        "votes": [line for vote in item.votes for line in (vote.sentence, *vote.votes)],
        "after": item.after,
        "attachments": [_attachment(line) for line in item.attachments or ()],
        "ground": [withheld.ground] if withheld else [],
        "extract": [withheld.extract, withheld.reason] if withheld else [],
    }
    return _lines(said[part])


def _section(row: SectionText) -> str:
    points = _lines(f"{point.marker} {point.text}".strip() for point in row.points)
    return _lines([row.heading]) + row.html + points


def _attachment(line: AttachmentLine) -> str:
    return f"{line.no}. {line.title}" if line.title else f"{line.no}."
