"""The year is generated, changed by hand, and generated again; its entries become cases once."""

from datetime import date

import pytest
import time_machine

from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel import actions
from sagsgang.wheel.actions import EntryFacts, StepWish
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.tests.conftest import Town

REPORT = "Ligestillingsredegørelse"


def put_report(town: Town, **other: object) -> WheelEntry:
    """The report of the document: every third year, handed in before 1 June."""
    path = ("DIR", "discussion"), ("HU", "discussion"), ("ØK", "recommendation"), ("KB", "decision")
    facts = EntryFacts(
        title=REPORT,
        rule="FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1",
        starts_on=date(2020, 6, 1),
        is_deadline=True,
        lead_days=90,
        opens_case=True,
        is_duty=True,
        law="Ligestillingslovens § 5 a",
        steps=tuple(StepWish(town.bodies[code], purpose) for code, purpose in path),
        **other,  # type: ignore[arg-type]
    )
    return actions.add_entry(town.authority, facts, actor=town.secretary)


def turned(town: Town) -> list[tuple[date, date]]:
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    rows = Occurrence.objects.filter(gone_at=None).order_by("origin_day")
    return list(rows.values_list("origin_day", "day"))


@pytest.fixture(autouse=True)
def january() -> object:
    with time_machine.travel("2023-01-02 12:00"):
        yield


def test_what_is_generated_again_stays_as_it_is(town: Town) -> None:
    put_report(town)

    first = actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    second = actions.turn_wheel(town.authority, year=2023, actor=town.secretary)

    assert (first.made, second.made, second.gone) == (1, 0, 0)
    assert turned(town) == [(date(2023, 6, 1), date(2023, 6, 1))]


def test_what_a_hand_has_moved_or_dropped_is_not_written_over(town: Town) -> None:
    entry = put_report(town)
    turned(town)
    row = Occurrence.objects.get()
    actions.move_occurrence(row, to=date(2023, 5, 30), note="Pinsen", actor=town.secretary)

    actions.edit_entry(entry, EntryFacts(title=REPORT, rule="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1"), actor=town.secretary)

    assert turned(town) == [(date(2023, 6, 1), date(2023, 5, 30)), (date(2023, 9, 1), date(2023, 9, 1))]


def test_a_rule_that_changes_takes_what_nobody_touched_and_can_bring_it_back(town: Town) -> None:
    entry = put_report(town)
    turned(town)
    autumn = EntryFacts(title=REPORT, rule="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1")
    summer = EntryFacts(title=REPORT, rule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1")

    actions.edit_entry(entry, autumn, actor=town.secretary)
    changed = turned(town)
    actions.edit_entry(entry, summer, actor=town.secretary)
    back = turned(town)

    assert changed == [(date(2023, 9, 1), date(2023, 9, 1))]
    assert back == [(date(2023, 6, 1), date(2023, 6, 1))]
    assert Occurrence.objects.count() == 2


def test_a_duty_that_was_abolished_is_generated_no_more(town: Town) -> None:
    put_report(town, valid_to=date(2023, 5, 31))

    assert turned(town) == []


def test_it_becomes_a_case_on_its_lead_date_and_once_only(town: Town) -> None:
    put_report(town)
    turned(town)

    early = actions.open_due_cases(town.authority, date(2023, 3, 1), actor=town.secretary)
    counts = [actions.open_due_cases(town.authority, date(2023, 4, 4), actor=town.secretary) for _ in range(2)]

    case = Case.objects.get()
    assert (early, counts) == (0, [1, 0])
    assert case.title == f"{REPORT} 2023"
    assert [(step.body.code, step.planned_on) for step in case.path.select_related("body")] == [
        ("DIR", date(2023, 4, 12)),
        ("HU", date(2023, 4, 27)),
        ("ØK", date(2023, 5, 16)),
        ("KB", date(2023, 5, 23)),
    ]


def test_what_is_done_or_dropped_opens_no_case(town: Town) -> None:
    put_report(town)
    turned(town)
    row = Occurrence.objects.get()

    actions.drop_occurrence(row, note="Afskaffet", actor=town.secretary)
    dropped = actions.open_due_cases(town.authority, date(2023, 4, 4), actor=town.secretary)
    actions.take_up_occurrence(row, actor=town.secretary)
    actions.finish_occurrence(row, on=date(2023, 4, 3), evidence="Kvittering 7", actor=town.secretary)
    done = actions.open_due_cases(town.authority, date(2023, 4, 4), actor=town.secretary)

    assert (dropped, done) == (0, 0)
    with pytest.raises(RuleBrokenError):
        actions.move_occurrence(row, to=date(2023, 5, 1), note="", actor=town.secretary)
