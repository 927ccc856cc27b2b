"""Office files taken apart: what is shown, and all that is not."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml

from sagsgang.gate.pieces import Kind, UnreadableError, Where
from sagsgang.gate.reading import office

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def told(path: Path) -> set[tuple[Where, Kind | None, str]]:
    """What a file says, without its places."""
    return {(piece.where, piece.kind, piece.text) for piece in office.read(path).pieces}


def test_a_word_document_tells_runs_tables_headers_and_all_that_is_hidden(tmp_path: Path) -> None:
    letter = docx.Document()
    paragraph = letter.add_paragraph("Borger ")
    for part in ("0101", "80-12", "34"):
        paragraph.add_run(part)
    letter.add_paragraph().add_run("skjult 020280-1111").font.hidden = True
    letter.add_comment(
        letter.add_paragraph("x").runs, text="Er det 030380-2222?", author="Dagny Bøgedal", initials="DB"
    )
    table = letter.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "040480", "3333"
    letter.sections[0].header.paragraphs[0].text = "Hoved"
    letter.add_paragraph("Før ")._p.append(
        parse_xml(f'<w:del {W} w:id="1" w:author="Birk Enghave"><w:r><w:delText>ud</w:delText></w:r></w:del>')
    )
    letter.add_paragraph("Så ")._p.append(
        parse_xml(f'<w:ins {W} w:id="2" w:author="Birk Enghave"><w:r><w:t>ind</w:t></w:r></w:ins>')
    )
    letter.save(str(tmp_path / "a.docx"))

    said = told(tmp_path / "a.docx")

    assert {
        (Where.TEXT, None, "Borger 010180-1234"),
        (Where.HIDDEN, None, "skjult 020280-1111"),
        (Where.ANNOTATION, Kind.COMMENT, "Er det 030380-2222?"),
        (Where.METADATA, Kind.METADATA, "Dagny Bøgedal"),
        (Where.METADATA, Kind.METADATA, "Birk Enghave"),
        (Where.TEXT, None, "040480-3333"),
        (Where.TEXT, None, "Hoved"),
        (Where.HIDDEN, Kind.REVISION, "ud"),
        (Where.TEXT, Kind.REVISION, "ind"),
        (Where.TEXT, None, "Så ind"),
    } <= said


def test_a_workbook_tells_lost_zeros_hidden_sheets_notes_and_names(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Ark1")
    sheet.write_number("B7", 101801234)
    sheet.write_number("B8", 101801234, book.add_format({"num_format": "#,##0"}))
    sheet.write_row("A9", [10180, 1234])
    sheet.write_comment("A1", "Tjek det", {"author": "Inga Pilegaard"})
    hidden = book.add_worksheet("Gemt")
    hidden.hide()
    hidden.write("A1", "hemmeligt")
    book.define_name("Borger", '="050580-4444"')
    book.close()

    places = {(piece.text, piece.where, piece.place) for piece in office.read(path).pieces}

    assert {
        ("0101801234", Where.TEXT, "Ark1!B7"),
        ("101.801.234", Where.TEXT, "Ark1!B8"),
        ("010180-1234", Where.TEXT, "Ark1!B9"),
        ("hemmeligt", Where.HIDDEN, "Gemt!A1"),
    } <= places
    assert {"Tjek det", "Inga Pilegaard"} <= {text for text, _where, _place in places}
    assert any("050580-4444" in text for text, _where, _place in places)


def test_an_open_document_tells_hidden_words_comments_and_its_author(tmp_path: Path) -> None:
    path = tmp_path / "c.odt"
    content = (
        f'<o:document-content xmlns:o="{OFFICE}:office:1.0" xmlns:t="{OFFICE}:text:1.0" xmlns:s="{OFFICE}:style:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><o:automatic-styles><s:style s:name="H"><s:text-properties '
        't:display="none"/></s:style></o:automatic-styles><o:body><o:text><t:p>Borger <t:span>0101</t:span>80-1234'
        "<o:annotation><dc:creator>Karla Fyrrelund</dc:creator><t:p>Husk</t:p></o:annotation></t:p>"
        '<t:p>Se <t:span t:style-name="H">skjult</t:span></t:p></o:text></o:body></o:document-content>'
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", content)

    assert told(path) == {
        (Where.TEXT, None, "Borger 010180-1234"),
        (Where.TEXT, None, "Se "),
        (Where.HIDDEN, None, "skjult"),
        (Where.ANNOTATION, Kind.COMMENT, "Husk"),
        (Where.METADATA, Kind.METADATA, "Karla Fyrrelund"),
    }


def test_an_old_word_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    reading = office.read(path)

    assert (reading.readable, len(reading.lacks), list(reading.pieces)) == (False, 1, [])


@pytest.mark.parametrize("hostile", ["bomb", "entities", "twice", "nothing", "cut"])
def test_a_hostile_file_is_refused_with_a_sentence(tmp_path: Path, hostile: str) -> None:
    path = tmp_path / "x.docx"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        if hostile == "bomb":
            file.writestr("word/document.xml", b"<a>" + b" " * (30 * 1024 * 1024) + b"</a>")
        elif hostile == "entities":
            file.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
        elif hostile == "nothing":
            file.writestr("readme.txt", "hej")
        else:
            file.writestr("word/document.xml", "<a/>")
    if hostile == "twice":
        with zipfile.ZipFile(written, "a") as file, pytest.warns(UserWarning):
            file.writestr("word/document.xml", "<b/>")
    path.write_bytes(written.getvalue()[: -30 if hostile == "cut" else None])

    with pytest.raises(UnreadableError):
        list(office.read(path).pieces)
