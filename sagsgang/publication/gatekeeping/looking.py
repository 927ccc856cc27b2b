"""What the gate looks through in a meeting: its words, part by part, and which copies of files."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from sagsgang.cases.models import TemplateSection
from sagsgang.documents.access import Access
from sagsgang.gate.finding.everything import Wanted, find
from sagsgang.gate.finding.folded import folded, shown
from sagsgang.gate.finding.name import Names
from sagsgang.gate.finding.name import find_in as find_names
from sagsgang.gate.pieces import Kind, Where
from sagsgang.gate.reading import texts
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.publication import gate
from sagsgang.publication.canonical import plain
from sagsgang.publication.disclosure import numbered_on_web
from sagsgang.publication.document import ItemDocument, MeetingDocument
from sagsgang.publication.gatekeeping.names import names_to_find
from sagsgang.publication.gatekeeping.things import Spot, Thing, digest_of
from sagsgang.publication.rules.examining import EDITION

HEAD = "head"  # the part that is the meeting's own place, presence and record
REASON = "reason"  # what a correction says to the public
_BETWEEN_WORDS = re.compile(r"[_.-]+")
_NO_WORDS = {"public_id", "case_id", "access", "subitems", "attachments", "number", "supplement", "reading"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that would leave, and under which attachment."""

    spot: Spot
    media_type: str
    attachment: Attachment


def rules_mark() -> str:
    """Names the edition of the gate's rules, with what the house has chosen: files examined by another are asked anew."""
    chosen = "\n".join(sorted(settings.OWN_DOMAINS))
    return f"{EDITION}-{hashlib.sha256(chosen.encode()).hexdigest()[:12]}"


def looked_for(meeting_id: UUID) -> tuple[str, ...]:
    """The names of the meeting's closed parts."""
    return names_to_find(meeting_rows(meeting_id))


def check_mark(names: tuple[str, ...]) -> str:
    """Names all that was looked for: the rules, and the names of what is closed. Tells nothing of the names."""
    return f"{rules_mark()}-{digest_of('names', ' '.join(names))[:12]}"


def things_in_words(meeting: Meeting, document: MeetingDocument, said: str, names: tuple[str, ...]) -> list[Thing]:
    """What is found in the words that would leave, of `meeting_rows`; `said` is the reason for the public."""
    wanted = Wanted(Names.of(names), tuple(help_texts()), tuple(settings.OWN_DOMAINS))
    found = dict.fromkeys(
        thing for spot, words in _words(meeting, document, said) for thing in _in_words(spot, words, wanted)
    )
    return list(found | dict.fromkeys(_names_in_titles(meeting, document, wanted.names)))


def _names_in_titles(meeting: Meeting, document: MeetingDocument, names: Names) -> Iterator[Thing]:
    """Names in the titles of attachments and the names of files, written as files are named: `Skøde_Karla-Holm.pdf`."""
    for row, item in _items(meeting, document):
        spot = Spot(item_id=row.pk, part="attachments")
        for line in item.attachments or ():
            for title in (line.title, line.file.name if line.file else ""):
                plain = folded(_BETWEEN_WORDS.sub(" ", title))
                for one in find_names(plain, names):
                    digest = digest_of(Kind.NAME, shown(plain[one.start : one.end]))
                    yield Thing(spot, str(Kind.NAME), str(Where.TEXT), None, None, "", digest)


def copies_of(meeting: Meeting, document: MeetingDocument) -> list[Copy]:
    """The copies of files that would leave, of `meeting_rows`, in the order of the agenda."""
    return list(_copies(meeting, document))


def help_texts() -> Iterator[str]:
    """What stands beside the sections of the house's templates, for who writes them; one query."""
    rows = TemplateSection.objects.exclude(help_text="").order_by("help_text").values_list("help_text", flat=True)
    yield from rows.distinct()


def _in_words(spot: Spot, words: str, wanted: Wanted) -> Iterator[Thing]:
    is_markup = words.lstrip().startswith("<")
    for piece in texts.pieces_of_html(words) if is_markup else texts.parts_of(words, Where.TEXT):
        for one in find(piece.text, wanted):
            digest = digest_of(one.kind, piece.text[one.start : one.end])
            yield Thing(spot, str(one.kind), str(piece.where), None, None, piece.place, digest)


def _words(meeting: Meeting, document: MeetingDocument, said: str) -> Iterator[tuple[Spot, str]]:
    for words in (document.place, *document.record):
        yield Spot(part=HEAD), words
    for person in (document.present or ()) + (document.absent or ()):
        yield Spot(part=HEAD), f"{person.title} {person.name} {person.note}"
    yield Spot(part=REASON), said
    for row, item in _items(meeting, document):
        for name, part in plain(item).items():
            if name not in _NO_WORDS:
                yield from ((Spot(item_id=row.pk, part=name), words) for words in gate.words_of(part))
        for line in item.attachments or ():
            yield Spot(item_id=row.pk, part="attachments"), line.title


def _items(meeting: Meeting, document: MeetingDocument) -> Iterator[tuple[AgendaItem, ItemDocument]]:
    rows = [item for item in meeting.items.all() if item.parent_id is None]
    for row, item in zip(rows, document.items, strict=True):
        yield row, item
        if item.subitems:
            yield from zip(row.subitems.all(), item.subitems, strict=True)


def _copies(meeting: Meeting, document: MeetingDocument) -> Iterator[Copy]:
    for row, item in _items(meeting, document):
        lines = {line.no: line for line in item.attachments or ()}
        for number, attachment in numbered_on_web(row):
            line = lines.get(number)
            if line is not None and line.file is not None and attachment.access == Access.OPEN:
                spot = Spot(item_id=row.pk, attachment_id=attachment.pk, sha256=line.file.sha256)
                yield Copy(spot, line.file.media_type, attachment)
