"""What the staff site shows of an agenda and of an item: frozen values for the templates, made from fetched rows.

Closed by default, like the disclosure to the public: a template never gets a row, and of a closed item a reader
without the right to closed material gets number, public title and ground. Pure; no query, no write.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext

from sagsgang.bodies.models import Seat, SeatRole
from sagsgang.cases.models import FrozenBy, Lifting, Presentation, Section
from sagsgang.documents.access import Access
from sagsgang.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    AttendanceState,
    Meeting,
    PlannedStep,
    StandingUse,
    own_decision,
)
from sagsgang.meetings.rendering.decided import (
    NO_DECISION,
    NO_FACTS,
    DecisionFacts,
    OwnDecision,
    ShownDecision,
    decision_facts,
    fetched,
    own_words,
    shown_decisions,
)
from sagsgang.meetings.rendering.words import day_words, safe_html
from sagsgang.meetings.rules.agenda import supplement_number
from sagsgang.meetings.rules.earlier import may_be_told


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """One line of the presence; `state` is empty where nobody has said anything yet."""

    pk: UUID
    name: str
    about: str
    note: str
    state: str

    @property
    def is_absent(self) -> bool:
        return self.state == AttendanceState.ABSENT

    @property
    def is_present(self) -> bool:
        return self.state == AttendanceState.PRESENT


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of the path; `is_here` marks the body whose agenda this is."""

    name: str
    on: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A text block; a closed one comes only to its readers."""

    heading: str
    html: SafeString
    points: tuple[tuple[str, str], ...]
    ground: str


@dataclass(frozen=True, slots=True)
class ShownAttachment:
    """A line of the list of attachments; without the right to it a closed one is its place and ground.

    `in_packet` = goes to the members; `on_web` = may go to the public where it is open. `draft_case`: it is a link to
    that case's draft, for who may read it.
    """

    pk: UUID
    no: int
    title: str
    ground: str  # "" = open
    numbers: str
    file_name: str  # "" = no bytes, or not for this reader
    size: int
    in_packet: bool = True
    on_web: bool = True
    draft_case: UUID | None = None
    is_replaced: bool = False  # it was wrong, and has been replaced since (erstattet)


@dataclass(frozen=True, slots=True)
class ShownHold:
    """An error that holds the case, or held it: what was wrong, and what came of it ("" = it holds it still)."""

    words: str
    lifted_words: str
    lifting: str
    on: date


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item or a sub-item with the parts that this reader may see."""

    pk: UUID
    number: str
    title: str
    ground: str  # "" = open
    is_readable: bool
    kind: str = ""
    public_title: str = ""
    closing_reason: str = ""
    case_title: str = ""
    case_numbers: str = ""
    path: tuple[ShownStep, ...] | None = None
    sections: tuple[ShownSection, ...] = ()
    attachments: tuple[ShownAttachment, ...] | None = None
    decisions: tuple[ShownDecision, ...] = ()
    own: OwnDecision = NO_DECISION
    absent: tuple[ShownPerson, ...] = ()
    subitems: tuple["ShownItem", ...] = ()
    has_closed_words: bool = False
    is_shut: bool = False  # a conflict of interest: the title of what is closed, and nothing more
    is_held_back: bool = False  # the words are not sent to her yet
    late_reason: str = ""
    facts: DecisionFacts = NO_FACTS
    is_by_request: bool = False  # she is no reader of the body: the ways on from here are shut to her
    supplement: int = 0  # the number of the supplementary agenda that brought it
    holds: tuple[ShownHold, ...] = ()
    approves_protocol: bool = False  # the standing item at which the last protocol is approved

    @property
    def key(self) -> str:
        """The id as a word, for templates that put names together."""
        return str(self.pk)

    @property
    def anchor(self) -> str:
        """The name of a sub-item's place on its item's page."""
        return f"delpunkt-{self.pk}"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the agenda; `decided` and `attachments` are None where this reader is not told."""

    pk: UUID
    number: str
    title: str
    kind: str
    ground: str
    decided: bool | None
    attachments: int | None
    lines: tuple["ShownLine", ...] = ()
    late_reason: str = ""  # for who may read the item
    supplement: int = 0  # the number of the supplementary agenda that brought it
    is_waiting: bool = False  # it came after the agenda was sent, and has not gone out yet
    block: int | None = None


def public_face(item: AgendaItem) -> str:
    """What a closed item may be called by those who may not read it."""
    return item.public_title or gettext("Closed item")


@dataclass(frozen=True, slots=True)
class Reader:
    """What this reader may read at a meeting.

    `closed_too`: the body's closed material; `shut_out`: but not at these items (a conflict of interest);
    `unsent_too`: words that are not sent to the members yet. `granted`: the items that she reads on request (R21).
    `drafts`: the cases whose draft she may read, of those that are linked here.
    """

    closed_too: bool
    shut_out: frozenset[UUID] = frozenset()
    unsent_too: bool = True
    granted: frozenset[UUID] = frozenset()
    drafts: frozenset[UUID] = frozenset()

    def knows_title_of(self, item: AgendaItem) -> bool:
        """May she read the internal title of what is closed: whoever is let in, a conflict of interest or not?"""
        return self.closed_too or item.pk in self.granted

    def reads_closed_at(self, item: AgendaItem) -> bool:
        """May she read what is closed at this item?"""
        return self.knows_title_of(item) and item.pk not in self.shut_out


def agenda_lines(meeting: Meeting, reader: Reader) -> tuple[ShownLine, ...]:
    """The agenda as a table; of `meetings.queries.agenda_rows`."""
    return tuple(_line(item, meeting, reader) for item in meeting.items.all())


def shows_closed(lines: Iterable[ShownLine]) -> bool:
    """Is there a line whose internal title is closed? (Asked only of a reader of closed material.)"""
    return any(line.ground or shows_closed(line.lines) for line in lines)


def _line(item: AgendaItem, meeting: Meeting, reader: Reader) -> ShownLine:
    readable = not item.is_closed or reader.reads_closed_at(item)
    subitems = item.subitems.all() if item.parent_id is None and readable else ()
    return ShownLine(
        pk=item.pk,
        number=item.number,
        title=_title(item, reader),
        kind=item.get_kind_display() if item.kind else "",
        ground=item.get_ground_display() if item.is_closed else "",
        decided=bool(item.__dict__["is_decided"]) if readable else None,
        attachments=int(item.__dict__["file_count"]) if readable else None,
        lines=tuple(_line(sub, meeting, reader) for sub in subitems),
        late_reason=item.late_reason if readable else "",
        supplement=supplement_number(item.first_sent_in),
        is_waiting=meeting.agenda_sent_at is not None and not item.is_sent(meeting.agenda_sent_at),
        block=item.block,
    )


def _title(item: AgendaItem, reader: Reader) -> str:
    """The title is for all who read closed material of the body, a conflict of interest or not (domain 2.1)."""
    if item.is_closed and not reader.knows_title_of(item):
        return public_face(item)
    return item.title or gettext("(without title)")


def presence_lines(rows: Iterable[Attendance], seats: Sequence[Seat]) -> tuple[ShownPerson, ...]:
    """Who is in the protocol, in its order, and then who has a seat and of whom nothing is said yet."""
    known = [_person(row) for row in rows]
    names = {person.pk for person in known}
    silent = [
        ShownPerson(seat.person_id, seat.person.name, _about("", _role(seat), seat.party), "", "")
        for seat in seats
        if seat.person_id not in names
    ]
    return (*known, *silent)


def acting_chair_notice(people: Sequence[ShownPerson], seats: Sequence[Seat]) -> str:
    """When the chair is absent the vice chair steps in, and the protocol says so (R29); else nothing."""
    absent = {person.pk for person in people if person.is_absent}
    if not any(seat.role == SeatRole.CHAIR and seat.person_id in absent for seat in seats):
        return ""
    deputies = [seat for seat in seats if seat.role == SeatRole.VICE_CHAIR]
    for seat in deputies:
        if seat.person_id not in absent:
            return gettext("The chair is absent. {name}, vice chair, steps in.").format(name=seat.person.name)
    if deputies:
        return gettext("The chair is absent, and so is the vice chair. The protocol must say who chaired the meeting.")
    return gettext(
        "The chair is absent, and the body has no vice chair. The protocol must say who chaired the meeting."
    )


def _role(seat: Seat) -> str:
    return seat.get_role_display() if seat.role != SeatRole.MEMBER else ""


def _person(row: Attendance) -> ShownPerson:
    note = row.note
    if row.substitute_for:
        stand_in = gettext("substitute for {name}").format(name=row.substitute_for.name)
        note = f"{stand_in}, {note}" if note else stand_in
    return ShownPerson(row.person_id, row.person.name, _about(row.title, row.role, row.party), note, row.state)


def _about(*words: str) -> str:
    return ", ".join(word for word in words if word)


def shown_item(item: AgendaItem, meeting: Meeting, reader: Reader, *, under: str = "") -> ShownItem:
    """All parts of an item for a reader; of `meetings.queries.item_rows`. Nothing under a closed item is open.

    `under` is the ground of the closed item above, or empty.
    """
    closed_too = reader.reads_closed_at(item)
    if item.is_closed and not closed_too:
        return _shut_item(item, reader)
    subitems = item.subitems.all() if item.parent_id is None else ()
    closed_by = under or (item.get_ground_display() if item.is_closed else "")
    shown = tuple(shown_item(sub, meeting, reader, under=closed_by) for sub in subitems)
    held_back = _is_unsent(item, meeting) and not reader.unsent_too
    sections = tuple(
        row for row in _sections(item.presentation) if not held_back and (closed_too or row.access == Access.OPEN)
    )
    attachments = [] if held_back else list(item.attachments.all())
    own = own_decision(item.decisions.all(), meeting)
    closed_before = frozenset(row.position for row in item.decisions.all() if not may_be_told(item, row, own))
    stated = attachments or "attachments" in item.stated_none
    parts = (*sections, *(attachments if closed_too else ()))
    return ShownItem(
        pk=item.pk,
        number=item.number,
        title=item.title or gettext("(without title)"),
        ground=closed_by,
        is_readable=True,
        kind=item.get_kind_display(),
        public_title=public_face(item) if closed_by else "",
        closing_reason=item.closing_reason,
        case_title=item.case.title if item.parent_id is None else "",
        case_numbers=", ".join(item.case.external_numbers) if item.parent_id is None else "",
        path=_path(item, meeting),
        sections=tuple(_section(row) for row in sections),
        attachments=tuple(_attachment(row, reader, closed_too=closed_too, under=closed_by) for row in attachments)
        if stated
        else None,
        decisions=shown_decisions(item, own, hidden=frozenset() if closed_too else closed_before),
        own=own_words(own),
        facts=decision_facts(item, meeting, own, held_back=held_back),
        absent=tuple(_person(row) for row in item.attendance.all()),
        subitems=shown,
        has_closed_words=item.is_closed or bool(closed_too and closed_before) or _holds_closed(parts, shown),
        is_shut=item.pk in reader.shut_out and reader.knows_title_of(item),
        is_by_request=item.pk in reader.granted,
        is_held_back=held_back,
        late_reason=item.late_reason,
        supplement=supplement_number(item.first_sent_in),
        holds=() if held_back else tuple(_holds(item, closed_too=closed_too)),
        approves_protocol=item.__dict__.get("standing_use") == StandingUse.APPROVE_PROTOCOL,
    )


def _holds_closed(parts: Iterable[Section | Attachment], subitems: Iterable[ShownItem]) -> bool:
    return any(row.access != Access.OPEN for row in parts) or any(sub.has_closed_words for sub in subitems)


def _shut_item(item: AgendaItem, reader: Reader) -> ShownItem:
    """A closed item for who may not read it: its place, and the title for who is let in but for a conflict."""
    return ShownItem(
        item.pk, item.number, _title(item, reader), item.get_ground_display(), is_readable=False,
        is_shut=reader.knows_title_of(item), has_closed_words=reader.knows_title_of(item),
        is_by_request=item.pk in reader.granted, supplement=supplement_number(item.first_sent_in),
    )  # fmt: skip


def _is_unsent(item: AgendaItem, meeting: Meeting) -> bool:
    """Words of the house on an agenda that is not sent; what was taken in from outside was sent there."""
    words = item.presentation
    written_here = words is not None and words.frozen_by != FrozenBy.IMPORTED
    return written_here and not item.is_sent(meeting.agenda_sent_at)


def _sections(presentation: Presentation | None) -> list[Section]:
    return list(presentation.sections.all()) if presentation else []


def _section(row: Section) -> ShownSection:
    points = tuple((point.marker, point.text) for point in row.points.all())
    return ShownSection(row.heading, safe_html(row.html), points, row.get_ground_display() if row.ground else "")


def _path(item: AgendaItem, meeting: Meeting) -> tuple[ShownStep, ...] | None:
    steps = list(item.steps.all())
    if not steps and "path" not in item.stated_none:
        return None
    return tuple(_step(step, meeting) for step in steps)


def _step(step: PlannedStep, meeting: Meeting) -> ShownStep:
    here = step.body_id == meeting.body_id and step.planned_on in (meeting.held_on, None)
    return ShownStep(step.stated_body, day_words(step.planned_on) if step.planned_on else "", is_here=here)


def _attachment(row: Attachment, reader: Reader, *, closed_too: bool, under: str) -> ShownAttachment:
    is_open = row.access == Access.OPEN
    ground = under if is_open else row.get_ground_display()
    if not is_open and not closed_too:
        return ShownAttachment(row.pk, row.position, gettext("Closed attachment"), ground, "", "", 0)
    numbers = ", ".join(word for word in (row.document_id, row.document_number, row.mark) if word)
    version = row.version
    return ShownAttachment(
        row.pk,
        row.position,
        row.title,
        ground,
        numbers,
        version.name if version else "",
        version.size if version else 0,
        row.in_packet,
        row.on_web,
        draft_case=_draft_case(row, reader),
        is_replaced=bool(getattr(row, "is_replaced", False)),
    )


def _holds(item: AgendaItem, *, closed_too: bool) -> Iterable[ShownHold]:
    """The errors of its case, for who may read what they are about; those of a sub-item's own case stand at it."""
    if item.parent is not None and item.parent.case_id == item.case_id:
        return
    for hold in fetched(item, "said_holds"):
        if closed_too or (hold["case_access"] == Access.OPEN and hold["access"] in (Access.OPEN, None)):
            at = localdate(datetime.fromisoformat(hold["until"] or hold["since"]))
            lifting = str(Lifting(hold["lifting"]).label) if hold["lifting"] else ""
            yield ShownHold(hold["words"], hold["lifted_words"], lifting, at)


def _draft_case(row: Attachment, reader: Reader) -> UUID | None:
    case = row.presentation.case_id if row.presentation else None
    return case if case in reader.drafts else None
