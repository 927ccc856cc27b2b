"""The one place that says what leaves the house.

Closed by default: a field that is not named here does not leave. Pure functions of rows that are already fetched
(`meetings.queries.meeting_rows`); no query, no write. `ids` gives each internal row its random public id, `files`
each open attachment the copy that would leave.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext

from sagsgang.bodies.models import Body, PublishPolicy, Seat
from sagsgang.cases.models import Section, SectionKind
from sagsgang.documents.access import Access
from sagsgang.documents.richtext import clean, from_plain
from sagsgang.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    AttendanceState,
    Decision,
    Meeting,
    Outcome,
    current_decisions,
    own_decision,
)
from sagsgang.meetings.rendering.decided import (
    ShownPoint,
    agreed_words,
    fetched,
    is_embargoed,
    points_of,
    speakers_of,
)
from sagsgang.meetings.rules.agenda import supplement_number
from sagsgang.meetings.rules.earlier import extract_of, may_be_told
from sagsgang.publication.document import (
    AttachmentLine,
    DecisionText,
    FileFacts,
    ItemDocument,
    MeetingDocument,
    PersonLine,
    PlannedLine,
    PlannedStep,
    Point,
    RosterLine,
    Withheld,
)
from sagsgang.publication.document import Section as SectionText
from sagsgang.publication.figures.tree import REFERENCE, FiguresReport, GoalOfItem, Place, references_in, resolved
from sagsgang.publication.models import FiguresKind, GoalDirection, GoalRelevance, MemberRole, PlannedState, ReleaseKind
from sagsgang.publication.told import NO_ITEM, NOTHING_TOLD, Told

type PublicIds = Mapping[UUID, str]
type Copies = Mapping[UUID, FileFacts]


def may_release(body: Body, kind: str) -> bool:
    """Does the body's publish policy let this kind out?"""
    allowed = {
        PublishPolicy.NONE: (),
        PublishPolicy.AGENDA: (ReleaseKind.AGENDA,),
        PublishPolicy.MINUTES: (ReleaseKind.AGENDA, ReleaseKind.MINUTES, ReleaseKind.ARCHIVE),
    }
    return kind in allowed[PublishPolicy(body.publish_policy)]


def disclose_meeting(
    meeting: Meeting, *, with_minutes: bool, ids: PublicIds, files: Copies, told: Told = NOTHING_TOLD
) -> MeetingDocument:
    """What the public may read of a meeting: its agenda, or (`with_minutes`) also presence and decisions.

    `told` is what the protocol tells of a meeting that was run here (`publication.told`).
    """
    if with_minutes and told.present is not None:
        return replace(
            _meeting(meeting, with_minutes=True, ids=ids, files=files, told=told),
            present=told.present,
            absent=told.absent,
            starts=_clock(told.opened_at) or meeting.starts,
            ends=_clock(told.adjourned_at) or meeting.ends,
        )
    return _meeting(meeting, with_minutes=with_minutes, ids=ids, files=files, told=told)


def _clock(moment: datetime | None) -> time | None:
    return localtime(moment).time().replace(second=0, microsecond=0) if moment else None


def _meeting(meeting: Meeting, *, with_minutes: bool, ids: PublicIds, files: Copies, told: Told) -> MeetingDocument:
    presence = [row for row in meeting.attendance.all() if row.item_id is None]
    return MeetingDocument(
        kind="minutes" if with_minutes else "agenda",
        form=meeting.form,
        authority=meeting.body.authority.name,
        body=meeting.body.name,
        body_code=meeting.body.code,
        body_id=ids[meeting.body_id],
        public_id=ids[meeting.pk],
        held_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.place,
        number=meeting.number,
        present=people(presence, AttendanceState.PRESENT, meeting.stated_none) if with_minutes else None,
        absent=people(presence, AttendanceState.ABSENT, meeting.stated_none) if with_minutes else None,
        items=tuple(
            disclose_item(item, meeting, with_minutes=with_minutes, ids=ids, files=files, told=told)
            for item in meeting.items.all()
            if not item.parent_id
        ),
        record=told.record if with_minutes else (),
    )


def disclose_item(
    item: AgendaItem,
    meeting: Meeting,
    *,
    with_minutes: bool,
    ids: PublicIds,
    files: Copies,
    told: Told = NOTHING_TOLD,
    is_held_back: bool = False,
) -> ItemDocument:
    """What the public may read of an item: all that is open of an open one; of a closed one its public face.

    `is_held_back`: the decision of the item above waits for its parties, and so this one's does.
    """
    is_held_back = is_held_back or is_embargoed(item)
    if item.access != Access.OPEN:
        return closed_item(item, with_minutes=with_minutes, ids=ids)
    said = told.items.get(item.pk, NO_ITEM) if with_minutes and not is_held_back else NO_ITEM
    absent = people(item.attendance.all(), AttendanceState.ABSENT, item.stated_none) if with_minutes else None
    rights = {"with_minutes": with_minutes, "is_held_back": is_held_back}
    return ItemDocument(
        public_id=ids[item.pk],
        number=item.number,
        title=item.title,
        access="open" if item.access_stated else "",
        path=steps(item),
        case_number=", ".join(item.case.external_numbers) if item.parent_id is None else "",
        sections=open_sections(item),
        decisions=decisions(item, meeting, is_held_back=is_held_back) if with_minutes else (),
        absent=absent if told.present is None else said.absent,
        attachments=attachments(item, ids, files),
        subitems=tuple(
            disclose_item(sub, meeting, **rights, ids=ids, files=files, told=told) for sub in item.subitems.all()
        ),
        late_reason=item.late_reason,
        supplement=supplement_number(item.first_sent_in),
        record=said.record,
        votes=said.votes,
        after=said.after,
        case_id=ids[item.case_id] if has_public_case(item) else "",
        purpose=item.step.purpose if item.step else "",
        reading=(item.step.reading or 0) if item.step else 0,
    )


def has_public_case(item: AgendaItem) -> bool:
    """Is the public told which case the item is of? Of a closed one never; a sub-item has its own once it is promoted."""
    if item.access != Access.OPEN:
        return False
    if item.parent is None:
        return True
    return item.case_id != item.parent.case_id and item.case.parent_id is None


def open_sections(item: AgendaItem) -> tuple[SectionText, ...]:
    """The open sections of words that stand fast, and who presents the item."""
    fast = () if is_draft(item) else sections(item)
    return (*(section_text(row) for row in fast if row.access == Access.OPEN), *speakers(item))


def closed_item(item: AgendaItem, *, with_minutes: bool, ids: PublicIds) -> ItemDocument:
    """Number, public title and ground; with the minutes also the public extract, or why there is none (R18)."""
    return ItemDocument(
        public_id=ids[item.pk],
        number=item.number,
        title=item.public_title or gettext("Closed item"),
        access="closed",
        withheld=Withheld(
            ground=item.get_ground_display(),
            reason=item.withheld_reason if with_minutes else "",
            extract=item.public_extract if with_minutes else "",
        ),
    )


def attachments(item: AgendaItem, ids: PublicIds, files: Copies) -> tuple[AttachmentLine, ...] | None:
    """Each attachment in its place; None where the source says nothing of attachments."""
    rows = numbered_on_web(item)
    if not rows and "attachments" not in item.stated_none:
        return None
    return tuple(
        open_attachment(row, no, ids, files) if row.access == Access.OPEN else closed_attachment(row, no)
        for no, row in rows
    )


def numbered_on_web(item: AgendaItem) -> list[tuple[int, Attachment]]:
    """The attachments that may be seen on the web, each with its public number.

    One that is kept off the web leaves no trace: no row, no count, and no gap in the numbers of those after it.
    """
    kept_back, shown = 0, []
    for row in item.attachments.all():
        if row.on_web:
            shown.append((row.position - kept_back, row))
        else:
            kept_back += 1
    return shown


def open_attachment(row: Attachment, no: int, ids: PublicIds, files: Copies) -> AttachmentLine:
    """An open attachment with its numbers and, where there are bytes, a released copy of them."""
    return AttachmentLine(
        no=no,
        access="open",
        title=_attachment_title(row),
        document_id=row.document_id,
        document_number=row.document_number,
        mark=row.mark,
        public_id=ids[row.pk] if row.pk in files else "",
        file=files.get(row.pk),
    )


def _attachment_title(row: Attachment) -> str:
    """Its title; one that was wrong and has been replaced since says so, where the public may know of what replaced it."""
    title = row.public_title or row.title
    is_replaced = getattr(row, "is_replaced_openly", False)
    return gettext("{title} (replaced)").format(title=title) if is_replaced else title


def closed_attachment(row: Attachment, no: int) -> AttachmentLine:
    """A closed attachment is its place in the order, and a title if its own setting says so."""
    return AttachmentLine(no=no, access="closed", title=(row.public_title or row.title) if row.title_is_public else "")


def is_draft(item: AgendaItem) -> bool:
    """Can the item's words still change? A draft never leaves the house."""
    return item.presentation is not None and item.presentation.is_draft


def sections(item: AgendaItem) -> list[Section]:
    """The sections of the item's presentation, in order."""
    return list(item.presentation.sections.all()) if item.presentation else []


def section_text(row: Section) -> SectionText:
    """A section as it is printed, in the sanitised subset: whatever came in, no script goes out."""
    points = tuple(Point(point.marker, point.text) for point in row.points.all())
    return SectionText(kind=row.kind, heading=row.heading, html=clean(row.html), points=points)


def speakers(item: AgendaItem) -> tuple[SectionText, ...]:
    """Who presents an open item, with role and name, as a section of its own; nothing before its words are sent."""
    named = [] if is_draft(item) else speakers_of(item)
    html = "".join(f"<p>{escape(speaker.line)}</p>" for speaker in named)
    return (SectionText(kind="other", heading=gettext("Speakers"), html=html),) if html else ()


def decisions(item: AgendaItem, meeting: Meeting, *, is_held_back: bool) -> tuple[DecisionText, ...]:
    """Every body's decision on an open item; while parties are to be told and are not, that and no more (R19).

    What an earlier body decided behind closed doors, or has told no party of, stays in with the item it decided:
    here stands its public extract, if there is one (R18).
    """
    rows = current_decisions(item.decisions.all())
    own = own_decision(rows, meeting)
    told = {row.pk for row in rows if may_be_told(item, row, own)}
    if is_held_back:
        held = own or next((row for row in reversed(rows) if row.pk in told), None)
        return (embargoed_decision(held),) if held else ()
    is_halted = bool(fetched(item, "said_halts"))
    with_points = not any(
        row.kind == SectionKind.RECOMMENDATION and row.access != Access.OPEN for row in sections(item)
    )
    shown = (
        decision_text(row, is_halted=is_halted and row == own, with_points=with_points)
        if row.pk in told
        else _extract_text(row, extract_of(item, row))
        for row in rows
    )
    return tuple(text for text in shown if text is not None)


def _extract_text(row: Decision, extract: str) -> DecisionText | None:
    return DecisionText(body=row.stated_body, decided_on=row.decided_on, html=from_plain(extract)) if extract else None


def embargoed_decision(row: Decision) -> DecisionText:
    """That there is a decision, and when it will be told: neither words, outcome, points nor dissent (R19)."""
    return DecisionText(body=row.stated_body, decided_on=row.decided_on, html=_embargo_line())


def _embargo_line() -> str:
    line = gettext("The decision is published when the parties have been told.")
    return f"<p>{escape(line)}</p>"


def is_embargo_line(html: str) -> bool:
    """Does a decision say only that it will be told later, in whatever language it was written?"""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            if html == _embargo_line():
                return True
    return False


def decision_text(row: Decision, *, is_halted: bool = False, with_points: bool = True) -> DecisionText:
    """A decision as it is printed: its words, the points, then the dissent that follows the case on (R41), the absent.

    `with_points` is False where a part of the recommendation is closed: what became of its points is closed with it.
    """
    agreed = f"<p>{escape(agreed_words())}</p>" if row.all_agreed else ""
    points = points_html(points_of(row)) if with_points else ""
    return DecisionText(
        body=row.stated_body,
        decided_on=row.decided_on,
        html=agreed + clean(row.html) + points + dissent_html(row) + absent_html(row),
        outcome=Outcome.HALTED if is_halted else row.outcome,
        number=row.number,
    )


def points_html(points: Iterable[ShownPoint]) -> str:
    """The decision point by point, each under the marker of the recommendation."""
    return "".join(f"<p>{escape(_point_line(point))}</p>" for point in points)


def _point_line(point: ShownPoint) -> str:
    said = ": ".join(words for words in (point.outcome.capitalize(), point.words) if words)
    marker = point.marker or gettext("Point {number}:").format(number=point.position)
    return f"{marker} {said}"


def dissent_html(row: Decision) -> str:
    """The minority's statement under its name; empty where there is none."""
    words, name = clean(row.dissent), gettext("Dissent")
    return f"<p><strong>{escape(name)}</strong></p>{words}" if words else ""


def absent_html(row: Decision) -> str:
    """Who was absent when an earlier body decided; the meeting's own absent stand at the item."""
    if not row.absent:
        return ""
    line = gettext("Absent: {names}").format(names="; ".join(row.absent))
    return f"<p>{escape(line)}</p>"


def steps(item: AgendaItem) -> tuple[PlannedStep, ...] | None:
    """The stated path; None where none is stated."""
    rows = item.steps.all()
    if not rows and "path" not in item.stated_none:
        return None
    return tuple(PlannedStep(row.stated_body, row.planned_on) for row in rows)


def people(rows: Iterable[Attendance], state: str, stated_none: list[str]) -> tuple[PersonLine, ...] | None:
    """Those who were present, or absent; empty where the source says nobody was, None where it says nothing."""
    found = tuple(person_line(row) for row in rows if row.state == state)
    if found:
        return found
    return () if state == AttendanceState.ABSENT and {"absent", "attendance"} & set(stated_none) else None


def person_line(row: Attendance) -> PersonLine:
    """A person as the protocol names her."""
    return PersonLine(name=row.person.name, title=row.title, role=row.role, party=row.party, note=row.note)


def disclose_figures(report: FiguresReport, released: Collection[str]) -> FiguresReport:
    """What may leave of figures: words and numbers that stand alone, and references to what is `released` now.

    What has a reference leaves without words of its own: it is called by the public row. Where the reference is not
    released, the row, the bar or the event leaves no trace; a number in a heat map and a point of a line lose their way only.
    Raises ValueError for a kind or a reference that is not known.
    """
    FiguresKind(report.kind)
    if any(not REFERENCE.fullmatch(reference) for reference in references_in(report)):
        raise ValueError("a reference is of an item, a case, a meeting or a body")
    kept = resolved(report, {reference: Place("", reference) for reference in released})
    return FiguresReport(
        kind=kept.kind,
        authority=kept.authority,
        title=kept.title,
        standfirst=kept.standfirst,
        period_start=kept.period_start,
        period_end=kept.period_end,
        sections=kept.sections,
        body=kept.body,
        goals=tuple(_told_goal(one) for one in kept.goals),
        days=kept.days,
        counted=kept.counted,
    )


def _told_goal(one: GoalOfItem) -> GoalOfItem:
    """A goal of a released item in codes alone; no reason, and no name of who assessed it."""
    return GoalOfItem(
        link=one.link,
        goal=one.goal,
        title=one.title,
        target=one.target,
        relevance=GoalRelevance(one.relevance).value,
        direction=GoalDirection(one.direction).value,
    )


def may_publish_plan(body: Body) -> bool:
    """Does the body's publish policy let its calendar out?"""
    return body.publish_policy != PublishPolicy.NONE


def planned_line(meeting: Meeting) -> PlannedLine:
    """What the calendar tells of a meeting: day, time, place and what was changed (R1); nothing of its agenda."""
    state = PlannedState.PLANNED if meeting.moved_from is None else PlannedState.MOVED
    return PlannedLine(
        kind=meeting.kind,
        state=state if meeting.cancelled_at is None else PlannedState.CANCELLED,
        held_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.place,
        moved_from=meeting.moved_from,
        notice=meeting.change_notice,
    )


def roster_lines(seats: Iterable[Seat]) -> tuple[RosterLine, ...]:
    """Who sits in a body whose calendar is published: name, place and party; the chair first, else as they come."""
    lines = [
        RosterLine(
            name=seat.person.name,
            role=MemberRole.SUBSTITUTE if seat.substitute_for_id else MemberRole(seat.role),
            party=seat.party,
            held_from=seat.held_from,
            held_to=seat.held_to,
        )
        for seat in seats
    ]
    return tuple(sorted(lines, key=lambda line: MemberRole.values.index(line.role)))
