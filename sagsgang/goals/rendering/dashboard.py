"""The overview of goals as plots, as CSV that Danish Excel opens, and as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext, override, pgettext

from sagsgang.core.plots import Bar, BarPlot, HeatMap, HeatRow
from sagsgang.core.spreadsheets import as_csv
from sagsgang.goals.catalogue import un_goal, un_goals
from sagsgang.goals.models import ProjectState
from sagsgang.goals.queries.dashboard import Grant
from sagsgang.goals.rendering.files import LANGUAGE
from sagsgang.goals.rules.dashboard import Cell, Facts, cells, conflicts_between, conflicts_within

MEASURES = ("cases", "kroner", "decisions")
UNKNOWN_STATE = "none"  # of a project of which nobody has said how it goes
_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose overview, of which days, as the addresses of its rows carry them."""

    authority: UUID
    start: date
    end: date

    def rows(self, **what: object) -> str:
        """The page with the rows behind a number."""
        return f"{reverse('goals:dashboard-rows')}?{self.query(**what)}"

    def query(self, **more: object) -> str:
        """The same overview in an address."""
        kept = {"authority": self.authority, "from": self.start.isoformat(), "to": self.end.isoformat()}
        return urlencode({key: str(value) for key, value in (kept | more).items() if value})


def goal_name(goal: str, local: Mapping[str, str]) -> str:
    """The goal with its number, or the local goal by its name."""
    return str(un_goal(int(goal))) if goal.isdecimal() else local.get(goal, "")


def goals_of(facts: Facts) -> list[str]:
    """All seventeen, and the local goals that something is assessed against, by name."""
    local = sorted(facts.local_names, key=lambda key: facts.local_names[key].casefold())
    return [str(goal.number) for goal in un_goals()] + local


def bodies_of(facts: Facts) -> dict[UUID, str]:
    """The bodies that met an assessed case in the period, by name, in the order of the facts."""
    return {one.at.body: one.at.body_name for one in facts.placed()}


def measured(cell: Cell, facts: Facts, measure: str) -> int:
    """What a square of the map shows; money in thousands of kroner."""
    if measure == "kroner":
        return round(cell.kroner(facts.amounts) / 1000)
    return len(cell.decisions if measure == "decisions" else cell.cases)


def period_words(start: date, end: date) -> str:
    """Both days."""
    return gettext("{start} to {end}").format(
        start=date_format(start, "DATE_FORMAT"), end=date_format(end, "DATE_FORMAT")
    )


def heat_of(facts: Facts, measure: str, authority: str, asked: Asked) -> HeatMap | None:
    """Goals × bodies; every number leads to its rows. None where no assessed case was on an agenda."""
    bodies = bodies_of(facts)
    if not bodies:
        return None
    titles = {
        "cases": gettext("Cases about the goals, {period}"),
        "kroner": gettext("Grants in cases about the goals, 1,000 kroner, {period}"),
        "decisions": gettext("Decisions in cases about the goals, {period}"),
    }
    units = {"cases": gettext("cases"), "kroner": gettext("1,000 kroner"), "decisions": gettext("decisions")}
    found = cells(facts)
    rows = []
    for goal in goals_of(facts):
        mine = [found.get((goal, body), _EMPTY) for body in bodies]
        hrefs = [
            asked.rows(goal=goal, body=body, measure=measure) if cell.placed else ""
            for body, cell in zip(bodies, mine, strict=True)
        ]
        values = tuple(measured(cell, facts, measure) for cell in mine)
        rows.append(HeatRow(goal_name(goal, facts.local_names), values, tuple(hrefs)))
    return HeatMap(
        title=titles[measure].format(period=period_words(facts.start, facts.end)),
        head=gettext("Goal"),
        columns=tuple(bodies.values()),
        rows=tuple(rows),
        unit=units[measure],
        source=gettext("{authority}: the caseworkers’ own assessments, counted on {day}").format(
            authority=authority, day=date_format(localdate(), "DATE_FORMAT")
        ),
    )


def state_name(state: str) -> str:
    """The state of a project in words."""
    words = ProjectState(state).label if state else pgettext("state of a project", "nothing said yet")
    return str(capfirst(str(words)))


def states_plot(counts: Mapping[str, int], asked: Asked) -> BarPlot | None:
    """The projects by how far they are carried out; None where there is none."""
    bars = tuple(
        Bar(state_name(state), (counts[state],), href=asked.rows(what="projects", state=state or UNKNOWN_STATE))
        for state in (*ProjectState.values, "")
        if counts.get(state)
    )
    title, head = gettext("Projects by how far they are carried out"), gettext("State")
    return BarPlot(title, head, (gettext("Projects"),), bars) if bars else None


def dashboard_csv(facts: Facts) -> bytes:
    """A row for each goal and body; of open cases and items alone, since a file goes from hand to hand."""
    facts = facts.open_only()
    with override(LANGUAGE):
        heading = (
            gettext("Goal"), gettext("Body"), gettext("From"), gettext("To"), gettext("Cases"), gettext("Decisions"),
            gettext("Kroner granted"), *(capfirst(words) for words in _direction_words()),
        )  # fmt: skip
        bodies = bodies_of(facts)
        rows = [
            (
                goal_name(goal, facts.local_names), bodies[body], facts.start.isoformat(), facts.end.isoformat(),
                str(len(cell.cases)), str(len(cell.decisions)), f"{cell.kroner(facts.amounts):.2f}".replace(".", ","),
                *(str(len(cell.towards(direction))) for direction in ("furthers", "neutral", "counters")),
            )
            for (goal, body), cell in _in_order(facts)
        ]  # fmt: skip
        return as_csv([heading, *rows])


def _direction_words() -> tuple[str, ...]:
    return (
        pgettext("direction of a goal", "furthers"), pgettext("direction of a goal", "neutral"),
        pgettext("direction of a goal", "counters"),
    )  # fmt: skip


def _in_order(facts: Facts) -> list[tuple[tuple[str, UUID], Cell]]:
    goals, bodies = goals_of(facts), list(bodies_of(facts))
    found = cells(facts)
    return [((goal, body), found[goal, body]) for goal in goals for body in bodies if (goal, body) in found]


def dashboard_json(
    facts: Facts, untouched: Sequence[str], grants: Sequence[Grant], states: Mapping[str, int], authority: str
) -> bytes:
    """The overview as a tree, of open cases and items alone; `untouched` are goals, `states` projects by state."""
    facts = facts.open_only()
    bodies, local = bodies_of(facts), facts.local_names
    granted = [one for one in grants if not one.is_closed]
    with override(LANGUAGE):
        tree: dict[str, Any] = {
            "authority": authority,
            "from": facts.start.isoformat(),
            "to": facts.end.isoformat(),
            "counted_on": localdate().isoformat(),
            "goals_by_body": [
                {
                    "goal": goal_name(goal, local), "body": bodies[body], "cases": len(cell.cases),
                    "decisions": len(cell.decisions), "kroner": float(cell.kroner(facts.amounts)),
                    **{way: len(cell.towards(way)) for way in ("furthers", "neutral", "counters")},
                }
                for (goal, body), cell in _in_order(facts)
            ],
            "grant_cases": {"all": len(granted), "assessed": sum(one.is_assessed for one in granted)},
            "no_case_for_12_months": [goal_name(goal, local) for goal in untouched],
            "conflicts_within_a_case": [
                {
                    "case": row.title,
                    "furthers": [goal_name(goal, local) for goal in row.furthers],
                    "counters": [goal_name(goal, local) for goal in row.counters],
                }
                for row in conflicts_within(facts)
            ],
            "conflicts_between_cases": [
                {
                    "goal": goal_name(row.goal, local), "body": row.body_name, "year": row.year,
                    "furthers": len(row.furthers), "counters": len(row.counters),
                }
                for row in conflicts_between(facts)
            ],
            "projects_by_state": {state_name(state): count for state, count in states.items()},
        }  # fmt: skip
    return json.dumps(tree, ensure_ascii=False, indent=1).encode()
