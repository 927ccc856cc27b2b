"""Read minutes: bytes in, a `ParsedDocument` out; whatever the bytes are, nothing but `UnreadableError` comes out."""

import re
from pathlib import Path

from sagsgang.exchange.minutes.attendance import absence_of, absence_of_items, members_of
from sagsgang.exchange.minutes.channels import read_source, require_size
from sagsgang.exchange.minutes.contents import section_access
from sagsgang.exchange.minutes.cover import Facts, read_cover
from sagsgang.exchange.minutes.cutting import Cut, cut
from sagsgang.exchange.minutes.errors import UnreadableError
from sagsgang.exchange.minutes.families import family_of
from sagsgang.exchange.minutes.fields import Cover, read_fields
from sagsgang.exchange.minutes.grammar import body_name
from sagsgang.exchange.minutes.items import read_item
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.parsed import ParsedDecision, ParsedDocument, ParsedItem, Unread
from sagsgang.exchange.minutes.people import Absence, read_absence
from sagsgang.exchange.minutes.tidy import tidied
from sagsgang.exchange.minutes.vocabulary import fold

NO_MINUTES = "Filen ligner ikke en dagsorden eller et referat."
BODY_OF = re.compile(
    r"(?P<body>[A-ZÆØÅ][\wæøå]+) i (?P<authority>[A-ZÆØÅ][\wæøåÆØÅ]*(?:[- ][A-ZÆØÅ][\wæøåÆØÅ]*){0,2} Kommune)\b"
)


def read_file(path: Path) -> ParsedDocument:
    """Read a file; a file that is too large is refused before it is read."""
    try:
        require_size(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError("Filen findes ikke eller kan ikke åbnes.") from error
    return read_minutes(data, name=path.name)


def read_minutes(data: bytes, *, name: str = "") -> ParsedDocument:
    """Read agenda or minutes; `name` is only for the caller's messages, the content alone tells the format."""
    source = read_source(data)
    lines = tidied(source.lines)
    heads = [line for line in lines if source.channel == "docplayer" and line.page == 0]
    own = lines[len(heads) :]
    parts = cut(own, source.channel)
    cover = read_fields(parts.cover)
    facts = read_cover(cover, parts.cover, own)
    if heads:
        _complete(facts, read_cover(read_fields(heads), heads, []))
    is_bare = facts.kind is None and facts.body is None and facts.date is None and not cover.fields
    items = _items(parts, facts)
    if is_bare:
        facts.kind = _kind_of_item(items)
    document = _document(family_of([line.text for line in lines]), source.channel, facts, cover, parts, items)
    require_meeting(document, own)
    return document


def _complete(facts: Facts, other: Facts) -> None:
    """What the page itself has lost may stand in the lines above it."""
    for name in ("kind", "body", "date", "place", "start", "end", "meeting", "authority"):
        if getattr(facts, name) is None:
            setattr(facts, name, getattr(other, name))


def _items(parts: Cut, facts: Facts) -> tuple[ParsedItem, ...]:
    items = tuple(read_item(found, facts.date) for found in parts.items)
    last = [item.decisions[-1] for item in items if item.decisions]
    named = [one for one in last if one.body and one.item_no is None]
    if facts.date is None:
        facts.date = _only([one.date for one in named if one.date])
    if facts.body is None:
        facts.body = _only([one.body for one in named if one.date in (None, facts.date) and one.body and _is_body(one)])
    if facts.authority is None and facts.body:
        facts.authority = _authority(items, facts.body)
    return items


def _only[T](values: list[T]) -> T | None:
    """The value that all share, else None: two that differ prove nothing."""
    return values[0] if values and all(value == values[0] for value in values) else None


def _is_body(decision: ParsedDecision) -> bool:
    return decision.body is not None and (body_name(decision.body) is not None or decision.date is not None)


def _authority(items: tuple[ParsedItem, ...], body: str) -> str | None:
    """ "<Body> i X Kommune" in the case text names the authority of the body."""
    texts = [section.text[:20_000] for item in items for section in item.sections]
    names = {
        match["authority"] for text in texts for match in BODY_OF.finditer(text) if fold(match["body"]) == fold(body)
    }
    return names.pop() if len(names) == 1 else None


def _document(
    family: str, channel: str, facts: Facts, cover: Cover, parts: Cut, items: tuple[ParsedItem, ...]
) -> ParsedDocument:
    absent, substitutes = absence_of(cover, channel)
    if absent is None:
        absent = absence_of_items(items)
    return ParsedDocument(
        family=family,
        channel=channel,
        kind=facts.kind,
        authority=facts.authority,
        body=facts.body,
        date=facts.date,
        place=facts.place,
        start=facts.start,
        end=facts.end,
        access=facts.access,
        meeting=facts.meeting,
        members=members_of(cover),
        absent=absent,
        substitutes=substitutes,
        toc=tuple(parts.toc),
        items=items,
        unread=tuple(Unread(line.number, line.text[:500]) for line in _unread(cover, facts)),
    )


def _kind_of_item(items: tuple[ParsedItem, ...]) -> str | None:
    """One item without any cover, printed from the case system: its decision heading names body and date."""
    if len(items) != 1 or not items[0].decisions:
        return None
    last = items[0].decisions[-1]
    return "item of a referat" if last.body and last.date else None


def _unread(cover: Cover, facts: Facts) -> list[Line]:
    """Lines of the cover that gave no fact: the reader did not understand them, or they are no part of the minutes."""
    return [
        line
        for line in cover.free
        if line.number not in facts.used
        and not (facts.opening and line.text in facts.opening)
        and line.text.removeprefix("i ") != facts.place
        and section_access(line.text) is None
        and read_absence(line.text) == Absence()
    ]


def require_meeting(document: ParsedDocument, lines: list[Line]) -> None:
    """Refuse a text in which nothing of a meeting was found."""
    found = document.kind or document.body or document.items or document.toc
    dated = document.date and (document.place or document.start or document.members is not None)
    if not found and not dated:
        raise UnreadableError(NO_MINUTES)
    if not lines:
        raise UnreadableError(NO_MINUTES)
