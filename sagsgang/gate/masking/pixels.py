"""Pictures with the pixels of an area blackened: in the picture itself."""

import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from sagsgang.gate.masking.fonts import UnsureError
from sagsgang.gate.masking.walking import Drawn, Matrix, placed
from sagsgang.gate.pieces import Box

LARGEST = 160_000_000  # pixels: a sheet A0 at 300 to the inch is 140 million
_QUALITY = 90
_DROPPED = ("/DecodeParms", "/Decode", "/Alternates", "/Metadata", "/Intent", "/OPI", "/PieceInfo", "/SMaskInData")


def blacken(drawn: Drawn, boxes: Sequence[Box]) -> bool:
    """Blacken the areas (in the page's units) in a picture. Was there something of it in them?

    Raises UnsureError if the picture cannot be taken apart: the page must become a picture as a whole.
    """
    areas = [area for box in boxes if (area := _area(drawn.matrix, box)) is not None]
    if not areas:
        return False
    image = drawn.image
    if image is None or image.get("/ImageMask") is True or isinstance(image.get("/Mask"), pikepdf.Stream):
        raise UnsureError("a picture that is a mask")
    if int(image.Width) * int(image.Height) > LARGEST:
        raise UnsureError("a picture that is too large")
    _write(image, _blackened(_opened(image), areas, 0), is_photo=_is_photo(image))
    soft = image.get("/SMask")
    if isinstance(soft, pikepdf.Stream):
        # The letters may be cut out in what makes the picture transparent.
        _write(soft, _blackened(_opened(soft), areas, 255), is_photo=False)
    return True


def touches(drawn: Drawn, box: Box) -> bool:
    """Does a picture lie in a box?"""
    return _area(drawn.matrix, box) is not None


def _opened(image: Any) -> Image.Image:
    try:
        picture = pikepdf.PdfImage(image).as_pil_image()
        picture.load()
    except Exception as error:  # a broken picture breaks its reader in more ways than can be named
        raise UnsureError("a picture that does not open") from error
    return picture if picture.mode in ("L", "RGB") else picture.convert("L" if picture.mode == "1" else "RGB")


def _blackened(picture: Image.Image, areas: Sequence[tuple[float, float, float, float]], tone: int) -> Image.Image:
    pen = ImageDraw.Draw(picture)
    wide, high = picture.size
    for left, top, right, bottom in areas:
        box = (int(left * wide) - 1, int(top * high) - 1, int(right * wide) + 1, int(bottom * high) + 1)
        pen.rectangle(box, fill=tone if picture.mode == "L" else (tone, tone, tone))
    return picture


def _write(image: Any, picture: Image.Image, *, is_photo: bool) -> None:
    for name in _DROPPED:
        if name in image:
            del image[name]
    if is_photo:
        content = BytesIO()
        picture.save(content, "JPEG", quality=_QUALITY)
        image.write(content.getvalue(), filter=pikepdf.Name.DCTDecode)
    else:
        image.write(zlib.compress(picture.tobytes()), filter=pikepdf.Name.FlateDecode)
    image.ColorSpace = pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB
    image.BitsPerComponent = 8
    image.Width, image.Height = picture.size


def _is_photo(image: Any) -> bool:
    filters = image.get("/Filter")
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    return any(str(name) == "/DCTDecode" for name in names)


def _area(matrix: Matrix, box: Box) -> tuple[float, float, float, float] | None:
    """The part of a drawn picture that lies in a box: left, top, right, bottom, each from 0 to 1; None if none does."""
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if abs(size) < 1e-9:
        return None
    back = (d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size)
    corners = [placed(back, x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    left, right = max(0.0, min(x for x, _y in corners)), min(1.0, max(x for x, _y in corners))
    low, high = max(0.0, min(y for _x, y in corners)), min(1.0, max(y for _x, y in corners))
    if left >= right or low >= high:
        return None
    return left, 1 - high, right, 1 - low
