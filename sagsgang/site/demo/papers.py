"""Attachments: their numbers in the records system and the text of their files, by the kind of paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sagsgang.site.demo.genres import STORY, Genre, genre_of
from sagsgang.site.demo.shapes import Attachment, FileFormat
from sagsgang.site.demo.words import words

FIRST_DOCUMENT = 3_512_400
DOCX_GENRES = ("notat", "udkast", "referat", "ansøgning", "dagsordenspunkt", "høring")
DOCX_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be written."""

    title: str
    is_closed: bool = False


class Registry:
    """Hands out case numbers, document ids and document numbers, as the records system does."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.documents = FIRST_DOCUMENT + rng.randint(0, 90_000)
        self.cases = dict[int, int]()
        self.journal = dict[int, int]()
        self.files = 0
        self.codewords = [first + last for first in words("kendeord")["first"] for last in words("kendeord")["last"]]
        rng.shuffle(self.codewords)

    def case_number(self, opened: date) -> str:
        """The case is opened some weeks before its first meeting."""
        day = opened - timedelta(days=self.rng.randint(20, 160))
        self.cases[day.year] = self.cases.get(day.year, 900) + self.rng.randint(7, 61)
        return f"{day.year % 100:02}/{self.cases[day.year]:05}"

    def document(self, day: date) -> tuple[str, str]:
        self.documents += self.rng.randint(1, 9)
        self.journal[day.year] = self.journal.get(day.year, 30_000) + self.rng.randint(1, 23)
        return str(self.documents), f"{self.journal[day.year]}/{day.year % 100:02}"

    @property
    def codeword(self) -> str:
        """An internal code word for the next closed case; each is used once."""
        return self.codewords[-1]

    def next_codeword(self) -> None:
        self.codewords.pop()

    def file_key(self) -> str:
        self.files += 1
        return f"bilag-{self.files:04}"


@dataclass(frozen=True, slots=True)
class Story:
    """What the papers of one case draw on; `marker` is the case's code word, in closed papers only.

    `line` fills a text with the case's facts, `declare` draws a fact with a range.
    """

    case_title: str
    paragraphs: tuple[str, ...]
    meeting: date
    marker: str
    line: Callable[[str], str]
    declare: Callable[[str], str]


def write_papers(papers: Sequence[Paper], story: Story, registry: Registry) -> tuple[Attachment, ...]:
    """Number the papers in order; the closed ones get no document id, document number or mark."""
    return tuple(_attachment(number, paper, story, registry) for number, paper in enumerate(papers, 1))


def _attachment(number: int, paper: Paper, story: Story, registry: Registry) -> Attachment:
    genre = genre_of(paper.title)
    for slot in genre.ranges:
        story.declare(slot)
    wordy = genre.key in DOCX_GENRES and registry.rng.random() < DOCX_SHARE
    chosen: FileFormat = "docx" if wordy else "pdf"
    dated = story.meeting - timedelta(days=registry.rng.randint(8, 20))
    rows = tuple(tuple(story.line(cell) for cell in row) for row in genre.rows)
    text = _text(genre, story)
    plain = Attachment(number, paper.title, "open", registry.file_key(), chosen, dated, text, rows)
    if paper.is_closed:
        closing = f"Dokumentet er fortroligt. Internt kendeord: {story.marker}."
        return replace(plain, access="closed", paragraphs=(closing, *text), marker=story.marker)
    document_id, document_number = registry.document(dated)
    return replace(plain, document_id=document_id, document_number=document_number, mark="H")


def _text(genre: Genre, story: Story) -> tuple[str, ...]:
    """The genre's paragraphs, with the case's presentation where it belongs."""
    paragraphs = [f"Bilag til sagen: {story.case_title}."]
    for paragraph in genre.paragraphs:
        paragraphs += story.paragraphs if paragraph == STORY else [story.line(paragraph)]
    return tuple(paragraphs)
