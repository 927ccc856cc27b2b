"""Kind, body, date, place and times of a meeting from its cover (layouts page, section 2)."""

import datetime
import re
from dataclasses import dataclass, field
from itertools import pairwise

from sagsgang.exchange.minutes.fields import ROOM, Cover
from sagsgang.exchange.minutes.grammar import WEEKDAY, body_name, find_date, find_times, mend, without_dates
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.vocabulary import fold

_KIND = (
    r"(?:[Åå]bent? |[Ll]ukket )?(?:Tillægsdagsorden|Tillægsreferat|Beslutningsprotokol|Beslutningsreferat"
    r"|Dagsorden|Referat|Protokol"
    r"|Mødeprotokol|Protokoludskrift|Beslutninger|Udskrift|Mødereferat)"
)
KIND = re.compile(rf"\b(?P<kind>{_KIND})\b", re.I)
KINDS = (
    ("tillægsdagsorden", "tillægsdagsorden"), ("beslutningsprotokol", "beslutningsprotokol"), ("protokol", "beslutningsprotokol"),
    ("referat", "referat"), ("beslutninger", "referat"), ("udskrift", "beslutningsprotokol"), ("dagsorden", "dagsorden"),
)  # fmt: skip
SENTENCE = re.compile(
    rf"(?P<kind>{_KIND})\s+(?:til|fra|for|af)\s+(?:\w+ )?mødet? (?:i"
    rf"|for) (?P<body>[^.:]{{3,110}}?),?\s+(?:\w+dag,? )?(?:den|d\.)\s+(?P<rest>.{{6,240}})",
    re.I,
)
PLACE_IN = re.compile(r"\s+i\s+(?P<place>\S.{2,150})")
PLACE_AFTER_TIME = re.compile(r"\bkl\b\.?\s*(?:\d{1,2}(?:[.:]\d{2})?)?,?\s+(?:i|på)\s+(?P<place>\S.{2,100})$")
LONE_TIME = re.compile(r"(?:[Kk]l\.?:?\s*)\d{1,2}[.:]\d{2}(?:\s?[-–]\s?(?:kl\.?\s*)?\d{1,2}[.:]\d{2})?\.?")
HELD = re.compile(r"\bafholdt (?P<body>.{4,60}?) (?:ordinært |ekstraordinært )?møde (?:i|på) (?P<place>[^.]{3,80})")
LEFT_END = re.compile(r"\s[-–]\s|\s\d|, kl|\.\s|\s(?:i|på)\s(?=\S*(?:lokale|sal|rådhus|værelse))", re.I)
FILLERS = re.compile(
    r"\b(?:ordinært|ekstraordinært|konstituerende|møde(?:t|r)? i|mødet?|den|til|fra|for|af|afholdt|kl"
    r"|samlet dokument|åben|lukket|nr)\b\.?|[|]",
    re.I,
)
AUTHORITY = re.compile(
    r"(?P<name>[A-ZÆØÅ][\wæøåÆØÅ]*(?:[- ][A-ZÆØÅ][\wæøåÆØÅ]*){0,2} (?:Kommune|KOMMUNE))\b"
    r"|(?P<region>(?:Region|REGION) [A-ZÆØÅ][\wæøåÆØÅ]+)$"
)
DOWNLOAD = re.compile(r"Download\s+[\"”“](?P<text>.{5,200}?)[\"”“]?")
PUBLISHED = re.compile(r"(?:publiceret|offentliggjort|udskrevet|opdateret|oprettet|udsendt)\b", re.I)
END = re.compile(
    r"\bMøde(?:t)? (?:blev |er )?(?:sluttede|sluttet|hævet|slut|afsluttet|afsluttedes"
    r"|sluttet)(?: kl\b)?\.?:?\s*(?P<t>(?:kl\.?\s?)?\d{1,2}.{0,8})",
    re.I,
)
BEGIN = re.compile(
    r"\bMødet (?:startede|begyndte|påbegyndt|blev sat"
    r"|blev påbegyndt)(?: kl\b)?\.?:?\s*(?P<t>(?:kl\.?\s?)?\d{1,2}.{0,8})",
    re.I,
)
OPEN = re.compile(r"dagsorden åben|åben dagsorden|åbent referat|åben")
CLOSED = re.compile(r"dagsorden lukket|lukket dagsorden|lukket referat|lukket")
BOTH_OPEN = re.compile(r"åben\s?/\s?lukket", re.I)
MAX_HEADLINE = 170


@dataclass(slots=True)
class Facts:
    """What the cover says; None is: it does not say."""

    kind: str | None = None
    body: str | None = None
    date: datetime.date | None = None
    place: str | None = None
    start: datetime.time | None = None
    end: datetime.time | None = None
    access: str | None = None
    meeting: str | None = None
    authority: str | None = None
    opening: str = ""  # the opening sentence, perhaps broken into several lines
    mixed: bool = False  # "Dagsorden Åben / Lukket" says both
    used: set[int] = field(default_factory=set)  # numbers of the head lines that gave a fact


def read_cover(cover: Cover, lines: list[Line], everything: list[Line]) -> Facts:
    """Labels first, then the opening sentence, then head lines; `everything` is searched for the end only."""
    facts = Facts()
    _labels(facts, cover)
    headlines = [line for line in lines if len(line.text) <= MAX_HEADLINE * 2 and not PUBLISHED.match(line.text)]
    facts.mixed = any(BOTH_OPEN.search(line.text) for line in headlines)
    _sentence(facts, " ".join(line.text for line in lines[:14])[:1500])
    for line in headlines[:60]:
        _held(facts, line.text)
        if _headline(facts, mend(line.text)):
            facts.used.add(line.number)
    facts.place = facts.place or _place_below(lines)
    for line in everything:
        _times(facts, line.text)
    return facts


def _held(facts: Facts, text: str) -> None:
    """ "Mandag den 3. maj kl. 18 afholdt <Body> møde i <place>", and a time alone on its line."""
    held = HELD.search(text)
    if held and body_name(held["body"]):
        facts.body, facts.place = facts.body or held["body"], facts.place or held["place"]
    if LONE_TIME.fullmatch(text) and facts.start is None:
        facts.start, facts.end = find_times(text)


def _labels(facts: Facts, cover: Cover) -> None:
    for one in cover.fields:
        text = one.text
        if one.kind == "date" and facts.date is None:
            day = find_date(mend(text))
            facts.date = day[0] if day else None
            facts.start, facts.end = (facts.start, facts.end) if facts.start else find_times(text)
        elif one.kind in {"start", "end"} and text:
            _clock(facts, one.kind, text)
        elif one.kind == "place" and text:
            facts.place = facts.place or text.split("\n")[0].strip(" .|")
        elif one.kind == "body" and text:
            facts.body = facts.body or text.split("\n")[0].strip(" .|")
        elif one.kind == "meeting" and text:
            facts.meeting = facts.meeting or text.split("\n")[0]
            day = find_date(text)
            facts.date = facts.date or (day[0] if day else None)


def _clock(facts: Facts, kind: str, text: str) -> None:
    start, end = find_times(text, loose=True)
    day = find_date(text)
    if day and facts.date is None and kind == "start":
        facts.date = day[0]
    if kind == "end":
        facts.end = facts.end or start
    else:
        facts.start, facts.end = facts.start or start, facts.end or end


def _sentence(facts: Facts, opening: str) -> None:
    """ "Referat til mødet i <Body> den <date> kl. <time> i <place>", in one line or broken into several."""
    match = SENTENCE.search(opening)
    if match is None:
        return
    facts.opening = match.group(0)
    facts.kind = facts.kind or kind_of(match["kind"])
    facts.body = facts.body or body_name(match["body"]) or match["body"].strip()
    day = find_date(match["rest"])
    if day is None or day[1] > 12:
        return
    facts.date = facts.date or day[0]
    start, end = find_times(match["rest"][: day[2] + 30])
    facts.start, facts.end = facts.start or start, facts.end or end


def sentence_place(line: str) -> str | None:
    """The place that ends the sentence on its own line."""
    match = SENTENCE.search(line)
    after = find_date(match["rest"]) if match else None
    if match is None or after is None:
        return None
    place = PLACE_IN.search(match["rest"], after[2])
    return place["place"].strip(" .") if place else None


def _headline(facts: Facts, text: str) -> bool:
    """A head line: what remains without date, time, kind and small words may be the body. Whether it said anything."""
    inner = DOWNLOAD.fullmatch(text)
    text = inner["text"] if inner else text
    facts.place = facts.place or sentence_place(text)
    authority = AUTHORITY.match(text)
    if authority and facts.authority is None:
        facts.authority = authority["name"] or authority["region"]
    if len(text) > MAX_HEADLINE:
        return False
    day = find_date(text)
    kind = _kind_of_line(text, day is not None)
    rest = _body_left(text, authority.end() if authority else 0)
    if kind is None and day is None and rest is None:
        return authority is not None
    if kind and (rest is not None or day or fold(text) == fold(kind[0]) or len(text) < 60):
        facts.kind = facts.kind or kind[1]
        facts.access = facts.access or (None if facts.mixed else _access(fold(text)))
    facts.body = facts.body or rest
    if day and _is_meeting_date(text, rest, kind is not None):
        facts.date = facts.date or day[0]
        if day[0] == facts.date and facts.start is None:
            facts.start, end = find_times(text, loose=rest is not None or WEEKDAY.search(text) is not None)
            facts.end = facts.end or end
        place = PLACE_AFTER_TIME.search(text)
        facts.place = facts.place or (place["place"].strip(" .") if place else None)
    return True


def _kind_of_line(text: str, dated: bool) -> tuple[str, str] | None:
    """The kind word of a line that is a head line and no menu ("Dagsordener og referater"), no sentence."""
    match = KIND.search(text)
    if match is None or (text.endswith((".", "!")) and len(text) > 60):
        return None
    known = kind_of(match["kind"])
    lower = match["kind"][:1].islower()
    return (match["kind"], known) if known and (not lower or dated) else None


def kind_of(word: str) -> str | None:
    """The canonical kind of a printed kind word."""
    folded = fold(word)
    return next((kind for part, kind in KINDS if part in folded), None)


def _access(folded: str) -> str | None:
    if OPEN.search(folded) and CLOSED.search(folded):
        return None
    if re.fullmatch(r"(?:dagsorden|referat) (?:åbent?|lukket)|(?:åbent?|lukket) (?:dagsorden|referat)", folded):
        return "open" if "åben" in folded else "closed"
    return None


def _body_left(text: str, start: int) -> str | None:
    whole = body_name(text)
    if whole and not KIND.search(text):
        return whole
    rest = KIND.sub(" ", WEEKDAY.sub(" ", without_dates(text[start:])))
    rest = re.sub(r"\b(?:kl\.?\s*:?\s*)?\d{1,2}[.:]\d{2}(?::\d{2})?(?:\s?[-–]\s?\d{1,2}[.:]\d{2})?", " ", rest)
    rest = " ".join(FILLERS.sub(" ", rest).split()).strip(" -–:.,/")
    rest = LEFT_END.split(rest)[0].strip(" -–:.,")
    own = re.fullmatch(r"(.{4,60}[a-zæøå]t)s", rest)
    return body_name(rest) or (body_name(own.group(1)) if own else None)


def _is_meeting_date(text: str, body: str | None, kind: bool) -> bool:
    """A date counts with a body, a kind, a weekday or a time beside it, or alone on its line."""
    rest = without_dates(text)
    return (
        body is not None
        or kind
        or WEEKDAY.search(text) is not None
        or find_times(text)[0] is not None
        or not rest.strip(" .,-kl")
    )


def _place_below(lines: list[Line]) -> str | None:
    """The line right below date and time, if it names a room (Fredensborg and Ringkøbing print no label)."""
    for line, following in pairwise(lines):
        dated = find_date(line.text) is not None and find_times(line.text, loose=True)[0] is not None
        if (dated or LONE_TIME.fullmatch(line.text)) and len(line.text) < 80:
            text = following.text.removeprefix("i ")
            fits = (
                len(text) < 120
                and ROOM.search(text)
                and ":" not in text
                and not body_name(text)
                and not text.endswith(".")
            )
            return text if fits and not KIND.match(text) else None
    return None


def _times(facts: Facts, text: str) -> None:
    if facts.end is None and "øde" in text[:2000]:
        match = END.search(text[:2000])
        facts.end = find_times(match["t"], loose=True)[0] if match else None
    if facts.start is None and "Mødet" in text[:2000]:
        match = BEGIN.search(text[:2000])
        facts.start = find_times(match["t"], loose=True)[0] if match else None
