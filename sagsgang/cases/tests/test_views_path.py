"""The path of a case is composed on one page and checked while it is composed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case, PathStep
from sagsgang.cases.tests.factories import Town, add_step, htmx, make_case, signed_in_as
from sagsgang.core.models import AuditEntry, subject_of

TODAY = date(2023, 3, 27)


@pytest.fixture(autouse=True)
def spring_of_2023() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def planned(town: Town) -> Town:
    """The meetings of spring 2023: the collision of finance committee and council around Ascension Day."""
    for body, days in (
        (town.dir, ["2023-04-12", "2023-05-10"]), (town.hu, ["2023-04-27"]), (town.mtu, ["2023-04-24"]),
        (town.fin, ["2023-05-16", "2023-06-13"]), (town.kb, ["2023-05-23", "2023-06-20"]),
    ):  # fmt: skip
        for day in days:
            body.meetings.create(held_on=day)
    return town


def row(number: int, body: Body, day: str, purpose: str = "recommendation", **more: object) -> dict[str, object]:
    values = {"body": body.pk, "purpose": purpose, "planned_on": day, "reading": "", "step_id": ""} | more
    return {f"s{number}-{name}": value for name, value in values.items()}


def sent(case: Case, client: Client, rows: list[dict[str, object]], act: str) -> object:
    seen = client.get(reverse("cases:path", args=[case.pk])).context["stamp"]
    data = {"rows": len(rows), "seen": seen, "act": act} | {k: v for one in rows for k, v in one.items()}
    return client.post(reverse("cases:compose-path", args=[case.pk]), data)


def four(town: Town, council: str = "2023-05-23") -> list[dict[str, object]]:
    return [
        row(0, town.dir, "2023-04-12", "discussion"),
        row(1, town.hu, "2023-04-27", "discussion"),
        row(2, town.fin, "2023-05-16"),
        row(3, town.kb, council, "decision"),
    ]


def test_a_path_is_saved_in_its_order(planned: Town) -> None:
    case = make_case(planned)

    answer = sent(case, signed_in_as(planned.writer), four(planned), "save")

    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert [(s.body.code, s.planned_on, s.purpose) for s in case.path.all()] == [
        ("DIR", date(2023, 4, 12), "discussion"), ("HU", date(2023, 4, 27), "discussion"),
        ("ØK", date(2023, 5, 16), "recommendation"), ("KB", date(2023, 5, 23), "decision"),
    ]  # fmt: skip
    assert AuditEntry.objects.get(subject=subject_of(case)).verb == "compose_path"


def test_the_collision_of_may_2023_is_found_while_composing(planned: Town) -> None:
    case = make_case(planned)

    answer = sent(case, htmx(planned.writer), four(planned), "look")

    findings = [f for f in answer.context["findings"] if f.rule == "R6"]  # type: ignore[attr-defined]
    assert [(f.step, f.severity, f.nearest) for f in findings] == [(3, "warning", date(2023, 6, 20))]
    for words in ("16. maj", "17. maj", "20. juni 2023"):
        assert words in findings[0].message
    assert PathStep.objects.count() == 0


def test_the_nearest_day_is_taken_by_one_press(planned: Town) -> None:
    case = make_case(planned)

    answer = sent(case, htmx(planned.writer), four(planned), "day-3-2023-06-20")

    assert answer.context["findings"] == []  # type: ignore[attr-defined]
    assert 'value="2023-06-20" selected' in answer.content.decode()  # type: ignore[attr-defined]


def test_dates_are_proposed_for_the_whole_path(planned: Town) -> None:
    case = make_case(planned)
    rows = [one | {f"s{n}-planned_on": ""} for n, one in enumerate(four(planned))]

    answer = sent(case, htmx(planned.writer), rows, "propose")

    days = [form["planned_on"].value() for form in answer.context["forms"]]  # type: ignore[attr-defined]
    assert days == ["2023-04-12", "2023-04-27", "2023-05-16", "2023-06-20"]
    assert answer.context["findings"] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("act", "order"),
    [("up-1", ["HU", "DIR", "ØK", "KB"]), ("down-3", ["DIR", "HU", "ØK", "KB"]), ("remove-0", ["HU", "ØK", "KB"]),
     ("up-99", ["DIR", "HU", "ØK", "KB"]), ("nonsense", ["DIR", "HU", "ØK", "KB"])],
)  # fmt: skip
def test_steps_are_moved_and_removed_without_javascript(act: str, order: list[str], planned: Town) -> None:
    case = make_case(planned)

    answer = sent(case, signed_in_as(planned.writer), four(planned), act)

    codes = [form.chosen_body.code for form in answer.context["forms"]]  # type: ignore[attr-defined]
    assert codes == order
    assert PathStep.objects.count() == 0


def test_two_who_compose_at_once_are_told(planned: Town) -> None:
    case = make_case(planned)
    writer, colleague = signed_in_as(planned.writer), signed_in_as(planned.colleague)
    seen = writer.get(reverse("cases:path", args=[case.pk])).context["stamp"]
    sent(case, colleague, [row(0, planned.mtu, "2023-04-24")], "save")
    data = {"rows": 1, "seen": seen, "act": "save"} | row(0, planned.dir, "2023-04-12")

    answer = writer.post(reverse("cases:compose-path", args=[case.pk]), data)

    assert answer.status_code == 422
    assert "En anden har rettet sagsgangen" in answer.content.decode()
    assert [step.body.code for step in case.path.all()] == ["MTU"]
    assert [form.chosen_body.code for form in answer.context["forms"]] == ["DIR"]


def test_a_step_that_is_on_an_agenda_is_not_taken_out(planned: Town) -> None:
    case = make_case(planned)
    step = add_step(case, planned.mtu, date(2023, 4, 24))
    meeting = planned.mtu.meetings.get()
    meeting.items.create(case=case, step=step, position=1, access="open", title="Ny sti ved åen")
    client = signed_in_as(planned.writer)

    answer = sent(case, client, [row(0, planned.dir, "2023-04-12")], "save")

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert list(case.path.all()) == [step]


def test_a_step_that_is_taken_out_stays_in_the_table(planned: Town) -> None:
    case = make_case(planned)
    step = add_step(case, planned.mtu, date(2023, 4, 24))

    sent(case, signed_in_as(planned.writer), [], "save")

    assert list(case.path.all()) == []
    assert list(PathStep.history.filter(case=case)) == [step]


@pytest.mark.parametrize("rows", ["-1", "x", "999999"])
def test_a_tampered_form_breaks_nothing(rows: str, planned: Town) -> None:
    case = make_case(planned)
    client = signed_in_as(planned.writer)

    for act in ("save", "day-0-2023-99-99", "up--1", ""):
        data = {"rows": rows, "seen": "x", "act": act, "s0-body": "y", "s0-step_id": "z", "s0-reading": "9"}
        assert client.post(reverse("cases:compose-path", args=[case.pk]), data).status_code in (200, 302, 422)
    assert PathStep.objects.count() == 0


def test_the_secretary_of_a_body_on_the_path_may_plan_and_a_reader_may_not(planned: Town) -> None:
    case = make_case(planned)
    add_step(case, planned.mtu, date(2023, 4, 24))
    case.review_copies.create(reader=planned.stranger, asked_by=planned.writer)

    assert sent(case, signed_in_as(planned.secretary), [], "look").status_code == 200  # type: ignore[attr-defined]
    client = signed_in_as(planned.stranger)
    assert client.get(reverse("cases:path", args=[case.pk])).status_code == 200
    assert sent(case, client, [], "save").status_code == 403  # type: ignore[attr-defined]


def test_the_page_asks_as_often_for_three_steps_as_for_thirty(
    planned: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = make_case(planned, "Få"), make_case(planned, "Mange")
    for case, count in ((few, 3), (many, 30)):
        for number in range(count):
            add_step(case, planned.mtu, TODAY + timedelta(days=number))
    client = signed_in_as(planned.writer)

    for case in (few, many):
        with django_assert_num_queries(11):
            client.get(reverse("cases:path", args=[case.pk]))
