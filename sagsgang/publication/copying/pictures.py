"""Pictures without what is said beside them: who took them, where and when, small pictures of the whole, comments.

JPEG, PNG and GIF keep their pixels to the bit: only the blocks around them go. How a picture is turned and its colour
profile stay, for without them it would look otherwise.
"""

import io
import struct
from collections.abc import Callable, Iterator
from zlib import crc32

from PIL import ExifTags, Image, ImageOps, ImageSequence, TiffImagePlugin

from sagsgang.documents.kinds import GIF, JPEG, PNG, TIFF

_SCAN, _END = 0xDA, 0xD9
_BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST cICP mDCV cLLI acTL fcTL fdAT".split()
)
_PNG = b"\x89PNG\r\n\x1a\n"
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
_PACKED = frozenset(("group3", "group4", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"))
_MOST_FRAMES = 2000


def bare_picture(content: bytes, media_type: str) -> bytes:
    """The picture alone. Raises ValueError for one that is broken; what is no picture of these kinds is answered as it is."""
    strip = _STRIPPERS.get(media_type)
    if strip is None:
        return content
    try:
        return strip(content)
    except (IndexError, struct.error, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("the picture is broken") from error


def bare_by_name(name: str, content: bytes) -> bytes:
    """A picture that lies in another file, by its name there; one that is broken is answered as it is."""
    media_type = _ENDINGS.get(name.casefold().rpartition(".")[2], "")
    try:
        return bare_picture(content, media_type)
    except ValueError:
        return content


def _bare_jpeg(content: bytes) -> bytes:
    if content[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept = [b"\xff\xd8"]
    turned = _turned(content)
    for no, (marker, segment) in enumerate(_segments(content)):
        if turned and (marker != 0xE0 or no):
            kept.append(_segment(0xE1, b"Exif\0\0" + turned))
            turned = b""
        kept.append(_kept_of_jpeg(marker, segment))
    return b"".join([*kept, b"\xff\xd9"])


def _kept_of_jpeg(marker: int, segment: bytes) -> bytes:
    """The segment, if it is of the picture itself: size, tables, pixels, colours."""
    body = segment[4:]
    if marker == 0xE0:
        return _segment(marker, body[:12] + b"\0\0") if body.startswith(b"JFIF\0") else b""
    is_colour = (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")) or (marker == 0xEE and body.startswith(b"Adobe"))
    is_other = 0xE0 <= marker <= 0xEF or marker == 0xFE
    return segment if is_colour or not is_other else b""


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment with its marker, a scan with its pixels; what lies behind the end is no part of it."""
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker")
        while at + 1 < len(content) and content[at + 1] == 0xFF:
            at += 1
        if at + 1 >= len(content):
            return
        marker = content[at + 1]
        if marker == _END:
            return
        if marker in _BARE:
            yield marker, content[at : at + 2]
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end > len(content):
            raise ValueError("cut off")
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    while (at := content.find(b"\xff", at)) != -1 and at + 1 < len(content):
        if content[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 1 if content[at + 1] == 0xFF else 2
    return len(content)


def _turned(content: bytes) -> bytes:
    """How the picture is turned, as the shortest Exif that says so; nothing where it stands upright."""
    with Image.open(io.BytesIO(content)) as picture:
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1)
    if turned not in range(2, 9):
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ExifTags.Base.Orientation, 3, 1, turned, 0, 0)


def _bare_png(content: bytes) -> bytes:
    if not content.startswith(_PNG):
        raise ValueError("no PNG")
    kept, at, turned = [_PNG], len(_PNG), _turned(content)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise ValueError("cut off")
        if name in _CHUNKS:
            kept.append(content[at:end])
        if name == b"IHDR" and turned:
            kept.append(struct.pack(">I", len(turned)) + b"eXIf" + turned + struct.pack(">I", crc32(b"eXIf" + turned)))
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise ValueError("no end")


def _bare_gif(content: bytes) -> bytes:
    if content[:6] not in (b"GIF87a", b"GIF89a"):
        raise ValueError("no GIF")
    at = 13 + _table(content[10])
    kept = [content[:at]]
    while content[at] != 0x3B:
        begin = at
        if content[at] == 0x2C:
            at = _end_of_blocks(content, at + 11 + _table(content[at + 9]))
            kept.append(content[begin:at])
            continue
        if content[at] != 0x21:
            raise ValueError("no block")
        label = content[at + 1]
        at = _end_of_blocks(content, at + 2)
        if label == 0xF9 or (label == 0xFF and content[begin + 3 : begin + 14] in _LOOPS):
            kept.append(content[begin:at])
    return b"".join([*kept, b"\x3b"])


def _table(packed: int) -> int:
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _end_of_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += content[at] + 1
    return at + 1


def _bare_tiff(content: bytes) -> bytes:
    """Each page drawn anew, one at a time: a TIFF's pixels cannot be told apart from what is said beside them."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture, TiffImagePlugin.AppendingTiffWriter(out, new=True) as writer:
        for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
            if number > _MOST_FRAMES:
                raise ValueError("too many pages")
            packing = str(frame.info.get("compression", ""))
            packing = packing if packing in _PACKED else "tiff_adobe_deflate"
            facts = {name: frame.info[name] for name in ("icc_profile", "dpi") if frame.info.get(name)}
            page = ImageOps.exif_transpose(frame).copy()
            page.info = {}
            page.save(writer, "TIFF", compression=packing, **({"quality": 95} if packing == "jpeg" else {}), **facts)
            writer.newFrame()
    return out.getvalue()


_STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    JPEG: _bare_jpeg, PNG: _bare_png, GIF: _bare_gif, TIFF: _bare_tiff,
}  # fmt: skip
_ENDINGS = {"jpg": JPEG, "jpeg": JPEG, "jpe": JPEG, "png": PNG, "gif": GIF, "tif": TIFF, "tiff": TIFF}
