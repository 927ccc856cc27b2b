"""Which candidates begin an item (layouts page, sections 0.4 and 11.3).

A number alone proves nothing: case texts and decisions are full of numbered lists. A candidate is an item when the
contents list it, when a case number stands above it, when a label of an item follows it, when a page part ended right
before it, or when a heading follows it and it does not go on a list. Numbers rise.
"""

import re
from dataclasses import dataclass

from sagsgang.exchange.minutes.attachments import ICON
from sagsgang.exchange.minutes.blocks import opens_block
from sagsgang.exchange.minutes.candidates import Candidate, candidate_at
from sagsgang.exchange.minutes.labels import is_item_label, labels_of
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.people import read_people
from sagsgang.exchange.minutes.titles import NEUTRAL_CLOSED, clean_title
from sagsgang.exchange.minutes.vocabulary import OPENING, fold, section_kind

PARENTHESIS = re.compile(r"\(.{1,60}\)")
LIST_PREFIX = re.compile(r"(?:åbent|lukket) \d|at ")
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a candidate may be an item: `strong` needs no more, the headings depend on what was before."""

    strong: bool = False
    opening: bool = False
    closing: bool = False


def key_of(candidate: Candidate) -> Key:
    """Number and clean title: how an entry of the contents and the item itself are told to be the same."""
    return candidate.number, fold(clean_title(candidate.title).text)[:60]


def numbered_starts(lines: list[Line], candidates: list[Candidate], listed: set[Key], after: int) -> list[Candidate]:
    """The candidates from place `after` on that are items, in printed order."""
    starts: list[Candidate] = []
    listed = set(listed)
    refused: Candidate | None = None
    for candidate in candidates:
        if candidate.place < after:
            continue
        if starts and candidate.place < starts[-1].place + starts[-1].used:
            continue
        if _is_item(lines, candidate, starts, refused, listed):
            starts.append(candidate)
            listed.discard(key_of(candidate))
            refused = None
        else:
            refused = candidate
    return starts


def _is_item(
    lines: list[Line], it: Candidate, starts: list[Candidate], refused: Candidate | None, listed: set[Key]
) -> bool:
    if it.listed:
        return False
    last = starts[-1].number if starts else None
    if key_of(it) in listed:
        return True
    found = evidence(lines, it)
    if found.strong:
        return last is None or it.number > last or _number_case_above(lines, it)
    if last is not None and not last < it.number <= last + 40:
        return False
    if _goes_on(lines, it, refused) or _is_sentence(it.title):
        return False
    if found.opening:
        return True
    follows = last is None or it.number == last + 1 or it.style == starts[-1].style != "dot"
    if found.closing:
        return follows
    if last is None:
        return NEUTRAL_CLOSED.fullmatch(it.title) is not None
    if it.number != last + 1 or it.style != starts[-1].style:
        return False
    at_end = it.place + it.used >= len(lines) and it.style != "dot"
    bulleted = lines[it.place].bullet and lines[starts[0].place].bullet and lines[starts[-1].place].bullet
    return at_end or bulleted or clean_title(it.title).access == "closed"


def evidence(lines: list[Line], it: Candidate) -> Evidence:
    """What stands around the candidate."""
    if it.case or it.style == "below" or lines[it.place].mark or _number_case_above(lines, it):
        return Evidence(strong=True)
    if _opens_page(lines, it):
        return Evidence(opening=True)
    place = it.place + it.used
    for _ in range(4):
        if place >= len(lines):
            return Evidence(strong=it.access is not None)
        text = lines[place].text
        if is_item_label(text):
            return Evidence(strong=not _belongs_below(lines, place))
        if opens_block(text):
            opening = section_kind(text) in OPENING
            return Evidence(opening=opening, closing=not opening)
        if not _is_passing(text, it):
            return Evidence()
        place += 1
    return Evidence()


def _opens_page(lines: list[Line], it: Candidate) -> bool:
    """A page that holds one item begins with its number and title; the first heading is near."""
    return it.place == 0 and it.style == "dot" and any(opens_block(line.text) for line in lines[1:6])


def _is_passing(text: str, it: Candidate) -> bool:
    """Lines that may stand between the title and the first label: the title again, files, names, a bracket, a wrap."""
    return (
        fold(text) in {fold(it.title), fold(f"{it.no}. {it.title}")}
        or ICON.fullmatch(text) is not None
        or PARENTHESIS.fullmatch(text) is not None
        or bool(len(text) < 200 and read_people(text))
        or (
            text[:1].islower()
            and len(text) < 120
            and not text.endswith((".", ",", ";"))
            and not LIST_PREFIX.match(text)
        )
    )


def _belongs_below(lines: list[Line], place: int) -> bool:
    """A case number right above another candidate is that one's."""
    following = candidate_at(lines, place + 1) if place + 1 < len(lines) else None
    return (
        following is not None
        and not following.listed
        and {label.kind for label in labels_of(lines[place].text)} <= {"case"}
    )


def _number_case_above(lines: list[Line], it: Candidate) -> bool:
    if it.place == 0:
        return False
    text = lines[it.place - 1].text
    if not is_case_label(text):
        return False
    before = candidate_at(lines, it.place - 2) if it.place >= 2 else None
    return before is None or before.listed


def is_case_label(text: str) -> bool:
    """A line that gives a case number and nothing that belongs to a title's other side."""
    kinds = [label.kind for label in labels_of(text)]
    return bool(kinds and kinds[0] == "case") or (not kinds and is_item_label(text) and text[:1].isdigit())


def _goes_on(lines: list[Line], it: Candidate, refused: Candidate | None) -> bool:
    """Whether the candidate is the next entry of a list whose last entry was refused, with no heading between."""
    if refused is None or refused.number != it.number - 1:
        return False
    between = lines[refused.place + 1 : it.place]
    return len(between) > 200 or not any(opens_block(line.text) for line in between)


def _is_sentence(title: str) -> bool:
    """A title of two sentences and more than a line, or one that ends like a told sentence, is text."""
    return len(title) > 160 and re.search(r"[a-zæøå]{3}\. [A-ZÆØÅ]", title) is not None
