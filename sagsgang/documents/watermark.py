"""A PDF with its reader's name on every page: for closed material, which follows who has let it go (R23)."""

from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pikepdf

from sagsgang.documents.stamping import EDGE, SIZE, Stamper


def watermarked(path: Path, words: str) -> IO[bytes] | None:
    """The file with the words at the foot of each page, in a file of its own that goes when it is closed.

    Nothing is kept of it, and the memory that it takes does not grow with its pages. None for a file that is broken or
    locked.
    """
    out = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        with pikepdf.open(path) as pdf:
            stamper = Stamper(pdf, words)
            for page in pdf.pages:
                stamper.stamp(page, words, foot=EDGE + 2 * SIZE)
            pdf.save(out)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        out.close()
        return None
    out.seek(0)
    return out
