"""The labelled facts of a cover (section 2): label and value on one line, on two, or all values after all labels."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sagsgang.exchange.minutes.contents import section_access
from sagsgang.exchange.minutes.grammar import WEEKDAY, find_date, find_times
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.people import read_people
from sagsgang.exchange.minutes.vocabulary import COVER_KINDS, fold

LISTS = frozenset({"members", "guests", "absent", "substitutes", "remarks", "ignored"})
_WORDS = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(COVER_KINDS, key=len, reverse=True))
WITH_COLON = re.compile(rf"(?:^|(?<=[\s,;|.]))(?P<label>{_WORDS})\.?\s*[:|]\s*", re.I)
_PLAIN = (
    r"Mødedato|Mødetidspunkt|Mødelokale|Mødested|Starttidspunkt(?: for møde)?|Sluttidspunkt(?: for møde)?"
    r"|Møde lokation"
)
_PLAIN_START = (
    rf"{_PLAIN}|Medlemmer|Deltagere|Mødedeltagere|Øvrige indkaldte|Fraværende|Afbud fra|Mødet hævet(?: kl)?"
    rf"|Mødet sluttede(?: kl)?|Mødet slut"
    r"|Mødet startede(?: kl)?|Mødet påbegyndt(?: kl)?|Tidspunkt|Lokale|Sted|Dato|Stedfortræder"
    r"|Bemærkninger|Start kl|Slut kl|Møde nr|Møde slut"
)
PLAIN = re.compile(rf"(?:^(?P<first>{_PLAIN_START})|(?<=\s)(?P<later>{_PLAIN}))\b\.?\s+(?=\S)")
FILLED: dict[str, Callable[[str], object]] = {
    "date": find_date,
    "start": lambda text: find_times(text, loose=True)[0],
    "end": lambda text: find_times(text, loose=True)[0],
}
MAX_PENDING = 12  # no cover prints more labels in a row
LEADING_TIME = re.compile(r"(?:[Kk]l\.?:?\s*)?\d{1,2}[.:]\d{2}(?=\s|$)")
ROOM = re.compile(
    r"\b[\wæøåÆØÅ]*(?:sal|salen|lokalet?|rådhus(?:et)?|værelset?|stuen?|kantinen?|skolen?|center|centret"
    r"|centeret|huset?|gården?|kontoret?"
    r"|biblioteket?|hallen?|kro|hotel|teams|skype|webex|zoom|virtuelt?|gade|vej|torv|plads|rummet)\b",
    re.I,
)


@dataclass(slots=True)
class Field:
    """One label of the cover and the lines that hold its value."""

    kind: str
    label: str
    number: int
    values: list[Line] = field(default_factory=list)
    inline: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.values)


@dataclass(slots=True)
class Cover:
    """All labelled fields, the lines without a label, and the run of names under several labels at once."""

    fields: list[Field] = field(default_factory=list)
    free: list[Line] = field(default_factory=list)
    run: list[Line] = field(default_factory=list)

    def of(self, kind: str) -> list[Field]:
        return [one for one in self.fields if one.kind == kind]


def read_fields(lines: list[Line]) -> Cover:
    """The cover, label by label."""
    cover = Cover()
    pending: list[Field] = []
    for line in lines:
        if section_access(line.text):
            pending.clear()
            continue
        parts = _labelled_parts(line)
        if parts is None or _is_room(parts, pending, line.text):
            _value(cover, pending, line)
            continue
        for kind, label, value in parts:
            _label(cover, pending, Field(kind, label, line.number), value, line)
    return cover


def _is_room(parts: list[tuple[str, str, str]], pending: list[Field], text: str) -> bool:
    """ "Mødested" and below it "Mødelokale 5": the second is no label but the place."""
    return (
        len(parts) == 1
        and parts[0][0] == "place"
        and ":" not in text
        and "place" in {one.kind for one in pending if not one.values}
    )


def _labelled_parts(line: Line) -> list[tuple[str, str, str]] | None:
    """(kind, label, value) for every label of the line; None when the line does not begin with one."""
    text = line.text
    if len(text) > 6000:
        return None
    whole = COVER_KINDS.get(fold(text)) if len(text) < 40 else None
    if whole and (
        text.isupper()
        or fold(text) not in {"do", "dag", "start", "slut", "møde", "øvrige", "nb", "mødt", "mødte", "deltog", "tid"}
    ):
        return [(whole, text, "")]
    if not (PLAIN.match(text) or ((":" in text or "|" in text) and WITH_COLON.match(text))):
        return None
    cuts = [
        (m.start(), m.end(), m["label"])
        for m in WITH_COLON.finditer(text)
        if m.start() == 0 or m["label"][:1].isupper()
    ]
    cuts += [(m.start(), m.end(), m["first"] or m["later"]) for m in PLAIN.finditer(text) if _fits(m, text)]
    cuts = sorted(set(cuts))
    cuts = [
        one
        for place, one in enumerate(cuts)
        if place == 0 or one[0] > cuts[place - 1][1] or ":" in text[one[0] : one[1]]
    ]
    if not cuts or cuts[0][0] != 0:
        return None
    ends = [one[0] for one in cuts[1:]] + [len(text)]
    return [
        (COVER_KINDS[fold(label)], label, text[end:stop].strip(" |,;"))
        for (_, end, label), stop in zip(cuts, ends, strict=True)
    ]


def _fits(match: re.Match[str], text: str) -> bool:
    """A label without a colon needs a value of its kind behind it, else it is the first word of a sentence."""
    kind = COVER_KINDS.get(fold(match["first"] or match["later"]))
    value = text[match.end() : match.end() + 60]
    if kind in FILLED:
        return FILLED[kind](value) is not None or find_date(value) is not None
    if kind in {"members", "absent", "guests", "substitutes"}:
        return value[:1].isupper()
    return (kind == "place" and not value[:1].isdigit()) or (
        kind == "meeting" and any(letter.isdigit() for letter in value[:8])
    )


def _label(cover: Cover, pending: list[Field], new: Field, value: str, line: Line) -> None:
    cover.fields.append(new)
    pending[:] = [one for one in pending if not one.values][-MAX_PENDING:]
    if not value:
        pending.append(new)
        return
    piece = Line(line.number, value, 0, page=line.page)
    kinds = {one.kind for one in pending}
    if new.kind in {"absent", "members"} and kinds & {"members", "place"} and line.page:
        pending.append(new)
        _spread(cover, pending, piece)
        return
    pending.clear()
    new.values.append(piece)
    new.inline = True
    if new.kind in LISTS:
        pending.append(new)


def _value(cover: Cover, pending: list[Field], line: Line) -> None:
    """A line without a label: the value of the label above it, or of one of several empty labels above it."""
    if not pending:
        cover.free.append(line)
    elif len(pending) > 1:
        _spread(cover, pending, line)
    elif pending[0].kind in LISTS:
        _list_value(cover, pending, line)
    elif _may_hold(pending[0].kind, line.text):
        pending.pop().values.append(line)
    else:
        pending.clear()
        cover.free.append(line)


def _list_value(cover: Cover, pending: list[Field], line: Line) -> None:
    people = read_people(line.text)
    sentence = pending[0].kind in {"remarks", "substitutes", "absent", "members"} and len(line.text) < 400
    if people is not None or (sentence and not _is_headline(line)):
        pending[0].values.append(line)
    else:
        pending.clear()
        cover.free.append(line)


def _is_headline(line: Line) -> bool:
    return (find_date(line.text) is not None and len(line.text) < 80) or line.mark


def _may_hold(kind: str, text: str) -> bool:
    if kind in FILLED:
        return len(text) < 120 and (FILLED[kind](text) is not None or (kind != "date" and find_date(text) is not None))
    return len(text) < 160


def _spread(cover: Cover, pending: list[Field], line: Line) -> None:
    """Values that follow several labels find theirs by what they are: a date, a time, a place, names."""
    text = _spread_long(pending, line) if len(line.text) >= 80 else line.text
    for one in [one for one in pending if one.kind in FILLED and not one.values]:
        if len(text) < 80 and FILLED[one.kind](text) is not None:
            one.values.append(line)
            return
    place = next((one for one in pending if one.kind == "place" and not one.values), None)
    if place is not None and text:
        text = _with_place(place, Line(line.number, text, 0, page=line.page))
    if not text:
        return
    if any(one.kind in {"members", "absent"} for one in pending):
        cover.run.append(Line(line.number, text, 0, page=line.page))
    else:
        cover.free.append(line)


def _spread_long(pending: list[Field], line: Line) -> str:
    """Values that were flattened into one line: what stands before the date is the place, behind it stand the times."""
    text = line.text
    day = next((one for one in pending if one.kind == "date" and not one.values), None)
    found = find_date(text[:200])
    if day and found:
        before = WEEKDAY.sub("", text[: found[1]]).strip(" ,.-")
        day.values.append(Line(line.number, text[found[1] : found[2]], 0, page=line.page))
        place = next((one for one in pending if one.kind == "place" and not one.values), None)
        if place and before and len(before) < 100:
            place.values.append(Line(line.number, before, 0, page=line.page))
        text = text[found[2] :].strip(" ,.-")
    for one in [one for one in pending if one.kind in {"start", "end"} and not one.values]:
        clock = LEADING_TIME.match(text)
        if clock:
            one.values.append(Line(line.number, clock.group(0), 0, page=line.page))
            text = text[clock.end() :].strip(" ,.-")
    return text


def _with_place(place: Field, line: Line) -> str:
    """The place at the head of the values, up to its word for a room, and the words behind it."""
    if read_people(line.text) and not ROOM.search(line.text):
        return line.text
    room = ROOM.search(line.text[:120])
    names = (
        re.search(
            r"\s(?=[A-ZÆØÅ][\wæøå.-]+ (?:[A-ZÆØÅ][\wæøå.-]* ?)+(?:,|\())", line.text[room.end() : room.end() + 60]
        )
        if room
        else None
    )
    if room and names and len(line.text) > 60:
        end = room.end() + names.start()
        place.values.append(Line(line.number, line.text[:end].strip(" ,"), 0, page=line.page))
        return line.text[end:].strip()
    if len(line.text) < 120:
        place.values.append(line)
        return ""
    return line.text
