"""`mask` from outside: its JSON, its exit codes, and the original untouched."""

import json
from pathlib import Path

import pytest

from sagsgang.gate.tests.test_masking import letter_pdf
from sagsgang.site.cli import main


def test_the_command_answers_json_and_never_writes_over_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = letter_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"

    codes = [
        main(["mask", str(source), "--kinds", kinds, "-o", str(target), "--json"])
        for kinds, target in (("cpr", source), ("nonsense", out), ("cpr", out))
    ]

    assert codes == [2, 2, 0]
    facts = json.loads(capsys.readouterr().out)
    assert (facts["left"], {row["kind"] for row in facts["removed"]}) == ([], {"cpr"})
