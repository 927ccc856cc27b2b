"""What the gate finds in its corpus: `python -m bench.gate [FOLDER] [--seed N]`. No database.

Recall and precision by kind and layer, false alarms in 100 clean pages, and how fast pages are read by one core. The
corpus is written into FOLDER first, if it is not there.
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from bench.gate.truth import Expected, Made, plain

KINDS = ("cpr", "phone", "email", "address", "account", "metadata", "comment", "revision")
MOST_SHOWN = 40


@dataclass(slots=True)
class Score:
    """What was found of what was there."""

    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    there: Counter[tuple[str, str]] = field(default_factory=Counter)
    placed: Counter[tuple[str, str]] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    clean_pages: int = 0
    clean_alarms: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    pages: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Print the tables."""
    # The gate is a library without models: no installation is brought up.
    settings.configure(USE_I18N=False)
    corpus = import_module("bench.gate.corpus")
    reader = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__)
    reader.add_argument(
        "folder", nargs="?", type=Path, help="where the corpus is, or is to be; else a folder of its own"
    )
    reader.add_argument("--seed", type=int, default=corpus.SEED, help="of a corpus that is written: other persons")
    asked = reader.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="gate-"))
    is_there = (folder / "truth.json").exists()
    made = corpus.read_truth(folder) if is_there else corpus.write(folder, seed=asked.seed)
    score = measured(folder, made)
    show(score, len(made))


def measured(folder: Path, made: list[Made]) -> Score:
    """Examine every file and hold what is found against the truth."""
    examine = import_module("sagsgang.gate.examining").examine
    score = Score()
    for one in made:
        start = time.process_time(), time.perf_counter()
        findings = list(examine(folder / one.file).findings)
        has_picture = any(row.layer == "image" for row in one.expected)
        maker = f"{one.maker} with pictures" if has_picture and one.maker != "picture" else one.maker
        score.seconds[maker] += (time.perf_counter() if has_picture else time.process_time()) - start[has_picture]
        score.pages[maker] += one.pages
        judge(score, one, findings)
    return score


def judge(score: Score, one: Made, findings: list[Any]) -> None:
    """Hold one file's findings against its truth."""
    used = set()
    for expected in one.expected:
        key = (expected.kind, expected.layer)
        score.there[key] += 1
        hits = [at for at, finding in enumerate(findings) if _is(expected, finding)]
        used.update(hits)
        if hits:
            score.found[key] += 1
            score.placed[key] += any(str(findings[at].where) == expected.where for at in hits)
        else:
            score.missed.append(f"{one.file}: {expected.kind} {expected.layer} {expected.text}")
    for at, finding in enumerate(findings):
        if at in used:
            score.right[str(finding.kind)] += 1
            continue
        score.alarms[str(finding.kind)] += 1
        score.false.append(f"{one.file}: {finding.kind} {finding.where} {finding.place} {finding.text[:60]!r}")
        if not one.expected:
            score.clean_alarms[str(finding.kind)] += 1
    if not one.expected:
        score.clean_pages += one.pages


def _is(expected: Expected, finding: Any) -> bool:
    if str(finding.kind) != expected.kind:
        return False
    wanted, told = plain(expected.text), plain(finding.text)
    if expected.kind == "account":
        return plain(expected.text) == "".join(sign for sign in told if sign.isdigit())
    if expected.kind in ("cpr", "phone"):
        return wanted in told or wanted[:4] + "19" + wanted[4:] == told
    return bool(told) and (wanted in told or (told in wanted and len(told) * 2 >= len(wanted)))


def show(score: Score, files: int) -> None:
    """The tables."""
    print(f"{files} files, {sum(score.there.values())} things to find\n")
    print("| kind | layer | there | found | recall | layer told right |\n|---|---|---|---|---|---|")
    for key in sorted(score.there, key=lambda key: (KINDS.index(key[0]), key[1])):
        there, found = score.there[key], score.found[key]
        right = f"{score.placed[key] / found:.0%}" if found else "-"
        print(f"| {key[0]} | {key[1]} | {there} | {found} | {found / there:.1%} | {right} |")
    print("\n| kind | found rightly | false alarms | precision | in 100 clean pages |\n|---|---|---|---|---|")
    for kind in sorted(set(score.right) | set(score.alarms)):
        hits, wrong = score.right[kind], score.alarms[kind]
        clean = 100 * score.clean_alarms[kind] / max(1, score.clean_pages)
        print(f"| {kind} | {hits} | {wrong} | {hits / (hits + wrong):.1%} | {clean:.2f} |")
    total = sum(score.clean_alarms.values())
    print(
        f"\nclean pages: {score.clean_pages}, false alarms in 100 of them: {100 * total / max(1, score.clean_pages):.2f}"
    )
    print("\n| made by | pages | seconds | pages a second of one core |\n|---|---|---|---|")
    for maker in sorted(score.pages):
        seconds = score.seconds[maker]
        print(f"| {maker} | {score.pages[maker]} | {seconds:.2f} | {score.pages[maker] / max(seconds, 1e-9):.0f} |")
    for title, rows in (("missed", score.missed), ("false alarms", score.false)):
        print(f"\n{title}: {len(rows)}")
        for row in rows[:MOST_SHOWN]:
            print(f"  {row}")


if __name__ == "__main__":
    main()
