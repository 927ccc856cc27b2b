"""A document cut into cover, contents and items; every family's way to begin an item ends up here."""

import re
from dataclasses import dataclass, field, replace

from sagsgang.exchange.minutes.blocks import opens_block
from sagsgang.exchange.minutes.candidates import Candidate, candidate_at
from sagsgang.exchange.minutes.contents import Contents, read_contents, section_access
from sagsgang.exchange.minutes.items import ItemLines
from sagsgang.exchange.minutes.labels import access_word, is_item_label
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.parsed import ParsedEntry
from sagsgang.exchange.minutes.starts import is_case_label, numbered_starts
from sagsgang.exchange.minutes.titles import clean_title
from sagsgang.exchange.minutes.unnumbered import unnumbered_items
from sagsgang.exchange.minutes.vocabulary import fold

CASE_AT_END = re.compile(r"\s(?P<case>\d{2}/\d{2,6})$")  # in a flattened page the number below the title is part of it
SIGNATURES = frozenset(
    {"underskriftsside", "underskriftsark", "underskrifter", "underskriftsblad"}
)  # the names below sign


@dataclass(slots=True)
class Cut:
    """The three parts of a document; `between` are lines of the contents that are no entry."""

    cover: list[Line]
    items: list[ItemLines]
    toc: list[ParsedEntry] = field(default_factory=list)
    between: list[Line] = field(default_factory=list)


def cut(lines: list[Line], channel: str) -> Cut:
    """Numbered items if any number is confirmed, else the unnumbered ways of the layouts page, section 3."""
    candidates = [one for place in range(len(lines)) if (one := candidate_at(lines, place))]
    contents = read_contents(lines, candidates)
    if channel == "docplayer" and contents and contents.entries:
        lines = lines[: contents.end] + _titles_parted(lines[contents.end :], contents)
        candidates = [one for place in range(len(lines)) if (one := candidate_at(lines, place))]
    after = _body_start(lines, contents, channel)
    starts = numbered_starts(lines, candidates, contents.keys if contents else set(), after)
    if channel == "docplayer":
        starts = sorted([*starts, *_page_tops(lines, starts, after)], key=lambda one: one.place)
    if starts:
        return _cut_at(lines, starts, contents)
    cover_end, items = unnumbered_items(lines, contents.end if contents else 0)
    return Cut(_cover(lines[:cover_end], contents), items, contents.entries if contents else [])


def _titles_parted(lines: list[Line], contents: Contents) -> list[Line]:
    """In a flattened page the title runs into the text; the contents tell where it ends."""
    titles = {entry.no: entry.title for entry in contents.entries if entry.no}
    parted: list[Line] = []
    for line in lines:
        number, _, rest = line.text.partition(". ")
        title = titles.get(number)
        if title and rest.startswith(f"{title} "):
            head = f"{number}. {title}"
            parted += [replace(line, text=head), Line(line.number, line.text[len(head) :].strip(), 0, page=line.page)]
        else:
            parted.append(line)
    return parted


def _page_tops(lines: list[Line], starts: list[Candidate], after: int) -> list[Candidate]:
    """Titles whose number was taken for a page number and lost: first on a page, a label of an item right below."""
    taken = {start.place for start in starts}
    return [
        Candidate(place, "", lines[place].text, "page")
        for place in range(max(after, 1), len(lines) - 1)
        if place not in taken
        and lines[place - 1].page != lines[place].page
        and lines[place].text[:1].isupper()
        and len(lines[place].text) < 200
        and is_item_label(lines[place + 1].text)
        and not (
            opens_block(lines[place].text) or is_item_label(lines[place].text) or section_access(lines[place].text)
        )
    ]


def _body_start(lines: list[Line], contents: Contents | None, channel: str) -> int:
    """Behind the contents; in flattened pages a list whose numbers are lost still ends with its page."""
    if contents is None:
        return 0
    if channel == "docplayer":
        page = lines[contents.first].page
        contents.end = next(
            (place for place in range(contents.end, len(lines)) if lines[place].page != page), len(lines)
        )
    return contents.end if contents.entries else max(contents.end, contents.first + 1)


def _cover(lines: list[Line], contents: Contents | None) -> list[Line]:
    """The lines before the first item without the list of contents."""
    return [line for place, line in enumerate(lines) if contents is None or not contents.first <= place < contents.end]


def _cut_at(lines: list[Line], starts: list[Candidate], contents: Contents | None) -> Cut:
    above = _case_above(lines, starts)
    begins = [start.place - (1 if _has_above(lines, start, above) else 0) for start in starts]
    ends = [*begins[1:], len(lines)]
    access = _flag(lines[(contents.end if contents else 0) : begins[0]], None)
    listed = {(entry.no, fold(entry.title)): entry.access for entry in contents.entries} if contents else {}
    items: list[ItemLines] = []
    for start, begin, end in zip(starts, begins, ends, strict=True):
        body = lines[start.place + start.used : end]
        body = body[: next((place for place, line in enumerate(body) if fold(line.text[:40]) in SIGNATURES), len(body))]
        following = _flag(body, access)
        items.append(_item(lines, start, begin, [line for line in body if section_access(line.text) is None], access))
        items[-1].access = items[-1].access or listed.get((start.no, fold(clean_title(start.title).text)))
        access = following
    toc = contents.entries if contents else []
    return Cut(_cover(lines[: begins[0]], contents), items, toc)


def _has_above(lines: list[Line], start: Candidate, above: bool) -> bool:
    if start.place == 0:
        return False
    text = lines[start.place - 1].text
    return (above and is_case_label(text)) or (start.style == "alone" and access_word(text) is not None)


def _flag(lines: list[Line], access: str | None) -> str | None:
    """The openness after the lines: a section heading holds until the next one."""
    for line in lines:
        access = section_access(line.text) or access
    return access


def _item(lines: list[Line], start: Candidate, begin: int, body: list[Line], access: str | None) -> ItemLines:
    above = lines[begin : start.place]
    if start.case:
        above = [*above, replace(lines[start.place], text=f"Sagsnr.: {start.case}")]
    title, body = _whole_title(start.no, start.title, body)
    tail = CASE_AT_END.search(title) if lines[start.place].page else None
    if tail:
        above, title = [*above, replace(lines[start.place], text=f"Sagsnr.: {tail['case']}")], title[: tail.start()]
    return ItemLines(start.no or None, title, lines[start.place].number, start.access or access, above, body)


def _whole_title(number: str, title: str, body: list[Line]) -> tuple[str, list[Line]]:
    """The title with its wrap in the next line; a title printed twice is one title."""
    if body and body[0].text in {title, f"{number}. {title}"}:
        return title, body[1:]
    wraps = (
        len(body) > 1
        and len(title) > 30
        and body[0].gap == 0
        and not title.endswith(".")
        and body[0].text[:1].islower()
        and len(body[0].text) < 120
        and opens_block(body[1].text)
    )
    return (f"{title} {body[0].text}", body[1:]) if wraps else (title, body)


def _case_above(lines: list[Line], starts: list[Candidate]) -> bool:
    """Whether this document prints the case number above the title (SBSYS): the first clear item tells."""
    for start in starts:
        above = start.place > 0 and is_case_label(lines[start.place - 1].text)
        below = start.place + start.used < len(lines) and is_case_label(lines[start.place + start.used].text)
        if above != below:
            return above
    return False
