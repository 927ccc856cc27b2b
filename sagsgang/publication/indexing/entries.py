"""The words by which an item, its decision and its files are found: pure, from the released document alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sagsgang.documents.extract import PAGE_BREAK
from sagsgang.documents.richtext import to_plain
from sagsgang.publication.document import ItemDocument, Section
from sagsgang.publication.indexing.compounds import parts_of
from sagsgang.publication.indexing.words import cleaned, counted_words, other_spellings

LARGEST_PIECE = 90_000  # signs: PostgreSQL counts no place of a word beyond the 16,383rd
_RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class EntryWords:
    """One entry: title, what was decided or recommended (`strong`), the rest (`text`), parts of compounds, all words.

    `first_page` is the page on which a piece of a file begins; None where there are no pages.
    """

    title: str
    strong: str
    text: str
    parts: str
    words: list[str]
    first_page: int | None = None


def item_words(item: ItemDocument) -> list[EntryWords]:
    """All that is released of an item or sub-item, without its sub-items: one entry, more for a very long text."""
    strong = "\n".join([*_recommendations(item), *_decisions(item)])
    rest = "\n".join(line for line in (strong[LARGEST_PIECE:], *_rest(item)) if line)
    return [
        _entry(item.title, "" if n else strong[:LARGEST_PIECE], piece) for n, (_, piece) in enumerate(_pieces(rest))
    ]


def decision_words(item: ItemDocument) -> EntryWords | None:
    """What was decided; None where nothing is said of it."""
    strong = "\n".join(_decisions(item))
    return _entry(item.title, strong[:LARGEST_PIECE], "") if strong else None


def meeting_words(title: str, lines: Iterable[str]) -> EntryWords:
    """What is said of a meeting as a whole, its `title` being the body and the day."""
    return _entry(title, "", "\n".join(line for line in lines if line)[:LARGEST_PIECE])


def file_words(title: str, text: str, *, paged: bool) -> list[EntryWords]:
    """The words of a released file in pieces of whole pages; the first page of each is told where there are pages."""
    pieces = list(_pieces(cleaned(text))) or [(1, "")]
    return [_entry(title, "", piece, page if paged else None) for page, piece in pieces]


def _entry(title: str, strong: str, text: str, first_page: int | None = None) -> EntryWords:
    title, strong, text = cleaned(title), cleaned(strong), cleaned(text)
    whole = "\n".join((title, strong, text))
    words = counted_words(whole)
    parts = {part for word in words for part in parts_of(word)}
    parts.update(other_spellings(whole))
    return EntryWords(title, strong, text, " ".join(sorted(parts)), words, first_page)


def _recommendations(item: ItemDocument) -> Iterator[str]:
    for section in item.sections:
        if section.kind == _RECOMMENDATION:
            yield from _section(section)


def _decisions(item: ItemDocument) -> list[str]:
    told = [to_plain(decision.html) for decision in item.decisions]
    votes = [words for vote in item.votes for words in (vote.sentence, *vote.votes)]
    return [words for words in (*told, *votes, *item.after) if words]


def _rest(item: ItemDocument) -> Iterator[str]:
    for section in item.sections:
        if section.kind != _RECOMMENDATION:
            yield from _section(section)
    yield from item.record
    if item.withheld:
        yield from (item.withheld.ground, item.withheld.reason, to_plain(item.withheld.extract))
    yield item.late_reason
    yield item.case_number
    yield from (line.title for line in item.attachments or ())


def _section(section: Section) -> Iterable[str]:
    yield section.heading
    yield to_plain(section.html)
    yield from (f"{point.marker} {point.text}".strip() for point in section.points)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(page, words) with as many whole pages as fit; a page that is too long by itself is cut. One piece at least."""
    begun, held = 1, ""
    for number, page in enumerate(text.split(PAGE_BREAK), start=1):
        for at in range(0, len(page) or 1, LARGEST_PIECE):
            part = page[at : at + LARGEST_PIECE]
            if held and len(held) + len(part) > LARGEST_PIECE:
                yield begun, held
                begun, held = number, part
            else:
                held = held + PAGE_BREAK + part if number > begun or held else part
    yield begun, held
