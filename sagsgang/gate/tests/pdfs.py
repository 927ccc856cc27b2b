"""PDFs made for tests, with a CPR number of its own in each layer."""

import io
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WHO = b"\x06\x03\x55\x04\x03"


def plain(path: Path, *lines: str, author: str = "") -> Path:
    """A page with lines of text."""
    canvas = Canvas(str(path))
    canvas.setAuthor(author)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 20 * number, line)
    canvas.save()
    return path


def picture_of(words: str, size: tuple[int, int] = (900, 120)) -> Image.Image:
    """Black words on white."""
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).text((20, 30), words, fill=0, font=ImageFont.load_default(48))
    return picture


def layered(path: Path) -> Path:
    """A page with text in every layer that a page has."""
    content = io.BytesIO()
    canvas = Canvas(content)
    canvas.drawString(72, 700, "Synlig 010190-1001")
    canvas.saveState()
    text = canvas.beginText(72, 680)
    text.setTextRenderMode(3)
    text.textLine("usynlig 020190-1002")
    canvas.drawText(text)
    canvas.restoreState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 660, "hvid 030190-1003")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(72, 640, "dækket 040190-1004")
    canvas.rect(60, 635, 200, 20, fill=1)
    canvas.drawString(-300, 600, "udenfor 050190-1005")
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(72, 580, "lille 060190-1006")
    canvas.setFont("Helvetica", 12)
    canvas.beginForm("inner")
    canvas.drawString(72, 560, "indre 070190-1007")
    canvas.rect(60, 555, 200, 20, fill=1)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(10, 5)
    canvas.doForm("inner")
    canvas.restoreState()
    canvas.drawString(72, 500, "halvt dækket 090190-1009")
    canvas.rect(175, 495, 60, 16, fill=1)
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(60, 295, 300, 25, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 300, "lys på mørk 130190-1013")
    canvas.acroForm.textfield(name="felt", value="100190-1010", x=72, y=450, width=200, height=20)
    canvas.save()
    with pikepdf.open(io.BytesIO(content.getvalue())) as pdf:
        _add_switched_off(pdf)
        pdf.save(path)
    return path


def _add_switched_off(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Skjult lag")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page.obj.Resources.Properties = Dictionary(MC0=layer)
    font = next(iter(page.obj.Resources.Font.keys()))
    words = f"/OC /MC0 BDC BT {font} 12 Tf 72 260 Td (slukket 160190-1016) Tj ET EMC"
    page.contents_add(pdf.make_stream(words.encode()))


def surrounded(path: Path, inner: Path) -> Path:
    """A clean page with things beside and inside: notes, metadata, files, a signature, an alternative text."""
    plain(path, "Intet på siden", author="Karen Forfatter")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        note = Dictionary(
            Subtype=Name.Text, Rect=[10, 10, 30, 30], Contents=String("150190-1015"), T=String("Ole Noter")
        )
        link = Dictionary(
            Subtype=Name.Link, Rect=[10, 40, 30, 60], A=Dictionary(S=Name.URI, URI=String("mailto:lone@example.dk"))
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note), pdf.make_indirect(link)])
        with pdf.open_metadata(update_docinfo=False) as xmp:
            xmp["dc:description"] = "xmp 210190-1021"
        pdf.docinfo["/Title"] = "Titel 200190-1020"
        pdf.attachments["indre.pdf"] = inner.read_bytes()
        pdf.attachments["note.txt"] = b"180190-1018"
        pdf.Root.Kept = pdf.make_indirect(Dictionary(S=Name.Figure, Alt=String("Foto af 220190-1022")))
        name, serial = _tlv(0x0C, b"Signe Signatur"), _tlv(0x13, b"PID:9208-2002-2-123456789012")
        der = _tlv(0x30, _tlv(0x30, WHO + name) + _tlv(0x30, b"\x06\x03\x55\x04\x05" + serial))
        pdf.Root.Signed = pdf.make_indirect(
            Dictionary(
                Type=Name.Sig, ByteRange=[0, 1, 2, 3], Contents=String(der + bytes(100)), Reason=String("190190-1019")
            )
        )
        pdf.save(path)
    return path


def _tlv(tag: int, value: bytes) -> bytes:
    length = bytes([len(value)]) if len(value) < 128 else b"\x82" + len(value).to_bytes(2)
    return bytes([tag]) + length + value


def pictured(path: Path) -> Path:
    """Three pages: a picture beside text, one half under a box, and a scanned page that is turned when shown."""
    content = io.BytesIO()
    canvas = Canvas(content)
    canvas.drawString(72, 700, "Tekst")
    canvas.drawImage(ImageReader(picture_of("Billede 110190-1011")), 72, 380, width=225, height=30)
    canvas.showPage()
    canvas.drawString(72, 700, "Tekst")
    canvas.drawImage(ImageReader(picture_of("Under 120190-1012")), 72, 340, width=225, height=30)
    canvas.rect(120, 340, 180, 30, fill=1)
    canvas.showPage()
    scan = Image.new("L", (1240, 1754), 255)
    scan.paste(picture_of("Scannet 140190-1014"), (100, 300))
    canvas.setPageSize((842, 595))
    canvas.drawImage(ImageReader(scan.rotate(90, expand=True)), 0, 0, width=842, height=595)
    canvas.save()
    with pikepdf.open(io.BytesIO(content.getvalue())) as pdf:
        pdf.pages[2].Rotate = 90
        pdf.save(path)
    return path
