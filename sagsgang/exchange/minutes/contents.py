"""The list of contents: what items to expect; closed ones are marked there (layouts page, sections 1, 2 and 4)."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sagsgang.exchange.minutes.blocks import opens_block
from sagsgang.exchange.minutes.candidates import Candidate, candidate_at
from sagsgang.exchange.minutes.labels import is_item_label
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.parsed import ParsedEntry
from sagsgang.exchange.minutes.starts import Key, evidence, key_of
from sagsgang.exchange.minutes.titles import clean_title
from sagsgang.exchange.minutes.vocabulary import CLOSED_SECTION, CONTENTS, COVER_KINDS, OPEN_SECTION, fold

INNER = re.compile(r"\s(?P<no>\d{1,3})\.?\s(?=[A-ZÆØÅ])")


@dataclass(slots=True)
class Contents:
    """The entries, and the lines from `first` up to `end` that the list takes."""

    first: int
    end: int
    entries: list[ParsedEntry] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)
    last: int = 0  # the number of the last entry; a new section may count from the start


def section_access(text: str) -> str | None:
    """What a heading such as "Lukkede punkter" says of all that follows it."""
    folded = fold(text) if len(text) < 60 else ""
    if OPEN_SECTION.fullmatch(folded):
        return "open"
    return "closed" if CLOSED_SECTION.fullmatch(folded) else None


def read_contents(lines: list[Line], candidates: list[Candidate]) -> Contents | None:
    """The list of contents, under its heading or told by titles that come again later."""
    for place, line in enumerate(lines[:400]):
        if len(line.text) < 60 and fold(line.text) in CONTENTS:
            return _listed(lines, place, place + 1)
        if section_access(line.text) and _two_entries(lines, place + 1):
            return _listed(lines, place, place)
    body = next((place for place, line in enumerate(lines) if _is_body(line.text)), len(lines))
    first = _first_repeated([one for one in candidates if len(one.title) < 200], body)
    if first is None:
        first = next((a.place for a, b in pairwise(candidates) if _are_listed(a, b)), None)
    return _listed(lines, first, first) if first is not None else None


def _two_entries(lines: list[Line], place: int) -> bool:
    """Below "Åben dagsorden" two numbered titles on neighbouring lines are a list of contents."""
    if place + 2 > len(lines) - 1:
        return False
    one, other = (candidate_at(lines, near, in_contents=True) for near in (place, place + 1))
    return one is not None and other is not None and not one.listed and other.number == one.number + 1


def _is_body(text: str) -> bool:
    return (opens_block(text) and fold(text) not in {"referat", "protokol"}) or is_item_label(text)


def _are_listed(one: Candidate, other: Candidate) -> bool:
    """ "åbent 12 Title" on neighbouring lines is a list of contents without a heading."""
    return one.access is not None and other.access is not None and other.place == one.place + 1


def _first_repeated(candidates: list[Candidate], body: int) -> int | None:
    """Where the list begins when titles on neighbouring lines above the first heading come again later in the document."""
    listed = [one for one, other in pairwise(candidates) if other.place - one.place <= 2 and other.place <= body]
    first_keys = {key_of(one): one.place for one in reversed(listed)}
    again = [
        first_keys[key] for one in candidates if (key := key_of(one)) in first_keys and one.place > first_keys[key]
    ]
    return min(again) if again else None


def _listed(lines: list[Line], first: int, place: int) -> Contents:
    found = Contents(first, place)
    access: str | None = None
    while place < len(lines):
        text = lines[place].text
        flag = section_access(text)
        candidate = candidate_at(lines, place, in_contents=True)
        if flag:
            access, found.last = flag, 0
        elif candidate and _is_entry(lines, candidate, found):
            _take(found, candidate, access)
            place += candidate.used - 1
        elif candidate or not _goes_on(lines, place, found):
            break
        place += 1
    found.end = place
    return found


def _is_entry(lines: list[Line], candidate: Candidate, found: Contents) -> bool:
    if candidate.number <= found.last or (candidate.listed and not found.keys) or key_of(candidate) in found.keys:
        return False
    found_here = evidence(lines, replace(candidate, access=None))
    return not (found_here.strong or found_here.opening or found_here.closing)


def _take(found: Contents, candidate: Candidate, access: str | None) -> None:
    for no, raw in _flattened(candidate):
        title = clean_title(raw)
        found.last = int(no)
        found.keys.add((int(no), fold(title.text)[:60]))
        found.entries.append(ParsedEntry(no, title.text, title.access or candidate.access or access))


def _flattened(candidate: Candidate) -> list[tuple[str, str]]:
    """Several entries that were printed into one line: "1 First title 2 Second title 3 Third title"."""
    entries = [(candidate.no, candidate.title)]
    for match in INNER.finditer(candidate.title):
        no, start = match["no"], len(candidate.title) - len(entries[-1][1])
        if int(entries[-1][0]) < int(no) <= int(entries[-1][0]) + 10:
            before, after = candidate.title[start : match.start()], candidate.title[match.end() :]
            entries[-1:] = [(entries[-1][0], before), (no, after)]
    return entries if len(entries) > 2 else [(candidate.no, candidate.title)]


def _goes_on(lines: list[Line], place: int, found: Contents) -> bool:
    """A line that is no entry may be a heading of the list or a broken title, as long as an entry follows soon."""
    text = lines[place].text
    if is_item_label(text) or opens_block(text) or fold(text.split(":")[0]) in COVER_KINDS:
        return False
    window = range(place + 1, min(place + 7, len(lines)))
    following = (candidate_at(lines, near, in_contents=True) for near in window)
    return (
        any(one is not None and not one.listed and key_of(one) not in found.keys for one in following)
        and len(text) < 300
    )
