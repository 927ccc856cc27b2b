"""What is written in pictures, read by Tesseract where it is installed; and what a picture's file says beside."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, ImageSequence, UnidentifiedImageError

from sagsgang.gate.pieces import Box, Kind, Piece, Reading, UnreadableError, Where

LONGEST = 90.0  # seconds for one picture
MOST_PIXELS = 120_000_000
_READ_PIXELS = 24_000_000  # A4 at 600 dots an inch has 35 million; more says nothing more
_LEAST = (40, 12)  # pixels: what is smaller shows no number
_SMALL = 1000  # pixels: print this wide may be small, and is read better when made larger
_MOST_FRAMES = 500
_AUTHORS = (ExifTags.Base.Artist, ExifTags.Base.XPAuthor, ExifTags.Base.CameraOwnerName)
_WORDS = (ExifTags.Base.ImageDescription, ExifTags.Base.XPTitle, ExifTags.Base.XPComment, ExifTags.Base.XPSubject)
_LIKE_DIGITS = str.maketrans("OoQDIl|!SsBZ", "000011115582")
_NUMBER_LIKE = re.compile(
    r"(?<!\w)(?=[^\s]*\d[^\s]*\d[^\s]*\d[^\s]*\d)[\dOoQDIl|!SsBZ]{4,10}(?:-[\dOoQDIl|!SsBZ]{4})?(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place in the picture: pixels from the upper left corner."""

    text: str
    line: tuple[str, ...]
    left: int
    top: int
    right: int
    bottom: int


type ToBox = Callable[[float, float, float, float], Box]


@cache
def languages() -> str:
    """What Tesseract is asked to read: Danish, else English; "" if it is not installed or knows neither."""
    if not shutil.which("tesseract"):
        return ""
    try:
        answer = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return ""
    known = answer.stdout.split()
    return next((code for code in ("dan", "eng") if code in known), "")


def lack() -> str:
    """The sentence that says why pictures were not read, or read badly; "" if they were read."""
    if not languages():
        return _("The pictures were not read: Tesseract is not installed.")
    if languages() != "dan":
        return _("The pictures were read without knowledge of Danish: Tesseract's Danish is not installed.")
    return ""


def not_all_read() -> str:
    """The sentence for pictures that took too long or could not be opened."""
    return _("Some of the pictures could not be read.")


def read(path: Path, *, ocr: bool = True) -> Reading:
    """A picture's own file: each of its pages (`ocr`), and what is said beside. Raises UnreadableError."""
    try:
        with Image.open(path) as picture:
            pages = min(getattr(picture, "n_frames", 1), _MOST_FRAMES)
            require_size(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(_("The picture is broken and cannot be read.")) from error
    reading = Reading(pages, readable=False, tagged=None, pieces=iter(()), lacks=tuple(filter(None, [lack()])))
    reading.pieces = _pieces(path, reading, ocr=ocr)
    return reading


def require_size(picture: Image.Image) -> None:
    """Raises UnreadableError for a picture that would fill the memory."""
    if picture.width * picture.height > MOST_PIXELS:
        raise UnreadableError(_("The picture is too large to be read."))


def pieces_of(content: bytes, place: str) -> Iterator[Piece]:
    """The words in a picture that lies in another file, and what is said beside them; none if it is broken."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            require_size(picture)
            yield from _said_of(picture, place)
            if found := piece(picture, _pixels(picture.height), place=place):
                yield found
    except (
        OSError,
        ValueError,
        SyntaxError,
        UnreadableError,
        Image.DecompressionBombError,
        subprocess.SubprocessError,
    ):
        return


def _pieces(path: Path, reading: Reading, *, ocr: bool) -> Iterator[Piece]:
    try:
        with Image.open(path) as picture:
            yield from _said_of(picture, "")
            for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if number > _MOST_FRAMES or not ocr:
                    break
                require_size(frame)
                upright = ImageOps.exif_transpose(frame)
                if found := piece(upright, _pixels(upright.height), page=number):
                    yield found
    except (OSError, ValueError, SyntaxError, UnreadableError, subprocess.SubprocessError):
        reading.lacks += (not_all_read(),)


def _pixels(height: int) -> ToBox:
    """Boxes in a picture that lies on no page: pixels from its lower left corner."""
    return lambda left, top, right, bottom: Box(left, height - bottom, right, height - top)


def _said_of(picture: Image.Image, place: str) -> Iterator[Piece]:
    exif = picture.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    for tag in _AUTHORS:
        if words := _words_of(exif.get(tag) or inner.get(tag)):
            yield Piece(words, Where.METADATA, place=place or _("author"), kind=Kind.METADATA)
    if _has_place(exif):
        yield Piece(_("where the picture was taken"), Where.METADATA, place=place or _("GPS"), kind=Kind.METADATA)
    said = [_words_of(exif.get(tag)) for tag in _WORDS] + [
        value for value in picture.info.values() if isinstance(value, str) and len(value) < 100_000
    ]
    if words := "\n".join(filter(None, said)):
        yield Piece(words, Where.METADATA, place=place or _("the picture's own data"))


def _has_place(exif: Image.Exif) -> bool:
    """Does the camera say where it was?"""
    found = exif.get_ifd(ExifTags.IFD.GPSInfo)
    return any(found.get(tag) for tag in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))


def _words_of(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-16-le", "ignore")
    return str(value).strip("\0 ") if value else ""


def piece(
    picture: Image.Image,
    to_box: ToBox,
    *,
    page: int | None = None,
    place: str = "",
    where_of_box: Callable[[Box], Where] | None = None,
) -> Piece | None:
    """The words in a picture; None if there are none. `to_box` makes a place of left, top, right, bottom in pixels.

    Raises SubprocessError where Tesseract fails or takes too long.
    """
    words = words_in(picture)
    if not words:
        return None
    parts: list[str] = []
    spans: list[tuple[int, int, Word]] = []
    at = 0
    for number, word in enumerate(words):
        if number:
            parts.append(" " if word.line == words[number - 1].line else "\n")
            at += 1
        parts.append(word.text)
        spans.append((at, at + len(word.text), word))
        at += len(word.text)

    def box_of(start: int, end: int) -> Box | None:
        hit = [word for first, last, word in spans if first < end and start < last]
        if not hit:
            return None
        return to_box(
            min(word.left for word in hit),
            min(word.top for word in hit),
            max(word.right for word in hit),
            max(word.bottom for word in hit),
        )

    def where_of(start: int, end: int) -> Where:
        box = box_of(start, end)
        return where_of_box(box) if box and where_of_box else Where.IMAGE

    return Piece(
        _NUMBER_LIKE.sub(lambda match: match[0].translate(_LIKE_DIGITS), "".join(parts)),
        Where.IMAGE,
        page=page,
        place=place,
        box_of=box_of,
        where_of=where_of if where_of_box else None,
    )


def words_in(picture: Image.Image) -> list[Word]:
    """The words that Tesseract sees, in its order. Raises SubprocessError."""
    if not languages() or picture.width < _LEAST[0] or picture.height < _LEAST[1]:
        return []
    grey, scale = _prepared(picture)
    file = io.BytesIO()
    grey.save(file, "PPM")
    layout = "3" if grey.height > 300 else "6"
    answer = subprocess.run(
        ["tesseract", "stdin", "stdout", "-l", languages(), "--psm", layout, "--dpi", "300", "tsv"],
        input=file.getvalue(),
        capture_output=True,
        timeout=LONGEST,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
    )
    rows = csv.reader(io.StringIO(answer.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [word for row in rows if (word := _word(row, scale))]


def _prepared(picture: Image.Image) -> tuple[Image.Image, float]:
    """Grey on white, not too large and not too small; and how many of its pixels one of the old is."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        behind = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(behind, picture.convert("RGBA"))
    grey = picture.convert("L")
    scale = 1.0
    if grey.width * grey.height > _READ_PIXELS:
        scale = (_READ_PIXELS / (grey.width * grey.height)) ** 0.5
    elif grey.width < _SMALL:
        scale = 2.0
    if scale != 1.0:
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    return ImageOps.expand(grey, 10, 255), scale


def _word(row: list[str], scale: float) -> Word | None:
    if len(row) != 12 or row[0] != "5" or not row[11].strip():
        return None
    left, top, width, height = (int(value) for value in row[6:10])
    return Word(
        row[11].strip(),
        tuple(row[1:5]),
        round((left - 10) / scale),
        round((top - 10) / scale),
        round((left - 10 + width) / scale),
        round((top - 10 + height) / scale),
    )
