"""One agenda item: its head (title, number, case, openness, path) and what its blocks say."""

from dataclasses import dataclass, field, replace
from datetime import date

from sagsgang.exchange.minutes.attachments import LINKS, icon_files, read_attachments
from sagsgang.exchange.minutes.blocks import Block, blocks_of
from sagsgang.exchange.minutes.decisions import DecisionHeading
from sagsgang.exchange.minutes.grammar import body_name, find_case, is_case_line
from sagsgang.exchange.minutes.labels import Label, access_and_case, access_word, labels_of
from sagsgang.exchange.minutes.lines import Line, joined
from sagsgang.exchange.minutes.parsed import (
    ParsedAttachment,
    ParsedDecision,
    ParsedItem,
    ParsedPerson,
    ParsedSection,
    ParsedSubItem,
    Unknown,
)
from sagsgang.exchange.minutes.paths import (
    path_of_lines,
    path_of_matrix,
    path_of_sentence,
    path_of_title,
    path_of_words,
)
from sagsgang.exchange.minutes.people import people_of_line, read_absence, read_people, unique
from sagsgang.exchange.minutes.subitems import split_subitems
from sagsgang.exchange.minutes.titles import clean_title
from sagsgang.exchange.minutes.vocabulary import fold
from sagsgang.exchange.minutes.votes import read_votes


@dataclass(slots=True)
class ItemLines:
    """What the cutting found: number and title as printed, the lines above the title that are its own, the lines below."""

    no: str | None
    raw_title: str | None
    line: int
    access: str | None = None
    above: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Head:
    """The labelled facts of an item, filled label by label; the first value of a kind wins."""

    facts: dict[str, str] = field(default_factory=dict)
    access: str | None = None
    path: tuple[str, ...] | Unknown | None = None

    def take(self, label: Label) -> None:
        if label.kind == "access":
            self.access = self.access or label.value
        elif label.kind == "path" and self.path is None:
            self.path = path_of_words(label.value)
        elif label.value:
            self.facts.setdefault(label.kind, label.value)


def read_item(found: ItemLines, meeting: date | None) -> ParsedItem:
    """The item that the lines tell; `meeting` gives the year of days without one."""
    head = _Head(access=found.access)
    title = clean_title(found.raw_title) if found.raw_title else None
    if title and title.access:
        head.access = title.access
    title_path, clean = path_of_title(title.text) if title else (None, None)
    head.path = title_path
    above = _without_head(found.above, head)
    blocks = blocks_of(above + _without_head(_without_matrix(found.body, head), head, deep=True))
    return _whole(found, clean, head, blocks, meeting)


def _without_matrix(lines: list[Line], head: _Head) -> list[Line]:
    for place in range(min(len(lines), 8)):
        used, path = path_of_matrix(lines[place:])
        if used:
            head.path = path
            return lines[:place] + lines[place + used :]
    return lines


def _without_head(lines: list[Line], head: _Head, *, deep: bool = False) -> list[Line]:
    """The lines that are no label; case and access lines count only near the title, labels with a value everywhere."""
    kept: list[Line] = []
    empty: list[str] = []  # labels without a value, whose values may stand on the lines below, in the same order
    for place, line in enumerate(lines):
        if empty and _is_value(empty[0], line.text):
            head.take(Label(empty.pop(0), line.text))
        elif _taken(line.text, head, place < 8 or not deep):
            empty += [
                label.kind for label in labels_of(line.text) if not label.value and label.kind in {"case", "decided"}
            ]
        else:
            empty = []
            kept.append(line)
    return kept


def _is_value(kind: str, text: str) -> bool:
    if kind == "case":
        return is_case_line(text)
    return body_name(text) is not None or path_of_words(text) is not None


def _taken(text: str, head: _Head, near: bool) -> bool:
    access = access_word(text)
    if near and access:
        head.access = access
        return True
    both = access_and_case(text) if near else None
    if both:
        head.access = both[0]
        head.take(Label("case", both[1] or ""))
        return True
    if near and is_case_line(text):
        head.take(Label("case", text))
        return True
    labels = labels_of(text)
    if not labels or (labels[0].kind == "path" and not labels[0].value):
        return False
    if not near and labels[0].kind not in {"path", "decided"}:
        return False
    for label in labels:
        head.take(label)
    return labels[0].kind != "path" or head.path is not None


def _whole(found: ItemLines, title: str | None, head: _Head, blocks: list[Block], meeting: date | None) -> ParsedItem:
    path = head.path if head.path is not None else _path(blocks)
    sections = _sections(blocks)
    decisions = _decisions(blocks)
    sections, decisions, subitems = _with_subitems(sections, decisions, meeting)
    recommendation = "\n".join(section.text for section in sections if section.kind == "recommendation") or None
    case = head.facts.get("case")
    return ParsedItem(
        no=found.no,
        title=title,
        raw_title=found.raw_title,
        access=head.access,
        path=path if path is not None else path_of_sentence(recommendation or ""),
        case_no=(find_case(case, labelled=True) or None) if case else None,
        doc_no=head.facts.get("doc"),
        case_officer=head.facts.get("officer"),
        initials=head.facts.get("initials"),
        decided_by=head.facts.get("decided"),
        sections=tuple(sections),
        recommendation=recommendation,
        decisions=tuple(decisions),
        absent=_absent(found, blocks, decisions),
        attachments=_attachments(blocks),
        subitems=subitems,
        votes=tuple(vote for decision in decisions for vote in read_votes(decision.text, decision.body)),
        line=found.line,
    )


def _path(blocks: list[Block]) -> tuple[str, ...] | None:
    for place, block in enumerate(blocks):
        if block.kind == "path":
            path, rest = path_of_lines(block.lines)
            block.lines = []
            blocks[place : place + 1] = [Block("lead", "", "", None, rest)]
            if path:
                return path
    return None


def _sections(blocks: list[Block]) -> list[ParsedSection]:
    """Every text block with its heading; words without a heading are kept under an empty one."""
    sections: list[ParsedSection] = []
    for block in blocks:
        text = joined([line for line in block.lines if not icon_files([line]) and fold(line.text) not in LINKS])
        if block.kind == "section" and block.heading:
            sections.append(ParsedSection(block.section, block.heading, text))
        elif block.decision and block.decision.with_recommendation and block.heading and _has_named(blocks):
            sections.append(ParsedSection("recommendation", block.heading, text))
        elif block.kind in {"section", "lead"} and text and not _only_people(text):
            if block.kind == "section" and sections:
                sections[-1] = replace(sections[-1], text=f"{sections[-1].text}\n{text}".strip())
            else:
                sections.append(ParsedSection("other", "", text))
    return sections


def _has_named(blocks: list[Block]) -> bool:
    """Whether a body's own heading follows "Indstilling og beslutning", so that the words before it only recommend."""
    return any(block.decision and not block.decision.with_recommendation and block.heading for block in blocks)


def _only_people(text: str) -> bool:
    people = read_people(text)
    return bool(people) and all(person.party for person in people or ())


def _decisions(blocks: list[Block]) -> list[ParsedDecision]:
    """One decision a heading; blocks that go on after a list of names belong to the heading before it."""
    found: list[tuple[DecisionHeading, list[Line]]] = []
    absent: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "decision" and block.decision:
            if block.heading or not found:
                found.append((block.decision, []))
            found[-1][1].extend(block.lines)
        elif block.kind in {"absent", "substitutes", "late"} and found:
            if block.kind == "absent":
                absent.setdefault(len(found) - 1, []).append(block)
            else:
                found[-1][1].extend([Line(0, block.heading), *block.lines])
    found = [one for one in found if not (one[0].with_recommendation and len(found) > 1)]
    found = [(head, lines) for place, (head, lines) in enumerate(found) if not _is_only_heading(found, place)]
    return [
        ParsedDecision(head.body, head.date, joined(lines), head.item_no, _people_of(absent.get(place, [])))
        for place, (head, lines) in enumerate(found)
    ]


def _is_only_heading(found: list[tuple[DecisionHeading, list[Line]]], place: int) -> bool:
    """A bare "Beslutning" right above the heading that names body and date is no decision of its own."""
    head, lines = found[place]
    return not lines and head.body is None and place + 1 < len(found) and found[place + 1][0].body is not None


def _people_of(blocks: list[Block]) -> tuple[ParsedPerson, ...] | None:
    """The people under labels of absence; () under a label with nothing or "Ingen" below it."""
    people: list[ParsedPerson] = []
    for block in blocks:
        people += [person for line in block.lines for person in people_of_line(line.text)]
    return tuple(unique(people)) if blocks else None


def _absent(found: ItemLines, blocks: list[Block], decisions: list[ParsedDecision]) -> tuple[ParsedPerson, ...] | None:
    """Away from this item: under a label, in a sentence of the last decision, or names alone under the title."""
    labelled = [block for block in blocks if block.kind == "absent"]
    own = _own_labels(blocks, decisions)
    if labelled and own:
        return _people_of(own)
    if decisions:
        said = [read_absence(line.removeprefix("- ")).absent for line in decisions[-1].text.split("\n")[:200]]
        people = unique(person for absent in said if absent for person in absent)
        if people:
            return tuple(people)
    names = [read_people(line.text) for line in blocks[0].lines[:4] if _only_people(line.text)]
    if names and any(names):
        return tuple(unique(person for people_ in names if people_ for person in people_))
    if (
        decisions
        and found.raw_title
        and fold(found.raw_title) in {"fraværende", "afbud", "fravær", "fraværende medlemmer"}
    ):
        return read_people(decisions[-1].text.strip())
    return None


def _own_labels(blocks: list[Block], decisions: list[ParsedDecision]) -> list[Block]:
    """The labels before the first decision and under the last one; those under an earlier one are that body's."""
    headings = [place for place, block in enumerate(blocks) if block.kind == "decision" and block.heading]
    last = headings[-1] if headings else 0
    first = headings[0] if headings else len(blocks)
    if decisions and decisions[-1].item_no is not None:
        last = len(blocks)
    return [block for place, block in enumerate(blocks) if block.kind == "absent" and (place < first or place > last)]


def _attachments(blocks: list[Block]) -> tuple[ParsedAttachment, ...] | None:
    rows: list[ParsedAttachment] = []
    stated = False
    for block in blocks:
        read = read_attachments(block.lines) if block.kind == "attachments" else icon_files(block.lines)
        stated = stated or read is not None
        rows += read or ()
    return tuple(rows) if stated else None


type _Split = tuple[list[ParsedSection], list[ParsedDecision], tuple[ParsedSubItem, ...]]


def _with_subitems(sections: list[ParsedSection], decisions: list[ParsedDecision], meeting: date | None) -> _Split:
    """Sub-items out of the first case text that holds a list of matters, and out of the last decision."""
    decided = decisions[-1].text if decisions else ""
    day = (decisions[-1].date if decisions else None) or meeting
    for place, section in enumerate(sections):
        if section.kind not in {"presentation", "other", "summary"}:
            continue
        lead, rest, subitems = split_subitems(section.text, decided, day)
        if subitems:
            sections = [*sections[:place], replace(section, text=lead), *sections[place + 1 :]]
            decisions = [*decisions[:-1], replace(decisions[-1], text=rest)] if decisions else decisions
            return sections, decisions, subitems
    return sections, decisions, ()
