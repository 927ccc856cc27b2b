"""Where a case stands: derived from what happened, never typed (domain 3.3)."""

from dataclasses import dataclass
from enum import StrEnum


class CaseState(StrEnum):
    """The states of a case, from its first word to the last body's decision."""

    DRAFT = "draft"
    RETURNED = "returned"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    SENT = "sent"
    POSTPONED = "postponed"
    SENT_BACK = "sent_back"
    UNDER_WAY = "under_way"
    TREATED = "treated"


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One item of the case on an agenda, in the order of the meetings: was it sent, and what was decided."""

    is_sent: bool
    is_decided: bool
    outcome: str = ""


def state_of(
    *, approval: str, was_returned: bool, has_draft: bool, items: tuple[ItemFact, ...], steps_left: int
) -> CaseState:
    """The state that the facts make.

    `approval` is the standing of the newest version (draft, in_approval, approved); `has_draft`: it is still being
    written; `steps_left`: steps of the path that no body has treated yet.
    """
    last = items[-1] if items else None
    if last is not None and not last.is_decided:
        return CaseState.SENT if last.is_sent else CaseState.SCHEDULED
    if approval == "in_approval":
        return CaseState.IN_APPROVAL
    if last is None or has_draft:
        return _in_writing(approval, was_returned)
    if last.outcome in _SPECIAL:
        return _SPECIAL[last.outcome]
    return CaseState.UNDER_WAY if steps_left else CaseState.TREATED


_SPECIAL = {"postponed": CaseState.POSTPONED, "returned": CaseState.SENT_BACK}


def _in_writing(approval: str, was_returned: bool) -> CaseState:
    if approval == "approved":
        return CaseState.APPROVED
    return CaseState.RETURNED if was_returned else CaseState.DRAFT
