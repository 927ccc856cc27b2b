"""Every word on the screen is Danish: the catalogue is complete, and compiled as it stands."""

import ast
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "locale/da/LC_MESSAGES/django.po"
MARKS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy", "npgettext"}


def test_the_compiled_catalogue_is_the_written_one() -> None:
    fresh = io.BytesIO()
    with PO.open("rb") as written:
        write_mo(fresh, read_po(written, locale="da", domain="django"))

    assert PO.with_suffix(".mo").read_bytes() == fresh.getvalue()


def test_placeholders_survive_translation() -> None:
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="da")

    assert [(m.id, list(m.check())) for m in catalogue if list(m.check(catalogue))] == []


def test_every_word_of_the_code_has_a_danish_one() -> None:
    if shutil.which("xgettext") is None:
        if os.environ.get("CI"):
            pytest.fail("xgettext is missing, and CI must have it")
        pytest.skip("not checked: xgettext is missing (apt install gettext)")

    run = subprocess.run([sys.executable, "scripts/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True)

    assert (run.returncode, run.stderr) == (0, "")


def test_no_word_stands_inside_an_f_string() -> None:
    """There xgettext does not see it, so it would never be Danish."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "sagsgang").rglob("*.py")
        if "tests" not in path.parts
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS
    ]

    assert hidden == []
