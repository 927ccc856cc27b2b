"""A directorate's item, as it was printed in 2023, goes through the whole house: read, stored, released, read, printed.

The twin is the project's own; the real document lies outside it, and is tried where it is.
"""

import io
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from sagsgang.exchange.minutes.as_json import to_json
from sagsgang.exchange.minutes.reading import read_minutes
from sagsgang.meetings.models import AgendaItem, Attachment
from sagsgang.publication.models import PublicItem, PublicMeeting, Release
from sagsgang.publication.tasks import render_meeting_pdf
from sagsgang.site.cli import main

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("SAGSGANG_SHARED") or ROOT.parent / "shared")
TWIN = ROOT / "sagsgang/exchange/minutes/tests/twin.txt"
SEED = SHARED / "seeds/000_8b39c42b93f3e595.txt"

document = pytest.mark.parametrize(
    "path",
    [
        pytest.param(TWIN, id="twin"),
        pytest.param(
            SEED,
            id="seed",
            marks=pytest.mark.skipif(not SEED.exists(), reason=f"not run: the real document is not at {SEED}"),
        ),
    ],
)


@dataclass
class Taken:
    """What the command answered, and what the public then sees."""

    answer: dict[str, Any]
    meeting: PublicMeeting
    item: PublicItem


def take(path: Path, capsys: pytest.CaptureFixture[str]) -> Taken:
    capsys.readouterr()
    assert main(["import-minutes", str(path), "--release", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    return Taken(answer, PublicMeeting.objects.get(), PublicItem.objects.get(parent=None))


@pytest.fixture(autouse=True)
def database_is_at_hand(wall: None) -> None:
    """The test's own database is the one of DATABASE_URL."""


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def facts_of(path: Path) -> dict[str, Any]:
    if path == TWIN:
        answer: dict[str, Any] = to_json(read_minutes(path.read_bytes()))
        return dict(answer["items"][0])
    entries = json.loads((SHARED / "samples/facts.json").read_text())["entries"]
    return next(dict(entry["items"][0]) for entry in entries if entry["file"].endswith(path.name))


@document
def test_what_the_document_states_is_what_the_house_holds(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take(path, capsys)

    facts, item = facts_of(path), AgendaItem.objects.top().get()
    assert item.title == facts["title"]
    assert [step.stated_body for step in item.steps.all()] == facts["path"]
    assert [(str(sub.number), sub.title) for sub in item.subitems.all()] == [
        (sub["no"], sub["title"]) for sub in facts["subitems"]
    ]
    assert [
        [(step.stated_body, step.planned_on.isoformat() if step.planned_on else None) for step in sub.steps.all()]
        for sub in item.subitems.all()
    ] == [[(step["body"], step["date"]) for step in sub["planned"]] for sub in facts["subitems"]]
    assert [
        (row.position, row.document_id or None, row.access, row.title, row.document_number or None, row.mark or None)
        for row in item.attachments.all()
    ] == [(a["no"], a["id"], a["access"], a["title"], a["doc_no"], a["type"]) for a in facts["attachments"]]


@document
@pytest.mark.parametrize("scope", [[], ["--internal"]], ids=["public", "internal"])
def test_printing_gives_the_document_back_word_for_word(
    path: Path, scope: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = take(path, capsys)
    out = tmp_path / "print.txt"

    assert main(["print-minutes", taken.answer["meeting"], "--format", "text", *scope, "-o", str(out)]) == 0

    assert words(out.read_text()) == words(path.read_text())


@document
def test_the_second_run_changes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = take(path, capsys)

    second = take(path, capsys)

    assert second.answer["meeting"] == first.answer["meeting"]
    assert second.answer["created"] == {"bodies": [], "persons": [], "items": []}
    assert second.answer["changed"] == []
    assert second.answer["release"] == first.answer["release"]
    assert Release.objects.count() == 1


@document
def test_the_public_sees_open_attachments_with_numbers_and_closed_ones_without(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = take(path, capsys)
    render_meeting_pdf(str(taken.meeting.release_id))

    client = Client()
    page = client.get(f"/moeder/{taken.meeting.pk}/{taken.meeting.slug}/").text
    feed = client.get("/feed.atom").text
    pdf = b"".join(client.get(f"/moeder/{taken.meeting.pk}/referat.pdf"))
    print_view = client.get(f"/moeder/{taken.meeting.pk}/{taken.meeting.slug}/udskriv/").text
    printed = words("".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(io.BytesIO(pdf).read())))

    rows = list(Attachment.objects.order_by("position"))
    assert [row.access for row in rows] == ["open"] * 3 + ["closed"] * 4 + ["open"]
    for text in (page, feed, printed, print_view):
        for row in rows:
            if row.access == "open":
                assert row.document_id in text and row.document_number in text
    assert [row.document_id + row.document_number + row.mark for row in rows if row.access == "closed"] == [""] * 4


@document
def test_a_changed_file_is_a_new_version_and_a_new_release(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = take(path, capsys)
    changed = tmp_path / "rettet.txt"
    changed.write_text(path.read_text().replace("Det indstilles", "Det foreslås"))

    second = take(changed, capsys)

    assert second.answer["meeting"] == first.answer["meeting"]
    assert [(row["item"], row["parts"]) for row in second.answer["changed"]] == [
        (first.answer["items"][0], ["presentation"])
    ]
    assert second.answer["release"]["number"] == 2
    assert second.answer["release"]["previous"] == first.answer["release"]["sha256"]
    assert (second.meeting.pk, second.item.pk) == (first.meeting.pk, first.item.pk)
