"""Titles without the marks around them (layouts page, sections 3, 4): closed or open, kind of point, page number."""

import re
from dataclasses import dataclass

CLOSED_BEFORE = re.compile(
    r"(?:LUKKET PUNKT|[Ll]ukket punkt|LUKKET SAG|[Ll]ukket sag|LUKKET|Lukket)\s?[:\-–.]\s*(?=\S)"
)
OPEN_BEFORE = re.compile(r"(?:ÅBENT PUNKT|[Åå]bent punkt|ÅBEN SAG|[Åå]ben sag|ÅBENT?|Åbent?)\s?[:\-–]\s*(?=\S)")
CLOSED_AFTER = re.compile(
    r"(?:\s*[-–]\s*(?:[Ll]ukket(?: punkt| sag)?|LUKKET(?: PUNKT| SAG)?)|\s*\((?:[Ll]ukket(?: punkt| sag)?"
    r"|LUKKET)\)|(?:\s*\.{2,}\s*|(?<=[a-zæøå)\d])\s?)LUKKET)$"
)
OPEN_AFTER = re.compile(r"(?:\s*[-–]\s*[Åå]ben(?:t punkt| sag)|\s*\([Åå]ben(?:t|t punkt| sag)?\))$")
LEADER = re.compile(r"\s?(?:\.{3,}|…+|_{3,}|(?:\. ){3,})[\s.]*\d{0,4}$")
KIND = re.compile(
    r"\s*\((?:[BOCDFHIPT]|Beslutning|Orientering|Drøftelse|høring|bevilling|Genoptaget|[Bb]eslutningssag"
    r"|[Oo]rienteringssag|\s?)\)$"
)
GLUED = re.compile(r"\s*(?:Klik her for at folde (?:ud|ind).*|Kopier link til punktet.*|Læs mere$)", re.I)
NEUTRAL_CLOSED = re.compile(r"(?:LUKKET|[Ll]ukket) (?:PUNKT|SAG|punkt|sag)\.?|LUKKET")


@dataclass(frozen=True, slots=True)
class Title:
    """The clean words and what a mark said of openness."""

    text: str
    access: str | None


def clean_title(raw: str) -> Title:
    """The title without marks; a title that is nothing but "Lukket punkt" stays, since it is all that is printed."""
    text = LEADER.sub("", GLUED.sub("", raw)).strip()
    if NEUTRAL_CLOSED.fullmatch(text):
        return Title(text, "closed")
    access = None
    for shape, found in ((CLOSED_BEFORE, "closed"), (OPEN_BEFORE, "open")):
        before = shape.match(text)
        if before:
            text, access = text[before.end() :], found
    for shape, found in ((CLOSED_AFTER, "closed"), (OPEN_AFTER, "open")):
        after = shape.search(text)
        if after and after.start():
            text, access = text[: after.start()], found
    text = LEADER.sub("", text)
    return Title(KIND.sub("", text).strip() or raw.strip(), access)
