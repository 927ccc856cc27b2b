"""Every word on the screen is Danish: the catalogue is complete, and compiled as it stands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "locale/da/LC_MESSAGES/django.po"


def words(catalogue: Catalog) -> dict[tuple[object, str | None], object]:
    """Both forms of a plural count as one entry, named by its singular."""
    return {(m.id if isinstance(m.id, str) else m.id[0], m.context): m.string for m in catalogue if m.id}


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with PO.open("rb") as written, PO.with_suffix(".mo").open("rb") as compiled:
        assert words(read_po(written, locale="da")) == words(read_mo(compiled))


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
