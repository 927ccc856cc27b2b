"""A meeting in the municipal text layout: the words that the document states, in the order of a protocol."""

from collections.abc import Iterator
from datetime import date, time

from sagsgang.documents.richtext import to_plain
from sagsgang.publication.document import (
    AttachmentLine,
    ItemDocument,
    MeetingDocument,
    PersonLine,
    Section,
    Withheld,
)
from sagsgang.publication.rendering.order import (
    DecisionBlock,
    attachments_of,
    decisions_of,
    flow_of,
    numbered,
)

# The labels of the layout itself: they are part of the format and are never translated.
AGENDA = "Dagsorden"
MINUTES = "Referat"
DATE = "Dato:"
STARTS = "Starttidspunkt:"
ENDS = "Sluttidspunkt:"
PLACE = "Sted:"
MEETING_NUMBER = "Møde nr.:"
MEMBERS = "Medlemmer:"
ABSENT = "Fraværende:"
OPEN_ITEM = "Åben Sag"
CLOSED_ITEM = "Lukket Sag"
CASE_NUMBER = "Sagsnr.:"
PATH = "Sagsgang"
SUPPLEMENT = "Tillægsdagsorden nr."
LATE = "Begrundelse for sen udsendelse:"
DECISION = "Beslutning"
VOTES = "Afstemning"
ATTACHMENTS = "Bilag:"
OPEN = "Åben"
CLOSED = "Lukket"
CLOSED_ATTACHMENT = "Lukket bilag"
NONE = "Ingen"


def meeting_text(document: MeetingDocument) -> str:
    """The whole document as text, one paragraph a line, blocks parted by empty lines; a line feed ends it."""
    blocks: list[list[str]] = []
    if document.form != "item":
        blocks += _cover(document)
    for item in document.items:
        blocks += _item(item)
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _cover(document: MeetingDocument) -> Iterator[list[str]]:
    kind = AGENDA if document.kind == "agenda" else MINUTES
    yield [line for line in (kind, document.body, document.authority) if line]
    facts = (
        (DATE, day_of(document.held_on)),
        (STARTS, _clock(document.starts)),
        (ENDS, _clock(document.ends)),
        (PLACE, document.place),
        (MEETING_NUMBER, document.number),
    )
    yield [f"{label} {value}" for label, value in facts if value]
    yield _people(MEMBERS, document.present)
    yield _people(ABSENT, document.absent)
    yield list(document.record)


def _item(item: ItemDocument) -> Iterator[list[str]]:
    yield [title] if (title := numbered(item.number, item.title)) else []
    yield [{"open": OPEN_ITEM, "closed": CLOSED_ITEM}[item.access]] if item.access else []
    yield [f"{CASE_NUMBER} {item.case_number}"] if item.case_number else []
    yield _late(item)
    if item.path is not None:
        yield [PATH, *([step.body for step in item.path] or [NONE])]
    flow = flow_of(item)
    for section in flow.before:
        yield _section(section)
    for subitem in item.subitems:
        yield from _subitem(subitem)
    for section in flow.after:
        yield _section(section)
    yield _withheld(item.withheld)
    yield list(item.record)
    yield _votes(item)
    for block in decisions_of(item):
        yield from _decision(block)
    yield list(item.after)
    for section in flow.dissents:
        yield _section(section)
    yield _people(ABSENT, item.absent)
    yield _attachments(item)


def _late(item: ItemDocument) -> list[str]:
    """Which supplementary agenda brought it, and why it came late; nothing of a closed item."""
    if item.access == "closed":
        return []
    supplement = f"{SUPPLEMENT} {item.supplement}" if item.supplement else ""
    reason = f"{LATE} {item.late_reason}" if item.late_reason else ""
    return [line for line in (supplement, reason) if line]


def _section(section: Section) -> list[str]:
    points = [f"{point.marker} {point.text}".strip() for point in section.points]
    return [line for line in (section.heading, to_plain(section.html), *points) if line]


def _subitem(item: ItemDocument) -> Iterator[list[str]]:
    """A sub-item as the layout has it: number, title and text run on; its planned steps stand in the text."""
    runs_on = bool(item.sections) and not item.sections[0].heading
    lines = "\n".join(_section(item.sections[0])) if runs_on else ""
    yield [_run_on(item, lines)]
    if item.access == "closed":
        yield [CLOSED_ITEM]
    yield _late(item)
    for section in item.sections[1 if runs_on else 0 :]:
        yield _section(section)
    yield _withheld(item.withheld)
    yield [*item.record, *_votes(item), *item.after]
    yield _people(ABSENT, item.absent)
    yield _attachments(item)


def _run_on(item: ItemDocument, text: str) -> str:
    """Number, title and text as one ("3. Title. Text"); no full stop after a title with a closing sign."""
    title = item.title
    if title and not title.endswith((".", "?", "!", ":")):
        title += "."
    return f"{numbered(item.number, title)} {text}".strip()


def _decision(block: DecisionBlock) -> Iterator[list[str]]:
    yield [decision_heading(block), *([text] if (text := to_plain(block.html)) else [])]
    for part in block.subdecisions:
        yield [_run_on(part.subitem, to_plain(part.html))]


def decision_heading(block: DecisionBlock) -> str:
    """The heading ("Beslutning i Direktionen den 12-04-2023"), as far as the document states it."""
    body = f" i {block.body}" if block.body else ""
    day = f" den {day_of(block.decided_on)}" if block.decided_on else ""
    return f"{DECISION}{body}{day}"


def _withheld(withheld: Withheld | None) -> list[str]:
    if withheld is None:
        return []
    return [line for line in (withheld.ground, withheld.reason, withheld.extract) if line]


def _votes(item: ItemDocument) -> list[str]:
    """Each vote with its sentence and, where they are known, how each voted."""
    lines = [line for vote in item.votes for line in (vote.sentence, "; ".join(vote.votes)) if line]
    return [VOTES, *lines] if lines else []


def _people(label: str, people: tuple[PersonLine, ...] | None) -> list[str]:
    if people is None:
        return []
    return [label, *([person_line(person) for person in people] or [NONE])]


def person_line(person: PersonLine) -> str:
    """Title, name, role and party ("Direktør Ea Holm (formand)"); a note follows after a comma."""
    name = f"{person.title} {person.name}".strip()
    brackets = "".join(f" ({word})" for word in (person.role, person.party) if word)
    return f"{name}{brackets}" + (f", {person.note}" if person.note else "")


def _attachments(item: ItemDocument) -> list[str]:
    lines = attachments_of(item)
    if lines is None:
        return []
    return [ATTACHMENTS, *([_attachment(line) for line in lines] or [NONE])]


def _attachment(line: AttachmentLine) -> str:
    if line.access != "open":
        return f"{line.no} -  {CLOSED} {line.title or CLOSED_ATTACHMENT} () ()"
    start = f"{line.no} - {line.document_id} {OPEN}" if line.document_id else f"{line.no} -  {OPEN}"
    return f"{start} {line.title} ({line.document_number}) ({line.mark})"


def day_of(day: date) -> str:
    """dd-mm-yyyy, as the layout writes its dates."""
    return f"{day:%d-%m-%Y}"


def _clock(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""
