"""Make a member's packet. Decides nothing and may run twice; reads with her rights as they are when it runs."""

import time
from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from sagsgang.followups.queries import place_reports
from sagsgang.meetings.queries import meeting_rows
from sagsgang.meetings.views.reader import reader_at
from sagsgang.protocols.models import Packet
from sagsgang.protocols.queries.prints import packet_files, packet_path, rights_digest, word_path
from sagsgang.protocols.rendering import packet as packets
from sagsgang.protocols.rendering.agenda_print import attachments_under, shown_agenda
from sagsgang.protocols.rendering.paper_pdf import forget_old_parts, keep_print

MOST_ATTEMPTS = 3
TELL_EVERY = 0.5  # seconds between two words on how far it is


@app.task(queue="documents", retry=MOST_ATTEMPTS, pass_context=True)
def build_packet(context: JobContext, packet_id: str) -> None:
    """Make a packet, unless it is made; one that has brought the worker down too often is given up."""
    attempts = context.job.attempts if context.job else 0
    packet = Packet.objects.select_related("ordered_by", "meeting__body").get(pk=UUID(packet_id))
    if packet.finished_at:
        return
    if attempts >= MOST_ATTEMPTS:
        packet.failed, packet.finished_at = True, timezone.now()
        packet.save(update_fields=["failed", "finished_at", "modified_at"])
        return
    make_packet(packet)


def make_packet(packet: Packet) -> packets.BuiltPacket:
    """What the job does."""
    meeting = meeting_rows(packet.meeting_id)
    place_reports(meeting)
    reader = reader_at(packet.ordered_by, meeting)
    packet.rights = rights_digest(
        closed_too=reader.closed_too, shut_out=reader.shut_out, unsent_too=reader.unsent_too, granted=reader.granted
    )
    items = shown_agenda(meeting, reader)
    wanted = {row.pk for _row, shown in items for row in attachments_under(shown)}
    files = packet_files(meeting, wanted)
    built = packets.build_packet(
        meeting, items, files, reader=packet.ordered_by, made_at=timezone.now(), told=_Progress(packet).tell
    )
    keep_print(packet_path(packet), built.content)
    keep_print(word_path(packet), built.word)
    packet.pages, packet.size, packet.holds_closed = built.pages, len(built.content), built.holds_closed
    packet.problems = [{"attachment": str(pk), "problem": str(problem)} for pk, problem in built.problems]
    packet.done = packet.total
    packet.finished_at = timezone.now()
    packet.save()
    forget_old_parts(timezone.now())
    return built


class _Progress:
    """Writes how far a packet is, now and then."""

    def __init__(self, packet: Packet) -> None:
        self._packet = packet
        self._told_at = 0.0

    def tell(self, done: int, total: int) -> None:
        """`done` of `total` files are ready."""
        self._packet.done, self._packet.total = done, total
        if time.monotonic() - self._told_at >= TELL_EVERY:
            self._told_at = time.monotonic()
            self._packet.save(update_fields=["done", "total", "modified_at"])
