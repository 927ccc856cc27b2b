"""A meeting as an accessible PDF for the archive: the document as JSON for `meeting.typ`."""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation

from sagsgang.documents.pdf import Pdf, render_pdf
from sagsgang.documents.richtext import Tree, from_plain, to_tree
from sagsgang.publication.document import (
    AttachmentLine,
    ItemDocument,
    MeetingDocument,
    PersonLine,
    PlannedStep,
    Section,
)
from sagsgang.publication.rendering import labels
from sagsgang.publication.rendering.order import (
    DecisionBlock,
    anchors_of,
    attachments_of,
    decisions_of,
    flow_of,
    numbered,
)
from sagsgang.publication.rendering.text import day_of

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "meeting.typ"

type Sheet = dict[str, Any]  # JSON values, read by meeting.typ under the same names


def meeting_pdf(
    document: MeetingDocument, *, made_at: datetime, public: bool, base_url: str, state_line: str = ""
) -> Pdf:
    """Print the meeting. `base_url` (no slash at its end) starts the links to open attachments.

    `public` is False for a copy that may hold closed matters: every page says so. `state_line` ("Draft")
    stands on every page too. The same arguments give the same bytes.
    """
    with translation.override(labels.LANGUAGE):
        sheet = _meeting(document, base_url.rstrip("/"))
        warning = "" if public else sheet["labels"]["internal"]
        sheet["notes"] = [note for note in (warning, state_line) if note]
        pdf = render_pdf(TEMPLATE, sheet, title=labels.document_title(document), made_at=made_at)
    if pdf.forced_by:
        logger.warning("meeting %s was printed as %s: %s", document.public_id, pdf.standard, pdf.forced_by)
    return pdf


def _meeting(document: MeetingDocument, base_url: str) -> Sheet:
    return {
        "labels": labels.chrome(),
        "form": document.form,
        "kind": labels.kind_word(document),
        "authority": document.authority,
        "body": document.body,
        "day": labels.day_words(document.held_on),
        "facts": labels.facts(document),
        "present": _people(document.present),
        "absent": _people(document.absent),
        "record": list(document.record),
        "items": [
            {"anchor": anchor, **_item(item, base_url, 1)}
            for anchor, item in zip(anchors_of(document.items), document.items, strict=True)
        ],
    }


def _item(item: ItemDocument, base_url: str, level: int) -> Sheet:
    """An item whose heading is of `level`; its parts carry the levels of their own headings."""
    flow = flow_of(item)
    before = _sections(flow.before, level + 1)
    inside = flow.subitems_inside and bool(before) and bool(before[-1]["heading"])
    sub_level = level + 2 if inside else level + 1
    return {
        "level": level,
        "number": numbered(item.number, ""),
        "title": item.title,
        "facts": labels.item_facts(item),
        "late": labels.late_words(item),
        "path": None if item.path is None else [_step(step) for step in item.path],
        "withheld": _withheld(item),
        "before": before,
        "subitems": [_item(subitem, base_url, sub_level) for subitem in item.subitems],
        "after": _sections(flow.after, level + 1),
        "record": list(item.record),
        "votes": [{"sentence": vote.sentence, "named": "; ".join(vote.votes)} for vote in item.votes],
        "said_after": list(item.after),
        "decisions": [_decision(block, level + 1) for block in _decisions(item, level)],
        "dissents": _sections(flow.dissents, level + 1),
        "absent": _people(item.absent),
        "attachments": _attachments(item, base_url),
    }


def _decisions(item: ItemDocument, level: int) -> list[DecisionBlock]:
    """An item's decisions; those of a sub-item stand in its parent's block, not under the sub-item."""
    return decisions_of(item) if level == 1 else []


def _sections(sections: tuple[Section, ...], level: int) -> list[Sheet]:
    """The sections that hold any words, headings of `level`; without one their text moves up."""
    sheets = [_section(section, level) for section in sections]
    return [sheet for sheet in sheets if sheet["blocks"] or sheet["points"]]


def _section(section: Section, level: int) -> Sheet:
    return {
        "heading": section.heading.strip(),
        "level": level,
        "text_level": level if section.heading.strip() else level - 1,
        "blocks": to_tree(section.html),
        "points": [{"marker": point.marker, "text": point.text} for point in section.points],
    }


def _step(step: PlannedStep) -> str:
    return f"{step.body} {day_of(step.on)}" if step.on else step.body


def _withheld(item: ItemDocument) -> Sheet | None:
    if item.withheld is None:
        return None
    return {
        "ground": item.withheld.ground,
        "reason": _plain(item.withheld.reason),
        "extract": _plain(item.withheld.extract),
    }


def _plain(text: str) -> Tree:
    return to_tree(from_plain(text))


def _decision(block: DecisionBlock, level: int) -> Sheet:
    return {
        "heading": labels.decision_title(block),
        "level": level,
        "blocks": to_tree(block.html),
        "subdecisions": [
            {"title": numbered(part.subitem.number, part.subitem.title), "blocks": to_tree(part.html)}
            for part in block.subdecisions
        ],
    }


def _people(people: tuple[PersonLine, ...] | None) -> list[str] | None:
    return None if people is None else [labels.person_words(person) for person in people]


def _attachments(item: ItemDocument, base_url: str) -> list[Sheet] | None:
    lines = attachments_of(item)
    return None if lines is None else [_attachment(line, base_url) for line in lines]


def _attachment(line: AttachmentLine, base_url: str) -> Sheet:
    return {
        "no": str(line.no),
        "access": labels.access_word(line.access),
        "title": labels.attachment_title(line),
        "document_id": line.document_id,
        "document_number": line.document_number,
        "mark": line.mark,
        "href": f"{base_url}/bilag/{line.public_id}" if line.public_id else "",
    }
