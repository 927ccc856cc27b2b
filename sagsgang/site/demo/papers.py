"""Attachments: their numbers in the records system and the text of their files, by the kind of paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sagsgang.site.demo.shapes import Attachment, FileFormat
from sagsgang.site.demo.words import words

FIRST_DOCUMENT = 3_512_400
DOCX_WORDS = ("Notat", "Udkast", "Høringssvar", "Referat", "Ansøgning", "Skabelon", "Brev", "Indstilling")
DOCX_SHARE = 0.75


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
        self.codewords = [
            first + last for first in words("kendeord")["first"] for last in words("kendeord")["last"]
        ]
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
    """What the papers of one case draw on; `marker` is the case's code word, in closed papers only."""

    case_title: str
    paragraphs: tuple[str, ...]
    meeting: date
    marker: str


def write_papers(papers: Sequence[Paper], story: Story, registry: Registry) -> tuple[Attachment, ...]:
    """Number the papers in order; the closed ones get no document id, document number or mark."""
    return tuple(_attachment(number, paper, story, registry) for number, paper in enumerate(papers, 1))


def _attachment(number: int, paper: Paper, story: Story, registry: Registry) -> Attachment:
    wordy = paper.title.split()[0] in DOCX_WORDS
    chosen: FileFormat = "docx" if wordy and registry.rng.random() < DOCX_SHARE else "pdf"
    dated = story.meeting - timedelta(days=registry.rng.randint(8, 20))
    paragraphs = (f"Bilag til sagen: {story.case_title}.", *story.paragraphs)
    plain = Attachment(number, paper.title, "open", registry.file_key(), chosen, dated, paragraphs)
    if paper.is_closed:
        closing = f"Dokumentet er fortroligt. Internt kendeord: {story.marker}."
        return replace(plain, access="closed", paragraphs=(closing, *paragraphs), marker=story.marker)
    document_id, document_number = registry.document(dated)
    return replace(plain, document_id=document_id, document_number=document_number, mark="H")
