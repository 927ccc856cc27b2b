"""Lets a meeting out as two persons do, and answers what the gate takes for somebody's name."""

from datetime import date

from django.db.models import Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.gate.pieces import Kind
from sagsgang.meetings.models import Meeting
from sagsgang.publication import tasks
from sagsgang.publication.actions import prepare_release, release_meeting, release_prepared
from sagsgang.publication.actions.gate import accept_findings
from sagsgang.publication.models import FindingState, Preparation, Release

PLACE = "Det er et stednavn, som også står i åbne sager. Det udpeger ingen person."


def meetings_on(body: Body, day: date) -> QuerySet[Meeting]:
    """The body's meetings on a day, also one that has been moved from it or cancelled."""
    return Meeting.objects.filter(Q(held_on=day) | Q(moved_from=day), body=body)


def let_out(meeting: Meeting, *, kind: str, prepared_by: User, released_by: User, reason: str = "") -> Release:
    """Release the meeting. If the gate stops it for names alone, they are answered: the demo's are places."""
    try:
        return release_meeting(
            meeting, kind=kind, prepared_by=prepared_by, released_by=released_by, public_reason=reason
        )
    except RuleBrokenError:
        preparation = prepare_release(meeting, kind=kind, public_reason=reason, actor=prepared_by)
        look_through(preparation)
        found = preparation.findings.filter(kind=Kind.NAME, state=FindingState.OPEN).values_list("pk", flat=True)
        if not found:
            raise
        accept_findings(preparation, pks=list(found), reason=PLACE, is_no_cpr=False, actor=prepared_by)
        return release_prepared(preparation, actor=released_by)


def look_through(preparation: Preparation) -> None:
    """Look through the rest of what is prepared now: no worker runs yet."""
    tasks.look_through(preparation.pk)
