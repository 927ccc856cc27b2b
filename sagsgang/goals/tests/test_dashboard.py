"""The overview of goals: what it counts, for whom, what lies behind each number, and what it costs."""

import json
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from sagsgang.cases.models import Case, Presentation
from sagsgang.goals import actions
from sagsgang.goals.tests.factories import Town, assess, make_case, make_item, project
from sagsgang.meetings.models import AgendaItem

SECRET = "Afskedigelse af en leder"


@pytest.fixture(autouse=True)
def english(settings: Settings) -> object:
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel("2026-03-20 12:00"):
        yield


def copy_of(case: Case) -> None:
    """The same case once more, with its assessment and its item."""
    item, tag = case.agenda_items.get(), case.goal_tags.get()
    for row in (case, item, tag):
        row.pk, row._state.adding = uuid4(), True
    item.position = AgendaItem.objects.count() + 1
    case.save()
    item.case = tag.case = case
    item.save()
    tag.save()


def as_user(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.users[name])
    return client


def fill(town: Town) -> None:
    """Two open cases that pull goal 6 both ways, one of them in conflict with itself; a closed one; a project."""
    lake, road = make_case(town), make_case(town, "Ny vej til havnen")
    dismissal = make_case(town, SECRET, access="closed", ground="personal")
    for case, goal, direction in (
        (lake, "6", "furthers"), (lake, "6.6", "furthers"), (lake, "8", "counters"), (road, "6", "counters"),
        (dismissal, "8.5", "counters"),
    ):  # fmt: skip
        assess(town, case, goal, direction=direction)
    words = Presentation.objects.create(case=lake, body=town.dir)
    for year in (2026, 2027):
        words.appropriations.create(position=year, side="grant", account="Natur", year=year, amount=750_000)
    make_item(town, lake, date(2026, 3, 3), decided=True)
    make_item(town, lake, date(2026, 2, 3))
    make_item(town, road, date(2026, 3, 3))
    make_item(town, dismissal, date(2026, 3, 3), access="closed", ground="personal", decided=True)
    make_item(town, make_case(town, "For længe siden"), date(2024, 3, 3))
    work = project(town)
    actions.add_project_note(work, on=date(2026, 2, 1), state="delayed", words="", actor=town.secretary)
    project(town, "Grøn havn")


def test_every_number_leads_to_its_rows_and_the_files_hold_what_is_open(town: Town) -> None:
    fill(town)
    client = as_user(town, "secretary")

    page = client.get(reverse("goals:dashboard"))
    heat = page.context["heat"]
    values = {row.label: row.values for row in heat.rows}
    assert (heat.columns, len(heat.rows)) == (("Direktionen",), 17)
    assert (values["6. Clean water and sanitation"], values["8. Decent work and economic growth"]) == ((2,), (2,))
    assert [list(row[2:]) for row in page.context["within"]] == [
        [["6. Clean water and sanitation"], ["8. Decent work and economic growth"]]
    ]
    assert [(row.year, len(row.furthers), len(row.counters)) for row, *_ in page.context["between"]] == [(2026, 1, 1)]
    assert (page.context["grants"], page.context["assessed"], page.context["unmeasured"]) == (1, 1, 3)
    assert {"6", "8"}.isdisjoint(goal for goal, _ in page.context["untouched"])
    assert len(page.context["untouched"]) == 15
    assert [bar.values for bar in page.context["projects"].bars] == [(1,), (1,)]

    for measure, number in (("cases", 2), ("kroner", 1500), ("decisions", 1)):
        shown = client.get(reverse("goals:dashboard"), {"measure": measure}).context["heat"]
        row = next(row for row in shown.rows if row.label.startswith("6."))
        assert row.values == (number,)
        behind = client.get(row.hrefs[0]).context
        told = {"cases": len(behind["lines"]), "kroner": behind["kroner"] / 1000, "decisions": behind["decisions"]}
        assert told[measure] == number
    addresses = [page.context[f"{name}_address"] for name in ("assessed", "lacking", "unmeasured")]
    assert [len(client.get(address).context["lines"]) for address in addresses] == [1, 0, 3]
    for _row, address, *_words in page.context["within"]:
        assert len(client.get(address).context["lines"]) == 1
    for _row, _goal, *ways in page.context["between"]:
        assert [len(client.get(address).context["lines"]) for address in ways[:2]] == [2, 1]
    for bar in page.context["projects"].bars[:1]:
        assert len(client.get(bar.href).context["projects"]) == 1

    spread = client.get(reverse("goals:dashboard-file")).content.decode()
    tree = json.loads(client.get(reverse("goals:dashboard-data")).content)
    assert SECRET not in spread + str(tree)
    assert [(row["goal"][:1], row["cases"], row["kroner"]) for row in tree["goals_by_body"]] == [
        ("6", 2, 1500000), ("8", 1, 1500000),
    ]  # fmt: skip
    assert len(tree["no_case_for_12_months"]) == 15

    worker = as_user(town, "caseworker").get(reverse("goals:dashboard"), {"measure": "decisions"})
    assert {row.values for row in worker.context["heat"].rows} == {(0,)}  # the body's decisions are not hers to read
    none = as_user(town, "auditor").get(reverse("goals:dashboard"))
    assert none.context["heat"] is None
    other = as_user(town, "other")
    assert SECRET not in other.get(reverse("goals:dashboard-rows")).content.decode()


def test_a_period_that_is_none_is_said_and_kept(town: Town) -> None:
    answer = as_user(town, "caseworker").get(reverse("goals:dashboard"), {"from": "2026-03-02", "to": "2026-03-01"})

    assert answer.status_code == 422
    assert "The last day lies before the first." in answer.content.decode()
    assert 'value="2026-03-02"' in answer.content.decode()


@pytest.mark.long
def test_it_costs_the_same_for_many_cases(town: Town) -> None:
    client, costs = as_user(town, "caseworker"), []
    for number in (3, 17):
        case = make_case(town)
        assess(town, case, str(number))
        make_item(town, case, date(2026, 3, 3), decided=True)
        project(town, f"Projekt {number}")
        for _ in range(0 if number == 3 else 300):
            copy_of(case)
        for name in ("dashboard", "dashboard-rows", "dashboard-data"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(f"goals:{name}")).status_code == 200
            costs.append(len(asked))

    assert costs[:3] == costs[3:]
    assert max(costs) <= 12
