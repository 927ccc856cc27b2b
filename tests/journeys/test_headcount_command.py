"""`check-headcount`: what scripts from outside see of it."""

import json
from pathlib import Path

import pytest

from sagsgang.site.cli import main

SUMS = "niveau;kvinder;mænd;andre;i alt\n1;{};0;{}\n2;10;10;0;20\n3;70;30;0;100\n"
GOOD = SUMS.format("3;7", 10)
HEAD = "Medarbejdernr;Navn;Enhed;Niveau;Køn;Status"


def written(folder: Path, name: str, words: str) -> str:
    path = folder / name
    path.write_bytes(words.encode("cp1252"))
    return str(path)


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    code = main(["check-headcount", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_nothing_is_found_in_right_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, written(tmp_path, "a.csv", GOOD), "--staff", "900") == (0, [])


def test_the_swapped_levels_are_found_and_the_members_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [HEAD, "1;Christian Bertelsen;DIR;2;m;fast", "2;Lene Mehlsen Thomsen;DIR;2;k;fast"]
    rows += [f"{at};Chef {at};MT;1;{'km'[at % 2]};fast" for at in range(10, 18)]
    members = written(
        tmp_path, "dir.csv", "navn;titel\nChristian Bertelsen;Kommunaldirektør\nLene Mehlsen Thomsen;Direktør"
    )
    code, found = asked(capsys, written(tmp_path, "a.csv", "\r\n".join(rows)), "--directorate", members)
    assert code == 1
    assert {"check", "level", "row", "column", "message", "proposal"} <= found[0].keys()
    first = [one for one in found if one["check"] == 2]
    assert "Christian Bertelsen" in str(first[0]["message"])
    assert "Lene Mehlsen Thomsen" in str(first[0]["message"])
    assert {one["row"] for one in first[1:]} == {2, 3, *range(4, 12)}


def test_the_last_report_and_an_earlier_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, other = written(tmp_path, "a.csv", GOOD), written(tmp_path, "b.csv", SUMS.format("7;3", 10))
    assert {one["check"] for one in asked(capsys, file, "--previous", other)[1]} == {6, 7}
    assert {one["check"] for one in asked(capsys, file, "--seen", other)[1]} == {10}


@pytest.mark.parametrize(
    "words", [["--snapshot", "12-04"], ["--staff", "mange"], ["--directorate", "no-such"], ["--previous", "no-such"]]
)
def test_bad_input_is_2(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-headcount", written(tmp_path, "a.csv", GOOD), *words, "--json"]) == 2
    answered = capsys.readouterr()
    assert not answered.out
    assert answered.err


def test_a_wrong_file_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-headcount", written(tmp_path, "a.csv", "a;b\n1;2"), "--json"]) == 2
    assert "A: " in capsys.readouterr().err
    assert main(["check-headcount", str(tmp_path / "none.csv")]) == 2
