"""The ticket with which a browser listens to one meeting's line. It opens nothing but the count of its acts."""

from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

_SIGNER = TimestampSigner(salt="sagsgang.sittings.line")
LASTS = 16 * 60 * 60  # seconds: longer than any meeting


def make_ticket(meeting: UUID) -> str:
    """A signed word that names the meeting; made for who may see it."""
    return _SIGNER.sign(meeting.hex)


def read_ticket(ticket: str) -> UUID | None:
    """The meeting that a ticket names; None for a false or an old one."""
    try:
        return UUID(_SIGNER.unsign(ticket, max_age=LASTS))
    except (BadSignature, ValueError):
        return None
