"""Headings above decisions in the spellings of the layouts page, section 5: whose, of what date, which point."""

import datetime
import re
from dataclasses import dataclass

from sagsgang.exchange.minutes.grammar import body_name, find_date
from sagsgang.exchange.minutes.vocabulary import BOTH, DECISIONS, fold

MAX_HEADING = 240
TITLE_WORDS = re.compile(r"(?:om|vedr\.?|vedrørende|af|til|fra|[-–])\s", re.I)
WEEKDAY_END = re.compile(r",?\s*(?:man|tirs|ons|tors|fre|lør|søn)dag,?$", re.I)
POINT = re.compile(r"[\s,.]*(?:pkt\.?|punkt|sag nr\.?)\s*(?P<no>\d{1,4})\s*", re.I)

DECISION = re.compile(
    r"(?P<word>beslutning(?:er)?|behandling|afgørelse)\s*(?P<colon>:)?\s+(?P<in>i\s+|fra\s+)?(?P<rest>\S.*)", re.I
)
OWN = re.compile(
    r"(?P<body>[A-ZÆØÅ].{3,90}?)s (?:beslutning|afgørelse|behandling)(?: (?:i|på) mødet?)?(?: d(?:en"
    r"|\.))?\s*(?P<rest>\d.*)?:?",
    re.S,
)
MEETING = re.compile(r"(?P<body>[A-ZÆØÅ].{3,90}?)s møde\s+(?:den\s+)?(?P<rest>\d.*)")
DATE_FIRST = re.compile(r"\d{1,2}-\d{1,2}-\d{4}\s+(?P<body>[A-ZÆØÅ].{3,80}?)(?:\s+påtegning)?")
INLINE = re.compile(r"(?:Beslutning|BESLUTNING)(?:er)?:\s+(?P<text>\S.*)", re.S)


@dataclass(frozen=True, slots=True)
class DecisionHeading:
    """Body and date are None under a bare heading; `rest` is decision text that stands on the same line."""

    body: str | None = None
    date: datetime.date | None = None
    item_no: str | None = None
    rest: str = ""
    with_recommendation: bool = False


def decision_heading(text: str, *, in_block: bool = False) -> DecisionHeading | None:
    """The heading that a line is; `in_block`: the line stands under "Indstilling og beslutning" or "Sagens forløb"."""
    if not text[:1].isupper() and not text[:1].isdigit():
        return None
    folded = fold(text[:60]) if len(text) < 60 else ""
    if folded in DECISIONS:
        return DecisionHeading()
    if folded in BOTH:
        return DecisionHeading(with_recommendation=True)
    if len(text) > MAX_HEADING:
        inline = INLINE.fullmatch(text)
        return DecisionHeading(rest=inline["text"]) if inline else None
    return (
        _named(text)
        or _point(text)
        or _own(text)
        or (_of_block(text) if in_block or text.endswith(":") else None)
        or _inline(text)
    )


def _named(text: str) -> DecisionHeading | None:
    """`Beslutning i <Body> den dd-mm-yyyy`, with and without "i", with the number lost, with a colon."""
    match = DECISION.match(text)
    if match is None or TITLE_WORDS.match(match["rest"]):
        return None
    found = _body_and_date(match["rest"])
    if found is None:
        lone = body_name(match["rest"]) if match["in"] else None
        return DecisionHeading(lone) if lone else None
    return found


def _body_and_date(rest: str) -> DecisionHeading | None:
    day = find_date(rest)
    lost = re.search(r"\s(?:den|DEN|d\.)\s?(?P<mark>:?)\s*(?P<text>\S.*)?$", rest) if day is None else None
    if day:
        body, tail = rest[: day[1]], rest[day[2] :]
    elif lost and (lost["mark"] or not lost["text"]):
        body, tail = rest[: lost.start()], lost["text"] or ""
    else:
        return None
    body = re.sub(r"\s*(?:\bden|\bDEN|\bd\.|\bmøde|,)\s*$", "", WEEKDAY_END.sub("", _cut_den(body))).strip(" ,:")
    point = POINT.match(tail)
    tail = tail[point.end() :] if point else tail
    clean = tail.lstrip(" .")
    if not body or len(body) > 120 or (clean and not clean.startswith(":") and day and body_name(body) is None):
        return None
    if day and clean and not clean.startswith(":"):
        return None
    return DecisionHeading(body, day[0] if day else None, point["no"] if point else None, clean.lstrip(" :").strip())


def _cut_den(body: str) -> str:
    return re.sub(r"\s*(?:den|DEN|d\.)\s*$", "", body.rstrip())


def _point(text: str) -> DecisionHeading | None:
    """`<Body>, d. month yyyy, pkt. N:` as web pages give the decisions of earlier bodies."""
    day = find_date(text)
    if day is None or day[1] < 4:
        return None
    point = POINT.match(text, day[2])
    body = text[: day[1]].rstrip()
    if point is None or (not body.endswith(",") and not text.endswith(":")):
        return None
    tail = text[point.end() :].strip()
    body = WEEKDAY_END.sub("", _cut_den(body.rstrip(", "))).rstrip(", ")
    if (tail and not tail.startswith(":")) or len(body) > 90 or body.count(".") > 1:
        return None
    return DecisionHeading(body, day[0], point["no"], tail.lstrip(": "))


def _own(text: str) -> DecisionHeading | None:
    """`<Body>s beslutning i mødet den ...`, `<Body>s møde 25. september 2006 Punkt 1: text`."""
    for shape in (OWN, MEETING):
        match = shape.fullmatch(text)
        body = body_name(match["body"]) if match else None
        if match is None or body is None:
            continue
        day = find_date(match["rest"] or "")
        tail = (match["rest"] or "")[day[2] :] if day else ""
        point = POINT.match(tail)
        rest = (tail[point.end() :] if point else tail).lstrip(" :.")
        if shape is MEETING and not point:
            return None
        return DecisionHeading(body, day[0] if day else None, point["no"] if point else None, rest)
    return None


def _of_block(text: str) -> DecisionHeading | None:
    """`<Body> den d. month yyyy:` and `dd-mm-yyyy <Body>`, which mean a decision only in their own block."""
    day = find_date(text)
    if day is None or text[day[2] :].strip(" :."):
        first = DATE_FIRST.fullmatch(text)
        body = first["body"] if first and (body_name(first["body"]) or " " not in first["body"]) else None
        return DecisionHeading(body, day[0]) if body and day else None
    body = body_name(WEEKDAY_END.sub("", _cut_den(text[: day[1]])).strip(" ,"))
    return DecisionHeading(body, day[0]) if body else None


def _inline(text: str) -> DecisionHeading | None:
    match = INLINE.fullmatch(text)
    return DecisionHeading(rest=match["text"]) if match else None
