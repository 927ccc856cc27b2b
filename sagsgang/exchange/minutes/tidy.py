"""Lines made ready for reading: site chrome and page marks dropped, glued words parted (layouts page, section 1)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sagsgang.exchange.minutes.grammar import find_date
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.vocabulary import CHROME, MARKS, fold

PAGE_MARK = re.compile(
    r"(?:side|s\.|sidenr\.?)\s?\d{1,4}(?:\s?(?:af|/|of)\s?\d{1,4})?|\d{1,4}\s(?:of|af)\s\d{1,4}|[ivxl]{1,6}\.?"
    r"|[A-Z]:\\\S+|/[A-Z]{3,8}|[_.…*=-]{3,}|[-–]\s?\d{1,3}\s?[-–]",
    re.I,
)
PAGE_BEFORE = re.compile(r"Side\s?\d{1,4}(?:\s?(?:af|/|of)\s?\d{1,4})?\s+(?=[A-ZÆØÅ])")
MARK_BEFORE = re.compile(r"(?:Udskriv|Print)(?=Sags|J\.nr)|fold dette punkt (?:ind|ud)\s+(?=[A-ZÆØÅ])")
RUNNING_HEAD = re.compile(r"(?:Møde i|(?:Åbent? )?(?:Referat|Dagsorden|Beslutningsprotokol|Protokol)\b(?! - ))")
CONTENTS_GLUED = re.compile(
    r"(?P<a>Indholdsfortegnelse:?|Underskriftsark|Underskriftsside|Dagsordenspunkter)(?P<b>\d{1,3}\.?\s.+)", re.S
)
END_GLUED = re.compile(
    r"(?P<a>.*(?:[.:!?)]|\d))(?P<b>Beslutning|Indstilling|Sagsfremstilling|Bilag|Resumé|Resume|Åbne|Lukkede)", re.S
)
TITLE_GLUED = re.compile(
    r"(?P<a>\d{1,4}\.\s?\S.*[a-zæøå)\d])(?P<b>Referat|Beslutning|Resumé|Resume|Sagsfremstilling)", re.S
)
HEADING_GLUED = re.compile(
    r"(?P<a>Beslutning [iI] [A-ZÆØÅ][^.:]{3,80} den \d{2}-\d{2}-\d{4})(?P<b>[A-ZÆØÅ][a-zæøå].*)", re.S
)
GLUES = (CONTENTS_GLUED, END_GLUED, TITLE_GLUED, HEADING_GLUED)
MAX_GLUED = 4000


def tidied(lines: tuple[Line, ...]) -> list[Line]:
    """The lines that carry content; a dropped page part leaves its mark on the line after it."""
    kept: list[Line] = []
    marked = False
    again = _running_heads(lines)
    for line in lines:
        text = line.text
        if text in again:
            if again[text]:
                continue
            again[text] = True
        folded = fold(text) if len(text) < 80 else text
        if folded in MARKS:
            marked = True
        elif not (folded in CHROME or (len(text) < 60 and PAGE_MARK.fullmatch(text) and not _is_content(text))):
            kept += _parted(replace(line, mark=True) if marked else line)
            marked = False
    return kept


def _running_heads(lines: tuple[Line, ...]) -> dict[str, bool]:
    """Lines such as "Møde i Byrådet den 3. maj 2011" that are printed on page after page; the first is kept."""
    heads = Counter(
        line.text for line in lines if len(line.text) < 120 and RUNNING_HEAD.match(line.text) and find_date(line.text)
    )
    return {text: False for text, count in heads.items() if count > 1}


def _is_content(text: str) -> bool:
    """A lone roman letter could be a tick in a table: only page numbers of two letters and more are dropped."""
    return text.upper() in {"X", "I", "V", "C", "D", "L", "M"}


def _parted(line: Line) -> Iterator[Line]:
    text = PAGE_BEFORE.sub("", line.text, count=1) if line.text.startswith("Side") else line.text
    before = MARK_BEFORE.match(text)
    if before:
        line, text = replace(line, mark=True), text[before.end() :]
    for glue in GLUES if len(text) < MAX_GLUED else ():
        match = glue.fullmatch(text)
        if match:
            yield replace(line, text=match["a"].strip())
            yield Line(line.number, match["b"].strip(), 0, False, page=line.page)
            return
    yield line if text is line.text else replace(line, text=text)
