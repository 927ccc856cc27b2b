"""What stands where in a printed item, in text, HTML and PDF, and the last guard of closed attachments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sagsgang.publication.document import AttachmentLine, DecisionText, ItemDocument, Section


@dataclass(frozen=True, slots=True)
class SubDecision:
    """What a decision says of one sub-item."""

    subitem: ItemDocument
    html: str


@dataclass(frozen=True, slots=True)
class DecisionBlock:
    """One body's decision on an item and, below its text, on the item's sub-items."""

    body: str
    decided_on: date | None
    number: str
    html: str
    subdecisions: tuple[SubDecision, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """An item's sections as printed: before its sub-items, after them, and dissents after the decisions."""

    before: tuple[Section, ...]
    after: tuple[Section, ...]
    dissents: tuple[Section, ...]
    subitems_inside: bool  # the sub-items belong to the last section of `before`


def flow_of(item: ItemDocument) -> Flow:
    """Sub-items follow the presentation; without one they stand before the recommendation or last."""
    sections = tuple(section for section in item.sections if section.kind != "dissent")
    kinds = [section.kind for section in sections]
    inside = "presentation" in kinds
    if inside:
        cut = kinds.index("presentation") + 1
    else:
        cut = kinds.index("recommendation") if "recommendation" in kinds else len(kinds)
    dissents = tuple(section for section in item.sections if section.kind == "dissent")
    return Flow(sections[:cut], sections[cut:], dissents, inside)


def decisions_of(item: ItemDocument) -> list[DecisionBlock]:
    """The item's decisions in order; a sub-item's decision joins the one of the same body and day.

    A sub-item's decision that names neither joins the last one; what fits none gets a block of its own.
    """
    places: list[DecisionText] = list(item.decisions)
    found: dict[int, list[SubDecision]] = {}
    for subitem in item.subitems:
        for decision in subitem.decisions:
            place = _place_of(decision, places)
            if place is None:
                places.append(DecisionText(decision.body, decision.decided_on, ""))
                place = len(places) - 1
            found.setdefault(place, []).append(SubDecision(subitem, decision.html))
    return [
        DecisionBlock(own.body, own.decided_on, own.number, own.html, tuple(found.get(index, ())))
        for index, own in enumerate(places)
    ]


def _place_of(decision: DecisionText, places: list[DecisionText]) -> int | None:
    for index, own in enumerate(places):
        if (own.body, own.decided_on) == (decision.body, decision.decided_on):
            return index
    if places and not decision.body and decision.decided_on is None:
        return len(places) - 1
    return None


def attachments_of(item: ItemDocument) -> tuple[AttachmentLine, ...] | None:
    """The attachments as they may be printed: of a closed one its place and title, whatever else it holds."""
    if item.attachments is None:
        return None
    return tuple(
        line if line.access == "open" else AttachmentLine(line.no, line.access, line.title) for line in item.attachments
    )


def anchors_of(items: Sequence[ItemDocument]) -> list[str]:
    """Each item's link target, all different: ``punkt-<number>``, or its place (from 1) without a number."""
    names: list[str] = []
    for index, item in enumerate(items, start=1):
        letters = "".join(sign if sign.isalnum() else "-" for sign in item.number.lower()).strip("-")
        name = f"punkt-{letters or index}"
        names.append(name if name not in names else f"{name}-{index}")
    return names


def numbered(number: str, title: str) -> str:
    """The title behind its number ("3. Budget 2027"), or just the title where the document has no number."""
    if not number:
        return title
    marked = number if number.endswith((".", ")", ":")) else f"{number}."
    return f"{marked} {title}".rstrip()
