"""Names in what is closed, to be looked for in what goes out. The same meeting always gives the same names."""

import re
from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from sagsgang.bodies.models import Person, Seat
from sagsgang.documents import storage
from sagsgang.documents.access import Access
from sagsgang.documents.models import Examination
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings.models import AgendaItem, Attachment, Decision, DissentStatement, Meeting, own_decision
from sagsgang.meetings.queries.deciding import said_points
from sagsgang.meetings.rendering.decided import points_of, speakers_of
from sagsgang.meetings.rules.earlier import may_be_told
from sagsgang.protocols.models import ProtocolNote

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
    """The names in the closed parts of a meeting (`meetings.queries.meeting_rows`), sorted; a fixed number of queries.

    Closed besides is what other meetings have closed of the same cases, and what an earlier body decided so. Persons
    of the house that are named there, and pairs of words that look like a name. Who sits in a body or is named among
    those present, or presents an open item, is known to the public and is no finding.
    """
    closed = "\n".join(_closed_words(meeting))
    if not closed.strip():
        return ()
    authority = meeting.body.authority_id
    persons = Person.objects.filter(authority=authority).order_by().values_list("name", flat=True)
    found = {name for name in persons if name in closed} | set(pairs_in(closed))
    seated = Seat.objects.filter(body__authority=authority).order_by().values_list("person__name", flat=True)
    known = {*seated, *_known(meeting)}
    return tuple(sorted(found - known)[:MOST_NAMES])


def pairs_in(text: str) -> Iterator[str]:
    """Two or more words that look like a name."""
    for match in _PAIR.finditer(text):
        words = match[0].split()
        while words and words[0] in _SENTENCE:
            words = words[1:]
        if len(words) > 1 and not any(_THING.fullmatch(word) for word in words):
            yield " ".join(words)
            rest = words[1:]  # the first may be a title, or the word that began the sentence
            while rest[0][0].islower():  # "Opsigelse af Karla Holm"
                rest = rest[1:]
            if len(rest) > 1:
                yield " ".join(rest)


def _known(meeting: Meeting) -> Iterator[str]:
    """The names that the meeting tells openly: who was there, and who presents an open item."""
    for row in meeting.attendance.all():
        yield row.person.name
    for item in meeting.items.all():
        if item.access == Access.OPEN:
            yield from (speaker.name for speaker in speakers_of(item))


def _closed_words(meeting: Meeting) -> Iterator[str]:
    """All that is closed at the meeting, and at items of the same cases that are closed at other meetings."""
    versions: list[UUID] = []
    closed: list[UUID] = []
    here = [
        (row, row.access != Access.OPEN or item.access != Access.OPEN)
        for item in meeting.items.all()
        if item.parent_id is None
        for row in (item, *item.subitems.all())
    ]
    elsewhere = list(_closed_elsewhere(meeting, {row.case_id for row, _is_closed in here}))
    for row, is_closed in (*here, *((row, True) for row in elsewhere)):
        yield from _of_item(row, is_closed=is_closed)
        closed += [row.pk] if is_closed else []
        for attachment in row.attachments.all():
            if is_closed or attachment.access != Access.OPEN:
                yield "" if attachment.title_is_public else attachment.title
                versions += [attachment.version_id] if attachment.version_id else []
    yield from _said_at(closed)
    yield from _of_files(versions)


def _closed_elsewhere(meeting: Meeting, cases: set[UUID]) -> QuerySet[AgendaItem]:
    """The closed items of these cases at other meetings, of whatever body, with their words; six queries."""
    lies_closed = Q(access=Access.CLOSED) | Q(parent__access=Access.CLOSED)
    of_cases = Q(case__in=cases) | Q(parent__case__in=cases)
    rows = AgendaItem.objects.filter(lies_closed, of_cases, withdrawn_at=None).exclude(meeting=meeting.pk)
    decisions = Decision.objects.annotate(said_points=said_points())
    standing = Attachment.objects.filter(withdrawn_at=None)
    return (
        rows.select_related("presentation")
        .prefetch_related(
            "presentation__sections__points",
            Prefetch("decisions", decisions),
            Prefetch("attachments", standing),
        )
        .order_by("pk")
    )


def _of_item(row: AgendaItem, *, is_closed: bool) -> Iterator[str]:
    own = own_decision(row.decisions.all(), row.meeting) if row.carried_from_id else None
    if is_closed:
        yield row.title
        yield row.closing_reason
        yield row.late_reason
    for decision in row.decisions.all():
        if is_closed or not may_be_told(row, decision, own):
            yield to_plain(decision.html)
            yield to_plain(decision.dissent)
            yield from (point.words for point in points_of(decision))
    for section in row.presentation.sections.all() if row.presentation else ():
        if is_closed or section.access != Access.OPEN:
            yield to_plain(section.html)
            yield from (point.text for point in section.points.all())


def _said_at(items: Collection[UUID]) -> Iterator[str]:
    """Dissents that were entered at these items, and what the secretary wrote of them in the protocol; two queries."""
    dissents = DissentStatement.objects.filter(item__in=items).order_by("pk")
    yield from dissents.values_list("words", flat=True)
    notes = ProtocolNote.objects.filter(item__in=items).order_by("pk")
    yield from (to_plain(html) for html in notes.values_list("html", flat=True))


def _of_files(versions: list[UUID]) -> Iterator[str]:
    rows = Examination.objects.filter(version__in=versions).exclude(text_sha256="")
    for sha256 in rows.order_by("version_id").values_list("text_sha256", flat=True):
        path = storage.house().path(sha256)
        if path.is_file():
            with path.open(encoding="utf-8", errors="replace") as file:
                yield file.read(LONGEST_TEXT)
