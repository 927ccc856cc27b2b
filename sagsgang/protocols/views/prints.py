"""Prints of a meeting: agenda, supplementary agendas, protocol, extracts, as PDF and Word; and the member's packet."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext, override, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.followups.queries import place_reports
from sagsgang.meetings import queries
from sagsgang.meetings.actions import log_closed_reading
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Meeting
from sagsgang.meetings.queries.as_sent import rows_as_sent
from sagsgang.meetings.rendering import Reader
from sagsgang.meetings.views.reader import reader_at
from sagsgang.protocols.actions.prints import order_packet as order
from sagsgang.protocols.actions.prints import order_packet_for as order_for
from sagsgang.protocols.document import ProtocolDocument
from sagsgang.protocols.models import Packet
from sagsgang.protocols.permissions import ProtocolRows, may_read_protocol
from sagsgang.protocols.queries import prints as found
from sagsgang.protocols.queries.facts import facts_of
from sagsgang.protocols.queries.final import final_document
from sagsgang.protocols.queries.standing import Standing, standing_of
from sagsgang.protocols.rendering.agenda_print import (
    Shown,
    agenda_paper,
    holds_closed,
    shown_agenda,
    supplement_paper,
)
from sagsgang.protocols.rendering.compose import compose_protocol
from sagsgang.protocols.rendering.packet import problem_words
from sagsgang.protocols.rendering.paper import Paper
from sagsgang.protocols.rendering.paper_pdf import LANGUAGE, print_paper
from sagsgang.protocols.rendering.protocol_print import extract_paper, file_name, item_at, protocol_paper, subitems_of
from sagsgang.protocols.rendering.shown import ShownItem, access_now, shown_items, shows_closed
from sagsgang.protocols.rendering.word import MEDIA_TYPE, word_of

PDF = "application/pdf"


@permitted(ProtocolRows(), found.may_print_agenda)
@require_safe
def prints(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    reader = reader_at(request.user, meeting)
    reads_protocol = may_read_protocol(request.user, meeting)
    packet = found.newest_packet(meeting, request.user)
    extracts = _extracts(meeting, reader) if reads_protocol else []
    if any(_is_shut(item) for item, _words in extracts):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(meeting, actor=request.user)
    versions = found.sendings_of(meeting)
    sent_at = max((row.sent_at for row in versions), default=None)
    context = {
        "meeting": meeting,
        "supplements": [row for row in versions if row.number > 1],
        "extracts": extracts,
        "reads_protocol": reads_protocol,
        "packet": packet,
        "waits": found.still_waits(packet),
        "problems": _problems(packet),
        "is_stale": packet is not None and packet.is_ready and not _may_hand_out(packet, reader),
        "is_outdated": packet is not None and found.is_outdated(packet, sent_at),
        **_for_others(request, meeting, sent_at),
    }
    return render(request, "protocols/prints.html", context)


def _for_others(request: StaffRequest, meeting: Meeting, sent_at: datetime | None) -> dict[str, object]:
    """What the secretary may order for members, and has ordered."""
    if not found.may_order_for(request.user, meeting):
        return {}
    packets = found.packets_for_others(meeting, request.user)
    return {
        "members": found.packet_members(meeting, request.user),
        "for_others": [(packet, found.still_waits(packet), found.is_outdated(packet, sent_at)) for packet in packets],
    }


def _extracts(meeting: Meeting, reader: Reader) -> list[tuple[AgendaItem, str]]:
    """The items of which this reader gets an extract, each in words; closed ones where the protocol shows them."""
    over = _is_over(meeting)
    return [
        (row, f"{found.number_of(row)}. {row.title}" if row.number else row.title)
        for row in found.extract_items(meeting)
        if not _is_shut(row) or (reader.closed_too and (over or row.pk not in reader.shut_out))
    ]


def _is_shut(item: AgendaItem) -> bool:
    """Closed, itself or by the item above."""
    return item.is_closed or (item.parent is not None and item.parent.is_closed)


def _is_over(meeting: Meeting) -> bool:
    """A conflict of interest shuts the decision until then; where the meeting was not held here, always."""
    return meeting.adjourned_at is not None


def _problems(packet: Packet | None) -> list[str]:
    """What is wrong with the files that are not in it, each kind once."""
    kinds = dict.fromkeys(row["problem"] for row in packet.problems) if packet else {}
    return [problem_words(found.Problem(kind)) for kind in kinds]


@permitted(ProtocolRows(), found.may_print_agenda)
@require_safe
def print_agenda(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    rows, items = _agenda(request, meeting)
    return _printed(request, agenda_paper(rows, items), made_at=now(), closed=_log(request, rows, items))


@permitted(found.SupplementRows(), found.may_print_supplement)
@require_safe
def print_supplement(request: StaffRequest, version: AgendaVersion) -> HttpResponse:
    fresh = found.new_in(version)
    rows = rows_as_sent(version, fresh)  # the words of the day it was sent, whatever was renewed since
    place_reports(rows, until=version.sent_at)
    shown = shown_agenda(rows, reader_at(request.user, rows))
    paper = supplement_paper(rows, shown, version, fresh)
    return _printed(request, paper, made_at=version.sent_at, closed=_log(request, rows, shown))


def _agenda(request: StaffRequest, meeting: Meeting) -> tuple[Meeting, list[Shown]]:
    rows = queries.meeting_rows(meeting.pk)
    place_reports(rows)
    return rows, shown_agenda(rows, reader_at(request.user, rows))


def _log(request: StaffRequest, meeting: Meeting, items: list[Shown]) -> bool:
    """Is something closed printed? Then it is a reading, and logged (leak rule 12)."""
    closed = any(holds_closed(shown) for _row, shown in items)
    if closed:
        log_closed_reading(meeting, actor=request.user)
    return closed


@dataclass(frozen=True)
class _Protocol:
    meeting: Meeting
    document: ProtocolDocument
    standing: Standing
    items: tuple[ShownItem, ...]


def _protocol(request: StaffRequest, meeting: Meeting) -> _Protocol:
    """The protocol as this reader sees it: the final one, or as it stands now."""
    facts = facts_of(meeting.pk)
    standing = standing_of(facts.meeting, facts.roll)
    with override(LANGUAGE):
        document = (final_document(meeting) if standing.is_final else None) or compose_protocol(facts)
        now_closed = access_now(facts.meeting)
    reader = reader_at(request.user, meeting)
    items = shown_items(document, reader, facts.notes, standing, now_closed, is_over=_is_over(facts.meeting))
    return _Protocol(facts.meeting, document, standing, items)


@permitted(ProtocolRows(), may_read_protocol)
@require_safe
def print_protocol(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    said = _protocol(request, meeting)
    closed = shows_closed(said.items)
    if closed:
        log_closed_reading(meeting, actor=request.user)
    paper = protocol_paper(said.document, said.meeting, said.standing, said.items)
    return _printed(request, paper, made_at=said.standing.final_at or now(), closed=closed)


@permitted(found.ExtractRows(), found.may_extract)
@require_safe
def print_extract(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    said = _protocol(request, item.meeting)
    place = item_at(said.items, item.pk)
    if place is None:  # it came on the agenda after the protocol was made final
        raise Http404
    shown, subitems = said.items[place], subitems_of(said.items, place)
    if shown.said is None:
        raise PermissionDenied
    if shown.is_sub and not shown.said.has_own_decision:  # it was decided with the item above
        raise Http404
    closed = shows_closed((shown, *subitems))
    if closed:
        log_closed_reading(item, actor=request.user)
    named = replace(shown, number=found.number_of(item))
    paper = extract_paper(said.document, said.meeting, said.standing, named, subitems)
    return _printed(request, paper, made_at=said.standing.final_at or now(), closed=closed)


def _printed(request: StaffRequest, paper: Paper, *, made_at: datetime, closed: bool) -> HttpResponse:
    """The paper as Word (`?as=docx`) or PDF."""
    if request.GET.get("as") == "docx":
        response = HttpResponse(word_of(paper), content_type=MEDIA_TYPE)
        name = f"{paper.name}.docx"
    else:
        response = HttpResponse(print_paper(paper, made_at=made_at).content, content_type=PDF)
        name = f"{paper.name}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    if closed:
        response["Cache-Control"] = "private, no-store"
    return response


@permitted(ProtocolRows(), found.may_have_packet)
@require_http_methods(["GET", "POST"])
def order_packet(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method == "POST":
        order(meeting, actor=request.user)
    return redirect("protocols:prints", pk=meeting.pk)


@permitted(ProtocolRows(), found.may_order_for)
@require_http_methods(["GET", "POST"])
def order_packet_for(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method == "POST":
        members = {str(one.pk): one for one in found.packet_members(meeting, request.user)}
        member = members.get(request.POST.get("member", ""))
        if member is None:
            messages.error(request, gettext("Choose a member of the body who logs in to Sagsgang."))
        else:
            order_for(meeting, member=member, actor=request.user)
            messages.success(request, gettext("The packet for {name} is being made.").format(name=member))
    return redirect("protocols:prints", pk=meeting.pk)


@permitted(found.PacketRows(), found.may_open_packet)
@require_safe
def packet(request: StaffRequest, packet: Packet) -> HttpResponse:
    """How far it is: the part of the page that asks again until it is ready."""
    if "HX-Request" not in request.headers:
        return redirect("protocols:prints", pk=packet.meeting_id)
    if packet.ordered_by_id != request.user.pk:
        return redirect("protocols:prints", pk=packet.meeting_id)
    reader = reader_at(request.user, packet.meeting)
    context = {
        "meeting": packet.meeting,
        "packet": packet,
        "waits": found.still_waits(packet),
        "problems": _problems(packet),
        "is_stale": packet.is_ready and not _may_hand_out(packet, reader),
        "is_outdated": found.is_outdated(packet, found.newest_sending(packet.meeting)),
    }
    return render(request, "protocols/prints.html#packet", context)


@permitted(found.PacketRows(), found.may_open_packet)
@require_safe
def packet_file(request: StaffRequest, packet: Packet) -> HttpResponseBase:
    as_word = request.GET.get("as") == "docx"
    path = found.word_path(packet) if as_word else found.packet_path(packet)
    owner, meeting = packet.ordered_by, packet.meeting
    reader = reader_at(owner, meeting)  # exactly what she may read whose it is
    outdated = found.is_outdated(packet, found.newest_sending(meeting))
    if outdated or not packet.is_ready or not path.is_file() or not _may_hand_out(packet, reader):
        messages.info(request, gettext("The packet must be made again before you can fetch it."))
        return redirect("protocols:prints", pk=meeting.pk)
    if owner != request.user and not _reads_as_much(reader_at(request.user, meeting), reader):
        messages.info(request, gettext("The packet holds something that you may not read yourself."))
        return redirect("protocols:prints", pk=meeting.pk)
    if packet.holds_closed:
        log_closed_reading(meeting, actor=request.user)
    with override(LANGUAGE):
        name = file_name(meeting, pgettext("file name", "packet"), "" if owner == request.user else str(owner))
    ending, media_type = ("docx", MEDIA_TYPE) if as_word else ("pdf", PDF)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.{ending}", content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    return response


def _reads_as_much(reader: Reader, other: Reader) -> bool:
    """May the one read all that the other may? A secretary with a conflict of interest gets no member's packet of it."""
    return (
        (reader.closed_too or (not other.closed_too and other.granted <= reader.granted))
        and (reader.unsent_too or not other.unsent_too)
        and reader.shut_out <= other.shut_out
    )


def _may_hand_out(packet: Packet, reader: Reader) -> bool:
    """Only while she may read what she might when it was made: a conflict of interest since then shuts it."""
    return packet.rights == found.rights_digest(
        closed_too=reader.closed_too, shut_out=reader.shut_out, unsent_too=reader.unsent_too, granted=reader.granted
    )
