import re
from pathlib import Path

import pytest

from sagsgang.documents import extract
from sagsgang.documents.extract import LockedError, NoTextError, PdfWords, file_words, page_of, pdf_words
from sagsgang.documents.kinds import CSV, DOCX, ODT, PNG, TXT, XLSX
from sagsgang.documents.tests.files import (
    docx_bytes,
    locked_pdf,
    long_pdf,
    odt_bytes,
    ooxml_bytes,
    pdf_bomb,
    picture_bytes,
    xlsx_bytes,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file"


def test_a_pdf_is_read_page_by_page(file: Path) -> None:
    file.write_bytes(long_pdf("Forside", "Indhold", "Budget"))

    assert pdf_words(file) == PdfWords("Forside\fIndhold\fBudget", 3)


def test_a_broken_page_is_named_and_the_others_are_read(file: Path) -> None:
    content = long_pdf("Forside", "Indhold", "Budget")
    kids = re.search(rb"/Kids \[ \d+ 0 R (\d+) 0 R", content)
    assert kids
    file.write_bytes(content[: kids.start(1)] + b"9" * len(kids[1]) + content[kids.end(1) :])

    words = pdf_words(file)

    assert (words.text, words.pages, words.broken) == ("Forside\f\fBudget", 3, (2,))


def test_a_locked_pdf_and_one_that_is_none_give_no_words(file: Path) -> None:
    file.write_bytes(locked_pdf())

    with pytest.raises(LockedError):
        pdf_words(file)

    file.write_bytes(b"%PDF-1.7 nej")

    with pytest.raises(NoTextError, match="cannot be opened"):
        pdf_words(file)


@pytest.mark.long
def test_a_pdf_that_fills_the_memory_harms_only_its_reader(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(pdf_bomb(400_000_000))
    monkeypatch.setattr(extract, "READER_MEMORY", 500 * 1024 * 1024)

    with pytest.raises(NoTextError, match="breaks its reader"):
        pdf_words(file)


def test_a_pdf_that_takes_too_long_is_given_up(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(long_pdf("Forside"))
    monkeypatch.setattr(extract, "READER_LIMIT", 0.01)

    with pytest.raises(NoTextError, match="too long"):
        pdf_words(file)


@pytest.mark.parametrize(
    ("content", "media_type", "words"),
    [
        (docx_bytes("Æbler", "Pærer"), DOCX, ["Æbler", "Pærer"]),
        (xlsx_bytes(), XLSX, ["Anlæg"]),
        (odt_bytes("<text:h>Svar</text:h><text:p>Vi er <text:span>enige</text:span></text:p>"), ODT,
         ["Svar", "Vi er enige"]),
        ("Blåbær".encode(), TXT, ["Blåbær"]),
        ("Blåbær".encode("cp1252"), TXT, ["Blåbær"]),
        ("Blåbær".encode("utf-16"), CSV, ["Blåbær"]),
        (picture_bytes(), PNG, []),
    ],
)  # fmt: skip
def test_other_files_are_read_as_they_stand(file: Path, content: bytes, media_type: str, words: list[str]) -> None:
    file.write_bytes(content)

    assert [line for line in file_words(file, media_type).splitlines() if line] == words


def test_a_broken_office_file_gives_no_words(file: Path) -> None:
    file.write_bytes(ooxml_bytes("x", {"word/document.xml": b"<a>"}))

    with pytest.raises(NoTextError, match="broken"):
        file_words(file, DOCX)


TEXT = "Forside\fIndstil-\nling til byrådet om\nbudget 2027\f\fBilaget slutter her, og\nfortsætter\fpå næste side."


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("Forside", 1),
        ("indstilling til  Byrådet", 2),
        ("Budget 2027", 2),
        ("fortsætter på næste", 4),
        ("på næste side", 5),
        ("står her ikke", None),
        (" – ", None),
        ("", None),
    ],
)
def test_the_page_of_a_quote_is_found(quote: str, page: int | None) -> None:
    assert page_of(TEXT, quote) == page
