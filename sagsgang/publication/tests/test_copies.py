"""What programs and persons have left in a file's own data does not leave the house with it."""

import io
from zipfile import ZipFile

import docx
import openpyxl
import pikepdf

from sagsgang.documents.kinds import PDF
from sagsgang.documents.tests.files import docx_bytes, pdf_bytes
from sagsgang.publication.copies import DOCX, XLSX, public_copy, public_file_name


def test_a_workbook_says_its_public_title_and_nothing_of_its_makers() -> None:
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "Hemmelig Forfatter"
    book.create_sheet("Tal").append([42])
    source = io.BytesIO()
    book.save(source)

    copy = public_copy(source.getvalue(), media_type=XLSX, title="Budget & plan")

    made = openpyxl.load_workbook(io.BytesIO(copy))
    assert (made.properties.title, made.sheetnames) == ("Budget & plan", ["Sheet", "Tal"])
    with ZipFile(io.BytesIO(copy)) as parts:
        assert [name for name in parts.namelist() if b"Hemmelig" in parts.read(name)] == []
    assert copy == public_copy(source.getvalue(), media_type=XLSX, title="Budget & plan")
    assert public_file_name("Budget & plan", XLSX) == "Budget-plan.xlsx"


def test_a_text_keeps_no_small_picture_of_its_first_page_and_can_be_opened() -> None:
    copy = public_copy(docx_bytes("Indhold"), media_type=DOCX, title="Notat")

    with ZipFile(io.BytesIO(copy)) as parts:
        assert [name for name in parts.namelist() if "thumbnail" in name] == []
    assert docx.Document(io.BytesIO(copy)).paragraphs[0].text == "Indhold"


def test_a_pdf_s_pages_keep_nothing_of_the_programs_that_made_them() -> None:
    source = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        page = pdf.pages[0].obj
        page.PieceInfo = pikepdf.Dictionary(Illustrator=pikepdf.Dictionary(Private=pikepdf.String("Hemmelig")))
        page.Metadata = pdf.make_stream(b"<x>Hemmelig Forfatter</x>")
        pdf.save(source)

    copy = public_copy(source.getvalue(), media_type=PDF, title="Kort")

    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert "/PieceInfo" not in pdf.pages[0].obj and "/Metadata" not in pdf.pages[0].obj
        assert [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and b"Hemmelig" in one.read_bytes()] == []
