"""`gate` from outside: what is in files, as JSON and as a table, and its exit codes."""

import json
from pathlib import Path

import pytest

from sagsgang.gate.tests import pdfs
from sagsgang.site.cli import main


def test_findings_are_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = pdfs.plain(tmp_path / "brev.pdf", "CPR 010190-1234", "Anna Berg, post@egekobing.dk")
    names = tmp_path / "navne.txt"
    names.write_text("Anna Berg\n")

    code = main(["gate", str(path), "--names", str(names), "--domain", "egekobing.dk", "--json"])

    assert code == 1
    assert json.loads(capsys.readouterr().out) == [
        {
            "file": str(path),
            "pages": 1,
            "readable": True,
            "tagged": False,
            "findings": [
                {
                    "kind": "cpr",
                    "page": 1,
                    "box": [101.1, 699.8, 171.0, 708.4],
                    "text": "010190-1234",
                    "where": "text",
                    "place": "",
                },
                {
                    "kind": "name",
                    "page": 1,
                    "box": [72.2, 677.4, 128.0, 688.6],
                    "text": "Anna Berg",
                    "where": "text",
                    "place": "",
                },
            ],
            "lacks": [],
        }
    ]


def test_the_table_shows_no_number_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = pdfs.plain(tmp_path / "brev.pdf", "CPR 010190-1234")

    code = main(["gate", str(path)])

    out = capsys.readouterr().out
    assert code == 1
    assert "010190-••••" in out and "1234" not in out


def test_a_clean_file_answers_nothing_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ren.txt"
    path.write_text("Byrådet vedtog indstillingen.")

    code = main(["gate", str(path), "--json"])

    assert code == 0
    assert json.loads(capsys.readouterr().out)[0]["findings"] == []


def test_a_file_that_cannot_be_examined_is_never_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, clean = tmp_path / "brudt.pdf", tmp_path / "ren.txt"
    broken.write_bytes(b"%PDF-1.7\n010190-1234")
    clean.write_text("Intet.")

    codes = (main(["gate", str(broken)]), main(["gate", str(broken), str(clean)]))
    missing = main(["gate", str(clean), "--names", str(tmp_path / "mangler.txt")])

    out, sentences = capsys.readouterr()
    assert (*codes, missing) == (2, 1, 2)
    assert "010190" not in out + sentences
