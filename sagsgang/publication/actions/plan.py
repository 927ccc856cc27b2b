"""Publish the calendar of a body and a year, let it follow its meetings, and take it back (R1)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.models import record
from sagsgang.gate.pieces import Kind
from sagsgang.publication import rules
from sagsgang.publication.actions.cases import move_cases_of
from sagsgang.publication.calendars import (
    differs,
    findings_in,
    plan_meetings,
    roster_findings,
    roster_of,
    shown_roster,
    waiting_lines,
)
from sagsgang.publication.disclosure import may_publish_plan, planned_line
from sagsgang.publication.document import PlannedLine, RosterLine
from sagsgang.publication.gatekeeping.kinds import word_of
from sagsgang.publication.identity import new_public_id, public_ids
from sagsgang.publication.models import MemberLine, PlannedState, PlanPublication, PublicBody, PublicPlannedMeeting
from sagsgang.publication.slugs import slug_of


@transaction.atomic
def publish_plan(body: Body, *, year: int, has_looked: bool = False, actor: User) -> PlanPublication:
    """Let the public see the body's meetings of a year as they are planned now, moved and cancelled ones too.

    With the calendar goes who sits in the body: name, place and party.

    Done again it brings what has changed, and nothing else. A meeting that was taken out after it was published stays
    as cancelled. Raises `RuleBrokenError` if the body does not publish, or if the gate finds something in what is new
    (R42): a CPR number never goes out, anything else when somebody `has_looked` at it. What follows by itself waits.
    """
    body = Body.objects.select_related("authority").get(pk=body.pk)
    rules.require_policy(body.name, allowed=may_publish_plan(body))
    at = now()
    public = _locked_body(body, at)
    meetings = plan_meetings(body, year)
    lines = {meeting.pk: planned_line(meeting) for meeting in meetings}
    roster = roster_of(body, localdate(at))
    found = findings_in(waiting_lines(body, year, meetings, lines))
    if shown_roster(public.pk) != roster:
        found += roster_findings(roster)
    rules.require_plan_clean(found, cpr=word_of(Kind.CPR), has_looked=has_looked)
    ids = public_ids(meetings)
    changed = _bring_up_to_date(public, year, {UUID(ids[pk]): line for pk, line in lines.items()}, at)
    has_new_roster = _seat(public, roster)
    publication, is_new = PlanPublication.objects.get_or_create(
        body_id=body.pk, year=year, ended_at=None, defaults={"published_by": actor}
    )
    if changed or has_new_roster:
        _touch(public, body, at)
    if changed or has_new_roster or is_new:
        record(actor, "publish_plan", body, year=year, changed=changed, found=len(found))
    return publication


@transaction.atomic
def withdraw_plan(body: Body, *, year: int, actor: User) -> None:
    """Take the calendar of a year back: the public sees nothing of it any more. What is released stays.

    With the body's last calendar goes who sits in it.
    """
    body = Body.objects.select_related("authority").get(pk=body.pk)
    at = now()
    public = _locked_body(body, at)
    if not PlanPublication.objects.filter(body_id=body.pk, year=year, ended_at=None).update(ended_at=at):
        return
    PublicPlannedMeeting.objects.filter(body=public, year=year).delete()
    if not PlanPublication.objects.filter(body_id=body.pk, ended_at=None).exists():
        MemberLine.objects.filter(body=public).delete()
    _touch(public, body, at)
    record(actor, "withdraw_plan", body, year=year)


def _locked_body(body: Body, at: datetime) -> PublicBody:
    """The body's public row, made if it has released nothing yet, and locked: its calendar has one writer at a time."""
    public_id = public_ids([body])[body.pk]
    fresh = PublicBody(
        id=UUID(public_id),
        authority=body.authority.name,
        name=body.name,
        code=body.code,
        slug=slug_of(body.name),
        changed_at=at,
    )
    PublicBody.objects.bulk_create([fresh], ignore_conflicts=True)
    return PublicBody.objects.select_for_update().get(pk=public_id)


def _bring_up_to_date(public: PublicBody, year: int, wanted: dict[UUID, PlannedLine], at: datetime) -> int:
    """Write what the public sees otherwise; answers how many meetings that were."""
    shown = PublicPlannedMeeting.objects.filter(body=public, year=year).in_bulk()
    changed = 0
    for pk, line in wanted.items():
        old = shown.get(pk)
        if differs(old, line):
            facts = asdict(line) | {"body": public, "authority": public.authority, "year": year, "changed_at": at}
            sequence = old.sequence + 1 if old else 0
            PublicPlannedMeeting.objects.update_or_create(pk=pk, defaults=facts | {"sequence": sequence})
            changed += 1
    for row in shown.values():
        if row.pk not in wanted and row.state != PlannedState.CANCELLED:
            row.state, row.sequence, row.changed_at = PlannedState.CANCELLED, row.sequence + 1, at
            row.save(update_fields=["state", "sequence", "changed_at"])
            changed += 1
    return changed


def _seat(public: PublicBody, roster: Sequence[RosterLine]) -> bool:
    """Name those who sit in the body now; answers whether the public saw others."""
    if shown_roster(public.pk) == roster:
        return False
    MemberLine.objects.filter(body=public).delete()
    MemberLine.objects.bulk_create(
        MemberLine(authority=public.authority, body=public, position=position, **asdict(line))
        for position, line in enumerate(roster, start=1)
    )
    return True


def _touch(public: PublicBody, body: Body, at: datetime) -> None:
    """Pages and caches move with it; the body has its present name."""
    is_renamed = (public.name, public.code) != (body.name, body.code)
    public.name, public.code, public.slug = body.name, body.code, slug_of(body.name)
    public.version, public.changed_at = new_public_id(), at
    public.save()
    if is_renamed:
        move_cases_of(public, at)
