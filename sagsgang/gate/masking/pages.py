"""A page of a PDF without the words and pixels of some areas: its streams rewritten, or the page made a picture."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from sagsgang.gate.masking.fonts import UnsureError
from sagsgang.gate.masking.pixels import blacken, touches
from sagsgang.gate.masking.spans import (
    Finder,
    box_of,
    found_glyphs,
    found_signs,
    glyphs_at,
    glyphs_in,
    merged,
)
from sagsgang.gate.masking.walking import Walk, walk_page, without
from sagsgang.gate.pieces import Box

DOTS = 200  # to the inch, of a page that becomes a picture
LARGEST_PICTURE = 40_000_000  # pixels of such a page


def clean_page(
    pdf: pikepdf.Pdf, number: int, seen: pypdfium2.PdfPage, finder: Finder, areas: Sequence[Box]
) -> tuple[list[Box], bool]:
    """Take what is found on a page out of its streams and pictures; a black box is drawn where it stood.

    Answers the boxes, in the page's own units, and whether that was done for certain: if not, the page must become a
    picture (`as_picture`), for its streams may still hold the words.
    """
    page = pdf.pages[number]
    signs = found_signs(seen, finder)
    try:
        walk = walk_page(page)
    except UnsureError:
        # Neither what the house's own walk would have found can be known here.
        boxes = merged([*(sign.box for sign in signs), *areas])
        return _marked(pdf, page, boxes), not boxes
    taken, is_sure = glyphs_at(walk, signs)
    taken |= found_glyphs(walk, finder)
    exact = [box_of(walk.glyphs[at]) for at in taken]
    loose = [] if is_sure else [sign.box for sign in signs]
    taken |= glyphs_in(walk, [*exact, *loose, *areas])
    boxes = [*merged([*exact, *loose]), *areas]
    if not boxes:
        return [], True
    is_sure = is_sure and _is_blackened(walk, boxes, areas)
    _rewrite(pdf, page, walk, taken)
    return _marked(pdf, page, boxes), is_sure


def _is_blackened(walk: Walk, boxes: list[Box], areas: Sequence[Box]) -> bool:
    """Blacken the boxes in every picture. Was in each area a picture or a glyph, so that nothing drawn is left?"""
    try:
        for drawn in walk.pictures:
            blacken(drawn, boxes)
        return all(glyphs_in(walk, [area]) or any(touches(drawn, area) for drawn in walk.pictures) for area in areas)
    except UnsureError:
        return False


def _rewrite(pdf: pikepdf.Pdf, page: pikepdf.Page, walk: Walk, taken: set[int]) -> None:
    """Write the streams again without these glyphs."""
    dropped: dict[int, dict[int, dict[tuple[int, int], float]]] = {}
    for number in taken:
        glyph = walk.glyphs[number]
        spot = glyph.spot
        dropped.setdefault(spot.stream, {}).setdefault(spot.instruction, {})[spot.part, spot.code] = glyph.back
    for number, cuts in dropped.items():
        stream = walk.streams[number]
        kept = without(_unspoken(stream.instructions), cuts, walk.steps[number])
        content = pikepdf.unparse_content_stream(kept)
        if stream.owner is None:
            page.obj.Contents = pdf.make_stream(content)
        else:
            stream.owner.write(content)


def _unspoken(instructions: list[Any]) -> list[Any]:
    """The instructions, without the words that a reading machine says in place of what is drawn."""
    for instruction in instructions:
        if str(instruction.operator) == "BDC" and isinstance(instruction.operands[1], pikepdf.Dictionary):
            for name in ("/ActualText", "/Alt", "/E"):
                if name in instruction.operands[1]:
                    del instruction.operands[1][name]
    return instructions


def _marked(pdf: pikepdf.Pdf, page: pikepdf.Page, boxes: list[Box]) -> list[Box]:
    """Draw the black boxes, over everything else; they belong to no text."""
    if boxes:
        drawn = "".join(
            f"{box.left:.2f} {box.bottom:.2f} {box.right - box.left:.2f} {box.top - box.bottom:.2f} re\n"
            for box in boxes
        )
        open_states = _open_states(page)
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(f"{'Q ' * open_states}Q\n/Artifact BMC q 0 g\n{drawn}f Q EMC\n".encode())
        for name in ("/Thumb", "/PieceInfo"):
            if name in page.obj:
                del page.obj[name]
    return boxes


def _open_states(page: pikepdf.Page) -> int:
    """How many saved states the page's stream leaves open."""
    try:
        signs = [str(one.operator) for one in pikepdf.parse_content_stream(page)]
    except (pikepdf.PdfError, TypeError, ValueError):
        return 0
    return max(0, signs.count("q") - signs.count("Q"))


def as_pictures(pdf: pikepdf.Pdf, numbers: Sequence[int]) -> None:
    """Make pages pictures of themselves: nothing of their streams is left."""
    if not numbers:
        return
    content = BytesIO()
    pdf.save(content)
    shown = pypdfium2.PdfDocument(content.getvalue())
    try:
        shown.init_forms()
        for number in numbers:
            page = shown[number]
            wide, high = page.get_size()
            scale = min(DOTS / 72, (LARGEST_PICTURE / max(wide * high, 1)) ** 0.5)
            picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
            page.close()
            _replace(pdf, number, picture, wide, high)
    finally:
        shown.close()


def _replace(pdf: pikepdf.Pdf, number: int, picture: Image.Image, wide: float, high: float) -> None:
    written = BytesIO()
    picture.save(written, "JPEG", quality=85)
    image = pdf.make_stream(written.getvalue())
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = picture.size
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    image.Filter = pikepdf.Name.DCTDecode
    page = pdf.pages[number].obj
    for name in list(page.keys()):
        if name not in ("/Type", "/Parent"):
            del page[name]
    page.MediaBox = pikepdf.Array([0, 0, wide, high])
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.Contents = pdf.make_stream(f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Im0 Do Q\n".encode())
    page.Rotate = 0
