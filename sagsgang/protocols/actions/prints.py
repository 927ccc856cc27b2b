"""Order a member's packet, for herself or by the secretary for her: it is made in the background."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.meetings.actions.schedule import lock_meeting
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.models import Packet
from sagsgang.protocols.queries.prints import packet_members, waiting_packet
from sagsgang.protocols.rules import require_member
from sagsgang.protocols.tasks import build_packet


@transaction.atomic
def order_packet(meeting: Meeting, *, actor: User) -> Packet:
    """Order her packet of the meeting; answers the one that is being made, if one is."""
    meeting = lock_meeting(meeting)
    waiting = waiting_packet(meeting, actor)
    if waiting is not None:
        return waiting
    packet = Packet.objects.create(meeting=meeting, ordered_by=actor)
    build_packet.configure(lock=f"packet-{packet.pk}").defer(packet_id=str(packet.pk))
    record(actor, "order_packet", meeting, packet=str(packet.pk))
    return packet


@transaction.atomic
def order_packet_for(meeting: Meeting, *, member: User, actor: User) -> Packet:
    """Order a member's packet, with her rights and for her: the secretary can fetch it too, to print it or hand it on.

    The log of the packet keeps who ordered it. Raises `RuleBrokenError` for who has no packet of this meeting.
    """
    meeting = lock_meeting(meeting)
    require_member(is_one=member in packet_members(meeting, actor))
    packet = waiting_packet(meeting, member)
    if packet is None:
        packet = Packet.objects.create(meeting=meeting, ordered_by=member)
        build_packet.configure(lock=f"packet-{packet.pk}").defer(packet_id=str(packet.pk))
    record(actor, "order_packet_for", packet, meeting=str(meeting.pk))
    record(actor, "order_packet_for", meeting, packet=str(packet.pk))
    return packet
