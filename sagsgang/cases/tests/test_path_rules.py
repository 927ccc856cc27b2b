"""Every rule of the path, by tables, without a database (domain R1–R14, 3.4)."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from sagsgang.cases.plans import PlannedHearing
from sagsgang.cases.rules.path import check_path
from sagsgang.cases.tests.path_plans import BODIES, MEETINGS, day, found, plan

DIR, HU = "DIR 2023-04-12 discussion", "HU 2023-04-27 discussion"
MTU = "MTU 2023-04-24 recommendation"
ØK, KB = "ØK 2023-05-16 recommendation", "KB 2023-05-23 decision"
ØK_IN_TIME, KB_IN_JUNE = "ØK 2023-05-09 recommendation", "KB 2023-06-20 decision"


def test_the_collision_of_may_2023_is_a_warning_with_the_next_council_meeting() -> None:
    assert found(DIR, HU, ØK, KB) == [(3, "R6", "warning", "2023-06-20")]


def test_the_collision_is_told_with_both_deadlines() -> None:
    with translation.override("en"):
        (finding,) = check_path(plan(DIR, HU, ØK, KB))

    assert finding.source == "Local Government Act § 8(4)"
    assert finding.message == (
        "The protocol of Økonomiudvalget May 16 cannot go on before May 17, but the material for Kommunalbestyrelsen"
        " May 23, 2023 must be out by May 16 (if Saturday does not count) or May 17 (if it does)."
        " Nearest meeting that can be reached safely: June 20, 2023."
    )


@pytest.mark.parametrize(
    ("protocol_days", "expected"),
    [
        (0, []),
        (1, [(1, "R6", "warning", "2023-06-20")]),
        (2, [(1, "R6", "error", "2023-06-20")]),
        (30, [(1, "R6", "error", "2023-08-29")]),
        (300, [(1, "R6", "error", None)]),
    ],
)
def test_how_long_a_protocol_takes_decides(protocol_days: int, expected: list[Any]) -> None:
    bodies = BODIES | {"ØK": replace(BODIES["ØK"], protocol_days=protocol_days)}

    assert found(ØK, KB, bodies=bodies) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([DIR, MTU, ØK_IN_TIME, KB], []),
        ([DIR, MTU, "BSU 2023-04-25 recommendation parallel", ØK_IN_TIME, KB], []),
        # R1
        (["DIR 2023-04-13 discussion", ØK_IN_TIME], [(0, "R1", "error", "2023-04-12")]),
        ([DIR, "MTU - recommendation", ØK_IN_TIME, KB], [(1, "R1", "warning", "2023-04-24")]),
        (["MTU - recommendation"], [(0, "R1", "warning", None)]),
        (["KB 2101-05-23 decision"], [(0, "R1", "error", None)]),
        # order
        ([MTU, "DIR 2023-04-12 discussion"], [(1, "R6", "error", "2023-05-10")]),
        (["MTU 2023-04-24 discussion", "KB 2023-04-25 decision"], [(1, "R6", "error", "2023-05-23")]),
        (["BSU 2023-04-25 discussion", "KB 2023-04-25 decision"], [(1, "R6", "error", "2023-05-23")]),
        (["BSU 2023-04-25 discussion", "KB 2023-04-25 discussion parallel"], []),
        ([KB, "ØK 2023-06-13 recommendation"], [(1, "R6", "error", None)]),
        ([KB, "HU 2023-06-01 orientation"], []),
        # the earlier committee's protocol counts even where another step lies between without a day
        ([ØK, "HU - discussion", KB], [(1, "R1", "warning", "2023-06-01"), (2, "R6", "warning", "2023-06-20")]),
        # R11
        ([KB + " 1", KB_IN_JUNE + " 2"], []),
        ([KB + " 1"], [(0, "R11", "warning", None)]),
        ([KB + " 2"], [(0, "R11", "error", None)]),
        ([KB + " 2", KB_IN_JUNE + " 1"], [(0, "R11", "error", None)]),
        ([KB + " 1", KB_IN_JUNE + " 1"], [(1, "R11", "warning", None), (1, "R11", "error", None)]),
        ([KB, KB_IN_JUNE], [(1, "R11", "warning", None)]),
        (["MTU 2023-04-24 discussion", "MTU 2023-05-30 recommendation"], []),
        # R22
        (["HU 2023-04-27 decision"], [(0, "R22", "warning", None)]),
    ],
)
def test_a_path_and_what_is_found(steps: list[str], expected: list[Any]) -> None:
    assert found(*steps) == expected


def test_a_council_meeting_six_days_after_the_first_reading_will_do_and_five_will_not() -> None:
    bodies = BODIES | {"KB": replace(BODIES["KB"], agenda_days=1, protocol_days=0)}

    def at(second: str) -> list[Any]:
        meetings = {"KB": (day("2023-05-23"), day(second), day("2023-06-20"))}
        return found(KB + " 1", f"KB {second} decision 2", bodies=bodies, meetings=meetings)

    assert at("2023-05-30") == []
    assert at("2023-05-26") == [(1, "R11", "error", "2023-06-20")]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([ØK_IN_TIME, KB + " 1", KB_IN_JUNE + " 2"], []),
        ([ØK_IN_TIME, KB], [(1, "R11", "error", None)]),
        ([ØK_IN_TIME, KB + " 1"], [(1, "R11", "error", None)]),
        ([KB + " 1", "ØK 2023-06-13 statement", KB_IN_JUNE + " 2"], [(0, "R12", "error", "2023-05-09")]),
    ],
)  # fmt: skip
def test_the_budget_has_two_readings_and_starts_in_the_finance_committee(steps: list[str], expected: list[Any]) -> None:
    assert found(*steps, budget=True) == expected


def test_the_readings_of_the_budget_are_three_weeks_apart() -> None:
    meetings = {"ØK": (day("2023-08-29"),), "KB": tuple(map(day, ("2023-09-12", "2023-10-02", "2023-10-03")))}
    first, committee = "KB 2023-09-12 decision 1", "ØK 2023-08-29 statement"

    def at(second: str) -> list[Any]:
        return found(committee, first, f"KB {second} decision 2", budget=True, meetings=meetings)

    assert at("2023-10-02") == [(2, "R11", "error", "2023-10-03")]
    assert at("2023-10-03") == []


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([DIR, ØK_IN_TIME, KB], []),
        ([DIR, MTU, KB], [(2, "R12", "error", "2023-05-09")]),
        ([KB], [(0, "R12", "error", "2023-05-09")]),
        (["KB 2023-04-25 decision"], [(0, "R12", "error", None)]),
        ([KB, "ØK 2023-06-13 statement"], [(0, "R12", "error", "2023-05-09"), (1, "R12", "error", None)]),
        (["ØK 2023-05-09 orientation", KB], [(0, "R12", "warning", None)]),
        ([MTU], []),
        (["KB 2023-05-23 orientation"], []),
        (["KB - decision"], [(0, "R1", "warning", None), (0, "R12", "error", None)]),
    ],
)
def test_the_finance_committee_gives_its_statement_on_what_touches_the_economy(
    steps: list[str], expected: list[Any]
) -> None:
    assert found(*steps, economy=True) == expected


def test_without_a_finance_committee_in_the_plan_there_is_no_nearest_day() -> None:
    assert found(KB, economy=True, bodies={"KB": BODIES["KB"]}) == [(0, "R12", "error", None)]


@pytest.mark.parametrize(
    ("hearings", "expected"),
    [
        ([], [(2, "R14", "error", None)]),
        ([("elderly", "2023-05-16", False)], []),
        ([("elderly", "2023-05-17", False)], [(2, "R14", "warning", "2023-06-20")]),
        ([("elderly", "2023-05-18", False)], [(2, "R14", "error", "2023-06-20")]),
        ([("elderly", "2023-05-18", True)], []),
        ([("elderly", "2023-05-10", False), ("elderly", "2023-06-10", False)], []),
        ([("disability", "2023-05-10", False)], [(2, "R14", "error", None)]),
        ([("elderly", "2023-05-10", False), ("staff", "2023-06-10", False)], [(2, "R14", "warning", "2023-06-20")]),
    ],
)
def test_the_elders_council_is_heard_before_the_first_body_decides(
    hearings: list[tuple[str, str, bool]], expected: list[Any]
) -> None:
    planned = tuple(PlannedHearing(concern, day(on), is_waived) for concern, on, is_waived in hearings)

    assert found(MTU, ØK_IN_TIME, KB, elderly=True, hearings=planned) == expected


def test_both_councils_are_asked_where_both_are_concerned() -> None:
    hearings = (PlannedHearing("disability", day("2023-04-17")),)

    assert found(MTU, elderly=True, disability=True, hearings=hearings) == [(0, "R14", "error", None)]
    assert found(MTU, disability=True, hearings=hearings) == []
    assert found(DIR, HU, disability=True) == []


def test_a_step_of_hearing_is_a_hearing_and_stands_before_the_decision() -> None:
    hearing = "ÆR 2023-04-20 hearing"

    assert found(hearing, ØK_IN_TIME, KB, elderly=True) == []
    assert found(hearing, ØK_IN_TIME, KB, elderly=True, disability=True) == [(2, "R14", "error", None)]
    assert found("HU 2023-04-27 hearing", ØK_IN_TIME, KB, elderly=True) == [(2, "R14", "error", None)]
    assert found(ØK_IN_TIME, KB, "ÆR 2023-05-25 hearing", elderly=True) == [
        (2, "R6", "error", None),  # the council's protocol is not there in time,
        (2, "R6", "error", None),  # nobody is heard about what is decided,
        (2, "R14", "error", None),  # and the law wants it heard before
    ]


@pytest.mark.parametrize("code", ["KB", "MTU"])
def test_an_agenda_is_always_sent(code: str) -> None:
    bodies = BODIES | {code: replace(BODIES[code], agenda_days=0)}

    assert found(MTU, KB, bodies=bodies) == [(("MTU", "KB").index(code), "R4", "error", None)]


def test_a_meeting_on_a_holiday_a_sunday_or_a_closing_day_is_questioned() -> None:
    meetings = {"KB": tuple(map(day, ("2023-05-18", "2023-05-21", "2023-06-05", "2023-06-20")))}

    assert found("KB 2023-05-18 decision", meetings=meetings) == [(0, "R1", "warning", "2023-06-05")]
    assert found("KB 2023-05-21 decision", meetings=meetings) == [(0, "R1", "warning", "2023-06-05")]
    assert found("KB 2023-06-05 decision", meetings=meetings) == []
    closed = frozenset({day("2023-06-05")})
    assert found("KB 2023-06-05 decision", meetings=meetings, closing_days=closed) == [
        (0, "R1", "warning", "2023-06-20")
    ]


def test_closing_days_move_the_deadlines_of_the_path() -> None:
    assert found(ØK_IN_TIME, "KB 2023-05-23 decision", closing_days=frozenset({day("2023-05-17")})) == []
    assert found(ØK, "KB 2023-05-23 decision", closing_days=frozenset({day("2023-05-17")})) == [
        (1, "R6", "error", "2023-06-20")
    ]


def test_a_nearest_meeting_that_pushes_later_steps_says_so() -> None:
    meetings = {code: tuple(map(day, days)) for code, days in MEETINGS.items()}
    meetings["ØK"] = (day("2023-04-24"), day("2023-06-13"))

    with translation.override("en"):
        (finding,) = check_path(plan(MTU, "ØK 2023-04-24 recommendation", KB, meetings=meetings))

    assert (finding.step, finding.rule, finding.nearest) == (1, "R6", day("2023-06-13"))
    assert finding.message.endswith("June 13, 2023. Later steps must then be moved too.")


def test_an_empty_path_and_an_unsorted_plan_are_no_trouble() -> None:
    meetings = {code: tuple(map(day, reversed(days + days))) for code, days in MEETINGS.items()}

    assert found() == []
    assert found(DIR, HU, ØK, KB, meetings=meetings) == [(3, "R6", "warning", "2023-06-20")]
    assert found(DIR, meetings={}) == [(0, "R1", "error", None)]
