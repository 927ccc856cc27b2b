"""The overview of goals: the map of goals and bodies, conflicts, what is untouched, and the rows behind every number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted_to
from sagsgang.goals.forms.dashboard import PeriodForm
from sagsgang.goals.models import Direction, Project
from sagsgang.goals.permissions import may_see_goals
from sagsgang.goals.queries.dashboard import (
    counted_states,
    facts_of,
    grants_of,
    project_states,
    unmeasured,
    year_before,
)
from sagsgang.goals.rendering.dashboard import (
    MEASURES,
    UNKNOWN_STATE,
    Asked,
    bodies_of,
    dashboard_csv,
    dashboard_json,
    goal_name,
    goals_of,
    heat_of,
    period_words,
    state_name,
    states_plot,
)
from sagsgang.goals.rules.dashboard import (
    COUNTERS,
    FURTHERS,
    Cell,
    Facts,
    Placed,
    conflicts_between,
    conflicts_within,
    untouched,
)
from sagsgang.goals.views.register import csv_answer
from sagsgang.goals.views.tables import house_of

_YEARS = 4  # of which the overview is one press away


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case behind a number: what it grants, how it was assessed, and the items on which bodies treated it."""

    case: UUID
    title: str
    is_closed: bool
    kroner: Decimal | None = None
    ways: tuple[tuple[str, str, str], ...] = ()  # goal in words, direction, direction in words
    items: tuple[tuple[str, date, str], ...] = ()  # body, day, address of the decision or ""
    words: str = ""


def period_of(request: StaffRequest) -> tuple[date, date, PeriodForm]:
    """The days that the address names, or the twelve months to this day; and the form, with what is wrong in it."""
    today = localdate()
    start, end = year_before(today) + timedelta(days=1), today
    if not ("from" in request.GET or "to" in request.GET):
        return start, end, PeriodForm(initial={"from": start, "to": end})
    form = PeriodForm(request.GET)
    if form.is_valid():
        start, end = form.cleaned_data["from"], form.cleaned_data["to"]
    return start, end, form


def untouched_of(facts: Facts) -> list[str]:
    """The seventeen without a case in the twelve months before the end of the period, or this day."""
    last = min(facts.end, localdate())
    return untouched(facts, [goal for goal in goals_of(facts) if goal.isdecimal()], year_before(last))


@permitted_to(may_see_goals)
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    start, end, form = period_of(request)
    asked = Asked(authority.pk, start, end)
    measure = request.GET.get("measure", "")
    measure = measure if measure in MEASURES else MEASURES[0]
    facts = facts_of(request.user, authority, start, end)
    grants = grants_of(request.user, authority, start, end)
    states = counted_states(project_states(request.user, authority))
    local = facts.local_names
    year = localdate().year
    context = {
        "authority": authority,
        "authorities": houses,
        "form": form,
        "period": period_words(start, end),
        "years": [(one, _year_query(authority.pk, one, measure)) for one in range(year, year - _YEARS, -1)],
        "measure": measure,
        "measures": [
            (one, words, asked.query(measure=one))
            for one, words in zip(MEASURES, (gettext("Cases"), gettext("Kroner"), gettext("Decisions")), strict=True)
        ],
        "heat": heat_of(facts, measure, authority.name, asked),
        "grants": len(grants),
        "assessed": sum(one.is_assessed for one in grants),
        "grants_address": asked.rows(what="grants"),
        "assessed_address": asked.rows(what="grants-assessed"),
        "lacking_address": asked.rows(what="grants-lacking"),
        "within": [
            (
                row, asked.rows(what="case", case=row.case),
                [goal_name(goal, local) for goal in row.furthers], [goal_name(goal, local) for goal in row.counters],
            )
            for row in conflicts_within(facts)
        ],
        "between": [
            (
                row, goal_name(row.goal, local),
                *(asked.rows(goal=row.goal, body=row.body, year=row.year, way=way) for way in ("", FURTHERS, COUNTERS)),
            )
            for row in conflicts_between(facts)
        ],
        "untouched": [(goal, goal_name(goal, local)) for goal in untouched_of(facts)],
        "unmeasured": len(unmeasured(facts)),
        "unmeasured_address": asked.rows(what="unmeasured"),
        "projects": states_plot(states, asked),
        "query": asked.query(),
    }  # fmt: skip
    return render(request, "goals/dashboard.html", context, status=422 if form.is_bound and form.errors else 200)


def _year_query(authority: UUID, year: int, measure: str) -> str:
    return Asked(authority, date(year, 1, 1), date(year, 12, 31)).query(measure=measure)


@permitted_to(may_see_goals)
@require_safe
def dashboard_rows(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    start, end, _form = period_of(request)
    what = request.GET.get("what", "")
    lines: list[CaseLine] = []
    projects: list[tuple[Project, str]] = []
    if what == "projects":
        heading, projects = _projects(request)
    elif what.startswith("grants"):
        heading, lines = _grants(request, start, end, what)
    else:
        heading, lines = _assessed(request, facts_of(request.user, authority, start, end), what)
    context = {
        "authority": authority,
        "authorities": [],
        "several": len(houses) > 1,
        "heading": heading,
        "period": period_words(start, end),
        "lines": lines,
        "projects": projects,
        "kroner": sum((line.kroner or Decimal(0) for line in lines), Decimal(0)),
        "decisions": sum(bool(address) for line in lines for _body, _on, address in line.items),
        "is_of_projects": what == "projects",
        "back": f"{reverse('goals:dashboard')}?{Asked(authority.pk, start, end).query()}",
    }
    return render(request, "goals/dashboard_rows.html", context)


def _assessed(request: StaffRequest, facts: Facts, what: str) -> tuple[str, list[CaseLine]]:
    """Cases with the items on which bodies treated them: those that the number counted."""
    goal, body, case, year, way = (request.GET.get(name, "") for name in ("goal", "body", "case", "year", "way"))
    left = {str(one) for one in unmeasured(facts)} if what == "unmeasured" else None

    def fits(one: Placed) -> bool:
        return (
            goal in ("", one.tag.goal)
            and body in ("", str(one.at.body))
            and case in ("", str(one.at.case))
            and year in ("", str(one.at.on.year))
            and way in ("", one.tag.direction)
            and (left is None or str(one.at.case) in left)
        )

    cell = facts.chosen(fits)
    bodies = {str(key): name for key, name in bodies_of(facts).items()}
    named = [goal_name(goal, facts.local_names) if goal in goals_of(facts) else "", bodies.get(body, ""), year]
    named += [str(Direction(way).label)] if way in Direction.values else []
    if what == "unmeasured":
        heading = gettext("Cases that no indicator was to be moved by")
    elif what == "case":
        heading = gettext("A case with goals in conflict")
    else:
        heading = ", ".join(filter(None, named)) or gettext("Cases about the goals")
    return heading, _lines(cell, facts)


def _lines(cell: Cell, facts: Facts) -> list[CaseLine]:
    """Its cases, the newest on an agenda first."""
    by_case: dict[UUID, list[Placed]] = {}
    for one in sorted(cell.placed, key=lambda one: (-one.at.on.toordinal(), one.at.body_name.casefold())):
        by_case.setdefault(one.at.case, []).append(one)
    return [
        CaseLine(
            case=case,
            title=placed[0].at.title,
            is_closed=any(one.at.is_closed for one in placed),
            kroner=facts.amounts.get(case),
            ways=_ways(placed, facts),
            items=tuple(dict.fromkeys((one.at.body_name, one.at.on, _decision(one)) for one in placed)),
        )
        for case, placed in by_case.items()
    ]


def _ways(placed: Iterable[Placed], facts: Facts) -> tuple[tuple[str, str, str], ...]:
    order = goals_of(facts)
    tags = sorted({(one.tag.goal, one.tag.direction) for one in placed}, key=lambda tag: (order.index(tag[0]), tag[1]))
    return tuple(
        (goal_name(goal, facts.local_names), way, str(capfirst(str(Direction(way).label)))) for goal, way in tags
    )


def _decision(one: Placed) -> str:
    """Where the decision is read, "" where there is none that she may read."""
    if not one.at.is_decided:
        return ""
    page = reverse("meetings:item", args=[one.at.page])
    return page if one.at.page == one.at.item else f"{page}#delpunkt-{one.at.item}"


def _grants(request: StaffRequest, start: date, end: date, what: str) -> tuple[str, list[CaseLine]]:
    headings = {
        "grants-assessed": gettext("Cases that grant money, with an assessment"),
        "grants-lacking": gettext("Cases that grant money, without an assessment"),
    }
    found = grants_of(request.user, house_of(request)[0], start, end)
    if what in headings:
        found = [one for one in found if one.is_assessed == (what == "grants-assessed")]
    said = {True: gettext("assessed, or stated that no goal is relevant"), False: gettext("no assessment")}
    lines = [CaseLine(one.case, one.title, one.is_closed, words=said[one.is_assessed]) for one in found]
    return headings.get(what, gettext("Cases that grant money")), lines


def _projects(request: StaffRequest) -> tuple[str, list[tuple[Project, str]]]:
    state = request.GET.get("state", "")
    wanted = "" if state == UNKNOWN_STATE else state
    rows = [
        (row, state_name(found))
        for row, found in project_states(request.user, house_of(request)[0])
        if not state or found == wanted
    ]
    return gettext("Projects: {state}").format(state=rows[0][1] if state and rows else gettext("all")), rows


@permitted_to(may_see_goals)
@require_safe
def dashboard_file(request: StaffRequest) -> HttpResponse:
    authority, _houses = house_of(request)
    start, end, _form = period_of(request)
    content = dashboard_csv(facts_of(request.user, authority, start, end))
    return csv_answer(content, f"Verdensmål, overblik {start.isoformat()} til {end.isoformat()}, {authority.name}.csv")


@permitted_to(may_see_goals)
@require_safe
def dashboard_data(request: StaffRequest) -> HttpResponse:
    authority, _houses = house_of(request)
    start, end, _form = period_of(request)
    facts = facts_of(request.user, authority, start, end)
    states = counted_states(project_states(request.user, authority))
    grants = grants_of(request.user, authority, start, end)
    content = dashboard_json(facts, untouched_of(facts.open_only()), grants, states, authority.name)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    name = f"Verdensmål, overblik {start.isoformat()} til {end.isoformat()}, {authority.name}.json"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
