"""What the overview of goals counts, as far as its reader may see it: in as many queries for one case as for thousands."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.cases.models import AppropriationLine, Case, Side
from sagsgang.core.sorting import DanishKey
from sagsgang.documents.access import Access
from sagsgang.goals.models import GoalTag, IndicatorLink, Project, ProjectNote, tags_of_case
from sagsgang.goals.permissions import ProjectRows, readable_cases
from sagsgang.goals.queries.missing import grants_money, is_assessed
from sagsgang.goals.queries.tags import tags_of
from sagsgang.goals.rules.dashboard import Assessed, Facts, Treated
from sagsgang.meetings.models import AgendaItem, Decision
from sagsgang.policies.permissions import decided_items


@dataclass(frozen=True, slots=True)
class Grant:
    """A case of the period that grants money, and whether somebody assessed it or said that no goal is relevant."""

    case: UUID
    title: str
    is_closed: bool
    is_assessed: bool


def year_before(day: date) -> date:
    """The same day of the year before; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def facts_of(user: User, authority: Authority, start: date, end: date) -> Facts:
    """Her assessed cases on agendas, from the earlier of `start` and a year before `end`; three queries."""
    tags, names = _tags(user, authority)
    treated = _treated(user, authority, min(start, year_before(end)), end)
    return Facts(start, end, tags, treated, _amounts({one.case for one in treated}), names)


def _tags(user: User, authority: Authority) -> tuple[tuple[Assessed, ...], dict[str, str]]:
    rows = tags_of(user, authority).filter(Q(case__isnull=False) | Q(item__isnull=False)).select_related(None)
    columns = rows.order_by().values_list(
        "case", "item__case", "item", "goal", "local_goal", "local_goal__name", "direction"
    )
    found, names = [], {}
    for case, of_item, item, goal, local_goal, name, direction in columns:
        key = str(goal or local_goal)
        if goal is None:
            names[key] = name
        found.append(Assessed(case or of_item, item, key, direction))
    return tuple(found), names


def _treated(user: User, authority: Authority, start: date, end: date) -> tuple[Treated, ...]:
    tagged = GoalTag.objects.filter(tags_of_case(OuterRef("case")))
    rows = on_agendas(user, authority, start, end).filter(Exists(tagged))
    decided = Q(Exists(Decision.objects.filter(item=OuterRef("pk")))) & Q(
        pk__in=decided_items(user).order_by().values("pk")
    )
    closed = Q(access=Access.CLOSED) | Q(parent__access=Access.CLOSED, parent__isnull=False)
    columns = rows.annotate(is_heard=decided, is_shut=closed | Q(case__access=Access.CLOSED)).values(
        "pk", "case", "case__title", "parent", "parent__case", "meeting__body", "meeting__body__name",
        "meeting__held_on", "is_heard", "is_shut",
    )  # fmt: skip
    ordered = columns.order_by(DanishKey("meeting__body__name"), "-meeting__held_on", "position", "pk")
    return tuple(map(_row, ordered))


def _row(row: Any) -> Treated:
    return Treated(
        item=row["pk"],
        case=row["case"],
        title=row["case__title"],
        body=row["meeting__body"],
        body_name=row["meeting__body__name"],
        on=row["meeting__held_on"],
        is_own=row["parent__case"] != row["case"],
        is_decided=bool(row["is_heard"]),
        is_closed=bool(row["is_shut"]),
        page=row["parent"] or row["pk"],
    )


def on_agendas(user: User, authority: Authority, start: date, end: date) -> QuerySet[AgendaItem]:
    """The standing items of her cases at the meetings of these days."""
    rows = AgendaItem.objects.filter(
        meeting__body__authority=authority,
        meeting__held_on__range=(start, end),
        meeting__cancelled_at=None,
        withdrawn_at=None,
        case__in=readable_cases(user),
    )
    return rows.filter(Q(parent=None) | Q(parent__withdrawn_at=None))


def _amounts(cases: set[UUID]) -> dict[UUID, Decimal]:
    """What the newest words of each case grant, all years together."""
    lines = AppropriationLine.objects.filter(
        presentation__case__in=cases, presentation__replaced_by=None, side=Side.GRANT
    )
    return dict(lines.order_by().values_list("presentation__case").annotate(kroner=Sum("amount")))


def grants_of(user: User, authority: Authority, start: date, end: date) -> list[Grant]:
    """Her cases on agendas of these days that grant money, by title; one query."""
    items = on_agendas(user, authority, start, end).order_by().values("case")
    rows = Case.objects.filter(grants_money("pk"), pk__in=items).annotate(answered=is_assessed("pk"))
    columns = rows.order_by(DanishKey("title"), "pk").values_list("pk", "title", "access", "answered")
    return [Grant(pk, title, access == Access.CLOSED, bool(answered)) for pk, title, access, answered in columns]


def unmeasured(facts: Facts) -> frozenset[UUID]:
    """The assessed cases of the period that no indicator was to be moved by; one query."""
    cases = {one.at.case for one in facts.placed()}
    links = IndicatorLink.objects.filter(
        Q(case__in=cases) | Q(item__case__in=cases), indicator__withdrawn_at=None
    ).values_list("case", "item__case")
    return frozenset(cases - {case or of_item for case, of_item in links})


def project_states(user: User, authority: Authority) -> list[tuple[Project, str]]:
    """The authority's projects with their newest state, "" while nobody has said; one query."""
    newest = ProjectNote.objects.filter(project=OuterRef("pk")).order_by("-on", "-created_at")
    rows = ProjectRows.visible_to(user).filter(authority=authority)
    found = rows.annotate(state=Subquery(newest.values("state")[:1]), state_on=Subquery(newest.values("on")[:1]))
    return [(row, row.state or "") for row in found.order_by(DanishKey("name"), F("pk"))]


def counted_states(projects: list[tuple[Project, str]]) -> Counter[str]:
    """How many projects are in each state."""
    return Counter(state for _project, state in projects)
