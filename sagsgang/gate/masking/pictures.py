"""Pictures that are files, alone or inside others: the pixels of what is found are blackened, and what is said beside goes."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageOps, ImageSequence

from sagsgang.gate.masking.spans import Finder
from sagsgang.gate.pieces import Box, UnreadableError, Where
from sagsgang.gate.reading import pictures

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp")
_SLACK = 2  # pixels round each place


def masked_picture(content: bytes, finder: Finder) -> bytes:
    """A picture inside a file: the same bytes where nothing is found in it."""
    boxes: list[Box] = []
    is_told = False
    for piece in pictures.pieces_of(content, ""):
        found = finder(piece.text)
        if piece.where != Where.IMAGE:
            is_told = is_told or bool(found)
        elif piece.box_of is not None:
            boxes += [box for one in found if (box := piece.box_of(one.start, one.end)) is not None]
    if not boxes and not is_told:
        return content
    return blackened(content, {1: boxes})


def blackened(content: bytes, boxes: dict[int, Sequence[Box]] | dict[int, list[Box]]) -> bytes:
    """A picture with black boxes by frame (from 1; pixels from the lower left corner), and nothing said beside.

    Raises UnreadableError for one that does not open.
    """
    try:
        with Image.open(BytesIO(content)) as picture:
            kind = picture.format or "PNG"
            frames = [
                _frame(ImageOps.exif_transpose(frame), boxes.get(number, ()))
                for number, frame in enumerate(ImageSequence.Iterator(picture), start=1)
            ]
        written = BytesIO()
        more = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
        frames[0].save(written, kind, **({"quality": 90} if kind in ("JPEG", "WEBP") else {}), **more)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(_("The picture is broken and cannot be read.")) from error
    return written.getvalue()


def _frame(frame: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """A frame drawn anew: none of the file's own data comes along."""
    plain = frame if frame.mode in ("L", "RGB", "RGBA", "1") else frame.convert("RGB")
    made = Image.new(plain.mode, plain.size)
    made.paste(plain)
    pen = ImageDraw.Draw(made)
    for box in boxes:
        place = (
            int(box.left) - _SLACK,
            int(made.height - box.top) - _SLACK,
            int(box.right) + _SLACK,
            int(made.height - box.bottom) + _SLACK,
        )
        pen.rectangle(place, fill=(0, 0, 0, 255)[: len(made.getbands())] if len(made.getbands()) > 1 else 0)
    return made
