"""PDFs by several makers, with what must be found in their text and out of sight."""

import io
from pathlib import Path

import pikepdf
import typst
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from bench.gate.invented import Inventor, Person
from bench.gate.pictures import drawn
from bench.gate.truth import Expected, Made

FONTS = Path(__file__).resolve().parents[2] / "sagsgang/documents/fonts"
BREAKS = ("{0}-\n{1}", "{0}\n-{1}", "CPR-nr. {0}\n{1}", "{0} -\n{1}")


def lines_about(person: Person, invent: Inventor, layer: str) -> tuple[list[str], list[Expected]]:
    """Sentences with everything of a person, and what must be found in them."""
    written = invent.written(person.cpr)
    phone = " ".join(person.phone[at : at + 2] for at in range(0, 8, 2))
    lines = [
        f"Borgeren {person.name}, {written}, har søgt om støtte.",
        invent.plain(),
        f"Hun kan ringes op på telefon {phone} efter kl. 12.",
        f"Skriv til {person.email} om sagen.",
        f"Boligen ligger på {person.address}.",
        invent.near(),
        f"Beløbet sættes ind på reg.nr. {person.account[:4]} kontonr. {person.account[5:]}.",
    ]
    found = [
        Expected("cpr", person.cpr, layer, "text"),
        Expected("phone", person.phone, layer, "text"),
        Expected("email", person.email, layer, "text"),
        Expected("address", person.address, layer, "text"),
        Expected("account", person.account, layer, "text"),
    ]
    return lines, found


def by_typst(path: Path, invent: Inventor, variant: int) -> Made:
    """Typst: running text, a table, or a number broken over two lines."""
    person, other = invent.person(), invent.person()
    lines, found = lines_about(person, invent, "text")
    source = ["#set page(width: 21cm, height: 29.7cm)", *(_typst(line) + "\n" for line in lines)]
    if variant % 3 == 1:
        cells = "".join(
            f"[{_typst(one)}]" for one in ("CPR-nr.", "Navn", f"{other.cpr[:6]}-{other.cpr[6:]}", other.name)
        )
        source.append(f"#table(columns: 2, {cells.replace('][', '],[')})")
        found.append(Expected("cpr", other.cpr, "table", "text"))
    elif variant % 3 == 2:
        broken = invent.random.choice(BREAKS).format(other.cpr[:6], other.cpr[6:])
        source.append("Det gælder også " + " #linebreak() ".join(map(_typst, broken.split("\n"))) + " i samme sag.")
        found.append(Expected("cpr", other.cpr, "line break", "text"))
    path.write_bytes(typst.compile("\n".join(source).encode()))
    return Made(path.name, "typst", found)


def _typst(line: str) -> str:
    return "".join(f"\\{sign}" if sign in "#$*_@<>[]\\~`/" else sign for sign in line)


def _fonts() -> None:
    if "Plex" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Plex", FONTS / "IBMPlexSans-Regular.ttf"))


def by_reportlab(path: Path, invent: Inventor, variant: int) -> Made:
    """ReportLab: standard fonts and TrueType, turned pages, boxes over text, text nobody sees, forms, remarks."""
    _fonts()
    person, other = invent.person(), invent.person()
    lines, found = lines_about(person, invent, "text")
    pen = canvas.Canvas(str(path), pagesize=A4, invariant=1, pageCompression=variant % 2)
    pen.setFont("Plex" if variant % 2 else "Helvetica", 11)
    for number, line in enumerate(lines):
        pen.drawString(72, 760 - 18 * number, line)
    found += _hidden_in(pen, other, variant)
    pen.save()
    if variant % 5 == 4:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.pages[0].rotate(90, relative=False)
            pdf.save(path, deterministic_id=True)
    return Made(path.name, "reportlab", found)


def _hidden_in(pen: canvas.Canvas, other: Person, variant: int) -> list[Expected]:
    words = f"{other.cpr[:6]}-{other.cpr[6:]}"
    way = variant % 7
    if way == 0:
        pen.drawString(72, 500, f"Se {words} her")
        pen.setFillColor(colors.black)
        pen.rect(70, 495, 220, 18, fill=1)
        return [Expected("cpr", other.cpr, "covered", "covered")]
    if way == 1:
        pen.setFillColor(colors.white)
        pen.drawString(72, 500, f"Hvidt på hvidt {words}")
        return [Expected("cpr", other.cpr, "hidden", "hidden")]
    if way == 2:
        text = pen.beginText(72, 500)
        text.setTextRenderMode(3)
        text.textOut(f"Usynligt {words}")
        pen.drawText(text)
        return [Expected("cpr", other.cpr, "hidden", "hidden")]
    if way == 3:
        pen.acroForm.textfield(name="felt", value=words, x=72, y=480, width=200, height=20)
        return [Expected("cpr", other.cpr, "form", "form")]
    if way == 4:
        pen.textAnnotation(f"Husk {words}", Rect=(300, 480, 320, 500))
        return [
            Expected("cpr", other.cpr, "annotation", "annotation"),
            Expected("comment", "Husk", "annotation", "annotation"),
        ]
    if way == 5:
        pen.setTitle(f"Sag om {words}")
        pen.setAuthor(other.name)
        return [
            Expected("cpr", other.cpr, "metadata", "metadata"),
            Expected("metadata", other.name, "metadata", "metadata"),
        ]
    halves = (other.cpr[:6], other.cpr[6:])
    pen.drawString(72, 500, "Det gælder også " + halves[0] + "-")
    pen.drawString(72, 482, halves[1] + " i samme sag.")
    return [Expected("cpr", other.cpr, "line break", "text")]


def by_hand(path: Path, invent: Inventor, variant: int) -> Made:
    """Made with pikepdf: files inside, certificates of signatures, switched-off layers, what lies off the page."""
    person = invent.person()
    words = f"{person.cpr[:6]}-{person.cpr[6:]}"
    pdf = pikepdf.open(io.BytesIO(_plain_page(invent)))
    way = variant % 4
    if way == 0:
        content = f"Notat om {person.name}, {words}".encode()
        pdf.attachments["notat.txt"] = pikepdf.AttachedFileSpec(
            pdf, content, description="", filename="notat.txt", mime_type="text/plain", creation_date="", mod_date=""
        )
        found = [Expected("cpr", person.cpr, "embedded", "embedded")]
    elif way == 1:
        certificate = b"\x30\x82\x01\x00\x0c" + f"CN={person.name}, serialNumber=CPR:{person.cpr}".encode()
        value = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), Contents=pikepdf.String(certificate),
            Name=pikepdf.String(person.name), Reason=pikepdf.String(f"Underskrevet af {words}"),
            ByteRange=pikepdf.Array([0, 10, 20, 30]),
        )  # fmt: skip
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T=pikepdf.String("Signatur"),
                V=pdf.make_indirect(value), Rect=pikepdf.Array([0, 0, 0, 0]), F=132,
            )
        )  # fmt: skip
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        pdf.pages[0].obj.Annots = pikepdf.Array([field])
        found = [
            Expected("cpr", person.cpr, "signature", "signature"),
            Expected("metadata", person.name, "signature", "signature"),
        ]
    elif way == 2:
        _add_text(pdf, 700, 20, f"uden for siden {words}")
        found = [Expected("cpr", person.cpr, "hidden", "hidden")]
    else:
        with pdf.open_metadata() as meta:
            meta["dc:description"] = f"Om {words}"
            meta["dc:creator"] = [person.name]
        found = [
            Expected("cpr", person.cpr, "metadata", "metadata"),
            Expected("metadata", person.name, "metadata", "metadata"),
        ]
    pdf.save(path, deterministic_id=True)
    return Made(path.name, "pikepdf", found)


def _plain_page(invent: Inventor) -> bytes:
    written = io.BytesIO()
    pen = canvas.Canvas(written, pagesize=A4, invariant=1)
    for number in range(8):
        pen.drawString(72, 760 - 20 * number, invent.plain())
    pen.save()
    return written.getvalue()


def _add_text(pdf: pikepdf.Pdf, x: int, y: int, words: str) -> None:
    page = pdf.pages[0]
    font = page.add_resource(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica),
        pikepdf.Name.Font,
    )
    page.contents_add(f"BT {font} 11 Tf {x} {y} Td ({words}) Tj ET".encode("cp1252"))


def scanned(path: Path, invent: Inventor, variant: int) -> Made:
    """A page that is a picture of text, with or without a reading laid over it, as a scanner's program makes it."""
    person = invent.person()
    words = f"{person.cpr[:6]}-{person.cpr[6:]}"
    lines = [invent.plain(), f"Borgeren har CPR-nr. {words} og har søgt.", invent.plain()]
    picture = drawn(lines, wide=1654, high=2339, size=34)
    pen = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    file = io.BytesIO()
    picture.save(file, "JPEG" if variant % 2 else "PNG")
    file.seek(0)
    pen.drawInlineImage(Image.open(file), 0, 0, *A4) if variant % 6 == 5 else _draw(pen, file)
    pen.save()
    return Made(path.name, "scan", [Expected("cpr", person.cpr, "image", "image")])


def _draw(pen: canvas.Canvas, file: io.BytesIO) -> None:
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    pen.drawImage(ImageReader(file), 0, 0, *A4)


def clean(path: Path, invent: Inventor, variant: int) -> Made:
    """Pages with nothing to find, and much that looks like it."""
    pages = 3
    if variant % 2:
        body = "#pagebreak()\n".join(
            "\n\n".join(_typst(invent.near() if number % 2 else invent.plain()) for number in range(24))
            + "\n" for _page in range(pages)
        )  # fmt: skip
        path.write_bytes(typst.compile(f"#set page(width: 21cm, height: 29.7cm)\n{body}".encode()))
        return Made(path.name, "typst", pages=pages)
    _fonts()
    pen = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    for _page in range(pages):
        pen.setFont("Plex", 10)
        for number in range(30):
            pen.drawString(60, 780 - 22 * number, invent.near() if number % 2 else invent.plain())
        for number in range(3):
            figures = (str(invent.random.randrange(100, 999_999)) for _one in range(6))
            pen.drawString(60, 110 - 16 * number, "    ".join(figures))
        pen.showPage()
    pen.save()
    return Made(path.name, "reportlab", pages=pages)
