"""What can be done to a protocol: written around, made final, signed, approved, amended. Every write goes through here."""

from sagsgang.protocols.actions.closing import close_item
from sagsgang.protocols.actions.final import approve_at_item, approve_protocol, make_final
from sagsgang.protocols.actions.notes import write_note
from sagsgang.protocols.actions.signing import amend_protocol, remind_signers, sign_protocol

__all__ = [
    "amend_protocol",
    "approve_at_item",
    "approve_protocol",
    "close_item",
    "make_final",
    "remind_signers",
    "sign_protocol",
    "write_note",
]
