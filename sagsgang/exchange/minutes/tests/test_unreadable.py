"""What cannot be read is refused with one Danish sentence; nothing else ever comes out of the reader."""

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from sagsgang.exchange.minutes.errors import UnreadableError
from sagsgang.exchange.minutes.reading import read_file, read_minutes
from sagsgang.exchange.minutes.tests.files import docx_of, pdf_of
from sagsgang.exchange.minutes.tests.shared import TWIN

LINES = ["Referat", "Byrådet", "Mødedato: 3. maj 2021", "1. Godkendelse af dagsorden", "Beslutning", "Godkendt."]


def zip_of(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Filen er tom."),
        (bytes(range(256)) * 20, "Filen er ikke en tekst, en PDF, et Word-dokument (.docx) eller en webside og kan ikke læses."),
        (b" \n\n ", "Filen ligner ikke en dagsorden eller et referat."),
        (b"Det regnede hele natten. Ingen var ude.\n" * 20, "Filen ligner ikke en dagsorden eller et referat."),
        (b"%PDF-1.7\nnoget", "PDF'en er beskadiget og kan ikke åbnes."),
        (pdf_of(LINES)[:700], "PDF'en er beskadiget og kan ikke åbnes."),
        (pdf_of(LINES, password="x"), "PDF'en er beskyttet med adgangskode og kan ikke læses."),
        (pdf_of([""]), "PDF'en har intet tekstlag: den er kun billeder. Lav den om med tekstgenkendelse, eller find originalen."),
        (b"PK\x03\x04 i stykker", "Word-dokumentet er beskadiget eller er ikke et .docx-dokument."),
        (docx_of(LINES)[:3000], "Word-dokumentet er beskadiget eller er ikke et .docx-dokument."),
        (zip_of({"andet.txt": b"x"}), "Word-dokumentet er beskadiget eller er ikke et .docx-dokument."),
        (zip_of({"word/document.xml": b"<a>"}), "Word-dokumentet er beskadiget eller er ikke et .docx-dokument."),
        (
            zip_of({"word/document.xml": b" " * 60_000_000}),
            "Word-dokumentet pakker ud til mere, end et dokument kan fylde, og bliver ikke læst.",
        ),
        (b"{\\rtf1 Referat}", "Filen er i formatet RTF, som ikke kan læses. Gem den som .docx eller PDF, og prøv igen."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_is_wrong(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_minutes(data)

    assert refused.value.sentence == sentence


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="findes ikke"):
        read_file(tmp_path / "nix.txt")


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "stor.txt"
    with large.open("wb") as file:
        file.truncate(51 * 1024 * 1024)

    with pytest.raises(UnreadableError, match="større end 50 MB"):
        read_file(large)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_the_encoding_is_told_from_the_bytes(codec: str) -> None:
    text = "Referat\nTeknik- og Miljøudvalget\nMødedato: 3. maj 2021\nMødested: Rådhuset\n1. Høring\nBeslutning\nUdsat."

    document = read_minutes(text.encode(codec))

    assert (document.body, document.place) == ("Teknik- og Miljøudvalget", "Rådhuset")


def test_a_text_cut_inside_a_letter_is_read() -> None:
    assert read_minutes("Referat\nByrådet\nDato: 3. maj 2021\nSted: Torvegade ø".encode()[:-1]).place == "Torvegade"


def test_random_bytes_only_ever_give_a_sentence() -> None:
    source = random.Random(7)
    for _ in range(200):
        data = source.randbytes(source.randint(1, 3000))
        for start in (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"):
            try:
                read_minutes(start + data)
            except UnreadableError as error:
                assert error.sentence.endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        b"Referat\n" + b"Hans Hansen, " * 80_000,
        b"Referat\n" + b"A B " * 250_000,
        b"Referat\n" + b"1. " * 300_000,
        b"Referat\n" + b"Afbud fra Per Hansen og " * 40_000,
        b"Referat\nPunkt 1 " + b"." * 1_000_000,
        b"Referat\n" + b"Sagsfremstilling\n" * 20_000,
        b"Referat\n" + b"\n".join(b"%d. Tekst" % (n % 50 + 1) for n in range(10_000)),
        b"Referat\nTranskript\n" + b"\n".join(b"%d Sagsnr.: 12/3 Beslutning Godkendt. " % n * 20 for n in range(500)),
        TWIN.read_bytes() * 40,
    ],
    ids=["names", "capitals", "numbers", "absence", "dots", "headings", "list", "docplayer", "twins"],
)
def test_long_lines_and_many_lines_stay_linear(data: bytes) -> None:
    began = time.process_time()

    read_minutes(data)

    assert time.process_time() - began < 20
