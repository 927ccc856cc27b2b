"""From a parsed document to the drafts that `meetings` takes in. Pure; decides what a reading means, adds nothing."""

import re
from collections.abc import Iterable

from sagsgang.bodies.models import BodyKind, SeatRole
from sagsgang.cases.models import SectionKind
from sagsgang.documents.access import Access
from sagsgang.documents.richtext import from_plain
from sagsgang.exchange.minutes.parsed import (
    UNKNOWN,
    ParsedAttachment,
    ParsedDocument,
    ParsedItem,
    ParsedPerson,
    ParsedSection,
    ParsedSubItem,
)
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    ItemDraft,
    MeetingDraft,
    PersonDraft,
    PointDraft,
    SectionDraft,
    StepDraft,
)
from sagsgang.meetings.models import AttendanceState, Form, MeetingKind, Outcome

_KINDS = (
    (BodyKind.DIRECTORATE, r"direktion|chefgruppe"),
    (BodyKind.WORKS_COUNCIL, r"hovedudvalg|hovedmed|medudvalg|med-udvalg"),
    (BodyKind.FINANCE, r"^økonomi|økonomiudvalg"),
    (BodyKind.COUNCIL, r"^(kommunalbestyrelse|byråd|borgerrepræsentation|regionsråd)"),
    (BodyKind.COMMITTEE, r"udvalg"),
)
_OUTCOMES = (
    (Outcome.POSTPONED, r"\budsat\b|\budsættes\b"),
    (Outcome.RETURNED, r"\btilbagesend|\bsendes tilbage\b"),
    (Outcome.REJECTED, r"\bforkastet\b|\bfaldet\b|\bikke vedtaget\b|\bafvist\b"),
    (Outcome.LAPSED, r"\bbortfald|\budgik\b|\budgår\b"),
    (Outcome.RECOMMENDED, r"\banbefales\b|\bindstilles\b|\banbefaler\b"),
    (Outcome.NOTED, r"\btil efterretning\b|\btil orientering\b|\borienteret\b"),
    (Outcome.APPROVED, r"\bgodkendt\b|\btiltrådt\b|\bvedtaget\b|\bgodkendte\b"),
    (Outcome.DISCUSSED, r"\bdrøftet\b|\bdrøftede\b"),
)
_POINT = re.compile(r"^(?P<marker>(?:\d{1,2}|[a-z])[.)]|-)?\s*(?P<text>at\b.*)$", re.IGNORECASE | re.DOTALL)
_INTRO_AND_POINT = re.compile(
    r"^(?P<intro>.{0,300}?\b(?:indstille[rs]|foreslå[rs])\b[^,:]{0,200}[,:])\s+(?P<text>at\b.*)$", re.DOTALL
)


def body_kind(name: str) -> BodyKind:
    """What a body of this name is, for a body that an import has to make; *other* if the name does not tell."""
    folded = name.casefold()
    return next((kind for kind, pattern in _KINDS if re.search(pattern, folded)), BodyKind.OTHER)


def seat_role(printed: str | None) -> SeatRole:
    """The seat behind a printed role: formand, borgmester, næstformand."""
    folded = (printed or "").casefold()
    if folded in ("formand", "forperson", "borgmester", "regionsrådsformand"):
        return SeatRole.CHAIR
    return SeatRole.VICE_CHAIR if folded.startswith(("næstfor", "viceborg")) else SeatRole.MEMBER


def outcome_of(text: str) -> str:
    """The outcome that the first sentence plainly states; "" where it does not."""
    first = re.split(r"(?<=[.!])\s|\n", text.strip(), maxsplit=1)[0].casefold()
    found = [outcome for outcome, pattern in _OUTCOMES if re.search(pattern, first)]
    return found[0] if len(found) == 1 else ""


def meeting_draft(document: ParsedDocument) -> MeetingDraft:
    """The meeting that the document tells of. The caller has seen to it that body and date are known."""
    assert document.date
    is_item = document.kind == "item of a referat"
    extraordinary = bool(document.meeting and document.meeting.casefold().startswith("ekstraordinær"))
    return MeetingDraft(
        held_on=document.date,
        kind=MeetingKind.EXTRAORDINARY if extraordinary else MeetingKind.ORDINARY,
        form=Form.ITEM if is_item else Form.MEETING,
        starts=document.start,
        ends=document.end,
        place=document.place or "",
        number=(document.meeting or "")[:40],
        attendance=_attendance(document),
        items=tuple(_item(item, document) for item in document.items),
    )


def _attendance(document: ParsedDocument) -> tuple[PersonDraft, ...] | None:
    """The substitutes, then the absent; a name is one line, and who is absent sat in for nobody."""
    absent = _people(document.absent)
    if not document.substitutes:
        return absent
    substitutes = {
        bare_name(row.name): PersonDraft(
            name=bare_name(row.name), substitute_for=bare_name(row.for_), state=AttendanceState.PRESENT
        )
        for row in document.substitutes
    }
    return tuple((substitutes | {row.name: row for row in absent or ()}).values())


def bare_name(printed: str) -> str:
    """A name without the brackets that follow it."""
    return re.sub(r"\s*\([^)]*\)", "", printed).strip()


def _people(rows: Iterable[ParsedPerson] | object) -> tuple[PersonDraft, ...] | None:
    """The absent, once each; None where the source does not say or cannot be told."""
    if rows is None or rows is UNKNOWN:
        return None
    drafts = {row.name: _person(row) for row in rows}  # type: ignore[attr-defined]
    return tuple(drafts.values())


def _person(row: ParsedPerson) -> PersonDraft:
    return PersonDraft(
        name=row.name, title=row.title or "", role=row.role or "", party=row.party or "", note=row.note or ""
    )


def _item(item: ParsedItem, document: ParsedDocument) -> ItemDraft:
    access = Access.CLOSED if item.access == "closed" else Access.OPEN
    title = item.title or ""
    return ItemDraft(
        number=item.no or "",
        title=title,
        case=CaseDraft(title=title, numbers=(item.case_no,) if item.case_no else ()),
        access=access,
        access_stated=item.access is not None,
        # The source has printed the title for everyone to read.
        public_title=title[:300] if access == Access.CLOSED else "",
        path=None if item.path is None or item.path is UNKNOWN else tuple(StepDraft(code) for code in item.path),
        sections=tuple(_section(section) for section in item.sections),
        decisions=tuple(
            DecisionDraft(row.body or "", row.date, from_plain(row.text), outcome_of(row.text), row.item_no or "")
            for row in item.decisions
        ),
        absent=_people(item.absent),
        attachments=None if item.attachments is None else _attachments(item.attachments),
        subitems=tuple(_subitem(sub, item) for sub in item.subitems),
    )


def _section(section: ParsedSection) -> SectionDraft:
    kind = section.kind if section.kind in SectionKind else SectionKind.OTHER
    if kind != SectionKind.RECOMMENDATION:
        return SectionDraft(kind, section.heading, from_plain(section.text))
    intro, points = split_recommendation(section.text)
    return SectionDraft(kind, section.heading, from_plain(intro), points)


def split_recommendation(text: str) -> tuple[str, tuple[PointDraft, ...]]:
    """Part a recommendation into its opening and its at-points. Words and order stay; a text after them is no point,
    and then nothing is parted.
    """
    whole = _INTRO_AND_POINT.match(text) if "\n" not in text.strip() else None
    if whole:
        return whole["intro"], (PointDraft("", whole["text"].strip()),)
    lines = [line for line in text.split("\n") if line.strip()]
    matches = [_POINT.match(line.strip()) for line in lines]
    first = next((n for n, match in enumerate(matches) if match), None)
    if first is None or not all(matches[first:]):
        return text, ()
    points = tuple(PointDraft(match["marker"] or "", match["text"]) for match in matches[first:] if match)
    return "\n".join(lines[:first]), points


def _subitem(sub: ParsedSubItem, item: ParsedItem) -> ItemDraft:
    own = item.decisions[-1] if item.decisions else None
    decisions: tuple[DecisionDraft, ...] = ()
    if sub.decision is not None:
        body, on = (own.body or "", own.date) if own else ("", None)
        decisions = (DecisionDraft(body, on, from_plain(sub.decision), _last_outcome(sub.decision)),)
    return ItemDraft(
        number=sub.no,
        title=sub.title,
        case=CaseDraft(title=sub.title),
        access_stated=False,
        path=tuple(StepDraft(step.body, step.date) for step in sub.planned) or None,
        sections=(SectionDraft(SectionKind.PRESENTATION, "", from_plain(sub.text)),) if sub.text else (),
        decisions=decisions,
    )


def _last_outcome(text: str) -> str:
    """A sub-item's decision repeats the matter first; the outcome stands in its last sentence that has one."""
    sentences = re.split(r"(?<=\.)\s+", text.strip())
    return next((outcome for sentence in reversed(sentences) if (outcome := outcome_of(sentence))), "")


def _attachments(rows: tuple[ParsedAttachment, ...]) -> tuple[AttachmentDraft, ...]:
    """Printed numbers are kept where they rise; else the place in the list is the number."""
    numbers = [row.no for row in rows if row.no is not None]
    rising = len(numbers) == len(rows) and sorted(set(numbers)) == numbers
    return tuple(
        AttachmentDraft(
            position=row.no if rising and row.no is not None else place,
            title=row.title or row.file or "",
            access=Access.CLOSED if row.access == "closed" else Access.OPEN,
            document_id=row.id or "",
            document_number=row.doc_no or "",
            mark=row.type or "",
            title_is_public=row.access == "closed",
        )
        for place, row in enumerate(rows, start=1)
    )
