"""CSV as Danish Excel writes it: `;` (also comma and tab), UTF-8 with or without mark, or Windows-1252."""

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sagsgang.documents.tables.places import WrongFileError, shown

_TWICE = re.compile("Ã[¦¸¥†˜…\x86\x98\xa6\xb8\xa5]")
"""What æ, ø and å become when UTF-8 is read as Windows-1252 and saved again."""
_DOS = re.compile(r"(?<=[A-Za-z])[†›‘\x8f\x9d\x92](?=[a-z])")
"""å, ø, æ of the DOS code page 850, read as Windows-1252. ’ is left out: it is in names."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number, as Excel counts rows. Raises WrongFileError."""
    text = _text(content)
    first, _break, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first.strip("\r\n"), re.IGNORECASE):
        delimiter, text = first[4], rest  # Excel reads this line and shows it not
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WrongFileError(
                number, 1, _("The row cannot be read: a quotation mark is missing, or one too many.")
            ) from error
        for column, words in enumerate(cells, start=1):
            if not words.isascii() and (_TWICE.search(words) or _DOS.search(words)):
                raise WrongFileError(
                    number, column,
                    _("“%(words)s” was saved in another encoding. Save as CSV UTF-8.") % {"words": shown(words)},
                )  # fmt: skip
        yield number, cells


def _text(content: bytes) -> str:
    if content.startswith(_MARKS) or content[:200].count(b"\x00") > 10:
        raise WrongFileError(1, 1, _("The file is saved as UTF-16 (“Unicode text”). Save as CSV UTF-8."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content.startswith(b"\xef\xbb\xbf"):
            raise _undecodable(content, error.start, "utf-8") from error
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _undecodable(content, error.start, "cp1252") from error


def _undecodable(content: bytes, at: int, encoding: str) -> WrongFileError:
    before = content[:at].decode(encoding, "replace")
    line = before.rpartition("\n")[2]
    return WrongFileError(
        before.count("\n") + 1,
        line.count(_delimiter(before)) + 1,
        _("A letter here is in no encoding that we know. Save as CSV UTF-8."),
    )


def _delimiter(text: str) -> str:
    """What parts the headings: the one of `;`, tab and comma that stands most often outside quotation marks."""
    line = next((line for line in text.splitlines() if line.strip(" ;,\t")), "")
    bare = re.sub(r'"[^"]*"', "", line)
    return max(";\t,", key=bare.count)
