"""The door for files from people: examined, named and put into the house's store, or refused with one sentence."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

import pikepdf
import puremagic
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import compound, storage, zipped
from sagsgang.documents.kinds import CSV, EXTENSIONS, GIF, JPEG, PDF, PNG, RTF, TIFF, TXT, Unfit, UnfitFileError
from sagsgang.documents.pictures import require_whole_picture

LARGEST_FILE = 100 * 1024 * 1024  # bytes
LARGEST_PDF_TABLE = 64 * 1024 * 1024  # bytes that any packed table of a PDF may unfold to
LONGEST_NAME = 200
CHUNK = 256 * 1024
HEAD = 8192

_PICTURES = frozenset({PNG, JPEG, TIFF, GIF})
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"PK\x05\x06", b"PK\x07\x08")
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|\?xml|xml)\b", re.IGNORECASE)
_MAIL = re.compile(rb"\A(?:[A-Z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_MAIL_SIGNS = (b"\nmessage-id:", b"\nmime-version:", b"\nreceived:")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FOREIGN = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\x1a\x1b") | {"\x7f"}

# A limit of the whole process, set before any thread reads a PDF.
pikepdf.settings.set_qpdf_limits(flate_max_memory=LARGEST_PDF_TABLE, run_length_max_memory=LARGEST_PDF_TABLE)


class RefusedFileError(RuleBrokenError):
    """The file cannot be taken in; the message names it as the uploader did, and says what to do."""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that lies in the house's store: its SHA-256, a clean name, its size in bytes, its type by content."""

    sha256: str
    name: str
    size: int
    media_type: str


def take_file(upload: "UploadedFile[bytes]") -> TakenFile:
    """Examine the bytes, then keep them; never the whole file in memory. Raises `RefusedFileError`."""
    called = clean_name(upload.name or "")
    assert upload.file
    try:
        media_type, size = examined(upload.file, called)
    except UnfitFileError as unfit:
        raise RefusedFileError(sentence(unfit.reason, called)) from unfit
    upload.file.seek(0)
    sha256 = storage.house().put_file(_chunks(upload.file))
    return TakenFile(sha256, fitting_name(called, media_type), size, media_type)


def examined(file: IO[bytes], name: str = "") -> tuple[str, int]:
    """Media type and size in bytes. The name only tells .csv from .txt. Raises `UnfitFileError`."""
    size = file.seek(0, 2)
    if not size:
        raise UnfitFileError(Unfit.EMPTY)
    if size > LARGEST_FILE:
        raise UnfitFileError(Unfit.LARGE)
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(zipped.SIGNATURE):
        return zipped.zipped_type(file), size
    if head.startswith(compound.SIGNATURE):
        return compound.compound_type(file), size
    if b"%PDF-" in head[:1024]:
        _require_readable_pdf(file, size)
        return PDF, size
    if head.startswith(b"{\\rtf"):
        return RTF, size
    media_type = _by_signature(head)
    if media_type:
        require_whole_picture(file, media_type)
        return media_type, size
    _require_words(file, head)
    return CSV if name.lower().endswith(".csv") else TXT, size


def _by_signature(head: bytes) -> str:
    """A picture's type; "" if it may be text. Raises `UnfitFileError` for programs and archives."""
    if head.startswith(_PROGRAMS):
        raise UnfitFileError(Unfit.PROGRAM)
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        raise UnfitFileError(Unfit.ARCHIVE)
    try:
        found = [match.mime_type for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        return ""
    return next((media_type for media_type in found if media_type in _PICTURES), "")


def _require_readable_pdf(file: IO[bytes], size: int) -> None:
    file.seek(max(0, size - 4096))
    if b"startxref" not in file.read():
        raise UnfitFileError(Unfit.BROKEN)  # the end of the file is missing
    file.seek(0)
    try:
        with pikepdf.open(cast(BinaryIO, file)) as pdf:
            if not len(pdf.pages):
                raise UnfitFileError(Unfit.BROKEN)
    except pikepdf.PasswordError as error:
        raise UnfitFileError(Unfit.ENCRYPTED) from error
    except (pikepdf.PdfError, ValueError) as error:
        raise UnfitFileError(Unfit.BROKEN) from error


def _require_words(file: IO[bytes], head: bytes) -> None:
    """Raises `UnfitFileError` for anything that is not plain text: pages of the web and mails have better forms."""
    if _MARKUP.search(head[:2048]):
        raise UnfitFileError(Unfit.WEB_PAGE)
    if _MAIL.match(head.replace(b"\r\n", b"\n")) and any(sign in head.lower() for sign in _MAIL_SIGNS):
        raise UnfitFileError(Unfit.MAIL)
    code = next((code for mark, code in _MARKS if head.startswith(mark)), "")
    if not any(_is_text(file, attempt) for attempt in ([code] if code else ["utf-8", "cp1252"])):
        raise UnfitFileError(Unfit.UNKNOWN)


def _is_text(file: IO[bytes], code: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(code)()
    try:
        for chunk in _chunks(file):
            if _FOREIGN & set(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def clean_name(name: str) -> str:
    """The name without folders, invisible signs and signs that turn the reading direction; at most 200 signs."""
    last = PurePosixPath(name.replace("\\", "/")).name
    visible = "".join(" " if sign.isspace() else sign for sign in last if sign.isspace() or _is_visible(sign))
    tidy = " ".join(unicodedata.normalize("NFC", visible).split()).strip(". ")
    if len(tidy) <= LONGEST_NAME:
        return tidy or _("file")
    suffix = PurePosixPath(tidy).suffix[:10]
    return tidy[: LONGEST_NAME - len(suffix)].rstrip(". ") + suffix


def _is_visible(sign: str) -> bool:
    return not unicodedata.category(sign).startswith("C") and sign not in '<>:"|?*'


def fitting_name(name: str, media_type: str) -> str:
    """The name, with the right extension behind it where its own contradicts the content."""
    fitting = EXTENSIONS[media_type]
    if name.lower().endswith(fitting):
        return name
    return name[: LONGEST_NAME - len(fitting[0])] + fitting[0]


def sentence(reason: Unfit, name: str) -> str:
    """What the uploader is told: what is wrong, and what to do about it."""
    sentences = {
        Unfit.EMPTY: _("“%(name)s” is empty. Look at the file and upload it again."),
        Unfit.LARGE: _("“%(name)s” is larger than 100 MB. Make it smaller, or divide it into several files."),
        Unfit.UNKNOWN: _(
            "“%(name)s” is not a type of file that can be an attachment. Save it as PDF, and upload that."
        ),
        Unfit.PROGRAM: _("“%(name)s” is a program, and cannot be an attachment. Choose another file."),
        Unfit.WEB_PAGE: _("“%(name)s” is a web page or a drawing in code. Save it as PDF, and upload that."),
        Unfit.MAIL: _("“%(name)s” is an e-mail. Save it as PDF, and upload that."),
        Unfit.ARCHIVE: _("“%(name)s” is a packed folder. Unpack it, and upload the files one by one."),
        Unfit.MACROS: _("“%(name)s” contains macros. Save it without macros or as PDF, and upload that."),
        Unfit.ENCRYPTED: _("“%(name)s” is protected by a password. Remove the password, and upload it again."),
        Unfit.BROKEN: _("“%(name)s” is damaged and cannot be opened. Open it in its own program, save it anew, "
                        "and upload that."),
        Unfit.BOMB: _("“%(name)s” unfolds to far more than a document can hold. Save it as PDF, and upload that."),
        Unfit.LARGE_PICTURE: _("“%(name)s” has more pixels than can be shown. Make the picture smaller, "
                               "and upload it again."),
    }  # fmt: skip
    return sentences[reason] % {"name": name}
