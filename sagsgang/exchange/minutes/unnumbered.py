"""Items without a number: label tables, "Åben" lines, case lines, single pages (layouts page, section 10)."""

import re

from sagsgang.exchange.minutes.attachments import LINKS
from sagsgang.exchange.minutes.blocks import opens_block
from sagsgang.exchange.minutes.decisions import decision_heading
from sagsgang.exchange.minutes.grammar import body_name, find_date, find_times
from sagsgang.exchange.minutes.items import ItemLines
from sagsgang.exchange.minutes.labels import access_word, is_item_label, labels_of
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.people import read_people
from sagsgang.exchange.minutes.starts import is_case_label
from sagsgang.exchange.minutes.vocabulary import COVER_KINDS, LABEL_KINDS, fold

KIND_WORD = re.compile(r"\b(?:referat|dagsorden|protokol|beslutningsprotokol|beslutningsreferat)\b", re.I)
SENTENCE = re.compile(r"[.!?]$")


def unnumbered_items(lines: list[Line], after: int) -> tuple[int, list[ItemLines]]:
    """Where the cover ends, and the items; none is made up where nothing shows one."""
    for cut in (_at_case_labels, _at_access_lines):
        places = cut(lines, after)
        if places:
            return places[0], [_item(lines, a, b) for a, b in zip(places, [*places[1:], len(lines)], strict=True)]
    return _single(lines, after)


def _at_case_labels(lines: list[Line], after: int) -> list[int]:
    """Label tables: a line with a case label (its value may be empty) begins every item."""
    places = [place for place in range(after, len(lines)) if _has_case_label(lines[place].text)]
    if len(places) == 1 and _title_above(lines, places[0], after):
        return []
    return places


def _has_case_label(text: str) -> bool:
    labels = labels_of(text)
    return bool(labels) and labels[0].kind == "case" and ":" in text


def _at_access_lines(lines: list[Line], after: int) -> list[int]:
    """A lone "Åben" begins every item of a page that prints no titles; a title above it would make it a label."""
    places = [place for place in range(after, len(lines)) if access_word(lines[place].text)]
    alone = [place for place in places if place + 1 < len(lines) and opens_block(lines[place + 1].text)]
    if not alone or any(_title_above(lines, place, after) for place in alone):
        return []
    return alone


def _item(lines: list[Line], start: int, end: int) -> ItemLines:
    head, body = lines[start], lines[start + 1 : end]
    title = None
    if body and _is_title_below(lines, start):
        title, body = body[0].text, body[1:]
    return ItemLines(None, title, head.number, None, [head], body)


def _is_title_below(lines: list[Line], place: int) -> bool:
    """A short line between the case line and a label or a table of codes is the title (SBSYS viewer)."""
    title, following = lines[place + 1].text, lines[place + 2].text if place + 2 < len(lines) else ""
    if not is_case_label(lines[place].text) or opens_block(title) or is_item_label(title) or len(title) > 250:
        return False
    if not title[:1].isupper() or SENTENCE.search(title):
        return False
    return (
        opens_block(following)
        or is_item_label(following)
        or _starts_ignored(following)
        or re.fullmatch(r"[A-ZÆØÅ]{2,4}", following) is not None
    )


def _starts_ignored(text: str) -> bool:
    return LABEL_KINDS.get(fold(text.split(":")[0])) == "ignored"


def _title_above(lines: list[Line], place: int, after: int) -> bool:
    return place > after and _may_be_title(lines[place - 1].text)


def _may_be_title(text: str) -> bool:
    """A line that is no fact of the cover, no heading and no sentence."""
    folded = fold(text)
    return (
        3 < len(text) <= 250
        and text[:1].isalnum()
        and not text[:1].islower()
        and not SENTENCE.search(text)
        and not opens_block(text)
        and not is_item_label(text)
        and folded not in COVER_KINDS
        and folded not in LINKS
        and fold(text.split(":")[0]) not in COVER_KINDS
        and body_name(text) is None
        and not read_people(text)
        and not (find_date(text) and len(text) < 60)
        and find_times(text)[0] is None
        and not (len(text) < 80 and KIND_WORD.search(text) and not folded.startswith("godkendelse"))
    )


def _single(lines: list[Line], after: int) -> tuple[int, list[ItemLines]]:
    """A page that holds one item: its title is the last possible line above the first heading or "Åben Sag"."""
    first = next((place for place in range(after, len(lines)) if _begins_body(lines[place].text)), None)
    if first is None or not any(_begins_body(line.text) for line in lines[first:]):
        return len(lines), []
    linked = next((place for place in range(after, first) if fold(lines[place].text) == "se alle bilag"), first)
    lead = linked if linked > after and _may_be_title(lines[linked - 1].text) else first
    while (
        lead > after
        and not _may_be_title(lines[lead - 1].text)
        and not _is_cover(lines[lead - 1].text)
        and first - lead < 6
    ):
        lead -= 1
    titled = lead > after and _may_be_title(lines[lead - 1].text)
    title_place = lead - 1 if titled else first
    if titled and title_place > after and lines[title_place - 1].text == lines[title_place].text:
        title_place -= 1
    if not titled:
        return first, [ItemLines(None, None, lines[first].number, None, [], lines[first:])]
    title = lines[title_place].text
    return title_place, [
        ItemLines(None, title, lines[title_place].number, None, [], lines[lead:])
    ]  # the title may stand twice


def _begins_body(text: str) -> bool:
    return (opens_block(text) and fold(text.split(":")[0]) not in COVER_KINDS and fold(text) != "referat") or (
        access_word(text) is not None
        or (decision_heading(text) is not None and fold(text) not in {"referat", "protokol"})
    )


def _is_cover(text: str) -> bool:
    if len(text) > 90 or SENTENCE.search(text):
        return False
    return fold(text.split(":")[0]) in COVER_KINDS or body_name(text) is not None or find_date(text) is not None
