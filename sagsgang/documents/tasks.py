"""The slow half of an upload: scan, make a PDF, read the words. Decides nothing and may run twice.

Everything that goes wrong with the file itself becomes one Danish sentence on the examination. What goes wrong with us
(a crash, a bug) is logged and tried again; a file that has brought the worker down `MOST_ATTEMPTS` times is given up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.documents import extract, office, scanning, storage
from sagsgang.documents.kinds import EXTENSIONS, OFFICE, PDF
from sagsgang.documents.models import DocumentVersion, Examination, Scan

FOUND_LATER = -10  # priority of what nobody waits for: files of an import
WAITED_FOR = 0
AGAIN = 10
MOST_ATTEMPTS = 3
_CHUNK = 256 * 1024


@dataclass(slots=True)
class _Found:
    """What an examination finds, before it is written down."""

    scan: str = ""
    pdf_sha256: str = ""
    text_sha256: str = ""
    pages: int | None = None
    errors: list[str] = field(default_factory=list)


@app.task(queue="documents", retry=MOST_ATTEMPTS, pass_context=True)
def examine_version(context: JobContext, version_id: str) -> None:
    """Examine a version, unless that has been done."""
    examine(version_id, attempts=context.job.attempts if context.job else 0)


def order_examination(version_id: str, *, priority: int = WAITED_FOR) -> bool:
    """Put a version into the queue, in the caller's transaction; False if it waits there already."""
    key = f"examine-{version_id}"
    try:
        with transaction.atomic():
            examine_version.configure(lock=key, queueing_lock=key, priority=priority).defer(version_id=version_id)
    except AlreadyEnqueued:
        return False
    return True


def examine(version_id: str, *, attempts: int = 0) -> None:
    """What the job does; `attempts` = how often it was begun before."""
    examination = Examination.objects.select_related("version").get(version_id=UUID(version_id))
    if examination.finished_at:
        return
    # A crash in the midst leaves this mark, and the job, which is run again.
    examination.started_at = timezone.now()
    examination.save(update_fields=["started_at", "modified_at"])
    with translation.override("da"):
        if attempts >= MOST_ATTEMPTS:
            found = _Found(errors=[_("The file could not be processed. Save it as PDF, and upload that.")])
        else:
            found = _examined(examination.version)
    _finish(examination, found)


def _finish(examination: Examination, found: _Found) -> None:
    examination.scan = found.scan
    examination.pdf_sha256 = found.pdf_sha256
    examination.text_sha256 = found.text_sha256
    examination.pages = found.pages
    examination.error = found.errors[0] if found.errors else ""
    examination.finished_at = timezone.now()
    examination.save()


def _examined(version: DocumentVersion) -> _Found:
    found = _Found()
    path = storage.house().path(version.sha256)
    if not path.is_file():
        found.errors.append(_("The file is not in the house's store. Upload it again."))
        return found
    if not _scanned(path, found):
        return found
    _make_pdf(version, path, found)
    _read_words(version, path, found)
    return found


def _scanned(path: Path, found: _Found) -> bool:
    """Ask the scanner, if there is one; False if the file must not be opened."""
    if not scanning.scanner_is_there():
        return True
    try:
        found.scan = scanning.scan(_chunks(path))
    except scanning.TooLargeToScanError:
        found.errors.append(_("The file is too large for the virus scanner, and has not been scanned."))
    except scanning.ScanError:
        found.errors.append(_("The virus scanner did not answer. Try again later."))
        return False
    if found.scan == Scan.INFECTED:
        found.errors.append(_("A virus was found in the file. It cannot be opened or sent on; remove it."))
        return False
    return True


def _make_pdf(version: DocumentVersion, path: Path, found: _Found) -> None:
    """The PDF to read: a PDF is its own; an Office file's is made, where LibreOffice is installed."""
    if version.media_type == PDF:
        found.pdf_sha256 = version.sha256
    elif version.media_type in OFFICE and office.office_is_there():
        with TemporaryDirectory(prefix=".made-", dir=storage.house().path(version.sha256).parent) as folder:
            made = Path(folder) / "made.pdf"
            try:
                office.to_pdf(path, made, extension=EXTENSIONS[version.media_type][0])
            except office.TooSlowError:
                found.errors.append(_("It took too long to make a PDF of the file. Save it as PDF, and upload that."))
            except office.ConversionError:
                found.errors.append(_("No PDF could be made of the file. Save it as PDF, and upload that."))
            else:
                found.pdf_sha256 = storage.house().put_file(_chunks(made))


def _read_words(version: DocumentVersion, path: Path, found: _Found) -> None:
    try:
        if found.pdf_sha256:
            words = extract.pdf_words(storage.house().path(found.pdf_sha256))
            found.pages = words.pages
            text = words.text
            if words.broken:
                found.errors.append(_broken_pages(words.broken))
        else:
            text = extract.file_words(path, version.media_type)
    except extract.LockedError:
        found.errors.append(_("The file is protected by a password. Remove the password, and upload it again."))
    except extract.NoTextError:
        found.errors.append(_("The file is damaged and cannot be read. Save it anew, and upload that."))
    else:
        if text.strip():
            found.text_sha256 = storage.house().put(text.encode("utf-8", "replace"))


def _broken_pages(numbers: tuple[int, ...]) -> str:
    return ngettext(
        "Page %(first)s of the file cannot be read. Save it anew, and upload that.",
        "%(count)s pages of the file cannot be read, the first is page %(first)s. Save it anew, and upload that.",
        len(numbers),
    ) % {"first": numbers[0], "count": len(numbers)}


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
