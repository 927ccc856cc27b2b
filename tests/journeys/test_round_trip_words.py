"""A printed document that is read and printed again gives its words back, one for one."""

import os
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from sagsgang.documents.richtext import from_plain
from sagsgang.publication.document import (
    AttachmentLine,
    DecisionText,
    ItemDocument,
    MeetingDocument,
    PersonLine,
    PlannedStep,
    Section,
)
from sagsgang.publication.rendering.text import meeting_text

reading = pytest.importorskip("sagsgang.exchange.minutes.reading")

HERE = Path(__file__)
TWIN = HERE.parents[2] / "sagsgang" / "exchange" / "minutes" / "tests" / "twin.txt"
SHARED = Path(os.environ.get("SAGSGANG_SHARED") or HERE.parents[3] / "shared")
SEED = SHARED / "seeds" / "000_8b39c42b93f3e595.txt"


@pytest.mark.parametrize("source", [TWIN, SEED], ids=["twin", "seed"])
def test_a_document_that_is_read_and_printed_again_has_the_same_words(source: Path) -> None:
    if not source.exists():
        pytest.skip(f"{source} is not here")

    parsed = reading.read_file(source)

    assert meeting_text(document_of(parsed)).split() == source.read_text(encoding="utf-8").split()


def document_of(parsed: Any) -> MeetingDocument:
    """What the importer and the disclosure make of a parsed document, without their rows."""
    return MeetingDocument(
        kind="minutes",
        form="item" if parsed.kind == "item of a referat" else "meeting",
        authority=parsed.authority or "",
        body=parsed.body or "",
        body_code="",
        held_on=parsed.date or date.min,
        starts=parsed.start if isinstance(parsed.start, time) else None,
        ends=parsed.end if isinstance(parsed.end, time) else None,
        place=parsed.place or "",
        number=parsed.meeting or "",
        present=people(parsed.members),
        absent=people(parsed.absent),
        items=tuple(item_of(item) for item in parsed.items),
    )


def item_of(item: Any) -> ItemDocument:
    decisions = tuple(
        DecisionText(decision.body or "", decision.date, from_plain(decision.text))
        for decision in item.decisions
    )
    return ItemDocument(
        public_id="",
        number=item.no or "",
        title=item.title or "",
        access=item.access or "",
        path=tuple(PlannedStep(body) for body in item.path) if isinstance(item.path, tuple) else None,
        case_number=item.case_no or "",
        sections=tuple(Section(part.kind, part.heading, from_plain(part.text)) for part in item.sections),
        decisions=decisions,
        absent=people(item.absent),
        attachments=attachments(item.attachments),
        subitems=tuple(sub_item_of(sub, decisions) for sub in item.subitems),
    )


def sub_item_of(sub: Any, decisions: tuple[DecisionText, ...]) -> ItemDocument:
    last = decisions[-1] if decisions else DecisionText("", None, "")
    said = (
        () if sub.decision is None else (DecisionText(last.body, last.decided_on, from_plain(sub.decision)),)
    )
    return ItemDocument(
        public_id="",
        number=sub.no,
        title=sub.title,
        access="",
        path=tuple(PlannedStep(plan.body, plan.date) for plan in sub.planned),
        sections=(Section("presentation", "", from_plain(sub.text)),),
        decisions=said,
    )


def people(parsed: Any) -> tuple[PersonLine, ...] | None:
    if not isinstance(parsed, tuple):
        return None
    return tuple(
        PersonLine(person.name, person.title or "", person.role or "", person.party or "", person.note or "")
        for person in parsed
    )


def attachments(parsed: Any) -> tuple[AttachmentLine, ...] | None:
    if parsed is None:
        return None
    return tuple(
        AttachmentLine(
            line.no or place,
            line.access or "open",
            line.title,
            line.id or "",
            line.doc_no or "",
            line.type or "",
        )
        for place, line in enumerate(parsed, start=1)
    )
