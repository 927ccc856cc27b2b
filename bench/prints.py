"""The protocol and the packet in print: `python -m bench.prints`.

A protocol of 30 items on some 120 pages is printed as PDF/UA-1 and PDF/A-2a, anew, again, and after one late change; the
same words are written as a Word file and made PDF by LibreOffice. Then a packet of 1,000 pages is joined, with tags,
bookmarks, links and page numbers; pypdf joins and stamps the same files in a process of its own (fetched by uv for this
run, no part of the house). Prints a table.
"""

import io
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
import pikepdf

from bench.first import machine, row, timed
from bench.uploads import SENTENCE, pdf_file

ITEMS, PAGES, ATTACHMENTS, TAGGED = 30, 1000, 56, 4
MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)
PYPDF = """
import sys, time
from io import BytesIO
from pathlib import Path
from pypdf import PdfReader, PdfWriter
began = time.process_time(), time.perf_counter()
writer = PdfWriter()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    writer.append(path, outline_item=path.stem)
stamp = PdfReader(Path(sys.argv[2])).pages[0]
for page in writer.pages:
    page.merge_page(stamp)
out = BytesIO()
writer.write(out)
print(len(writer.pages), time.perf_counter() - began[1], time.process_time() - began[0], "/StructTreeRoot" in writer._root_object)
"""


def a_paper(papers: Any) -> Any:
    """A protocol of 30 items, four pages each."""
    table = "<table><thead><tr><th>Område</th><th>2027</th><th>2028</th></tr></thead><tbody>" + "".join(
        f'<tr><th scope="row">Drift {n}</th><td>{n}.250</td><td>{n}.400</td></tr>' for n in range(12)
    )
    html = "".join(f"<h4>Baggrund {n}</h4><p>{SENTENCE * 6}</p>" for n in range(12)) + table + "</tbody></table>"
    sections = (
        papers.words_section(html),
        papers.words_section(f"<p>{SENTENCE}</p>", heading="Beslutning", tone="panel"),
    )
    return papers.Paper(
        "Protokol", "Målekøbing Kommune", "Kommunalbestyrelsen", date(2026, 11, 23), "23. november 2026", "KB",
        facts=(("Dato", "Mandag 23. november 2026"),), lists=(("Til stede", tuple(f"Medlem {n}" for n in range(27))),),
        parts=tuple(
            papers.PaperPart(str(n), str(n), f"Anlægsbevilling nr. {n}", sections=(*sections, papers.lines_section([f"{n}"])))
            for n in range(1, ITEMS + 1)
        ),
    )  # fmt: skip


def main() -> None:
    """Run all of it in a folder of its own; no database is asked."""
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        os.environ |= {"SAGSGANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings"}
        os.environ.setdefault("DATABASE_URL", "postgresql://unused")
        django.setup()
        sys.stdout.write(f"{machine()}\n\n| What | Measured |\n|---|---|\n")
        protocol(Path(folder))
        packet(Path(folder))


def protocol(folder: Path) -> None:
    """Print, print again, change one item; and the way by Word and LibreOffice."""
    papers = import_module("sagsgang.protocols.rendering.paper")
    pdfs = import_module("sagsgang.protocols.rendering.paper_pdf")
    word = import_module("sagsgang.protocols.rendering.word")
    paper = a_paper(papers)
    pdfs.print_paper(replace(paper, body="Varm op", parts=paper.parts[:1]), made_at=MADE)
    anew = [timed(partial(pdfs.print_paper, replace(paper, authority=f"Kommune {n}"), made_at=MADE)) for n in range(2)]
    ours, cpu, made = sorted([*anew, timed(partial(pdfs.print_paper, paper, made_at=MADE))], key=lambda run: run[0])[1]
    row(
        f"protocol of {ITEMS} items, {made.pages} pages, {made.standard}",
        f"{ours:.2f} s ({cpu:.2f} s CPU), {len(made.content) // 1024} kB",
    )
    again, _, _ = timed(lambda: pdfs.print_paper(paper, made_at=MADE))
    row("the same again, every part kept", f"{again:.2f} s = {again / ours:.2f} ×")
    late = replace(paper, parts=(*paper.parts[:9], replace(paper.parts[9], title="Nyt navn"), *paper.parts[10:]))
    changed, _, once = timed(lambda: pdfs.print_paper(late, made_at=MADE))
    row(f"after a late change, {once.compiled} part printed", f"{changed:.2f} s = {changed / ours:.2f} ×")
    written, _, content = timed(lambda: word.word_of(paper))
    (folder / "paper.docx").write_bytes(content)
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to"]
    command += [
        'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
        "--outdir",
        str(folder / "out"),
    ]
    command += [str(folder / "paper.docx")]
    subprocess.run(command, check=True, capture_output=True)  # makes the profile
    office, _, _ = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    pages = _pages(folder / "out" / "paper.pdf")
    row(
        f"the same words by Word file and LibreOffice, {pages} pages",
        f"{written:.2f} + {office:.2f} s = {(written + office) / ours:.1f} × ours",
    )


def _pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def packet(folder: Path) -> None:
    """Join 1,000 pages: a printed agenda and tagged attachments."""
    joining = import_module("sagsgang.documents.joining")
    papers, pdfs = (import_module(f"sagsgang.protocols.rendering.{name}") for name in ("paper", "paper_pdf"))
    parts = pdfs.print_parts(a_paper(papers))
    files = folder / "pieces"
    files.mkdir()
    tagged = pikepdf.open(io.BytesIO(pdfs.print_paper(a_paper(papers), made_at=MADE).content))
    left = PAGES - TAGGED * len(tagged.pages) - sum(_count(part.content) for part in parts)
    for number in range(ATTACHMENTS):
        share = left // ATTACHMENTS + (number < left % ATTACHMENTS)
        (files / f"b{number:03}.pdf").write_bytes(pdf_file(number, share))
    for number in range(TAGGED):
        pikepdf.Pdf.save(tagged, files / f"a-tagged{number}.pdf")
    for number, part in enumerate(parts):
        (files / f"0-{number:03}.pdf").write_bytes(part.content)

    def join() -> Any:
        pieces = [
            joining.Piece(path, path.stem, path.stem, is_ours=path.stem[0] == "0")
            for path in sorted(files.glob("*.pdf"))
        ]
        return joining.join_pieces(pieces, title="Samlet dagsorden", claims=False, stamp="Side {page} af {pages}")

    ours, cpu, made = timed(join)
    row(
        f"packet of {made.pages:,} pages, {len(list(files.iterdir()))} files, tags kept",
        f"{ours:.2f} s ({cpu:.2f} s CPU), {len(made.content) / 1e6:.1f} MB",
    )
    (folder / "stamp.pdf").write_bytes(pdf_file(0, 1))
    command = [*(_uv(), "run", "--no-project", "--quiet", "--with", "pypdf==6.4.0", "python", "-c", PYPDF)]
    answer = subprocess.run([*command, str(files), str(folder / "stamp.pdf")], capture_output=True, text=True)
    if answer.returncode:
        row("the same files by pypdf", f"not measured: {answer.stderr.strip().splitlines()[-1][:80]}")
        return
    pages, seconds, spent, tags = answer.stdout.split()
    row(
        f"the same files by pypdf, {pages} pages, one stamp for all, tags kept: {tags}",
        f"{float(seconds):.2f} s ({float(spent):.2f} s CPU) = {float(seconds) / ours:.1f} × ours",
    )


def _uv() -> str:
    return shutil.which("uv") or str(Path(__file__).parents[1] / ".tools" / "bin" / "uv")


def _count(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


if __name__ == "__main__":
    main()
