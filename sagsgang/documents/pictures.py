"""A look at pictures: whole, and not larger unfolded than a page of the largest plan."""

import struct
from typing import IO

from PIL import Image, UnidentifiedImageError

from sagsgang.documents.kinds import GIF, JPEG, PNG, TIFF, Unfit, UnfitFileError

LARGEST_PICTURE = 160_000_000  # pixels: a sheet A0 at 300 to the inch is 140 million
LARGEST_DECODED = 40_000_000  # pixels that are read through to find a cut-off end; larger ones are trusted
MOST_FRAMES = 2000
_FORMATS = {PNG: "PNG", JPEG: "JPEG", TIFF: "TIFF", GIF: "GIF"}
_OFFSETS = ((273, 279), (324, 325))  # TIFF: where strips or tiles lie, and how long they are


def require_whole_picture(file: IO[bytes], media_type: str) -> None:
    """Raises `UnfitFileError` if the picture is broken or would fill the memory of whoever looks at it."""
    try:
        file.seek(0)
        with Image.open(file, formats=[_FORMATS[media_type]]) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise UnfitFileError(Unfit.LARGE_PICTURE)
            _require_whole(picture, media_type, file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnfitFileError(Unfit.LARGE_PICTURE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise UnfitFileError(Unfit.BROKEN) from error


def _require_whole(picture: Image.Image, media_type: str, file: IO[bytes]) -> None:
    if media_type == PNG:
        picture.verify()  # checks every checksum, unfolds nothing
    elif media_type == TIFF:
        _require_whole_tiff(picture, file)
    elif picture.width * picture.height <= LARGEST_DECODED:
        # An eighth of a JPEG's size each way is enough to see that its end is there.
        picture.draft("RGB", (picture.width // 8 or 1, picture.height // 8 or 1))
        picture.load()


def _require_whole_tiff(picture: Image.Image, file: IO[bytes]) -> None:
    """Every page's strips lie inside the file."""
    place = file.tell()
    size = file.seek(0, 2)
    file.seek(place)
    for frame in range(MOST_FRAMES):
        try:
            picture.seek(frame)
        except EOFError:
            return
        if picture.width * picture.height > LARGEST_PICTURE:
            raise UnfitFileError(Unfit.LARGE_PICTURE)
        tags = picture.tag_v2  # type: ignore[attr-defined]
        for starts, lengths in _OFFSETS:
            for start, length in zip(tags.get(starts, ()), tags.get(lengths, ()), strict=False):
                if start + length > size:
                    raise UnfitFileError(Unfit.BROKEN)
