"""The lines of one item cut into blocks at its headings and labels; order does not matter (layouts page, section 5)."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from sagsgang.exchange.minutes.decisions import DecisionHeading, decision_heading
from sagsgang.exchange.minutes.labels import labels_of
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.people import STAND_IN, people_of_line, read_people
from sagsgang.exchange.minutes.vocabulary import (
    ABSENCE,
    ATTACHMENTS,
    NONE_WORDS,
    PARTLY_ABSENT,
    SUBSTITUTES,
    fold,
    section_kind,
)

COLON_HEADING = re.compile(r"(?P<word>[A-ZÆØÅ][A-Za-zÆØÅæøåéÉ/ -]{3,40}):\s+(?P<rest>\S.*)", re.S)
GLUED = re.compile(
    r"(?P<word>Sagsfremstilling|Beslutning|Indstilling|Bilag|Fraværende|Resumé|Resume"
    r"|Beslutningstema)(?P<rest>(?:- )?[A-ZÆØÅ].*)",
    re.S,
)


@dataclass(slots=True)
class Block:
    """A run of lines under one heading; `kind` is lead, section, decision, absent, substitutes, attachments or path."""

    kind: str
    heading: str = ""
    section: str = ""
    decision: DecisionHeading | None = None
    lines: list[Line] = field(default_factory=list)
    inline: bool = False  # the first line stood behind the label


def blocks_of(lines: list[Line]) -> list[Block]:
    """All blocks of an item in printed order; the first is the lead, which may be empty."""
    blocks = [Block("lead")]
    listing = False
    for place, line in enumerate(lines):
        opened = _opened(line, listing, lines[place + 1] if place + 1 < len(lines) else None)
        if opened is not None and not _is_who_recommends(opened, blocks[-1]):
            blocks.append(opened)
            if opened.kind in {"section", "decision"}:
                heading = fold(opened.heading)
                listing = heading in {"indstilling og beslutning", "sagens forløb"} or (
                    listing and opened.kind == "decision"
                )
        else:
            _into(blocks, line)
    return blocks


def _is_who_recommends(opened: Block, last: Block) -> bool:
    """ "The director indstiller," right in a recommendation is its first line; alone it is the heading."""
    return opened.section == last.section == "recommendation" and "indstiller" in fold(opened.heading)


def _opened(line: Line, listing: bool, following: Line | None) -> Block | None:
    """The block that a line opens, with the words that stand on the same line already in it."""
    text = line.text
    found = decision_heading(text, in_block=listing)
    if found and _only_listed(text, following):
        found = None
    if found:
        block = Block("decision", text, "", found)
        return _with_rest(block, line, found.rest)
    plain = _plain_heading(text)
    if plain is not None:
        return plain
    for shape in (COLON_HEADING, GLUED):
        match = shape.fullmatch(text) if len(text) < 20_000 else None
        block_ = _word_heading(match["word"]) if match else None
        if match and block_ and not _title_like(match["word"], match["rest"]):
            return _with_rest(block_, line, match["rest"].removeprefix("- "))
    return None


def _plain_heading(text: str) -> Block | None:
    folded = fold(text[:100]) if len(text) <= 100 else ""
    if not folded:
        return None
    if folded in ATTACHMENTS:
        return Block("attachments", text)
    if folded in ABSENCE:
        return Block("absent", text)
    if folded in PARTLY_ABSENT:
        return Block("late", text)
    if folded in SUBSTITUTES:
        return Block("substitutes", text)
    labels = labels_of(text)
    if len(labels) == 1 and labels[0].kind == "path" and not labels[0].value:
        return Block("path", text)
    kind = section_kind(text)
    if kind:
        return Block("section", text, kind)
    return None


def _word_heading(word: str) -> Block | None:
    found = decision_heading(word)
    return Block("decision", word, "", found) if found else _plain_heading(word)


def _only_listed(text: str, following: Line | None) -> bool:
    """A bare date line in the history that nothing follows is a listing of treatments, not a decision."""
    return following is None and text[:1].isdigit()


def _title_like(word: str, rest: str) -> bool:
    """ "Beslutning: Anlægsbevilling til ..." in a list is a title; under an item it is a decision, so only length tells."""
    return (
        fold(word) in {"afbud", "fraværende"}
        and read_people(rest) is None
        and fold(rest) not in NONE_WORDS
        and len(rest) > 200
    )


def _with_rest(block: Block, line: Line, rest: str) -> Block:
    if rest:
        block.lines.append(Line(line.number, rest, 0, False, page=line.page))
        block.inline = True
    return block


def _into(blocks: list[Block], line: Line) -> None:
    """A line goes to the last block; when names or rows have ended, to the block before them."""
    last = blocks[-1]
    if last.kind in {"absent", "substitutes"} and not _belongs(last, line):
        back = next((block for block in reversed(blocks) if block.kind in {"decision", "section", "lead"}), blocks[0])
        blocks.append(Block(back.kind, "", back.section, back.decision, [line]))
        return
    last.lines.append(line)


def _belongs(block: Block, line: Line) -> bool:
    """Names go on under a label as long as every line is names; a value on the label's own line ("Afbud: A") is all."""
    if block.inline and not block.lines[-1].text.endswith((",", " og")):
        return False
    if block.kind == "substitutes":
        return len(line.text) < 200 and (STAND_IN.search(line.text) is not None or bool(read_people(line.text)))
    people = read_people(line.text)
    if people is None and len(line.text) < 200 and STAND_IN.search(line.text):
        return bool(people_of_line(line.text))
    return people is not None if not block.lines else bool(people)


@lru_cache(maxsize=50_000)
def opens_block(text: str) -> bool:
    """Whether a line is a heading of an item's part."""
    return len(text) < 400 and _opened(Line(0, text), False, None) is not None
