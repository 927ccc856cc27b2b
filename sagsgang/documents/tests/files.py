"""Files for tests, made and not found."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

import docx
import pikepdf
from PIL import Image


def pdf_bytes(text: str = "Kort") -> bytes:
    """A PDF of one page."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(stream)
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def long_pdf(*pages: str) -> bytes:
    """A PDF with these words, a page each."""
    pdf = pikepdf.new()
    for words in pages:
        with pikepdf.open(BytesIO(pdf_bytes(words))) as one:
            pdf.pages.extend(one.pages)
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def locked_pdf(*, user: str = "kode", owner: str = "ejer") -> bytes:
    """A PDF that asks for a password; with user="" it opens for everyone, and only printing may be forbidden."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf_bytes())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


def pdf_without_pages() -> bytes:
    """A PDF that opens and holds nothing."""
    out = BytesIO()
    pikepdf.new().save(out)
    return out.getvalue()


def docx_bytes(*paragraphs: str) -> bytes:
    """A Word file."""
    document = docx.Document()
    for words in paragraphs or ("Indstilling",):
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def paged_docx(*pages: str) -> bytes:
    """A Word file with these words, a page each."""
    document = docx.Document()
    for number, words in enumerate(pages):
        if number:
            document.add_page_break()  # type: ignore[no-untyped-call]
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bytes(parts: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """An archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ooxml_bytes(main: str, parts: Mapping[str, bytes] | None = None) -> bytes:
    """An Office file whose first part has this content type, and no program made it."""
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Override PartName="/main.xml" ContentType="{main}"/></Types>'
    )
    return zip_bytes({"[Content_Types].xml": types.encode(), "main.xml": b"<a/>", **(parts or {})})


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XLSX_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
    'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATED}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATED}'
    '/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATED}"><sheets><sheet name="Ark" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
    'Anlæg</t></is></c><c r="B1"><v>1200</v></c></row></sheetData></worksheet>',
}  # fmt: skip


def xlsx_bytes() -> bytes:
    """A small Excel sheet."""
    return zip_bytes({name: content.encode() for name, content in XLSX_PARTS.items()})


ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt_bytes(body: str = "<text:p>Høringssvar</text:p>", *, locked: bool = False, macro: bool = False) -> bytes:
    """An OpenDocument text."""
    content = (
        f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:draw="{ODF}:'
        f'drawing:1.0" xmlns:svg="{ODF}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'office:version="1.3"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    )
    key = "<manifest:encryption-data/>" if locked else ""
    manifest = (
        f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path='
        f'"content.xml" manifest:media-type="text/xml">{key}</manifest:file-entry></manifest:manifest>'
    )
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }
    return zip_bytes(parts | ({"Basic/Standard/Module1.xml": b"<a/>"} if macro else {}))


def compound_bytes(*names: str, first: bytes = b"") -> bytes:
    """An older Office file: a header, one allocation table, one directory with these streams, and the first's head."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHH", head, 26, 3, 0xFFFE, 9)
    struct.pack_into("<LL", head, 44, 1, 1)  # one sector of the table; the directory begins at sector 1
    struct.pack_into("<LLLL", head, 60, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109L", head, 76, 0, *[0xFFFFFFFF] * 108)
    entries = [("Root Entry", 5), *((name, 2) for name in names)]
    sectors = -(-len(entries) // 4)
    directory = bytearray(sectors * 512)
    for number, (name, kind) in enumerate(entries):
        letters = name.encode("utf-16-le") + b"\0\0"
        at = number * 128
        directory[at : at + len(letters)] = letters
        struct.pack_into("<HB", directory, at + 64, len(letters), kind)
        struct.pack_into("<L", directory, at + 116, 1 + sectors)
    chain = [0xFFFFFFFD, *range(2, 1 + sectors), 0xFFFFFFFE, 0xFFFFFFFE]
    table = struct.pack("<128L", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    return bytes(head) + table + bytes(directory) + first.ljust(512, b"\0")


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture with some noise in it."""
    picture = Image.effect_noise(size, 60).convert("RGB")
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def png_bomb(side: int = 30_000) -> bytes:
    """A small PNG that unfolds to a picture of `side` by `side` pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))

    head = struct.pack(">LLBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf_bomb(size: int) -> bytes:
    """A small PDF with a page whose content unfolds to `size` bytes, and a table of parts that does too."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream"
        % (len(packed), packed),
    ]
    out, place = b"%PDF-1.5\n", 0
    for number, part in enumerate(parts, start=1):
        place = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    return out + b"startxref\n%d\n%%%%EOF" % place


def docx_with_outside_picture(address: str) -> bytes:
    """A Word file whose picture lies elsewhere."""
    document = docx.Document()
    document.add_picture(BytesIO(picture_bytes()))
    [blip] = document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    outside = document.part.relate_to(address, f"{RELATED}/image", is_external=True)
    del blip.attrib[f"{{{RELATED}}}embed"]
    blip.set(f"{{{RELATED}}}link", outside)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
