import hashlib
import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from resource import RUSAGE_SELF, getrusage

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import translation

from sagsgang.documents import storage, zipped
from sagsgang.documents.intake import LARGEST_FILE, RefusedFileError, clean_name, examined, sentence, take_file
from sagsgang.documents.kinds import (
    CSV,
    DOC,
    DOCX,
    EXTENSIONS,
    GIF,
    JPEG,
    ODT,
    PDF,
    PNG,
    PPT,
    RTF,
    TIFF,
    TXT,
    XLS,
    XLSX,
    Unfit,
    UnfitFileError,
)  # fmt: skip
from sagsgang.documents.tests.files import (
    compound_bytes,
    docx_bytes,
    locked_pdf,
    odt_bytes,
    ooxml_bytes,
    pdf_bomb,
    pdf_bytes,
    pdf_without_pages,
    picture_bytes,
    png_bomb,
    xlsx_bytes,
    zip_bytes,
)  # fmt: skip

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BOOK_WITH_KEY = b"\x09\x08\x10\x00" + b"\0" * 16 + b"\x2f\x00\x06\x00"


def upload(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def reason(content: bytes, name: str = "") -> Unfit:
    with pytest.raises(UnfitFileError) as refused:
        examined(BytesIO(content), name)
    return refused.value.reason


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf_bytes(), PDF),
        (b"\r\nfra scanneren\n" + pdf_bytes(), PDF),
        (locked_pdf(user=""), PDF),
        (docx_bytes(), DOCX),
        (xlsx_bytes(), XLSX),
        (odt_bytes(), ODT),
        (compound_bytes("WordDocument", "1Table"), DOC),
        (compound_bytes("Workbook"), XLS),
        (compound_bytes("Current User", "PowerPoint Document"), PPT),
        (b"{\\rtf1\\ansi Hej}", RTF),
        (picture_bytes("PNG"), PNG),
        (picture_bytes("JPEG"), JPEG),
        (picture_bytes("TIFF"), TIFF),
        (picture_bytes("GIF"), GIF),
        ("Blåbærgrød\r\n".encode(), TXT),
        ("Blåbærgrød".encode("cp1252"), TXT),
        ("Blåbærgrød".encode("utf-16"), TXT),
        (b"From: her til dit: 5 km\nikke en mail", TXT),
        (b"1 < 2 og 3 > 2", TXT),
    ],
)
def test_the_type_is_told_by_the_content(content: bytes, media_type: str) -> None:
    assert examined(BytesIO(content)) == (media_type, len(content))


@pytest.mark.parametrize(
    ("content", "unfit"),
    [
        (b"", Unfit.EMPTY),
        (locked_pdf(), Unfit.ENCRYPTED),
        (pdf_bytes()[:-200], Unfit.BROKEN),
        (b"%PDF-1.7\nikke en pdf startxref", Unfit.BROKEN),
        (pdf_without_pages(), Unfit.BROKEN),
        (docx_bytes()[:-300], Unfit.BROKEN),
        (docx_bytes()[:5000] + b"x" + docx_bytes()[5001:], Unfit.BROKEN),
        (zip_bytes({"notat.txt": b"a"}), Unfit.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 60, Unfit.ARCHIVE),
        (b"\x1f\x8b\x08" + b"\0" * 60, Unfit.ARCHIVE),
        (b"MZ\x90\0" + b"\0" * 300, Unfit.PROGRAM),
        (b"\x7fELF\x02\x01" + b"\0" * 300, Unfit.PROGRAM),
        (b"#!/bin/sh\nrm -rf /", Unfit.PROGRAM),
        (b"<!DOCTYPE html><html><script>alert(1)</script>", Unfit.WEB_PAGE),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', Unfit.WEB_PAGE),
        (b"Kort tekst\n<script>alert(1)</script>", Unfit.WEB_PAGE),
        (b"From: a@b.dk\r\nTo: c@d.dk\r\nSubject: Svar\r\nMIME-Version: 1.0\r\n\r\nHej", Unfit.MAIL),
        (compound_bytes("__properties_version1.0"), Unfit.MAIL),
        (compound_bytes("EncryptedPackage", "EncryptionInfo"), Unfit.ENCRYPTED),
        (compound_bytes("WordDocument", first=b"\0" * 11 + b"\x01"), Unfit.ENCRYPTED),
        (compound_bytes("Workbook", first=BOOK_WITH_KEY), Unfit.ENCRYPTED),
        (compound_bytes("WordDocument", "Macros", "VBA"), Unfit.MACROS),
        (compound_bytes("Workbook", "_VBA_PROJECT_CUR"), Unfit.MACROS),
        (compound_bytes("Installer"), Unfit.UNKNOWN),
        (compound_bytes("WordDocument")[:600], Unfit.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unfit.BROKEN),
        (ooxml_bytes("application/vnd.ms-word.document.macroEnabled.main+xml"), Unfit.MACROS),
        (ooxml_bytes("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), Unfit.MACROS),
        (ooxml_bytes("application/vnd.ms-visio.drawing.main+xml"), Unfit.UNKNOWN),
        (odt_bytes(locked=True), Unfit.ENCRYPTED),
        (odt_bytes(macro=True), Unfit.MACROS),
        (picture_bytes("PNG")[:-100], Unfit.BROKEN),
        (picture_bytes("JPEG", (400, 400))[:-3000], Unfit.BROKEN),
        (picture_bytes("GIF")[:-300], Unfit.BROKEN),
        (picture_bytes("TIFF")[:3000], Unfit.BROKEN),
        (png_bomb(), Unfit.LARGE_PICTURE),
        (bytes(range(256)), Unfit.UNKNOWN),
        (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(range(40)), Unfit.UNKNOWN),
    ],
)
def test_an_unfit_file_is_refused_for_its_reason(content: bytes, unfit: Unfit) -> None:
    assert reason(content) == unfit


def test_a_zip_with_a_password_is_refused() -> None:
    content = bytearray(docx_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 1)

    assert reason(bytes(content)) == Unfit.ENCRYPTED


def bomb(size: int) -> bytes:
    return ooxml_bytes(WORD, {"word/media/a.bin": b"\0" * size})


def test_a_bomb_is_refused_by_its_ratio_and_an_honest_file_is_not() -> None:
    assert reason(bomb(80 * 1024 * 1024)) == Unfit.BOMB
    assert examined(BytesIO(bomb(2 * 1024 * 1024)))[0] == DOCX


def test_a_bomb_inside_an_embedded_file_is_found() -> None:
    inner = zip_bytes({"a": b"\0" * 30 * 1024 * 1024})

    assert reason(ooxml_bytes(WORD, {"word/embeddings/a.xlsx": inner})) == Unfit.BOMB


def test_files_in_files_in_files_end_somewhere() -> None:
    content = zip_bytes({"a": b"a"})
    for _ in range(zipped.DEEPEST - 2):
        content = zip_bytes({"a.zip": content})

    assert examined(BytesIO(ooxml_bytes(WORD, {"word/embeddings/a.zip": content})))[0] == DOCX
    assert reason(ooxml_bytes(WORD, {"word/embeddings/a.zip": zip_bytes({"a.zip": content})})) == Unfit.BOMB


def test_a_list_of_a_million_parts_is_never_read() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(zipped.MOST_PARTS + 1):
            archive.writestr(f"{number:05}", b"")

    assert reason(out.getvalue()) == Unfit.BOMB


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities_in_an_office_file_are_refused_before_anyone_reads_them(code: str) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'.encode(code)

    assert reason(ooxml_bytes(WORD, {"word/document.xml": laughs})) == Unfit.BOMB
    assert reason(zip_bytes({"[Content_Types].xml": laughs})) == Unfit.BOMB


def test_a_part_that_lies_about_its_size_is_broken() -> None:
    honest = zip_bytes({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a>" + b" " * 5000 + b"</a>"})
    lying = honest.replace((5007).to_bytes(4, "little"), (7).to_bytes(4, "little"))

    assert honest != lying
    assert reason(lying) == Unfit.BROKEN


def test_the_tables_of_a_pdf_are_not_unfolded_beyond_a_limit() -> None:
    content = pdf_bomb(600_000_000)
    before = getrusage(RUSAGE_SELF).ru_maxrss

    assert examined(BytesIO(content))[0] == PDF

    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 300 * 1024  # kilobytes


def test_a_file_is_taken_under_its_hash_and_keeps_its_name() -> None:
    content = pdf_bytes("Bilag")

    taken = take_file(upload("Bilag 1 – budget.pdf", content, "text/html"))

    assert (taken.name, taken.size, taken.media_type) == ("Bilag 1 – budget.pdf", len(content), PDF)
    assert taken.sha256 == hashlib.sha256(content).hexdigest()
    assert storage.house().get(taken.sha256) == content
    assert [path.name for path in settings.HOUSE_FILES.rglob("*") if path.is_file()] == [taken.sha256]


def test_a_file_is_taken_from_disk_as_from_memory() -> None:
    content = pdf_bytes()
    large = TemporaryUploadedFile("stort.pdf", "application/pdf", len(content), None)
    large.write(content)

    taken = take_file(large)

    assert storage.house().get(taken.sha256) == content
    assert take_file(upload("lille.pdf", content)).sha256 == taken.sha256


def test_a_large_file_never_lies_in_memory_as_a_whole() -> None:
    large = TemporaryUploadedFile("stort.txt", "text/plain", 0, None)
    for _ in range(60):
        large.write(b"Tal;tal;tal\n" * 87_381)

    tracemalloc.start()
    taken = take_file(large)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert taken.size == 60 * 12 * 87_381
    assert peak < 8 * 1024 * 1024


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    class Large(BytesIO):
        def seek(self, offset: int, whence: int = 0, /) -> int:
            return LARGEST_FILE + 1 if whence == 2 else super().seek(offset, whence)

    with pytest.raises(UnfitFileError) as refused:
        examined(Large(pdf_bytes()))

    assert refused.value.reason == Unfit.LARGE


def test_a_refused_file_leaves_nothing_behind_and_is_told_by_its_name() -> None:
    with translation.override("en"), pytest.raises(RefusedFileError) as refused:
        take_file(upload("C:\\Mine filer\\løn.pdf", locked_pdf()))

    assert str(refused.value) == "“løn.pdf” is protected by a password. Remove the password, and upload it again."
    assert not settings.HOUSE_FILES.exists()


def test_a_reading_that_breaks_off_leaves_nothing_behind() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a" * 1000
        raise OSError("the line is gone")

    with pytest.raises(OSError, match="gone"):
        storage.house().put_file(pieces())

    assert list(settings.HOUSE_FILES.iterdir()) == []


def test_every_reason_has_a_sentence_of_its_own() -> None:
    sentences = {sentence(unfit, "a.pdf") for unfit in Unfit}

    assert len(sentences) == len(Unfit)
    assert all("a.pdf" in words for words in sentences)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("bilag.pdf", "bilag.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\bilag 1.docx", "bilag 1.docx"),
        ("a\x00b\nc\u202efdp.exe", "ab cfdp.exe"),
        ("  .skjult.pdf. ", "skjult.pdf"),
        ("A\u030arsplan.pdf", "Årsplan.pdf"),
        ('<a> "b":|c?*.pdf', "a bc.pdf"),
        ("ø" * 300 + ".pdf", "ø" * 196 + ".pdf"),
        ("", "file"),
        ("..", "file"),
    ],
)
def test_names_are_cleaned(name: str, cleaned: str) -> None:
    with translation.override("en"):
        assert clean_name(name) == cleaned


@pytest.mark.parametrize(
    ("name", "content", "taken_as", "media_type"),
    [
        ("notat.exe", pdf_bytes(), "notat.exe.pdf", PDF),
        ("notat", docx_bytes(), "notat.docx", DOCX),
        ("NOTAT.DOCX", docx_bytes(), "NOTAT.DOCX", DOCX),
        ("tal.csv", b"a;b\n1;2\n", "tal.csv", CSV),
        ("start.bat", b"format c:\r\n", "start.bat.txt", TXT),
        ("gammelt.doc", b"{\\rtf1 a}", "gammelt.doc", RTF),
    ],
)
def test_a_name_that_contradicts_the_content_is_put_right(
    name: str, content: bytes, taken_as: str, media_type: str
) -> None:
    taken = take_file(upload(name, content))

    assert (taken.name, taken.media_type) == (taken_as, media_type)


def test_every_type_has_an_extension() -> None:
    assert all(extensions and extensions[0].startswith(".") for extensions in EXTENSIONS.values())
