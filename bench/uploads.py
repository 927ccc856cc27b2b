"""Sixty attachments of a thousand pages, taken in and processed: `python -m bench.uploads`.

Half of them are PDF, half are Word files. Measured are the seconds until they can be used (examined, kept, queued), the
seconds until the worker's job has made PDFs of the Word files and read every word, and, in the same run, what it costs
to start LibreOffice once for each Word file (`soffice --convert-to`) or once for all of them. Prints a table.
"""

import io
import os
import resource
import subprocess
import sys
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import docx
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from bench.first import machine, row, timed
from sagsgang.site.installation import database_at_hand

FILES, PAGES = 60, 1000
SENTENCE = (
    "Forvaltningen har undersøgt tre løsninger og lagt vægt på anlægsudgift, drift og hensynet til naboerne; den "
    "anbefalede løsning kan gennemføres inden for rammen. "
)


def word_file(number: int, pages: int) -> bytes:
    """A Word file of so many pages, with a heading, text and a table on each."""
    document = docx.Document()
    for page in range(pages):
        if page:
            document.add_page_break()  # type: ignore[no-untyped-call]
        document.add_heading(f"Bilag {number}, side {page + 1}", 2)
        document.add_paragraph(SENTENCE * 8)
        table = document.add_table(4, 3)
        for line in table.rows:
            for cell, words in zip(line.cells, ("Drift", "2027", f"{number * 100 + page}"), strict=True):
                cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_file(number: int, pages: int) -> bytes:
    """A PDF of so many pages of text."""
    lines = "".join(f"(Bilag {number}: {SENTENCE[:90]}) Tj 0 -16 Td " for _ in range(40)).encode("latin-1")
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for page in range(pages):
            sheet = pdf.add_blank_page(page_size=(595, 842))
            sheet.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            sheet.Contents = pdf.make_stream(
                b"BT /F1 11 Tf 40 800 Td (Side %d) Tj 0 -20 Td " % (page + 1) + lines + b"ET"
            )
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def attachments() -> list[tuple[str, bytes]]:
    """Sixty files, turn by turn PDF and Word, of 16 or 17 pages."""
    share = [PAGES // FILES + (number < PAGES % FILES) for number in range(FILES)]
    makers = ((pdf_file, "pdf"), (word_file, "docx"))
    return [(f"bilag {n}.{makers[n % 2][1]}", makers[n % 2][0](n, pages)) for n, pages in enumerate(share)]


def main() -> None:
    """Run all of it in a folder and a database of its own."""
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        os.environ |= {"SAGSGANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings"}
        with database_at_hand():
            django.setup()
            files = attachments()
            size = sum(len(content) for _, content in files) / 1e6
            sys.stdout.write(f"{machine()}\n\n| What | Measured |\n|---|---|\n")
            take_in(files, size)
            seconds = process()
            one_shot(Path(folder) / "one-shot", [content for name, content in files if name.endswith("docx")], seconds)


def take_in(files: list[tuple[str, bytes]], size: float) -> None:
    """Examine and keep each file, and make its document: what the uploader waits for, without the network."""
    accounts, bodies = import_module("sagsgang.accounts.actions"), import_module("sagsgang.bodies.actions")
    actions, intake = import_module("sagsgang.documents.actions"), import_module("sagsgang.documents.intake")
    actor, authority = accounts.add_user("forbereder"), bodies.found_authority("Målekøbing Kommune", slug="maal")

    def all_of_them() -> None:
        for name, content in files:
            taken = intake.take_file(SimpleUploadedFile(name, content))
            actions.add_document(authority, title=name, taken=taken, actor=actor)

    clock, cpu, _ = timed(all_of_them)
    row(
        f"take in {FILES} attachments, {PAGES:,} pages, {size:.1f} MB: usable at once",
        f"{clock:.2f} s ({cpu:.2f} s CPU), {clock / FILES * 1000:.0f} ms a file",
    )


def process() -> float:
    """Examine every version as the worker does; answers the seconds that the Word files took."""
    models, tasks = import_module("sagsgang.documents.models"), import_module("sagsgang.documents.tasks")
    office = import_module("sagsgang.documents.office")
    waiting = list(models.Examination.objects.waiting().select_related("version"))
    spent = {"pdf": 0.0, "docx": 0.0}
    began = time.perf_counter()
    for examination in waiting:
        clock, _, _ = timed(partial(tasks.examine, str(examination.version_id)))
        spent[examination.version.name.rpartition(".")[2]] += clock
    seconds = time.perf_counter() - began
    done = models.Examination.objects.exclude(finished_at=None)
    pages = sum(done.values_list("pages", flat=True))
    errors = done.exclude(error="").count()
    row(
        f"the worker, all {len(waiting)} (PDF made, {pages:,} pages read, {errors} errors), LibreOffice's start included",
        f"{seconds:.1f} s: {spent['pdf']:.1f} s for {FILES // 2} PDF, {spent['docx']:.1f} s for {FILES // 2} Word files",
    )
    row("memory of the process that did it", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    office.stop_office()
    return spent["docx"]


def one_shot(folder: Path, contents: list[bytes], ours: float) -> None:
    """The same Word files by `soffice --convert-to`, one start for each, then one start for all."""
    folder.mkdir()
    paths = [folder / f"{number}.docx" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    command = [
        *("soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--convert-to", "pdf", "--outdir", str(folder / "out")),
    ]

    def convert(some: list[Path]) -> None:
        subprocess.run([*command, *map(str, some)], check=True, capture_output=True)

    convert(paths[:1])  # makes the profile
    began = time.perf_counter()
    for path in paths:
        convert([path])
    each = time.perf_counter() - began
    row(f"`soffice --convert-to`, {len(paths)} starts", f"{each:.1f} s = {each / ours:.1f} × ours")
    together, _, _ = timed(lambda: convert(paths))
    row(
        "`soffice --convert-to`, one start for all (no limit for each, no text)",
        f"{together:.1f} s = {together / ours:.1f} × ours",
    )


if __name__ == "__main__":
    main()
