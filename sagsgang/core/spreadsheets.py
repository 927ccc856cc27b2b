"""Files for a Danish spreadsheet: CSV with semicolons, UTF-8 with a byte order mark, no cell that is run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"-\d+(,\d+)?", re.ASCII)


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as the bytes of a file; the first row is the heading."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe; a number below zero is a number."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
