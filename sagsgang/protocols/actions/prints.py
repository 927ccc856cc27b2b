"""Order a member's packet: it is made in the background, for who ordered it."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.meetings.actions.schedule import lock_meeting
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.models import Packet
from sagsgang.protocols.queries.prints import waiting_packet
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
