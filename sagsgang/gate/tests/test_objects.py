"""Drawings and objects in Office files are read as far as they can be, and the rest is said."""

import struct
import zipfile
from pathlib import Path

import docx
import pytest

from sagsgang.gate.examining import examine
from sagsgang.gate.reading import compound, vectors

CPR = "010180-1234"


def emf(*lines: tuple[int, str], pixels: bool = False) -> bytes:
    """A drawing with these words, each at its height."""
    records = b""
    for down, words in lines:
        held = words.encode("utf-16-le")
        held += b"\0" * (-len(held) % 4)
        head = struct.pack("<16xIff", 1, 1.0, 1.0) + struct.pack(
            "<iiIIIIIIII", 0, down, len(words), 76, 0, 0, 0, 0, 0, 0
        )
        records += struct.pack("<II", 84, 8 + len(head) + len(held)) + head + held
    if pixels:
        records += struct.pack("<II72x", 81, 80)
    header = struct.pack("<II32x4s", 1, 88, b" EMF").ljust(88, b"\0")
    return header + records + struct.pack("<IIIII", 14, 20, 0, 16, 20)


def wmf(words: str) -> bytes:
    """A drawing of the older kind."""
    held = words.encode("cp1252")
    held += b"\0" * (len(held) % 2)
    body = struct.pack("<hhHH", 5, 0, len(words), 0) + held
    record = struct.pack("<IH", (6 + len(body)) // 2, 0x0A32) + body
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0) + record + struct.pack("<IH", 3, 0)


def ole(name: str, content: bytes) -> bytes:
    """A compound file with one stream: of small sectors, or of large ones from 4096 bytes on."""
    is_small = len(content) < 4096
    rows = content.ljust(-(-len(content) // 512) * 512, b"\0")
    count = len(rows) // 512
    links = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    small = [*range(1, -(-len(content) // 64)), 0xFFFFFFFE]
    if is_small:
        links.append(0xFFFFFFFE)
    table = struct.pack("<128I", *links, *[0xFFFFFFFF] * (128 - len(links)))

    def entry(title: str, kind: int, first: int, size: int) -> bytes:
        told = title.encode("utf-16-le") + b"\0\0"
        return struct.pack("<64sHBB48xIII", told, len(told), kind, 1, first, size, 0)

    root = entry("Root Entry", 5, 2 if is_small else 0xFFFFFFFE, len(rows) if is_small else 0)
    directory = (root + entry(name, 2, 0 if is_small else 2, len(content))).ljust(512, b"\0")
    smalls = struct.pack(f"<{len(small)}I", *small).ljust(512, b"\xff") if is_small else b""
    header = compound.MAGIC + b"\0" * 16 + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
        2 + count if is_small else 0xFFFFFFFE, 1 if is_small else 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    header = header[:76] + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + table + directory + rows + smalls


def native(name: str, lay: str, content: bytes) -> bytes:
    """What "insert a file as an object" writes."""
    told = name.encode() + b"\0" + lay.encode() + b"\0"
    body = b"\2\0" + told + b"\0\0\3\0" + struct.pack("<I", len(lay) + 1) + lay.encode() + b"\0"
    body += struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(body)) + body


def letter_with(path: Path, parts: dict[str, bytes]) -> Path:
    letter = docx.Document()
    letter.core_properties.author = ""
    letter.save(str(path))
    with zipfile.ZipFile(path, "a") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "text", "is_whole"),
    [
        (emf((10, "CPR-nr."), (10, CPR), (30, "Kort")), f"CPR-nr. {CPR}\nKort", True),
        (emf(*((10, sign) for sign in CPR)), CPR, True),
        (emf((10, "Kort"), pixels=True), "Kort", False),
        (wmf(f"Sag {CPR}"), f"Sag {CPR}", True),
        (f'<svg xmlns="http://www.w3.org/2000/svg"><text>{CPR}</text></svg>'.encode(), CPR, True),
        (b"what nobody knows", "", False),
        (emf((10, "Kort"))[:120], "", False),
    ],
)
def test_the_words_of_a_drawing(content: bytes, text: str, is_whole: bool) -> None:
    assert vectors.drawn(content) == vectors.Drawn(text, is_whole)


@pytest.mark.parametrize("ending", ["emf", "wmf"])
def test_a_number_in_a_drawing_in_a_letter_is_found_and_nothing_is_left_unsaid(tmp_path: Path, ending: str) -> None:
    content = {"emf": emf((10, CPR)), "wmf": wmf(CPR)}[ending]

    found = examine(letter_with(tmp_path / "a.docx", {f"word/media/image1.{ending}": content}))

    assert [(one.text, one.where) for one in found.findings] == [(CPR, "text")]
    assert found.lacks == ()


@pytest.mark.parametrize("filling", [0, 9000])
def test_a_file_that_lies_in_a_letter_as_an_object_is_read(tmp_path: Path, filling: int) -> None:
    content = f"Notat om {CPR}{' ' * filling}".encode()
    folder = "C:\\Users\\Karla Rosenvinge\\notat.txt"
    parts = {"word/embeddings/oleObject1.bin": ole("\x01Ole10Native", native("notat.txt", folder, content))}

    found = examine(letter_with(tmp_path / "a.docx", parts), names=["Karla Rosenvinge"])

    assert {(str(one.kind), one.text, str(one.where)) for one in found.findings} == {
        ("cpr", CPR, "embedded"),
        ("name", "Karla Rosenvinge", "embedded"),
    }
    assert found.lacks == ()


def test_a_letter_in_an_object_in_a_letter_is_read(tmp_path: Path) -> None:
    inner = docx.Document()
    inner.core_properties.author = ""
    inner.add_paragraph(f"Borgeren {CPR}")
    inner.save(str(tmp_path / "inner.docx"))
    package = ole("Package", (tmp_path / "inner.docx").read_bytes())

    found = examine(letter_with(tmp_path / "a.docx", {"word/embeddings/oleObject1.bin": package}))

    assert [(one.text, one.where) for one in found.findings] == [(CPR, "embedded")]


@pytest.mark.parametrize("content", [ole("WordDocument", b"x" * 5000), compound.MAGIC + b"broken"])
def test_what_cannot_be_looked_at_is_said(tmp_path: Path, content: bytes) -> None:
    found = examine(letter_with(tmp_path / "a.docx", {"word/embeddings/oleObject1.bin": content}))

    assert found.findings == []
    assert len(found.lacks) == 1


def test_a_chain_that_comes_back_to_itself_ends() -> None:
    assert len(list(compound.chain([1, 0], 0))) <= 3
