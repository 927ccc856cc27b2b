"""Lines that may begin an agenda item: the number styles of the layouts page, section 3. Nothing is decided here."""

import re
from dataclasses import dataclass

from sagsgang.exchange.minutes.blocks import opens_block
from sagsgang.exchange.minutes.grammar import is_case_line
from sagsgang.exchange.minutes.labels import is_item_label
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.titles import NEUTRAL_CLOSED
from sagsgang.exchange.minutes.vocabulary import section_kind

_T = r"(?P<title>\S.*)"
STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("nr", re.compile(rf"Nr\.\s?(?P<no>\d{{1,4}})\s+(?P<case>[A-Z]{{2}} \d{{1,4}}/\d{{2}})\.\s*{_T}")),
    ("nr", re.compile(rf"Nr\.\s?(?P<no>\d{{1,4}})\s?[-–:.]\s*{_T}")),
    ("punkt", re.compile(rf"(?:Punkt|PUNKT)(?: nr\.)? (?P<no>\d{{1,4}})\s?[.:–-]?\s+{_T}")),
    ("punkt", re.compile(rf"(?:Pkt|PKT)\.? ?(?P<no>\d{{1,4}})\s?[.:–-]?\s+{_T}")),
    (
        "access",
        re.compile(
            rf"(?P<no>\d{{1,4}})\.?\s+(?P<access>Åbent?|Lukket)(?! (?:punkt|sag|møde)\b)\s+(?=[A-ZÆØÅ\d\"”]){_T}"
        ),
    ),
    ("access", re.compile(rf"(?P<access>[Åå]bent|[Ll]ukket) (?P<no>\d{{1,4}}) {_T}")),
    ("dot", re.compile(r"(?P<no>\d{1,4})\s?\.\s(?P<title>\S.*)")),
    ("dot", re.compile(r"(?P<no>\d{1,4})\.(?P<title>[A-ZÆØÅ\"”].*)")),
    ("colon", re.compile(rf"(?P<no>\d{{1,4}})\s:\s{_T}")),
    ("paren", re.compile(rf"(?P<no>\d{{1,4}})\)\s?{_T}")),
    ("glued", re.compile(r"(?P<no>\d{1,3})(?P<title>[A-ZÆØÅ][a-zæøå]{2}.*)")),
    ("space", re.compile(r"(?P<no>\d{1,4})\s(?P<title>[A-ZÆØÅ\"”].*)")),
)
CAPITAL_NO = re.compile(r"(?:SAG|PUNKT|Punkt|Pkt\.|Sag) (?:NR\.?|nr\.?)? ?(?P<no>\d{1,4})[.:]?")
SAG_BELOW = re.compile(r"Sag nr\.? (?P<no>\d{1,4})")
LONE_NO = re.compile(r"(?P<no>\d{1,4})\.?")
MONTH_NEXT = re.compile(
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b", re.I
)
NO_TITLE = re.compile(
    r"(?:at|udgår|udgik|blev|er|var|behandles|udsættes|udsat|flyttes|tages|til|af|og|i|kr|mio|pct|%)\b", re.I
)
MAX_TITLE = 320


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line (or two) that reads like a numbered title; `listed` says that it reads like an entry of a list instead."""

    place: int
    no: str
    title: str
    style: str
    used: int = 1
    access: str | None = None
    case: str | None = None
    listed: bool = False

    @property
    def number(self) -> int:
        return int(self.no)


def candidate_at(lines: list[Line], place: int, *, in_contents: bool = False) -> Candidate | None:
    """The candidate at the place, or None."""
    text = lines[place].text
    below = SAG_BELOW.fullmatch(lines[place + 1].text) if place + 1 < len(lines) else None
    if below and len(text) < 250 and text[:1].isupper() and not opens_block(text):
        return Candidate(place, below["no"], text, "below", 2)
    if not text[:1].isdigit() and text[:1] not in "NPSÅLlå":
        return None
    for style, shape in STYLES:
        match = shape.fullmatch(text[: MAX_TITLE + 20])
        if match:
            return _candidate(place, style, match, lines, in_contents)
    return _number_above(lines, place)


def _candidate(place: int, style: str, match: re.Match[str], lines: list[Line], in_contents: bool) -> Candidate | None:
    groups = match.groupdict()
    title = groups["title"].strip()
    if MONTH_NEXT.match(title) or (style in {"space", "glued"} and not _may_lack_dot(lines, place, in_contents)):
        return None
    access = groups.get("access")
    listed = (
        style == "paren"
        or NO_TITLE.match(title) is not None
        or title[:1].islower()
        or title.endswith((";", ","))
        or len(lines[place].text) > MAX_TITLE
        or not any(letter.isalpha() for letter in title)
        or section_kind(title) in {"summary", "presentation", "recommendation"}
    )
    opened = {"å": "open", "l": "closed"}[access[0].casefold()] if access else None
    return Candidate(place, groups["no"], title, style, 1, opened, groups.get("case"), listed)


def _may_lack_dot(lines: list[Line], place: int, in_contents: bool) -> bool:
    """ "59 Title" is a title in a list of contents, as a list item, or when a label of an item follows it."""
    following = lines[place + 1].text if place + 1 < len(lines) else ""
    closed = NEUTRAL_CLOSED.fullmatch(lines[place].text.partition(" ")[2]) is not None
    return closed or in_contents or lines[place].bullet or is_item_label(following) or opens_block(following)


def _number_above(lines: list[Line], place: int) -> Candidate | None:
    """The number alone on its line, or "SAG NR. 1", and the title below it."""
    text = lines[place].text
    lone = CAPITAL_NO.fullmatch(text) or LONE_NO.fullmatch(text)
    if lone is None or place + 2 >= len(lines):
        return None
    title, following = lines[place + 1].text, lines[place + 2].text
    if not title[:1].isupper() or len(title) > 250 or is_item_label(title):
        return None
    if opens_block(title) and not is_case_line(following):
        return None
    if not (is_item_label(following) or opens_block(following)):
        return None
    return Candidate(place, lone["no"], title, "alone", 2)
