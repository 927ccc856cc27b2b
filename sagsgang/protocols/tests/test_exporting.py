"""The municipality's own copy of a final protocol (R40): whole, once for each entry, read by nobody else."""

import hashlib
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from sagsgang.protocols.due import exports_due
from sagsgang.protocols.models import EntryKind, ProtocolEntry
from sagsgang.protocols.tests.meetings import held_meeting, made_final
from sagsgang.sittings.tests.rooms import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.HOUSE_FILES = tmp_path / "house"
    settings.PROTOCOL_EXPORT = str(tmp_path / "own" / "protocols")
    return tmp_path / "own" / "protocols"


@pytest.fixture
def held() -> Room:
    return held_meeting()


def test_a_final_protocol_is_written_once(held: Room, folder: Path) -> None:
    assert exports_due() == 0  # not final yet
    entry = made_final(held)

    assert [exports_due(), exports_due()] == [1, 0]
    files = {path.suffix: path for path in folder.iterdir()}
    assert set(files) == {".json", ".pdf"}
    for path in files.values():
        assert path.stem.endswith(hashlib.sha256(path.read_bytes()).hexdigest())
        assert path.stat().st_mode & 0o777 == 0o600
        assert "Grund" not in path.name
    assert folder.stat().st_mode & 0o777 == 0o700
    assert files[".pdf"].read_bytes().startswith(b"%PDF-")
    said = json.loads(files[".json"].read_text())
    assert [(row["kind"], row["sha256"]) for row in said["entries"]] == [("final", entry.sha256)]
    assert "Ny cykelsti" in files[".json"].read_text()


def test_a_later_entry_is_written_too_and_a_reminder_is_not(held: Room, folder: Path) -> None:
    entry = made_final(held)
    exports_due()
    for kind, written in ((EntryKind.REMINDER, 0), (EntryKind.SIGNATURE, 1)):
        ProtocolEntry.objects.create(
            body=entry.body,
            meeting=entry.meeting,
            kind=kind,
            person=held.people[0] if kind == EntryKind.SIGNATURE else None,
            document=json.dumps({"final": entry.sha256, "words": ""}),
            entered_by=held.secretary,
        )
        assert exports_due() == written
    assert len(list(folder.glob("*.pdf"))) == 2


def test_off_without_the_setting_and_no_end_where_it_cannot_be_written(
    held: Room, settings: Settings, tmp_path: Path
) -> None:
    made_final(held)
    settings.PROTOCOL_EXPORT = ""
    assert exports_due() == 0
    (tmp_path / "file").write_text("")
    settings.PROTOCOL_EXPORT = str(tmp_path / "file" / "under")
    assert exports_due() == 0
