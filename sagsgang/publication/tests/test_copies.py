"""What programs and persons have left in a file's own data does not leave the house with it."""

import io
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pikepdf
import pytest
from PIL import ExifTags, Image, ImageCms, ImageOps, ImageSequence, PngImagePlugin

from sagsgang.documents.kinds import CSV, DOC, DOCX, GIF, JPEG, ODP, ODS, ODT, PDF, PNG, PPT, RTF, TIFF, XLS, XLSX
from sagsgang.documents.tests.files import docx_bytes, pdf_bytes, zip_bytes
from sagsgang.publication.copies import UncopyableError, public_copy, public_file_name


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


def _photo(kind: str, *, turned: int = 6) -> bytes:
    """A picture that says who took it, where, and how it is turned; with a colour profile and words beside it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.Orientation] = "Hemmelig Forfatter", turned
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (55.0, 40.0, 12.0), 3: "E", 4: (12.0, 34.0, 1.0)})
    picture, out = Image.effect_mandelbrot((64, 40), (-3, -2.5, 2, 2.5), 50), io.BytesIO()
    more: dict[str, Any] = {
        "exif": exif,
        "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    }
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", "Hemmelig Forfatter")
        more["pnginfo"] = info
    if kind == "GIF":
        more = {"comment": b"Hemmelig Forfatter", "save_all": True, "append_images": [picture.rotate(90)], "loop": 3}
    if kind == "JPEG":
        more["comment"] = b"Hemmelig Forfatter"
    picture.convert("RGB" if kind == "JPEG" else "L").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", JPEG), ("PNG", PNG), ("TIFF", TIFF), ("GIF", GIF)])
def test_a_picture_says_nothing_of_who_took_it_and_where_and_looks_the_same(kind: str, media_type: str) -> None:
    source = _photo(kind)

    copy = public_copy(source, media_type=media_type, title="Kort")

    assert b"Hemmelig" in source and b"Hemmelig" not in copy
    assert copy == public_copy(source, media_type=media_type, title="Andet")
    with Image.open(io.BytesIO(source)) as before, Image.open(io.BytesIO(copy)) as after:
        assert not after.getexif().get_ifd(ExifTags.IFD.GPSInfo) and not after.getexif().get(ExifTags.Base.Artist)
        frames = [
            [ImageOps.exif_transpose(frame).tobytes() for frame in ImageSequence.Iterator(picture)]
            for picture in (before, after)
        ]
        assert frames[0] == frames[1]
        assert before.info.get("icc_profile") == after.info.get("icc_profile")
    with pytest.raises(UncopyableError):
        public_copy(source[:5], media_type=media_type, title="Kort")


def test_open_documents_and_rich_text_say_their_public_title_and_nothing_of_their_makers() -> None:
    parts = {
        "mimetype": ODT.encode(),
        "meta.xml": b"<m>Hemmelig Forfatter</m>",
        "Object 1/meta.xml": b"<m>Hemmelig Forfatter</m>",
        "Thumbnails/thumbnail.png": b"Hemmelig",
        "settings.xml": b'<s xmlns:c="c"><c:config-item c:name="PrinterName">Hemmelig</c:config-item></s>',
        "META-INF/documentsignatures.xml": b"<s>Hemmelig</s>",
        "META-INF/manifest.xml": b'<m xmlns:f="f"><f:e f:full-path="Thumbnails/thumbnail.png"/><f:e f:full-path="/"/></m>',
        "content.xml": b"<c>Indhold</c>",
        "Pictures/1.jpg": _photo("JPEG"),
    }
    rich = (
        rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\info{\author Hemmelig \} Forfatter}{\company Hemmelig}}"
        rb"{\*\revtbl {Unknown;}{Hemmelig;}}{\*\generator Hemmelig 7;}\f0 Indhold\par}"
    )

    copies = [public_copy(zip_bytes(parts), media_type=kind, title="Plan & æ") for kind in (ODT, ODS, ODP)]
    text = public_copy(rich, media_type=RTF, title="Plan {æ}")

    for copy in copies:
        with ZipFile(io.BytesIO(copy)) as made:
            assert [name for name in made.namelist() if b"Hemmelig" in made.read(name)] == []
            assert (made.namelist()[0], made.infolist()[0].compress_type) == ("mimetype", 0)
            assert "Plan &amp; æ" in made.read("meta.xml").decode() and b"Indhold" in made.read("content.xml")
            assert b"thumbnail" not in made.read("META-INF/manifest.xml")
    assert copies[0] == public_copy(zip_bytes(parts), media_type=ODT, title="Plan & æ")
    assert text == rb"{\rtf1\ansi\deff0{\info{\title Plan \u123?\u230?\u125?}}{\fonttbl{\f0 Arial;}}\f0 Indhold\par}"
    names = [public_file_name("Plan", kind) for kind in (ODT, CSV, TIFF, RTF, GIF, ODS, ODP, DOC, XLS, PPT)]
    endings = ["odt", "csv", "tif", "rtf", "gif", "ods", "odp", "doc", "xls", "ppt"]
    assert names == [f"Plan.{ending}" for ending in endings]
