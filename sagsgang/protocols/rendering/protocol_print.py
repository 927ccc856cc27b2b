"""The protocol as a printed paper, whole or the extract of one item, for one reader. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from sagsgang.meetings.models import Meeting
from sagsgang.meetings.rendering import day_words, safe_html
from sagsgang.protocols.document import ItemProtocol, PointLine, ProtocolDocument
from sagsgang.protocols.queries.standing import Amendment, Standing
from sagsgang.protocols.rendering.paper import (
    Paper,
    PaperPart,
    PaperSection,
    lines_section,
    list_section,
    paragraph,
    table,
    words_section,
)
from sagsgang.protocols.rendering.paper_pdf import LANGUAGE
from sagsgang.protocols.rendering.shown import ShownItem


def protocol_paper(
    document: ProtocolDocument, meeting: Meeting, standing: Standing, items: Sequence[ShownItem]
) -> Paper:
    """The whole protocol; `items` are those of `shown_items` for the reader, closed ones emptied where they must be."""
    with override(LANGUAGE):
        parts = _parts(items)
        ending = _ending(document, standing)
        return Paper(
            kind=pgettext("kind of document", "Protocol"),
            authority=document.authority,
            body=document.body,
            held_on=document.held_on,
            day=day_words(document.held_on),
            name=file_name(meeting, pgettext("file name", "protocol")),
            notes=_notes(standing, items),
            facts=_facts(document, standing),
            lists=tuple(
                (label, names)
                for label, names in ((_("Present"), document.present), (_("Absent"), document.absent))
                if names
            ),
            opening=_filled(
                lines_section((*document.chairing, *document.substitutes)), words_section(_clean(document.before))
            ),
            parts=(*parts, *ending),
        )


def extract_paper(
    document: ProtocolDocument, meeting: Meeting, standing: Standing, item: ShownItem, subitems: Sequence[ShownItem]
) -> Paper:
    """The extract of one item (udskrift af beslutningsprotokollen), with its sub-items, and where the protocol stands.

    Of a sub-item that part alone: nothing of the item above it, nor of its neighbours.
    """
    with override(LANGUAGE):
        part = _part(replace(item, is_sub=False), subitems)
        present = [_("Present: {names}").format(names="; ".join(document.present))] if document.present else []
        told = lines_section((*present, *document.chairing, *_attested(standing)), tone="quiet")
        return Paper(
            kind=_("Extract of the protocol"),
            authority=document.authority,
            body=document.body,
            held_on=document.held_on,
            day=day_words(document.held_on),
            name=file_name(meeting, pgettext("file name", "extract"), item.number),
            notes=_notes(standing, (item, *subitems)),
            parts=(replace(part, sections=_filled(told, *part.sections)),),
            is_one_part=True,
        )


def file_name(meeting: Meeting, kind: str, number: str = "") -> str:
    """The name of a printed file without its ending: body, day and kind, and the number of an item; never a title."""
    body = meeting.body.code or meeting.body.name
    words = [body, meeting.held_on.isoformat(), kind, number]
    name = "-".join(word for word in words if word)
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in name).strip("-")


def _facts(document: ProtocolDocument, standing: Standing) -> tuple[tuple[str, str], ...]:
    day, *rest = document.head
    rows = [(_("Date"), day)]
    rows += [(_("The meeting"), " ".join(rest))] if rest else []
    if standing.is_final:
        rows.append((pgettext("of a protocol", "Standing"), _attested(standing)[0]))
    return tuple(rows)


def _attested(standing: Standing) -> list[str]:
    """What vouches for the words: the final entry of the chain, and who has signed."""
    if standing.final_at is None:
        return []
    made = _("The protocol was made final on {day}.").format(day=_moment(standing.final_at))
    signed = _("Signed by {signed} of {all}.").format(signed=standing.signed, all=len(standing.signers))
    link = _("Link {number} of the body's chain of protocols: {sha256}").format(
        number=standing.number, sha256=_grouped(standing.sha256)
    )
    return [f"{made} {signed}" if standing.signers else made, link]


def _grouped(sha256: str) -> str:
    """A hash that a person can compare: in groups of sixteen signs."""
    return " ".join(sha256[start : start + 16] for start in range(0, len(sha256), 16))


def _notes(standing: Standing, items: Sequence[ShownItem]) -> tuple[str, ...]:
    notes = [] if standing.is_final else [_("Draft: the protocol is not final")]
    if any(item.is_closed and item.said is not None for item in items):
        notes.append(_("Internal copy: holds closed matters"))
    return tuple(notes)


def _parts(items: Sequence[ShownItem]) -> tuple[PaperPart, ...]:
    parts = []
    for place, item in enumerate(items):
        if not item.is_sub:
            parts.append(_part(item, subitems_of(items, place)))
    return tuple(parts)


def subitems_of(items: Sequence[ShownItem], place: int) -> list[ShownItem]:
    """The sub-items that follow the item at `place`; a sub-item has none."""
    found: list[ShownItem] = []
    if items[place].is_sub:
        return found
    for item in items[place + 1 :]:
        if not item.is_sub:
            break
        found.append(item)
    return found


def _part(item: ShownItem, subitems: Sequence[ShownItem]) -> PaperPart:
    said = item.said
    mark = pgettext("access", "Closed") if item.is_closed else ""
    title = item.title or _("(without title)")
    if said is None:
        return PaperPart(_key(item), item.number, title, mark, sections=(lines_section([_("Closed item")]),))
    facts = [_("Ground: {ground}").format(ground=said.ground)] if said.ground and not item.is_sub else []
    facts += [_("Treated {times}").format(times=said.treated)] if said.treated else []
    facts += [_("Why it comes late: {reason}").format(reason=said.late_reason)] if said.late_reason else []
    return PaperPart(
        key=_key(item),
        number=item.number,
        title=title,
        mark="" if item.is_sub else mark,
        facts=tuple(facts),
        sections=_sections(said, item.amendments, is_sub=item.is_sub),
        subparts=tuple(_part(sub, ()) for sub in subitems),
    )


def _key(item: ShownItem) -> str:
    return item.after.key.removeprefix("after-")


def _sections(said: ItemProtocol, amendments: Sequence[Amendment], *, is_sub: bool) -> tuple[PaperSection, ...]:
    return _filled(
        words_section(_clean(said.before)),
        lines_section((*said.conflicts, *said.attendance, *said.speakers)),
        list_section(said.proposals, heading=_("Proposals")),
        *_votes(said),
        _decision(said, is_sub=is_sub),
        lines_section(said.remarks),
        lines_section(said.dissents, heading=_("Dissent")),
        lines_section(said.halts),
        list_section(said.follow_ups, heading=_("Follow-up")),
        words_section(_clean(said.after)),
        *(_amendment(row) for row in amendments),
    )


def _votes(said: ItemProtocol) -> list[PaperSection]:
    sections = []
    for number, vote in enumerate(said.votes):
        tree = [paragraph(vote.sentence)]
        if vote.votes:
            tree.append(table([_("Name"), pgettext("column", "Vote")], vote.votes))
        sections.append(PaperSection("" if number else _("Votes"), tree))
    return sections


def _decision(said: ItemProtocol, *, is_sub: bool) -> PaperSection:
    words = words_section(_clean(said.html)).tree
    points = tuple((point.marker, _point(point)) for point in said.points)
    if said.outcome and not said.points:
        words = [paragraph(_sentence(said.outcome), strong=True), *words]
    if not words and not points:
        silent = bool(said.subitems) or is_sub  # then the other of the two tells
        return PaperSection() if silent else lines_section([_("No decision is recorded.")], tone="quiet")
    listed = [paragraph(" ".join(word for word in row if word)) for row in points]
    return PaperSection(said.decision, [*listed, *words], tone="panel")


def _point(point: PointLine) -> str:
    return (
        f"{_capital(point.outcome)}: {point.words}"
        if point.words and point.outcome
        else point.words or _capital(point.outcome)
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sentence(words: str) -> str:
    return _capital(words).rstrip(".") + "."


def _amendment(row: Amendment) -> PaperSection:
    lines = [
        _("{day}, {who}").format(day=_moment(row.at), who=row.by),
        row.words,
        _("Why: {reason}").format(reason=row.reason),
    ]
    return lines_section(lines, heading=_("Amendment"))


def _ending(document: ProtocolDocument, standing: Standing) -> tuple[PaperPart, ...]:
    """What stands behind the items: the secretary's last words, amendments to the whole, signatures."""
    whole = [_amendment(row) for row in standing.amendments if not row.item]
    sections = _filled(words_section(_clean(document.after)), *whole, *_signatures(standing))
    if not sections:
        return ()
    title = _("Signatures") if standing.is_final else _("Ending")
    return (PaperPart("ending", "", title, sections=sections),)


def _signatures(standing: Standing) -> list[PaperSection]:
    if not standing.is_final:
        return []
    rows = [
        (signer.name, _moment(signer.at) if signer.at else _("has not signed"), signer.reservation)
        for signer in standing.signers
    ]
    tree = [table([_("Name"), _("Signed"), _("Reservation")], rows)] if rows else []
    words = [paragraph(line) for line in _attested(standing)]
    if standing.approved_on:
        words.append(paragraph(_("Approved at the meeting on {day}.").format(day=standing.approved_on)))
    return [PaperSection("", [*tree, *words])]


def _filled(*sections: PaperSection) -> tuple[PaperSection, ...]:
    return tuple(section for section in sections if not section.is_empty)


def _clean(html: str) -> str:
    return str(safe_html(html))


def _moment(moment: object) -> str:
    return date_format(localtime(moment), "j. F Y H.i")  # type: ignore[arg-type]


def item_at(items: Sequence[ShownItem], item: UUID) -> int | None:
    """The place of an item among the shown ones; None where the reader is not shown it."""
    return next((place for place, row in enumerate(items) if row.after.item == item), None)
