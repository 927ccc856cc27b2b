"""Texts and pictures as pages of a packet: a text is printed as the house prints, a picture stands on a page of its own."""

import io
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from sagsgang.documents.joining import BrokenPieceError
from sagsgang.documents.kinds import CSV, GIF, JPEG, PNG, TIFF, TXT, UnfitFileError
from sagsgang.documents.pictures import LARGEST_DECODED, require_whole_picture
from sagsgang.protocols.rendering.paper import PaperPart, lines_section

TEXTS = frozenset({TXT, CSV})
PICTURES = frozenset({PNG, JPEG, TIFF, GIF})
LONGEST_TEXT = 400_000  # characters, some 120 pages
MOST_PAGES = 50  # of a picture with several
A4 = (1654, 2339)  # pixels at 200 to the inch
DPI = 200
MARGIN = 118  # 15 mm, so that the page number has room


def text_part(path: Path, key: str, title: str) -> PaperPart:
    """The text as a part of a paper, line by line. Raises `BrokenPieceError` where it cannot be read or is too long."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BrokenPieceError("the text cannot be read") from error
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    if len(words) > LONGEST_TEXT:
        raise BrokenPieceError("the text is too long to be printed")
    return PaperPart(key, "", title, sections=(lines_section(words.splitlines() or [""]),))


def picture_pages(path: Path, media_type: str) -> bytes:
    """A PDF with the picture on a page of A4, the long side of both along each other; a page for each of its pages.

    Raises `BrokenPieceError` where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            require_whole_picture(file, media_type)
            file.seek(0)
            with Image.open(file) as picture:
                _require_small(picture)
                frames = ImageSequence.Iterator(picture) if media_type == TIFF else [picture]
                pages = [_page(frame) for _, frame in zip(range(MOST_PAGES), frames, strict=False)]
    except (UnfitFileError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise BrokenPieceError("the picture cannot be read") from error
    made = io.BytesIO()
    pages[0].save(made, "PDF", resolution=DPI, save_all=True, append_images=pages[1:])
    return made.getvalue()


def _require_small(picture: Image.Image) -> None:
    if picture.format != "JPEG" and picture.width * picture.height > LARGEST_DECODED:
        raise BrokenPieceError("the picture is too large to be printed")


def _page(frame: Image.Image) -> Image.Image:
    """The picture on white, turned as its camera says, as large as the page allows and never larger than it is."""
    frame.draft("RGB", A4)
    turned = ImageOps.exif_transpose(frame).convert("RGBA")
    size = A4 if turned.height >= turned.width else (A4[1], A4[0])
    turned.thumbnail((size[0] - 2 * MARGIN, size[1] - 2 * MARGIN))
    page = Image.new("RGB", size, "white")
    page.paste(turned, ((size[0] - turned.width) // 2, (size[1] - turned.height) // 2), turned)
    return page
