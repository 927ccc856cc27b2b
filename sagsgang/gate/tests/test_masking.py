"""Masking: words and pixels are gone from the copy, however the file is read."""

import io
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
import typst
import xlsxwriter
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from sagsgang.gate.masking.act import mask
from sagsgang.gate.masking.strings import words_of
from sagsgang.gate.masking.walking import walk_page
from sagsgang.gate.pieces import Box, Kind, UnreadableError
from sagsgang.gate.reading import office

NUMBER = "010180-1234"


def seen(path: Path) -> str:
    """The text of a PDF as pdfium reads it."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def all_words(path: Path) -> str:
    """The text by the house's own walk, and every string and unpacked stream, without hyphens."""
    with pikepdf.open(path) as pdf:
        walked = [walk_page(page).text() for page in pdf.pages]
        return "\n".join([*walked, *words_of(pdf)]).replace("-", "")


def letter_pdf(path: Path) -> Path:
    """A page with a number in running text, in a field, in the properties, in a remark and under a box."""
    pen = canvas.Canvas(str(path), pagesize=A4, pageCompression=0, invariant=1)
    pen.setTitle(f"Sag {NUMBER}")
    pen.setAuthor("Frode Lindebjerg")
    pen.drawString(72, 700, f"Borgeren {NUMBER} har søgt om hjælp")
    pen.drawString(72, 600, f"Dækket {NUMBER} her")
    pen.rect(70, 595, 300, 20, fill=1)
    pen.acroForm.textfield(name="felt", value=NUMBER, x=72, y=480, width=200, height=20)
    pen.textAnnotation(f"Husk {NUMBER}", Rect=(300, 480, 320, 500))
    pen.save()
    return path


def test_words_leave_a_pdf_in_every_layer_and_the_rest_stays_text(tmp_path: Path) -> None:
    source, out = letter_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    before = source.read_bytes()

    masked = mask(source, {Kind.CPR, Kind.METADATA, Kind.COMMENT}, out)

    assert masked.left == []
    assert len(masked.removed) >= 6
    assert masked.said == ()
    assert NUMBER not in seen(out)
    assert "0101801234" not in all_words(out)
    assert "Borgeren " in seen(out)
    assert "har søgt om hjælp" in seen(out)
    assert b"Lindebjerg" not in out.read_bytes()
    assert source.read_bytes() == before


def test_a_number_over_two_lines_and_in_a_turned_line_leaves_a_tagged_pdf(tmp_path: Path) -> None:
    source, out = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(typst.compile(b"Det er 020280- #linebreak() 1111 i dag. #rotate(20deg)[Hej 030380-2222 du]"))

    masked = mask(source, {Kind.CPR}, out)

    assert (masked.left, masked.said) == ([], ())
    assert [part in seen(out) for part in ("1111", "2222", "i dag", "du")] == [False, False, True, True]
    with pikepdf.open(out) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_an_area_takes_the_pixels_of_a_picture_too(tmp_path: Path) -> None:
    source, out = tmp_path / "a.pdf", tmp_path / "b.pdf"
    picture = Image.new("L", (595, 842), 200)
    pen = canvas.Canvas(str(source), pagesize=A4)
    pen.drawImage(ImageReader(picture), 0, 0, *A4)
    pen.save()

    mask(source, {Kind.CPR}, out, areas=[(1, Box(100, 100, 200, 120))])

    with pikepdf.open(out) as pdf:
        image: Any = next(iter(pdf.pages[0].Resources.XObject.values()))
        pixels = pikepdf.PdfImage(image).as_pil_image().convert("L")
    assert (pixels.getpixel((150, 842 - 110)), pixels.getpixel((300, 300))) == (0, 200)


def test_a_page_that_cannot_be_edited_for_certain_becomes_a_picture(tmp_path: Path) -> None:
    source, out = letter_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        font.BaseFont = pikepdf.Name("/Nameless")
        pdf.save(source)

    masked = mask(source, {Kind.CPR}, out)

    assert (masked.left, len(masked.said), seen(out)) == ([], 1, "")


def test_words_leave_a_letter_with_its_comments_changes_and_author(tmp_path: Path) -> None:
    source, out = tmp_path / "a.docx", tmp_path / "b.docx"
    letter = docx.Document()
    letter.core_properties.author = "Gerda Askelund"
    paragraph = letter.add_paragraph("Borger ")
    for part in ("0101", "80-12", "34 slut"):
        paragraph.add_run(part)
    letter.add_comment(paragraph.runs, text="Er det rigtigt?", author="Gerda Askelund", initials="GA")
    table = letter.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "040480", "3333"
    letter.save(str(source))

    masked = mask(source, {Kind.CPR, Kind.METADATA, Kind.COMMENT, Kind.REVISION}, out)

    assert masked.left == []
    words = " ".join(piece.text for piece in office.read(out).pieces)
    assert [part in words for part in ("1234", "3333", "Askelund", "rigtigt")] == [False] * 4
    assert docx.Document(str(out)).paragraphs[0].text == "Borger [fjernet] slut"


def test_number_cells_leave_a_workbook(tmp_path: Path) -> None:
    source, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = xlsxwriter.Workbook(str(source))
    sheet = book.add_worksheet("Ark1")
    sheet.write_row("A1", ["CPR-nr.", 101801234, NUMBER, "rest"])
    book.close()

    masked = mask(source, {Kind.CPR}, out)

    assert (len(masked.removed), masked.left) == (2, [])
    cells = {piece.place: piece.text for piece in office.read(out).pieces if piece.place.startswith("Ark1!")}
    assert cells == {"Ark1!A1": "CPR-nr.", "Ark1!B1": "[fjernet]", "Ark1!C1": "[fjernet]", "Ark1!D1": "rest"}


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"%PDF-1.7 cut off")

    with pytest.raises(UnreadableError):
        mask(source, {Kind.CPR}, tmp_path / "b.pdf")

    assert not (tmp_path / "b.pdf").exists()


def test_a_picture_loses_what_is_said_beside_it(tmp_path: Path) -> None:
    source, out = tmp_path / "a.png", tmp_path / "b.png"
    picture = Image.new("RGB", (30, 10), "white")
    ImageDraw.Draw(picture).point((1, 1), fill="red")
    exif = Image.Exif()
    exif[0x13B] = "Holger Hasselkær"
    picture.save(source, exif=exif)

    masked = mask(source, {Kind.METADATA}, out)

    assert (len(masked.removed), masked.left) == (1, [])
    with Image.open(io.BytesIO(out.read_bytes())) as copy:
        assert copy.getpixel((1, 1)) == (255, 0, 0)
