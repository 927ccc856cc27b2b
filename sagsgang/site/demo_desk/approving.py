"""Sends a case up through the levels of its unit."""

from sagsgang.cases.actions.approval import approve_case, submit_for_approval
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import levels_of
from sagsgang.cases.queries.approval import content_digest
from sagsgang.cases.queries.journey import newest_version

_EVERY_LEVEL = 99


def approve(case: Case, *, levels: int = _EVERY_LEVEL, comment: str = "") -> None:
    """Send the case up, and let the first so many levels approve it; the first one says `comment`."""
    assert case.caseworker is not None
    submit_for_approval(case, actor=case.caseworker)
    for place, level in enumerate(levels_of(case.unit)[:levels]):
        version = newest_version(case)
        assert version is not None
        words = comment if place == 0 else ""
        approve_case(case, seen=content_digest(version), level=level.position, comment=words, actor=level.approver)
