"""What the launcher says to the user when it cannot go on, in Danish."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT)
DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)


class PostgresError(Exception):
    """The embedded database cannot be used; the message is a Danish sentence for the user."""


@contextmanager
def explained(place: Path) -> Iterator[None]:
    """Turn what the operating system refuses in or near `place` into a sentence; raises PostgresError."""
    try:
        yield
    except OSError as error:
        raise PostgresError(_sentence(error, place)) from error


def explain_output(text: str, place: Path) -> str:
    """The reason in what a PostgreSQL program wrote (in English, LC_ALL=C), as the end of a sentence."""
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return f"disken med {place} er fuld."
    if "Read-only file system" in text:
        return f"mappen {place} kan kun læses."
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marks = ("FATAL:", "PANIC:", "error:", "could not")
    telling = [line for line in lines if any(mark in line for mark in marks)]
    said = (telling or lines or ["intet"])[-1]
    return f"PostgreSQL sagde: {said}"


def _sentence(error: OSError, place: Path) -> str:
    where = error.filename if isinstance(error.filename, str) else str(place)
    if error.errno in FULL:
        return f"Disken med {where} er fuld, så databasen kan ikke bruges. Gør plads, og prøv igen."
    if error.errno in DENIED:
        return (
            f"Der er ikke adgang til at skrive i {where}, så databasen kan ikke bruges. "
            "Ret adgangen, eller vælg en anden mappe med SAGSGANG_HOME."
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return f"{where} er ikke, hvad databasen venter (en mappe eller en fil). Vælg en anden SAGSGANG_HOME."
    return f"Databasen i {place} kan ikke bruges: {error.strerror or error} ({where})."
