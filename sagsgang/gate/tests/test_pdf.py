"""PDFs examined: each layer told from the others, with page and box; and files that are unfit."""

import zlib
from pathlib import Path

import pikepdf
import pytest

from sagsgang.gate.examining import Examined, examine
from sagsgang.gate.pieces import Box, Kind, UnreadableError, Where
from sagsgang.gate.reading import pdf as pdf_reader
from sagsgang.gate.reading import pictures
from sagsgang.gate.tests import pdfs

needs_ocr = pytest.mark.skipif(pictures.languages() != "dan", reason="Tesseract with Danish is not installed")


def told(found: Examined, kind: Kind = Kind.CPR) -> set[tuple[str, str]]:
    return {(one.text, str(one.where)) for one in found.findings if one.kind == kind}


def test_each_layer_of_a_page_is_told_from_the_others(tmp_path: Path) -> None:
    found = examine(pdfs.layered(tmp_path / "lag.pdf"))

    assert told(found) == {
        ("010190-1001", "text"),
        ("020190-1002", "hidden"),
        ("030190-1003", "hidden"),
        ("040190-1004", "covered"),
        ("050190-1005", "hidden"),
        ("060190-1006", "hidden"),
        ("070190-1007", "covered"),
        ("090190-1009", "covered"),
        ("100190-1010", "form"),
        ("130190-1013", "text"),
        ("160190-1016", "hidden"),
    }
    assert {one.page for one in found.findings} == {1}
    assert (found.pages, found.readable, found.tagged, found.lacks) == (1, True, False, ())


def test_what_lies_beside_the_pages_is_found(tmp_path: Path) -> None:
    inner = pdfs.plain(tmp_path / "indre.pdf", "170190-1017")

    found = examine(pdfs.surrounded(tmp_path / "om.pdf", inner))

    assert told(found) == {
        ("150190-1015", "annotation"),
        ("170190-1017", "embedded"),
        ("180190-1018", "embedded"),
        ("190190-1019", "signature"),
        ("200190-1020", "metadata"),
        ("210190-1021", "metadata"),
        ("220190-1022", "hidden"),
    }
    assert told(found, Kind.METADATA) == {
        ("Karen Forfatter", "metadata"),
        ("Ole Noter", "annotation"),
        ("Signe Signatur", "signature"),
        ("PID:9208-2002-2-123456789012", "signature"),
    }
    assert told(found, Kind.COMMENT) == {("Ole Noter 150190-1015", "annotation")}
    assert told(found, Kind.EMAIL) == {("lone@example.dk", "annotation")}


@needs_ocr
@pytest.mark.long
def test_pictures_are_read_also_under_a_box_and_on_a_turned_page(tmp_path: Path) -> None:
    found = examine(pdfs.pictured(tmp_path / "billeder.pdf"))

    assert [(one.text, one.where, one.page) for one in found.findings] == [
        ("110190-1011", Where.IMAGE, 1),
        ("120190-1012", Where.COVERED, 2),
        ("140190-1014", Where.IMAGE, 3),
    ]
    beside, under, scanned = (one.box for one in found.findings)
    assert beside and under and scanned
    assert 120 < beside.left < 130 and 180 < beside.right < 195 and 380 <= beside.bottom < beside.top <= 410
    assert 110 < under.left < 130 and 340 <= under.bottom < under.top <= 370
    assert 140 < scanned.left < 190 and 640 < scanned.bottom < scanned.top < 700


def test_a_box_lies_round_the_signs_and_turns_with_the_page(tmp_path: Path) -> None:
    path = pdfs.plain(tmp_path / "vendt.pdf", "CPR 010190-1234")
    upright = examine(path).findings[0].box
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(path)

    turned = examine(path).findings[0].box

    assert upright == Box(101.1, 699.8, 171.0, 708.4)
    width = 595.3
    assert turned
    assert turned.left == upright.bottom and turned.right == upright.top
    assert turned.bottom == pytest.approx(width - upright.right, abs=0.2)


def test_the_same_number_is_told_once_a_place(tmp_path: Path) -> None:
    found = examine(pdfs.plain(tmp_path / "to.pdf", "010190-1234", "010190-1234"))

    assert len(found.findings) == 2
    assert len({one.box for one in found.findings}) == 2


def test_a_clean_file_gives_nothing(tmp_path: Path) -> None:
    found = examine(
        pdfs.plain(tmp_path / "ren.pdf", "Byrådet vedtog indstillingen den 12-04-2023.", author="(anonymous)")
    )

    assert (found.findings, found.readable, found.lacks) == ([], True, ())


def test_without_tesseract_it_is_said_that_pictures_were_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pictures.languages.cache_clear()

    found = examine(pdfs.pictured(tmp_path / "billeder.pdf"))

    pictures.languages.cache_clear()
    assert found.findings == []
    assert len(found.lacks) == 1


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    path = pdfs.plain(tmp_path / "låst.pdf", "010190-1234")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(UnreadableError) as refusal:
        examine(path)

    assert "010190" not in str(refusal.value)


def test_a_pdf_that_unpacks_to_more_than_a_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "LARGEST_STREAM", 3_000_000)
    monkeypatch.setattr(pdf_reader, "SUSPECT", 3_000)
    packed = zlib.compress(bytes(4_000_000))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        bomb = pdf.make_stream(b"")
        bomb.write(packed, filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].Contents = bomb
        pdf.save(tmp_path / "bombe.pdf")

    with pytest.raises(UnreadableError):
        examine(tmp_path / "bombe.pdf")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n010190-1234", b"%PDF-1.7\n%%EOF", b"", b"\x7fELF\0\0\0", b"PK\x03\x04x"]
)
def test_what_cannot_be_read_is_refused_without_a_quote(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fil"
    path.write_bytes(content)

    with pytest.raises(UnreadableError) as refusal:
        examine(path)

    assert "010190" not in str(refusal.value)


def test_a_pdf_that_was_cut_off_is_refused_or_read(tmp_path: Path) -> None:
    whole = pdfs.layered(tmp_path / "hel.pdf").read_bytes()
    path = tmp_path / "halv.pdf"

    for part in range(1, 20):
        path.write_bytes(whole[: len(whole) * part // 20])
        try:
            examine(path)
        except UnreadableError as refusal:
            assert "0190" not in str(refusal)
