"""Writes the gate's corpus into a folder outside the repository: `python -m bench.gate.corpus FOLDER`.

All persons, numbers and addresses are invented by a seeded generator. `truth.json` beside the files says what must be
found in each. LibreOffice and Chromium make some more where they are present.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.gate import offices, pdfs, pictures
from bench.gate.invented import Inventor
from bench.gate.truth import Expected, Made

SEED = 5
type Maker = Callable[[Path, Inventor, int], Made]

PLAN: tuple[tuple[str, str, int, Maker], ...] = (
    ("typst", "pdf", 60, pdfs.by_typst),
    ("reportlab", "pdf", 70, pdfs.by_reportlab),
    ("hand", "pdf", 32, pdfs.by_hand),
    ("scan", "pdf", 12, pdfs.scanned),
    ("clean", "pdf", 60, pdfs.clean),
    ("letter", "docx", 60, offices.a_letter),
    ("book", "xlsx", 42, offices.a_workbook),
    ("talk", "pptx", 12, offices.a_talk),
    ("list", "csv", 12, offices.a_list),
    ("clean-letter", "docx", 20, offices.a_clean_letter),
    ("clean-book", "xlsx", 20, offices.a_clean_workbook),
    ("photo", "png", 4, pictures.a_picture),
    ("photo", "jpg", 4, pictures.a_picture),
    ("photo", "tif", 4, pictures.a_picture),
)
OFFICE_MADE = 15
BROWSER_MADE = 15


def write(folder: Path, *, share: float = 1.0, programs: bool = True, seed: int = SEED) -> list[Made]:
    """Write the files and `truth.json`; `share` makes fewer of each, `programs` uses LibreOffice and Chromium."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for at, (name, ending, count, maker) in enumerate(PLAN):
        for number in range(max(1, round(count * share))):
            invent = Inventor(seed * 1_000_000 + at * 10_000 + number)
            made.append(maker(folder / f"{name}-{number:03}.{ending}", invent, number))
    if programs:
        made += by_libreoffice(folder, seed) + by_chromium(folder, seed)
    rows = [one.as_json() for one in made]
    (folder / "truth.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return made


def read_truth(folder: Path) -> list[Made]:
    """The truth of a corpus that was written before."""
    rows = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return [Made.from_json(row) for row in rows]


def by_libreoffice(folder: Path, seed: int = SEED) -> list[Made]:
    """Letters and workbooks through LibreOffice: as PDF, and as ODT and ODS. None where it is not installed."""
    if not shutil.which("soffice"):
        return []
    work = folder / "work"
    work.mkdir(exist_ok=True)
    sources = []
    for number in range(OFFICE_MADE):
        invent = Inventor(seed * 7_000_000 + number)
        sources.append(offices.a_letter(work / f"office-{number:03}.docx", invent, (0, 7)[number % 2]))
    books = [
        offices.a_workbook(
            work / f"sheet-{number:03}.xlsx", Inventor(seed * 8_000_000 + number), (0, 1, 2, 5)[number % 4]
        )
        for number in range(8)
    ]
    made = []
    for ending, rows in (("pdf", sources), ("odt", sources), ("ods", books)):
        _convert(folder, ending, [work / one.file for one in rows])
        for one in rows:
            name = f"{Path(one.file).stem}.{ending}"
            if (folder / name).exists():
                made.append(Made(name, f"libreoffice {ending}", one.expected))
    shutil.rmtree(work)
    return made


def _convert(folder: Path, ending: str, files: Sequence[Path]) -> None:
    command = ["soffice", "--headless", "--convert-to", ending, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, capture_output=True, timeout=300)


def by_chromium(folder: Path, seed: int = SEED) -> list[Made]:
    """Web pages printed by Chromium. None where it is not installed."""
    chromium = shutil.which("chromium")
    if not chromium:
        return []
    made = []
    for number in range(BROWSER_MADE):
        invent = Inventor(seed * 9_000_000 + number)
        person = invent.person()
        lines, found = pdfs.lines_about(invent.person(), invent, "text")
        body = "".join(f"<p>{line}</p>" for line in lines)
        page = folder / f"web-{number:03}.html"
        page.write_text(
            f"<meta charset=utf-8><title>Sag</title>{body}<table><tr><th>CPR-nr.<th>Navn<tr>"
            f"<td>{person.cpr[:6]}-<b>{person.cpr[6:]}</b><td>{person.name}</table>",
            encoding="utf-8",
        )
        target = page.with_suffix(".pdf")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
        subprocess.run([chromium, *options, str(page)], capture_output=True, timeout=60)
        page.unlink()
        if target.exists():
            made.append(Made(target.name, "chromium", [*found, Expected("cpr", person.cpr, "table", "text")]))
    return made


def main() -> None:
    """Write the corpus into the folder that is named."""
    if len(sys.argv) != 2:
        sys.exit("python -m bench.gate.corpus FOLDER")
    made = write(Path(sys.argv[1]))
    expected = sum(len(one.expected) for one in made)
    print(f"{len(made)} files, {expected} things to find, {sum(not one.expected for one in made)} clean files")


if __name__ == "__main__":
    main()
