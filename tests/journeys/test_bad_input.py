"""Whatever is handed to the importer: a sentence in Danish and exit code 2, or a meeting; never half a meeting."""

import io
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest

from sagsgang.bodies.models import Authority, Body, Person
from sagsgang.exchange.models import ImportedDocument
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.site.cli import main

TWIN = Path(__file__).parents[2] / "sagsgang/exchange/minutes/tests/twin.txt"


def pdf_without_text() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    return out.getvalue()


def empty_docx() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return out.getvalue()


BAD = {
    "empty": b"",
    "blanks": b" \n\n \t\n",
    "binary": bytes(range(256)) * 40,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "prose": "Kære alle. I morgen er der kage i kantinen.\n".encode() * 20,
    "utf-16 without a mark": "Referat af kagemødet".encode("utf-16-le"),
    "cut in the middle of a letter": "Rødgrød med fløde på øen Å".encode()[:-1],
    "json": b'{"a": [1, 2, 3]}',
    "pdf without text": pdf_without_text(),
    "encrypted pdf": encrypted_pdf(),
    "broken pdf": b"%PDF-1.7\n" + bytes(500),
    "empty docx": empty_docx(),
    "broken docx": b"PK\x03\x04" + bytes(500),
}


def rows() -> int:
    models = (Authority, Body, Person, Meeting, AgendaItem, ImportedDocument)
    return sum(model.objects.count() for model in models)


def refused(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    code = main(["import-minutes", str(path), "--release"])
    out, sentence = capsys.readouterr()
    assert (code, out, rows()) == (2, "", 0), sentence
    return sentence.strip()


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_file_that_is_no_minutes_gets_one_sentence(
    wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "fil"
    path.write_bytes(content)

    sentence = refused(path, capsys)

    assert sentence.startswith(str(path))
    assert sentence.endswith(".") and "\n" not in sentence and "Traceback" not in sentence


def test_two_hundred_megabytes_are_refused_before_they_are_read(
    wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    assert "MB" in refused(path, capsys)


def test_a_zip_bomb_is_refused(wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bombe.docx"
    path.write_bytes(zip_bomb())

    assert refused(path, capsys).endswith(".")


def test_a_file_that_is_not_there_is_told(wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "findes ikke" in refused(tmp_path / "intet.txt", capsys)


def test_a_folder_is_told(wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(tmp_path, capsys).endswith(".")


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_truncated_document_is_a_smaller_meeting_or_a_sentence(
    wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], share: float
) -> None:
    text = TWIN.read_text()
    path = tmp_path / "afskåret.txt"
    path.write_text(text[: int(len(text) * share)])

    code = main(["import-minutes", str(path)])

    sentence = capsys.readouterr().err
    assert (code, Meeting.objects.count()) in {(0, 1), (2, 0)}, sentence
    assert "Traceback" not in sentence


def test_an_existing_body_that_publishes_nothing_refuses_a_release(
    wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-minutes", str(TWIN)]) == 0
    before = rows()
    capsys.readouterr()

    assert main(["import-minutes", str(TWIN), "--release"]) == 2

    assert "offentliggør ikke" in capsys.readouterr().err
    assert rows() == before


def test_a_cpr_number_stops_import_and_release_together(
    wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cpr.txt"
    path.write_text(TWIN.read_text().replace("Det indstilles", "Borgeren 010190-1234. Det indstilles"))

    sentence = refused(path, capsys)

    assert "CPR-nummer" in sentence and "010190" not in sentence


def test_a_name_that_fits_no_field_is_told_and_nothing_is_stored(
    wall: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lang.txt"
    path.write_text(
        TWIN.read_text().replace("Bilag:", f"Bilag:\n\n1 - \n\n3453832 \n\nÅben {'langt ' * 120}(1/23) (H) \n\n", 1)
    )

    assert "for langt til sit felt" in refused(path, capsys)
