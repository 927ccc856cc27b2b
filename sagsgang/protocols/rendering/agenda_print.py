"""The agenda and its supplements as printed papers, for one reader. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from sagsgang.meetings.models import AgendaItem, AgendaVersion, Meeting
from sagsgang.meetings.rendering import Reader, ShownAttachment, ShownDecision, ShownItem, ShownSection, day_words
from sagsgang.meetings.rendering import shown_item as shown_item_of
from sagsgang.meetings.rules.agenda import supplement_number
from sagsgang.protocols.rendering.paper import (
    PLACE,
    Paper,
    PaperPart,
    PaperSection,
    lines_section,
    link,
    paragraph,
    table,
    words_section,
)
from sagsgang.protocols.rendering.paper_pdf import LANGUAGE
from sagsgang.protocols.rendering.protocol_print import file_name

type Shown = tuple[AgendaItem, ShownItem]


def shown_agenda(meeting: Meeting, reader: Reader) -> list[Shown]:
    """The items that the reader is shown, of `meetings.queries.meeting_rows`.

    What came after the agenda was sent is for those who compose it, until it goes out.
    """
    with override(LANGUAGE):
        rows = [row for row in meeting.items.all() if reader.unsent_too or not _waits(row, meeting)]
        return [(row, shown_item_of(row, meeting, reader)) for row in rows]


def _waits(item: AgendaItem, meeting: Meeting) -> bool:
    return meeting.agenda_sent_at is not None and not item.is_sent(meeting.agenda_sent_at)


def agenda_paper(
    meeting: Meeting,
    items: Sequence[Shown],
    *,
    with_links: bool = False,
    kind: str = "",
    pages: Mapping[str, int] | None = None,
) -> Paper:
    """The agenda; `with_links`: the attachments lie behind it in the same file. `pages`: on which page of the packet
    each begins, by its key, where the packet is another file than this one.
    """
    with override(LANGUAGE):
        return Paper(
            kind=kind or pgettext("kind of document", "Agenda"),
            authority=meeting.body.authority.name,
            body=meeting.body.name,
            held_on=meeting.held_on,
            day=day_words(meeting.held_on),
            name=file_name(meeting, pgettext("file name", "packet") if with_links else pgettext("file name", "agenda")),
            notes=_notes(meeting, [shown for _row, shown in items]),
            facts=_facts(meeting),
            opening=(_where_attachments_lie(),) if pages is not None else (),
            parts=tuple(_part(row, shown, with_links=with_links, pages=pages) for row, shown in items),
        )


def _where_attachments_lie() -> PaperSection:
    return lines_section(
        [_("The attachments are not in this file. They lie in the packet as PDF, on the pages that the lists name.")]
    )


def supplement_paper(
    meeting: Meeting, items: Sequence[Shown], version: AgendaVersion, fresh: Collection[UUID]
) -> Paper:
    """A supplementary agenda: the items in `fresh` alone, numbered as on the agenda, and why it comes (R3)."""
    with override(LANGUAGE):
        number = supplement_number(version.number)
        found = [(row, shown) for row, shown in items if row.pk in fresh]
        sent = date_format(version.sent_at, "j. F Y")
        return Paper(
            kind=_("Supplementary agenda no. {number}").format(number=number),
            authority=meeting.body.authority.name,
            body=meeting.body.name,
            held_on=meeting.held_on,
            day=day_words(meeting.held_on),
            name=file_name(meeting, pgettext("file name", "supplementary agenda"), str(number)),
            notes=_notes(meeting, [shown for _row, shown in found]),
            facts=(*_facts(meeting), (_("Sent on"), sent)),
            opening=(lines_section([version.reason], heading=_("Why there is a supplementary agenda")),)
            if version.reason
            else (),
            parts=tuple(_part(row, shown, with_links=False) for row, shown in found),
        )


def _facts(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    starts, ends = (time_format(moment, "H.i") if moment else "" for moment in (meeting.starts, meeting.ends))
    rows = (
        (_("Date"), date_format(meeting.held_on, "l j. F Y").capitalize()),
        (_("Time"), f"{starts}–{ends}" if starts and ends else starts),
        (_("Place"), meeting.place),
        (_("Meeting no."), meeting.number),
    )
    return tuple((label, value) for label, value in rows if value)


def _notes(meeting: Meeting, items: Iterable[ShownItem]) -> tuple[str, ...]:
    shown = list(items)
    notes = []
    if meeting.agenda_sent_at is None and any(item.is_held_back or not _is_imported(item) for item in shown):
        notes.append(_("Draft: the agenda is not sent"))
    if any(holds_closed(item) for item in shown):
        notes.append(_("Internal copy: holds closed matters"))
    return tuple(notes)


def _is_imported(item: ShownItem) -> bool:
    """Nothing tells an imported item from another here but that it is decided already."""
    return any(decision.is_own for decision in item.decisions)


def holds_closed(item: ShownItem) -> bool:
    """Is the reader shown something closed in it?"""
    return item.is_readable and item.has_closed_words


def _part(
    row: AgendaItem | None, item: ShownItem, *, with_links: bool, pages: Mapping[str, int] | None = None
) -> PaperPart:
    mark = pgettext("access", "Closed") if item.ground else ""
    if not item.is_readable:
        ground = _("Ground: {ground}").format(ground=item.ground)
        words = _("You take no part in this item.") if item.is_shut else _("Closed item")
        return PaperPart(item.key, item.number, item.title, mark, (ground,), (lines_section([words]),))
    return PaperPart(
        key=item.key,
        number=item.number,
        title=item.title,
        mark=mark,
        facts=tuple(_item_facts(row, item)),
        sections=tuple(section for section in _sections(item) if not section.is_empty),
        subparts=tuple(_part(None, sub, with_links=with_links, pages=pages) for sub in item.subitems),
        closing=tuple(
            part for part in [_attachments(item.attachments, with_links=with_links, pages=pages)] if not part.is_empty
        ),
    )


def _item_facts(row: AgendaItem | None, item: ShownItem) -> Iterable[str]:
    if item.kind:
        yield item.kind[:1].upper() + item.kind[1:]
    if row is not None:
        if item.case_numbers:
            yield _("Case no. {number}").format(number=item.case_numbers)
        if item.ground:
            yield _("Ground: {ground}").format(ground=item.ground)
        if number := supplement_number(row.first_sent_in):
            yield _("Supplementary agenda no. {number}").format(number=number)
    if item.late_reason:
        yield _("Why it comes late: {reason}").format(reason=item.late_reason)


def _sections(item: ShownItem) -> Iterable[PaperSection]:
    yield lines_section([_path(item)], tone="quiet")
    yield lines_section([item.facts.urgent.line] if item.facts.urgent else [])
    yield lines_section(_speakers(item))
    yield lines_section([row.line for row in item.facts.reports])
    if item.is_held_back:
        yield lines_section([_("The material is not sent yet.")], tone="quiet")
    for section in item.sections:
        yield _section(section)
    for decision in item.decisions:
        if not decision.is_own:
            yield _decision(decision)


def _path(item: ShownItem) -> str:
    steps = [" ".join(word for word in (step.name, step.on) if word) for step in item.path or ()]
    return _("Path of the case") + ": " + " → ".join(steps) if steps else ""


def _speakers(item: ShownItem) -> list[str]:
    return [
        _("{who} gives a talk of {minutes} minutes.").format(who=row.line, minutes=row.minutes)
        if row.minutes
        else _("{who} informs the body.").format(who=row.line)
        for row in item.facts.speakers
    ]


def _section(section: ShownSection) -> PaperSection:
    made = words_section(str(section.html), heading=section.heading.strip())
    heading = made.heading
    if section.ground:
        heading = _("{heading} (closed: {ground})").format(heading=heading or _("Text"), ground=section.ground)
    return PaperSection(heading, made.tree, section.points)


def _decision(decision: ShownDecision) -> PaperSection:
    words = words_section(str(decision.html)).tree
    points = [
        paragraph(
            " ".join(word for word in (point.marker, ": ".join(filter(None, (point.outcome, point.words)))) if word)
        )
        for point in decision.points
    ]
    return PaperSection(decision.heading, [*points, *words], tone="panel")


def _attachments(
    rows: Sequence[ShownAttachment] | None, *, with_links: bool, pages: Mapping[str, int] | None
) -> PaperSection:
    if rows is None:
        return PaperSection()
    if not rows:
        return lines_section([_("No attachments.")], heading=_("Attachments"))
    has_numbers = any(row.numbers for row in rows)
    heads = [_("No."), _("Title"), _("Access"), *([_("Document no.")] if has_numbers else [])]
    heads += [_("Page of the packet")] if pages is not None else []
    cells = [
        (
            str(row.no),
            link(row.title, f"{PLACE}{row.pk}" if with_links and goes_along(row) else ""),
            pgettext("access", "Closed") if row.ground else pgettext("access", "Open"),
            *([row.numbers] if has_numbers else []),
            *([str(pages.get(str(row.pk), "–"))] if pages is not None else []),
        )
        for row in rows
    ]
    return PaperSection(_("Attachments"), [table(heads, cells)])


def goes_along(row: ShownAttachment) -> bool:
    """Does the file go into this reader's packet? Of a closed one she is not shown there is no file name."""
    return row.in_packet and bool(row.file_name)


def attachments_under(item: ShownItem) -> list[ShownAttachment]:
    """The files that go along with an item and its sub-items, in printed order."""
    if not item.is_readable:
        return []
    found = [row for row in item.attachments or () if goes_along(row)]
    return [*found, *(row for sub in item.subitems for row in attachments_under(sub))]
