"""`plan` from outside: the year 2023 from rules, its shape and exit codes, and one sentence for whatever is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from sagsgang.site.cli import main
from tests.journeys.test_path_commands import outside

COUNCIL = '[[body]]\ncode = "KB"\nkind = "council"\nmeetings = "FREQ=MONTHLY;BYDAY=4TU"\n'
ENTRY = '[[entry]]\ntitle = "Årsberetning"\nrule = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1"\n'
YEAR = """
closing_days = ["2023-12-24", 2023-06-05]

[[body]]
code = "DIR"
kind = "directorate"
meetings = "FREQ=WEEKLY;BYDAY=WE"

[[body]]
code = "HU"
kind = "works_council"
meetings = ["2023-04-27", 2023-06-01]

[[body]]
code = "MTU"
kind = "committee"
name = "Miljø- og Teknikudvalget"
meetings = "FREQ=MONTHLY;BYDAY=4MO"
except = [7, "2023-12-25"]

[[body]]
code = "ØK"
kind = "finance"
meetings = "FREQ=MONTHLY;BYDAY=3TU"
except = [7]

[[body]]
code = "KB"
kind = "council"
meetings = "RRULE:FREQ=MONTHLY;BYDAY=4TU"
except = [7, 2023-12-26]
extra = ["2023-12-12", 2023-10-03]
agenda_days = 4
protocol_days = 1

[[entry]]
title = "Ligestillingsredegørelse"
rule = "FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1"
from = "2020-06-01"
until = 2024-12-31
lead_days = 90
path = ["DIR", "HU", "ØK", "KB"]

[[entry]]
title = "Månedsgrebet"
rule = "CYCLE"
path = ["DIR"]

[[entry]]
title = "Husk tallene"
rule = "EVENT;DAYS=-21"
after = "Ligestillingsredegørelse"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "år.toml"
    path.write_text(text, encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], path: Path, code: int, year: int = 2023) -> Any:
    capsys.readouterr()
    answered = main(["plan", str(path), "--year", str(year), "--json"])
    out, sentence = capsys.readouterr()
    assert answered == code, sentence
    return json.loads(out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    code = main(["plan", *words])
    out, sentence = capsys.readouterr()
    assert (code, out) == (2, "")
    assert sentence.count("\n") == 1 and sentence.endswith(".\n"), sentence
    return sentence.strip()


def test_the_year_2023_is_planned_from_rules_without_a_database(tmp_path: Path) -> None:
    run = outside(tmp_path, "plan", str(written(tmp_path, YEAR)), "--year", "2023", "--json")

    assert (run.returncode, run.stderr) == (1, "")
    whole = json.loads(run.stdout)
    assert list(whole) == ["meetings", "cycles", "entries", "warnings"]
    (may,) = [cycle for cycle in whole["cycles"] if cycle["id"] == "2023-05"]
    assert (may["start"], may["closes"]) == ("2023-04-12", "2023-05-23")
    assert may["steps"] == [
        {"body": "DIR", "date": "2023-04-12", "safe": "2023-04-03", "outer": "2023-04-04"},
        {"body": "MTU", "date": "2023-04-24", "safe": "2023-04-18", "outer": "2023-04-19"},
        {"body": "HU", "date": "2023-04-27", "safe": "2023-04-21", "outer": "2023-04-22"},
        {"body": "ØK", "date": "2023-05-16", "safe": "2023-05-10", "outer": "2023-05-11"},
        {"body": "KB", "date": "2023-05-23", "safe": "2023-05-16", "outer": "2023-05-17"},
    ]
    (report,) = [entry for entry in whole["entries"] if entry["title"] == "Ligestillingsredegørelse"]
    assert (report["date"], report["lead_date"]) == ("2023-06-01", "2023-03-03")
    assert [(step["body"], step["date"]) for step in report["path"]] == [
        ("DIR", "2023-04-12"), ("HU", "2023-04-27"), ("ØK", "2023-05-16"), ("KB", "2023-05-23"),
    ]  # fmt: skip
    assert "2023-04-12" in [entry["date"] for entry in whole["entries"] if entry["title"] == "Månedsgrebet"]
    assert [entry["date"] for entry in whole["entries"] if entry["title"] == "Husk tallene"] == ["2023-05-11"]
    collision = next(row for row in whole["warnings"] if row["cycle"] == "2023-05")
    assert {name: collision[name] for name in ("rule", "severity", "body", "date", "nearest")} == {
        "rule": "R6", "severity": "warning", "body": "KB", "date": "2023-05-23", "nearest": "2023-06-27",
    }  # fmt: skip
    assert "§ 8" in collision["source"] and "16. maj" in collision["message"] and "17. maj" in collision["message"]
    assert not (tmp_path / "home").exists()


def test_meetings_follow_the_rule_but_for_what_is_left_out_or_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meetings = asked(capsys, written(tmp_path, YEAR), 1)["meetings"]

    assert meetings["HU"] == ["2023-04-27", "2023-06-01"]
    assert meetings["KB"] == [
        "2023-01-24", "2023-02-28", "2023-03-28", "2023-04-25", "2023-05-23", "2023-06-27", "2023-08-22", "2023-09-26",
        "2023-10-03", "2023-10-24", "2023-11-28", "2023-12-12",
    ]  # fmt: skip
    assert all(days == sorted(days) for days in meetings.values())


def test_the_report_does_not_return_in_2026_and_the_plan_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = asked(capsys, written(tmp_path, YEAR), 1, 2026)

    assert "Ligestillingsredegørelse" not in [entry["title"] for entry in whole["entries"]]
    (told,) = [row for row in whole["warnings"] if row["entry"] == "Ligestillingsredegørelse"]
    assert (told["severity"], told["date"]) == ("warning", "2026-06-01")


def test_a_plan_without_a_word_against_it_leaves_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, COUNCIL + "except = [7, 12]\nextra = [2023-12-12]\n" + ENTRY)

    whole = asked(capsys, path, 0)

    assert whole["warnings"] == []
    assert whole["entries"] == [{"title": "Årsberetning", "date": "2023-06-01", "lead_date": "2023-06-01", "path": []}]


def test_an_entry_with_a_path_is_a_deadline_unless_it_says_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on_the_day = ENTRY.replace("BYMONTH=6;BYMONTHDAY=1", "BYMONTH=5;BYMONTHDAY=23") + 'path = ["KB"]\n'

    first = asked(capsys, written(tmp_path, COUNCIL + on_the_day), 1)["entries"][0]["path"]
    second = asked(capsys, written(tmp_path, COUNCIL + on_the_day + "deadline = false\n"), 1)["entries"][0]["path"]

    assert [step["date"] for step in first] == ["2023-04-25"]
    assert [step["date"] for step in second] == ["2023-05-23"]


def test_every_third_year_without_a_beginning_is_counted_from_this_one_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every_third = ENTRY.replace("YEARLY;", "YEARLY;INTERVAL=3;")

    whole = asked(capsys, written(tmp_path, COUNCIL + every_third), 1)

    assert [entry["date"] for entry in whole["entries"]] == ["2023-06-01"]
    assert whole["warnings"][0]["entry"] == "Årsberetning" and "2023" in whole["warnings"][0]["message"]


def test_without_json_the_year_is_lines_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(written(tmp_path, YEAR)), "--year", "2023"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Politiske rul 2023"
    assert "  2023-05: DIR 12. april → MTU 24. april → HU 27. april → ØK 16. maj → KB 23. maj" in lines
    assert any(line.startswith("  torsdag 1. juni 2023: Ligestillingsredegørelse (") for line in lines)
    assert "    DIR 12. april → HU 27. april → ØK 16. maj → KB 23. maj" in lines
    assert any(line.startswith("  advarsel (rul 2023-05, R6, kommunestyrelsesloven § 8") for line in lines)

    alone = written(tmp_path, '[[body]]\ncode = "X"\nkind = "other"\nextra = [2024-05-02]\n')
    assert main(["plan", str(alone), "--year", "2024"]) == 0
    assert capsys.readouterr().out.endswith("Politiske rul 2024\n  ingen\nÅrshjul\n  ingen\nBemærkninger\n  ingen\n")


BAD: dict[str, tuple[str, str]] = {
    "empty": ("", ""),
    "prose": ("Kære alle", "linje 1: "),
    "a broken line": (COUNCIL + "x = \n", "linje 5: "),
    "bodies that are a table": ('[body]\ncode = "KB"\n', "body: "),
    "a body that is a text": ('body = ["KB"]\n', "body[0]: "),
    "no code": ('[[body]]\nkind = "council"\n', "body[0]: "),
    "an empty code": ('[[body]]\ncode = " "\nkind = "council"\n', "body[0]: "),
    "a code that is a number": ('[[body]]\ncode = 5\nkind = "council"\n', "body[0].code: "),
    "an unknown kind": ('[[body]]\ncode = "KB"\nkind = "byråd"\n', "body[0].kind: "),
    "no meetings": ('[[body]]\ncode = "KB"\nkind = "council"\n', "body[0]: "),
    "no rule of meetings": (COUNCIL.replace("FREQ=MONTHLY;BYDAY=4TU", "hver tirsdag"), "body[0].meetings: "),
    "meetings in cycles": (COUNCIL.replace("FREQ=MONTHLY;BYDAY=4TU", "CYCLE"), "body[0].meetings: "),
    "meetings that are a number": (COUNCIL.replace('"FREQ=MONTHLY;BYDAY=4TU"', "5"), "body[0].meetings: "),
    "a meeting that is no day": (COUNCIL.replace('"FREQ=MONTHLY;BYDAY=4TU"', '["i morgen"]'), "body[0].meetings[0]: "),
    "a meeting with a time": (
        COUNCIL.replace('"FREQ=MONTHLY;BYDAY=4TU"', "[2023-05-23T17:00:00]"), "body[0].meetings[0]: ",
    ),
    "a 13th month": (COUNCIL + "except = [13]\n", "body[0].except[0]: "),
    "a true month": (COUNCIL + "except = [true]\n", "body[0].except[0]: "),
    "a month that is no list": (COUNCIL + "except = 7\n", "body[0].except: "),
    "no such day": (COUNCIL + 'extra = ["2023-02-30"]\n', "body[0].extra[0]: "),
    "days below none": (COUNCIL + "agenda_days = -1\n", "body[0].agenda_days: "),
    "a protocol of half a day": (COUNCIL + "protocol_days = 0.5\n", "body[0].protocol_days: "),
    "the same body twice": (COUNCIL + COUNCIL, "body[1].code: "),
    "too many bodies": (COUNCIL * 201, "body: "),
    "a closing day that is none": ('closing_days = ["jul"]\n' + COUNCIL, "closing_days[0]: "),
    "an entry without title": (COUNCIL + '[[entry]]\nrule = "CYCLE"\n', "entry[0]: "),
    "an entry without rule": (COUNCIL + '[[entry]]\ntitle = "A"\n', "entry[0]: "),
    "no rule": (COUNCIL + '[[entry]]\ntitle = "A"\nrule = "hver jul"\n', "entry[0].rule: "),
    "a long text that is no rule": (COUNCIL + f'[[entry]]\ntitle = "A"\nrule = "{"x" * 9000}"\n', "entry[0].rule: "),
    "an unknown step": (COUNCIL + '[[entry]]\ntitle = "A"\nrule = "CYCLE;STEP=XX"\n', "entry[0].rule: "),
    "an unknown event": (COUNCIL + '[[entry]]\ntitle = "A"\nrule = "EVENT=B"\n', "entry[0].rule: "),
    "a circle of events": (
        COUNCIL + '[[entry]]\ntitle = "A"\nrule = "EVENT=B"\n[[entry]]\ntitle = "B"\nrule = "EVENT=A"\n', "entry[0].rule: ",
    ),
    "after nothing": (COUNCIL + ENTRY + 'after = "B"\n', "entry[0].after: "),
    "a path that is a text": (COUNCIL + ENTRY + 'path = "KB"\n', "entry[0].path: "),
    "a path through nobody": (COUNCIL + ENTRY + 'path = ["KB", "XX"]\n', "entry[0].path[1]: "),
    "a lead of minus one": (COUNCIL + ENTRY + "lead_days = -1\n", "entry[0].lead_days: "),
    "a true lead": (COUNCIL + ENTRY + "lead_days = true\n", "entry[0].lead_days: "),
    "until that is no day": (COUNCIL + ENTRY + 'until = "snart"\n', "entry[0].until: "),
    "until before from": (COUNCIL + ENTRY + "from = 2023-05-02\nuntil = 2023-05-01\n", "entry[0].until: "),
    "a deadline that is a word": (COUNCIL + ENTRY + 'deadline = "ja"\n', "entry[0].deadline: "),
}  # fmt: skip


@pytest.mark.parametrize(("text", "where"), BAD.values(), ids=BAD.keys())
def test_whatever_is_wrong_is_named_by_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, where: str
) -> None:
    path = written(tmp_path, text)

    sentence = refused(capsys, str(path), "--year", "2023", "--json")

    assert sentence.startswith(f"{path}: {where}") and len(sentence) < len(str(path)) + 300


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)), COUNCIL.replace("KB", "ØK").encode("latin-1"), b"x = " + b"[" * 100_000, b" " * 11_000_000],
    ids=["binary", "latin-1", "a deep well", "too large"],
)
def test_a_file_that_is_no_plan_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "fil"
    path.write_bytes(content)

    assert refused(capsys, str(path), "--year", "2023").startswith(f"{path}: ")


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "intet.toml", tmp_path):
        assert refused(capsys, str(path), "--year", "2023", "--json").startswith(f"{path}: ")


@pytest.mark.parametrize("year", ["1999", "2101", "i år", "", "0000", "²023", "-2023", "02023"])
def test_a_year_that_cannot_be_planned_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], year: str
) -> None:
    assert refused(capsys, str(written(tmp_path, COUNCIL)), f"--year={year}").startswith("--year: ")


@pytest.mark.parametrize("year", [2000, 2100])
def test_the_first_and_the_last_year_can_be_planned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], year: int
) -> None:
    assert len(asked(capsys, written(tmp_path, COUNCIL), 1 if year == 2000 else 0, year)["cycles"]) == 12
