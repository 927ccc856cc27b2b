"""Names in what is closed, to be looked for in what goes out. The same meeting always gives the same names."""

import re
from collections.abc import Iterator
from uuid import UUID

from sagsgang.bodies.models import Person, Seat
from sagsgang.documents import storage
from sagsgang.documents.access import Access
from sagsgang.documents.models import Examination
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.rendering.decided import speakers_of

LONGEST_TEXT = 2_000_000  # signs of one closed file
MOST_NAMES = 2000
_WORD = r"[A-ZÆØÅÉ][a-zæøåéüö]+(?:-[A-ZÆØÅ][a-zæøåéüö]+)?"
_PAIR = re.compile(rf"(?<!\w){_WORD}(?: (?:{_WORD}|[A-ZÆØÅ]\.|von|van|de|af))* {_WORD}(?!\w)")
_SENTENCE = frozenset(
    re.findall(
        r"\w+",
        "Af Alle At Da De Den Der Det Dette Disse Du En Er Et Eller Efter Først For Forvaltningen Fra Han Har Hun Hvis"
        " Hvor I Ifølge Ikke Indtil Kan Med Men Når Nu Og Om Over På Samt Siden Skal Som Til Ved Vi Vil",
    )
)
_THING = re.compile(
    r"(?:kommune|kommunes|region|udvalg|udvalget|byråd|byrådet|direktion|direktionen|forvaltning|afdeling|center|skole|skolen"
    r"|vej|vejen|gade|gaden|allé|plads|torv|stræde|park|parken|plan|planen|lov|loven|styrelsen|ministeriet|bank|fond|fonden"
    r"|forening|foreningen|klub|hus|huset|projekt|strategi|budget|danmark|aps|kirke|havn|by)s?",
    re.IGNORECASE,
)


def names_to_find(meeting: Meeting) -> tuple[str, ...]:
    """The names in the closed parts of a meeting (`meetings.queries.meeting_rows`), sorted; four queries.

    Persons of the house that are named there, and pairs of words that look like a name. Who sits in a body or is named
    among those present, or presents an open item, is known to the public and is no finding.
    """
    closed = "\n".join(_closed_words(meeting))
    if not closed.strip():
        return ()
    authority = meeting.body.authority_id
    persons = Person.objects.filter(authority=authority).order_by().values_list("name", flat=True)
    found = {name for name in persons if name in closed} | set(_pairs(closed))
    seated = Seat.objects.filter(body__authority=authority).order_by().values_list("person__name", flat=True)
    known = {*seated, *_known(meeting)}
    return tuple(sorted(found - known)[:MOST_NAMES])


def _pairs(text: str) -> Iterator[str]:
    for match in _PAIR.finditer(text):
        words = match[0].split()
        while words and words[0] in _SENTENCE:
            words = words[1:]
        if len(words) > 1 and not any(_THING.fullmatch(word) for word in words):
            yield " ".join(words)
            if len(words) > 2:  # the first may be a title, or the word that began the sentence
                yield " ".join(words[1:])


def _known(meeting: Meeting) -> Iterator[str]:
    """The names that the meeting tells openly: who was there, and who presents an open item."""
    for row in meeting.attendance.all():
        yield row.person.name
    for item in meeting.items.all():
        if item.access == Access.OPEN:
            yield from (speaker.name for speaker in speakers_of(item))


def _closed_words(meeting: Meeting) -> Iterator[str]:
    versions: list[UUID] = []
    for item in meeting.items.all():
        if item.parent_id is None:
            rows = (item, *item.subitems.all())
            for row in rows:
                is_closed = row.access != Access.OPEN or item.access != Access.OPEN
                yield from _of_item(row, is_closed=is_closed)
                versions += [
                    attachment.version_id
                    for attachment in row.attachments.all()
                    if attachment.version_id and (is_closed or attachment.access != Access.OPEN)
                ]
    yield from _of_files(versions)


def _of_item(row: AgendaItem, *, is_closed: bool) -> Iterator[str]:
    if is_closed:
        yield row.title
        yield row.closing_reason
        for decision in row.decisions.all():
            yield to_plain(decision.html)
    for section in row.presentation.sections.all() if row.presentation else ():
        if is_closed or section.access != Access.OPEN:
            yield to_plain(section.html)
            yield from (point.text for point in section.points.all())


def _of_files(versions: list[UUID]) -> Iterator[str]:
    rows = Examination.objects.filter(version__in=versions).exclude(text_sha256="")
    for sha256 in rows.order_by("version_id").values_list("text_sha256", flat=True):
        path = storage.house().path(sha256)
        if path.is_file():
            with path.open(encoding="utf-8", errors="replace") as file:
                yield file.read(LONGEST_TEXT)
