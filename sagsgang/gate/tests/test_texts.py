"""Plain words, web pages, RTF and pictures examined."""

from pathlib import Path

import pytest

from sagsgang.gate.examining import examine, examine_text, is_nobody
from sagsgang.gate.reading import pictures
from sagsgang.gate.tests import pdfs


def test_html_is_examined_with_what_it_does_not_show() -> None:
    html = '<p title="020290-1234">Tal <b>0101</b>90-1234</p><!-- 030390-1234 --><table><tr><td>040490<td>1234</table>'

    found = [(one.text, str(one.where)) for one in examine_text(html)]

    assert found == [
        ("010190-1234", "text"),
        ("040490 1234", "text"),
        ("020290-1234", "hidden"),
        ("030390-1234", "hidden"),
    ]


def test_help_and_names_are_found_in_a_text() -> None:
    text = "Beskriv her sagens økonomi for alle budgetår.\nAnna Berg og borger@egekobing.dk"

    found = examine_text(
        text,
        names=["Anna Berg"],
        help_texts=["Beskriv her sagens økonomi for alle budgetår."],
        own_domains=["egekobing.dk"],
    )

    assert [(str(one.kind), one.text) for one in found] == [
        ("template", "Beskriv her sagens økonomi for alle budgetår."),
        ("name", "Anna Berg"),
    ]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_read_in_its_code(tmp_path: Path, code: str) -> None:
    path = tmp_path / "tekst.txt"
    path.write_bytes("Åse fylder år, 010190-1234\n".encode(code))

    assert [one.text for one in examine(path).findings] == ["010190-1234"]


def test_a_long_text_is_read_to_its_end_and_over_its_cuts(tmp_path: Path) -> None:
    path = tmp_path / "lang.txt"
    line = "010190-1{:03d} og mere\n"
    path.write_text("".join(line.format(number % 1000) + "o" * 71 for number in range(1000)))

    assert len(examine(path).findings) == 1000


def test_rtf_is_read_with_its_author(tmp_path: Path) -> None:
    path = tmp_path / "brev.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\info{\author Bente B\'f8rgesen}}\pard S\'f8n\par 010190\_1234\par}"
    )

    found = [(str(one.kind), one.text) for one in examine(path).findings]

    assert found == [("metadata", "Bente Børgesen"), ("cpr", "010190-1234")]


@pytest.mark.skipif(not pictures.languages(), reason="Tesseract is not installed")
@pytest.mark.parametrize("name", ["billede.png", "billede.jpg", "billede.tiff"])
def test_a_picture_is_read(tmp_path: Path, name: str) -> None:
    pdfs.picture_of("Billede 110190-1011").save(tmp_path / name)

    found = examine(tmp_path / name)

    assert [(one.text, str(one.where), one.page) for one in found.findings] == [("110190-1011", "image", 1)]
    assert not found.readable


@pytest.mark.parametrize(
    "author", ["Egekøbing Kommune", "python-docx", "(anonymous)", "Microsoft Office User", "", "12"]
)
def test_an_authority_or_a_program_is_no_author(author: str) -> None:
    assert is_nobody(author)


@pytest.mark.parametrize("author", ["Karen Forfatter", "kbh", "Lene Mehlsen", "Jens Brugermand"])
def test_a_person_is_an_author(author: str) -> None:
    assert not is_nobody(author)
