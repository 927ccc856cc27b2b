"""Everything that waits for one user, read at once: agendas, protocols, follow-ups, approvals, paths, wheel, releases.

What is asked hangs on her roles; each list holds what she may see and no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Role, Unit, UnitStaff, roles_of
from sagsgang.cases.models import ApprovalLevel, Case, Hearing, PathStep
from sagsgang.cases.permissions import CaseRows
from sagsgang.cases.plans import Finding
from sagsgang.cases.queries.approval import is_hers
from sagsgang.cases.queries.plan import MeetingPlan, meeting_plan, path_plan, plan_step
from sagsgang.cases.queries.tasks import LevelBook, in_approval
from sagsgang.cases.rules.path import check_path
from sagsgang.core.gathering import Part, gathered
from sagsgang.followups.permissions import eyes_of
from sagsgang.followups.queries.lists import of_user
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.pages import with_counts
from sagsgang.meetings.queries.reviewing import closed_in_her_hands, without_extract
from sagsgang.protocols.models import EntryKind, ProtocolEntry
from sagsgang.protocols.queries.standing import SIGNED
from sagsgang.publication.models import Release, ReleaseKind, ReleaseRecord, ReleaseState
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.queries.reminders import LEADS, begun, hers

AHEAD, BACK = timedelta(days=45), timedelta(days=180)
MOST = 60  # lines of each list


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits for her word at a level, since a day; `stands_in`: she is the deputy."""

    case: Case
    level: ApprovalLevel
    since: date
    stands_in: bool


@dataclass(frozen=True, slots=True)
class Blocked:
    """A case whose path cannot be followed as it is planned: the first of what is wrong, and how much more."""

    case: Case
    finding: Finding
    more: int


@dataclass(frozen=True)
class Overview:
    """What waits. `roles`: of "secretary", "director", "caseworker" those that she has; sections hang on them.

    `meetings` are those of the bodies whose papers she keeps, with `item_count`, `decided_count`, `is_final`, `signers`,
    `signed`, `has_agenda_out`, `has_minutes_out`. `bodies_without_extract`: how many closed decisions of each body have
    no public extract. `follow_ups` are hers and overdue, with `may_read`.
    """

    roles: frozenset[str]
    meetings: list[Any]
    closing_days: dict[UUID, frozenset[date]]  # by authority
    follow_ups: list[Any]
    approvals: list[Waiting]
    blocked: list[Blocked]
    rounds: list[Occurrence]
    bodies_without_extract: list[tuple[Body, int]]


def overview_of(user: User, today: date) -> Overview:
    """Read it: nine queries, whatever there is, beside those of the login."""
    held = roles_of(user)
    kept = [body for body, role in held if body and role == Role.SECRETARY]
    led = [body for body, role in held if body and role in LEADS]
    eyes = eyes_of(user)
    late = of_user(eyes).filter(is_late=True).order_by("due_on", "created_at")[:MOST]
    extracts = without_extract(closed_in_her_hands(user)).order_by()
    # Asked for apart: as a part of the large question, four times in it, it takes longer to plan than to answer.
    cases = list(_cases_on_their_way(user, led, today))
    of_cases = [case.pk for case in cases]
    found = gathered(
        User(pk=user.pk),
        meetings=Part(_meetings(kept, today), ("body__authority",)),
        follow_ups=Part(late, ("case", "item__case", "body")),
        levels=Part(ApprovalLevel.objects.order_by("position"), ("approver", "deputy")),
        extracts=Part(extracts, ("meeting__body",), only=("id", "meeting_id")),
        rounds=Part(begun(today).filter(hers(user, kept=kept, led=led)), ("entry__body", "entry__unit", "case")),
        steps=Part(PathStep.objects.filter(case__in=of_cases).order_by("position"), ("body__authority",)),
        treated=Part(_treated(of_cases, today), only=("id", "step_id")),
        hearings=Part(Hearing.objects.filter(case__in=of_cases, withdrawn_at=None)),
        units=Part(Unit.objects.order_by(), only=("id", "parent_id")),
        works=Part(UnitStaff.objects.filter(user=user)),
    )
    approvals = _approvals(user, found["levels"], found["units"])
    plans = _plans_of(found)
    return Overview(
        roles=_roles(held, bool(found["works"]), approves=_approves(user, found["levels"])),
        meetings=found["meetings"],
        closing_days={key: plan.closing_days for key, plan in plans.items()},
        follow_ups=found["follow_ups"],
        approvals=approvals,
        blocked=_blocked(cases, found, plans),
        rounds=found["rounds"],
        bodies_without_extract=_by_body(found["extracts"]),
    )


def _roles(held: Iterable[tuple[UUID | None, str]], works: bool, *, approves: bool) -> frozenset[str]:
    names = {role for body, role in held if body}
    found = {"secretary"} if Role.SECRETARY in names else set()
    if approves or names & {Role.DIRECTOR, Role.MANAGER}:
        found.add("director")
    if works or Role.CASEWORKER in names:
        found.add("caseworker")
    return frozenset(found)


def _approves(user: User, levels: Iterable[ApprovalLevel]) -> bool:
    return any(is_hers(level, user) for level in levels)


def _meetings(kept: list[UUID], today: date) -> QuerySet[Any]:
    """The meetings of the kept bodies around today, with where agenda, protocol and release stand."""
    chain = ProtocolEntry.objects.filter(meeting=OuterRef("pk"))
    final = chain.filter(kind=EntryKind.FINAL)
    signers = Func(
        KeyTransform("signers", Cast("document", JSONField())),
        function="jsonb_array_length",
        output_field=IntegerField(),
    )
    signed = chain.filter(kind__in=SIGNED).order_by().values("meeting").annotate(n=Count("pk")).values("n")
    rows: QuerySet[Any] = with_counts(Meeting.objects.filter(body__in=kept, cancelled_at=None))
    found: QuerySet[Any] = rows.filter(held_on__range=(today - BACK, today + AHEAD)).annotate(
        is_final=Exists(final),
        signers=Coalesce(Subquery(final.annotate(n=signers).values("n")[:1]), 0),
        signed=Coalesce(Subquery(signed, output_field=IntegerField()), 0),
        has_agenda_out=Exists(_released(())),
        has_minutes_out=Exists(_released((ReleaseKind.MINUTES, ReleaseKind.CORRECTION, ReleaseKind.ARCHIVE))),
    ).order_by("held_on", "starts")  # fmt: skip
    return found


def _released(kinds: tuple[str, ...]) -> QuerySet[Any]:
    """What is out of a meeting now; of these kinds, if any are named."""
    current = Release.objects.filter(state=ReleaseState.CURRENT)
    if kinds:
        current = current.filter(kind__in=kinds)
    return ReleaseRecord.objects.filter(meeting_id=OuterRef("pk"), release_id__in=current.values("pk"))


def _cases_on_their_way(user: User, led: list[UUID], today: date) -> QuerySet[Any]:
    """The cases that she may read and writes, or that come before a body she serves, with a meeting still before them."""
    ahead = PathStep.objects.filter(case=OuterRef("pk"), planned_on__gte=today)
    to_her = ahead.filter(body__in=led)
    seen: QuerySet[Any] = CaseRows().visible_to(user).select_related(None)
    rows = seen.filter(may_read=True)
    return rows.filter(Exists(ahead), Q(caseworker=user) | Exists(to_her)).order_by("title", "pk")[: MOST * 3]


def _treated(cases: list[UUID], today: date) -> QuerySet[AgendaItem]:
    """The standing items of these cases on meetings that have been."""
    rows = AgendaItem.objects.filter(case__in=cases, withdrawn_at=None, step__isnull=False)
    return rows.filter(meeting__held_on__lt=today)


def _plans_of(found: dict[str, list[Any]]) -> dict[UUID, MeetingPlan]:
    """The plans of the authorities whose papers or cases she has; a query for each. She works in one, nearly always."""
    authorities = {row.body.authority_id: row.body.authority for row in (*found["meetings"], *found["steps"])}
    days = [step.planned_on for step in found["steps"] if step.planned_on]
    return {key: meeting_plan(authority, around=days) for key, authority in authorities.items()}


def _approvals(user: User, levels: list[ApprovalLevel], units: list[Unit]) -> list[Waiting]:
    """What waits for her as approver or deputy, the oldest first; two queries, none for who approves nowhere."""
    if not _approves(user, levels):
        return []
    own: dict[UUID, list[ApprovalLevel]] = {}
    for level in levels:
        own.setdefault(level.unit_id, []).append(level)
    waiting = in_approval(LevelBook(own, {unit.pk: unit.parent_id for unit in units}), Case.objects.visible_to(user))
    return [
        Waiting(draft.case, level, since, stands_in=level.deputy_id == user.pk)
        for draft, level, since in waiting
        if is_hers(level, user)
    ][:MOST]


def _blocked(cases: Iterable[Case], found: dict[str, list[Any]], plans: dict[UUID, MeetingPlan]) -> list[Blocked]:
    """The cases with something wrong at a step that is still to come, each by its own authority's plan; no query."""
    treated = {row.step_id for row in found["treated"]}
    blocked = []
    for case in cases:
        plan = plans.get(case.authority_id)
        if plan is None:
            continue
        own = [
            step for step in found["steps"] if step.case_id == case.pk and step.body.authority_id == case.authority_id
        ]
        steps = [step for step in own if step.body.name in plan.bodies]
        hearings = [row for row in found["hearings"] if row.case_id == case.pk]
        findings = [
            finding
            for finding in check_path(path_plan(case, map(plan_step, steps), plan, hearings))
            if finding.step >= len(steps) or steps[finding.step].pk not in treated
        ]
        if findings:
            first = min(findings, key=lambda finding: (finding.severity != "error", finding.step))
            blocked.append(Blocked(case, first, len(findings) - 1))
    return sorted(blocked, key=lambda one: one.finding.severity != "error")[:MOST]


def _by_body(items: Iterable[AgendaItem]) -> list[tuple[Body, int]]:
    counted: dict[UUID, tuple[Body, int]] = {}
    for item in items:
        body = item.meeting.body
        counted[body.pk] = (body, counted.get(body.pk, (body, 0))[1] + 1)
    return sorted(counted.values(), key=lambda pair: pair[0].name)
