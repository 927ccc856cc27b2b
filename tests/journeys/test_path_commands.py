"""`deadline` and `check-path` from outside: shapes, exit codes, and one sentence for whatever is wrong with the input."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from sagsgang.site.cli import main

ROOT = Path(__file__).parents[2]
SPRING: dict[str, Any] = {
    "bodies": {
        "DIR": {"kind": "directorate"},
        "HU": {"kind": "works_council"},
        "MTU": {"kind": "committee"},
        "ØK": {"kind": "finance", "name": "Økonomiudvalget"},
        "KB": {"kind": "council", "agenda_days": 4, "protocol_days": 1, "name": "Kommunalbestyrelsen"},
    },
    "meetings": [
        {"body": body, "date": date}
        for body, date in (
            ("DIR", "2023-04-12"),
            ("MTU", "2023-04-24"),
            ("HU", "2023-04-27"),
            ("ØK", "2023-05-16"),
            ("ØK", "2023-06-13"),
            ("KB", "2023-05-23"),
            ("KB", "2023-06-20"),
        )
    ],
    "closing_days": [],
    "case": {"economy": True, "elderly": False, "disability": False},
    "steps": [
        {"body": "DIR", "date": "2023-04-12", "purpose": "discussion"},
        {"body": "HU", "date": "2023-04-27", "purpose": "discussion"},
        {"body": "ØK", "date": "2023-05-16", "purpose": "recommendation"},
        {"body": "KB", "date": "2023-05-23", "purpose": "decision"},
    ],
}


def changed(**parts: Any) -> dict[str, Any]:
    return deepcopy(SPRING) | parts


def written(folder: Path, content: object) -> Path:
    path = folder / "sagsgang.json"
    path.write_text(json.dumps(content, ensure_ascii=False))
    return path


def outside(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command as a script calls it, on a machine without a database."""
    environment = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    return subprocess.run(
        [sys.executable, "-m", "sagsgang.site.cli", *words],
        env=environment | {"SAGSGANG_HOME": str(home / "home")},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


def asked(capsys: pytest.CaptureFixture[str], path: Path, code: int) -> Any:
    capsys.readouterr()
    answered = main(["check-path", str(path), "--json"])
    out, sentence = capsys.readouterr()
    assert answered == code, sentence
    return json.loads(out)


def test_the_deadline_of_a_council_meeting_over_ascension_day(tmp_path: Path) -> None:
    run = outside(tmp_path, "deadline", "council", "2023-05-23", "--json")

    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout) == {
        "safe": "2023-05-16",
        "outer": "2023-05-17",
        "skipped": [
            {"date": "2023-05-18", "why": "Kristi himmelfartsdag", "for": "both"},
            {"date": "2023-05-20", "why": "lørdag", "for": "safe"},
            {"date": "2023-05-21", "why": "søndag", "for": "both"},
        ],
    }
    assert not (tmp_path / "home").exists()


def test_the_collision_of_may_2023_is_found_without_a_database(tmp_path: Path) -> None:
    run = outside(tmp_path, "check-path", str(written(tmp_path, SPRING)), "--json")

    assert (run.returncode, run.stderr) == (1, "")
    (finding,) = json.loads(run.stdout)
    assert {name: finding[name] for name in ("step", "rule", "severity", "nearest", "body", "date")} == {
        "step": 3,
        "rule": "R6",
        "severity": "warning",
        "nearest": "2023-06-20",
        "body": "KB",
        "date": "2023-05-23",
    }
    for words in ("16. maj", "17. maj", "20. juni 2023", "Økonomiudvalget", "Kommunalbestyrelsen"):
        assert words in finding["message"]
    assert "§ 8" in finding["source"]
    assert not (tmp_path / "home").exists()


def test_a_path_that_can_be_followed_is_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = deepcopy(SPRING["steps"])
    steps[2]["date"], steps[3]["date"] = "2023-06-13", "2023-06-20"

    assert asked(capsys, written(tmp_path, changed(steps=steps)), 0) == []


def test_without_json_the_answers_are_lines_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "finance", "2023-05-16"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Sikker frist: onsdag 10. maj 2023 (lørdag tæller ikke)",
        "Yderste frist: torsdag 11. maj 2023 (lørdag tæller)",
    ]

    assert main(["check-path", str(written(tmp_path, SPRING))]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Led 4, KB 2023-05-23: advarsel (R6, ")
    assert len(lines) == 2

    assert main(["check-path", str(written(tmp_path, changed(steps=[])))]) == 0
    assert capsys.readouterr().out == "Sagsgangen kan følges: ingen bemærkninger.\n"


@pytest.mark.parametrize("parallel", [1, "MTU"])
def test_a_finding_names_the_place_in_the_file_also_for_parallel_steps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], parallel: int | str
) -> None:
    steps = [
        {"body": "DIR", "date": "2023-04-12", "purpose": "drøftelse"},
        {"body": "MTU", "date": "2023-04-24", "purpose": "anbefaling"},
        {"body": "ØK", "date": "2023-06-13", "purpose": "erklæring"},
        {"body": "HU", "date": "2023-04-28", "purpose": "høring", "parallel_with": parallel},
        {"body": "KB", "date": None, "purpose": "beslutning"},
    ]

    found = asked(capsys, written(tmp_path, changed(steps=steps)), 1)

    assert [(row["step"], row["body"], row["rule"], row["nearest"]) for row in found] == [
        (3, "HU", "R1", "2023-04-27"),
        (4, "KB", "R1", "2023-06-20"),
    ]


def test_hearings_readings_and_closing_days_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        {"body": "KB", "date": "2023-05-23", "purpose": "decision", "reading": 1},
        {"body": "KB", "date": "2023-06-20", "purpose": "decision", "reading": 2},
    ]
    hearings = [{"concern": "elderly", "answer_by": "2023-05-16"}]
    whole = changed(steps=steps, hearings=hearings, case={"elderly": True}, closing_days=["2023-05-17"])

    found = asked(capsys, written(tmp_path, whole), 1)

    assert [(row["step"], row["rule"], row["severity"]) for row in found] == [(0, "R14", "warning")]
    assert asked(capsys, written(tmp_path, whole | {"closing_days": None}), 0) == []
    assert asked(capsys, written(tmp_path, whole | {"hearings": [hearings[0] | {"waived": True}]}), 0) == []


BAD_STEPS: dict[str, tuple[dict[str, Any], str]] = {
    "no body": ({"date": "2023-05-23", "purpose": "decision"}, "steps[0]: "),
    "an unknown body": ({"body": "XX", "date": "2023-05-23", "purpose": "decision"}, "steps[0].body: "),
    "a body that is a list": ({"body": [], "date": "2023-05-23", "purpose": "decision"}, "steps[0].body: "),
    "no purpose": ({"body": "KB", "date": "2023-05-23"}, "steps[0]: "),
    "an unknown purpose": ({"body": "KB", "date": "2023-05-23", "purpose": "kage"}, "steps[0].purpose: "),
    "a number for a date": ({"body": "KB", "date": 20230523, "purpose": "decision"}, "steps[0].date: "),
    "no such day": ({"body": "KB", "date": "2023-02-30", "purpose": "decision"}, "steps[0].date: "),
    "a Danish date": ({"body": "KB", "date": "23-05-2023", "purpose": "decision"}, "steps[0].date: "),
    "a week date": ({"body": "KB", "date": "2023-W21-2", "purpose": "decision"}, "steps[0].date: "),
    "a year too late": ({"body": "KB", "date": "2101-01-01", "purpose": "decision"}, "steps[0].date: "),
    "a third reading": ({"body": "KB", "date": None, "purpose": "decision", "reading": 3}, "steps[0].reading: "),
    "a true reading": ({"body": "KB", "date": None, "purpose": "decision", "reading": True}, "steps[0].reading: "),
    "parallel with itself": (
        {"body": "KB", "date": None, "purpose": "decision", "parallel_with": 0},
        "steps[0].parallel_with: ",
    ),
    "parallel with nobody": (
        {"body": "KB", "date": None, "purpose": "decision", "parallel_with": "MTU"},
        "steps[0].parallel_with: ",
    ),
}
BAD_WHOLES: dict[str, tuple[object, str]] = {
    "a list": ([], ""),
    "a number": (5, ""),
    "nothing": (None, ""),
    "empty": ({}, ""),
    "no steps": ({name: SPRING[name] for name in ("bodies", "meetings")}, ""),
    "steps that are an object": (changed(steps={}), "steps: "),
    "a step that is a text": (changed(steps=["KB"]), "steps[0]: "),
    "too many steps": (changed(steps=SPRING["steps"] * 26), "steps: "),
    "bodies that are a list": (changed(bodies=[]), "bodies: "),
    "a body that is a text": (changed(bodies={"KB": "council"}), "bodies.KB: "),
    "a body without kind": (changed(bodies={"KB": {}}), "bodies.KB: "),
    "an unknown kind": (changed(bodies={"KB": {"kind": "byråd"}}), "bodies.KB.kind: "),
    "negative days": (changed(bodies={"KB": {"kind": "council", "agenda_days": -1}}), "bodies.KB.agenda_days: "),
    "half a day": (changed(bodies={"KB": {"kind": "council", "protocol_days": 0.5}}), "bodies.KB.protocol_days: "),
    "a name that is a number": (changed(bodies={"KB": {"kind": "council", "name": 5}}), "bodies.KB.name: "),
    "a meeting of nobody": (changed(meetings=[{"body": "XX", "date": "2023-05-23"}]), "meetings[0].body: "),
    "a meeting without a day": (changed(meetings=[{"body": "KB"}]), "meetings[0]: "),
    "a closing day that is none": (changed(closing_days=["juleaften"]), "closing_days[0]: "),
    "a case that is a list": (changed(case=["economy"]), "case: "),
    "a flag that is a word": (changed(case={"economy": "ja"}), "case.economy: "),
    "an unknown concern": (
        changed(hearings=[{"concern": "kage", "answer_by": "2023-05-01"}]),
        "hearings[0].concern: ",
    ),
    **{name: (changed(steps=[step]), where) for name, (step, where) in BAD_STEPS.items()},
}
BAD_FILES = {
    "empty": b"",
    "prose": "Kære alle".encode(),
    "cut off": json.dumps(SPRING).encode()[:-20],
    "latin-1": '{"bodies": {"ØK": {}}}'.encode("latin-1"),
    "binary": bytes(range(256)),
    "a deep well": b"[" * 200_000,
    "a huge number": b'{"bodies": ' + b"9" * 10_000 + b"}",
    "too large": b" " * (11 * 1024 * 1024),
}


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    code = main(list(words))
    out, sentence = capsys.readouterr()
    assert (code, out) == (2, "")
    assert sentence.count("\n") == 1 and sentence.endswith(".\n"), sentence
    return sentence.strip()


@pytest.mark.parametrize(("whole", "where"), BAD_WHOLES.values(), ids=BAD_WHOLES.keys())
def test_whatever_is_wrong_is_named_by_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], whole: object, where: str
) -> None:
    path = written(tmp_path, whole)

    assert refused(capsys, "check-path", str(path), "--json").startswith(f"{path}: {where}")


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_file_that_is_no_plan_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "fil"
    path.write_bytes(content)

    assert refused(capsys, "check-path", str(path)).startswith(f"{path}: ")


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "intet.json", tmp_path):
        assert refused(capsys, "check-path", str(path), "--json").startswith(f"{path}: ")


@pytest.mark.parametrize(
    "words",
    [
        ("kommune", "2023-05-23"),
        ("council", "2023-13-01"),
        ("council", "i morgen"),
        ("council", "1999-12-31"),
        ("council", "2101-01-01"),
        ("council", "2023-05-23", "--days", "0"),
        ("council", "2023-05-23", "--days", "fire"),
        ("council", "2023-05-23", "--days", "100000000000"),
        ("council", "2023-05-23", "--days", "²"),
    ],
)
def test_a_deadline_that_cannot_be_reckoned_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    refused(capsys, "deadline", *words, "--json")


@pytest.mark.parametrize("kind", ["directorate", "works_council", "committee", "finance", "council", "adhoc", "other"])
def test_every_kind_of_body_has_its_deadlines(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    assert main(["deadline", kind, "2023-04-12", "--days", "2", "--json"]) == 0

    answered = json.loads(capsys.readouterr().out)
    assert (answered["safe"], answered["outer"]) == ("2023-04-05", "2023-04-08")


def test_bad_input_leaves_with_2_from_outside_too(tmp_path: Path) -> None:
    run = outside(tmp_path, "check-path", str(written(tmp_path, {})))

    assert (run.returncode, run.stdout) == (2, "")
    assert "Traceback" not in run.stderr and not (tmp_path / "home").exists()
