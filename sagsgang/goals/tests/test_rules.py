"""The catalogue, what may be written, what is suggested and asked for, and the file with the words of the targets."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils.translation import override

from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.tables import read_sheet
from sagsgang.goals.catalogue import goal_of_target, starter_areas, target_numbers, target_order, un_goal, un_goals
from sagsgang.goals.rules import (
    is_asked_for,
    kind_of_purpose,
    parse_goal,
    require_goal,
    require_note_day,
    require_period,
    require_reason,
    suggested,
    targets_of,
)

# How many targets each goal has, as the resolution of the General Assembly counts them (A/RES/70/1).
TARGETS = (7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)


def test_the_seventeen_goals_have_their_169_targets() -> None:
    assert [goal.number for goal in un_goals()] == list(range(1, 18))
    assert tuple(len(goal.targets) for goal in un_goals()) == TARGETS
    assert len(set(target_numbers())) == 169
    assert un_goal(1).targets == ("1.1", "1.2", "1.3", "1.4", "1.5", "1.a", "1.b")
    assert un_goal(17).targets[-1] == "17.19"
    assert (goal_of_target("3.d"), goal_of_target("13.1")) == (3, 13)
    assert target_order("8.10") > target_order("8.9")
    with override("da"):
        assert str(un_goal(14)) == "14. Livet i havet"
    with override("en"):
        assert str(un_goal(14)) == "14. Life below water"


def test_the_starter_map_names_goals_that_there_are() -> None:
    areas = {area.name: area.goals for area in starter_areas()}

    assert areas["Omsorg"] == (3, 10)
    assert areas["Miljø"] == (6, 12, 13, 14, 15)
    assert {goal for goals in areas.values() for goal in goals} <= set(range(1, 18))


@pytest.mark.parametrize(
    ("words", "found"), [("3", (3, "")), (" 3.4 ", (3, "3.4")), ("1.A", (1, "1.a")), ("17.19", (17, "17.19"))]
)
def test_a_goal_or_target_is_read_as_it_is_written(words: str, found: tuple[int, str]) -> None:
    assert parse_goal(words) == found


@pytest.mark.parametrize("words", ["", "0", "18", "3.14", "3.e", "-1", "3.", "tre", "²", "٣"])
def test_what_is_no_goal_is_refused(words: str) -> None:
    with pytest.raises(RuleBrokenError):
        parse_goal(words)


def test_an_assessment_has_one_kind_of_goal() -> None:
    require_goal(3, "3.4", has_local=False)
    require_goal(None, "", has_local=True)
    for goal, target, has_local in (
        (None, "", False),
        (3, "", True),
        (3, "4.1", False),
        (None, "3.4", True),
        (18, "", False),
    ):
        with pytest.raises(RuleBrokenError):
            require_goal(goal, target, has_local=has_local)


def test_reasons_periods_and_days_are_checked() -> None:
    require_reason("x" * 300)
    require_period(date(2026, 1, 1), None)
    refused: tuple[Callable[[], None], ...] = (
        lambda: require_reason("x" * 301),
        lambda: require_reason(" ", needed=True),
        lambda: require_period(date(2026, 1, 2), date(2026, 1, 1)),
        lambda: require_note_day(date(2026, 1, 2), date(2026, 1, 1)),
    )
    for broken in refused:
        with pytest.raises(RuleBrokenError):
            broken()


def test_goals_are_suggested_from_the_area_and_not_twice() -> None:
    usual = {"Miljø": [6, 13], "Sundhed": [3]}

    assert suggested(usual, ["miljø ", "Sundhed"], {13}) == (3, 6)
    assert suggested(usual, ["Skoler", ""], set()) == ()


def test_a_body_asks_for_what_it_has_chosen() -> None:
    first = date(2026, 3, 1)

    def asked(kind: str, **facts: object) -> bool:
        said = {"only_grants": False, "is_grant": False, "since": first, "on": first} | facts
        return is_asked_for(["B"], kind=kind, **said)  # type: ignore[arg-type]

    assert asked("B")
    assert asked("")
    assert asked("B", on=None)
    assert not asked("O")
    assert not asked("B", on=date(2026, 2, 28))
    assert not asked("B", only_grants=True)
    assert asked("B", only_grants=True, is_grant=True)
    assert not is_asked_for([], kind="B", only_grants=False, is_grant=False, since=first, on=first)
    assert [kind_of_purpose(one) for one in ("decision", "hearing", "orientation")] == ["B", "D", "O"]


def test_the_words_of_the_targets_are_read_in_any_order() -> None:
    sheet = read_sheet("English;Nr.;Dansk\r\nEnd it;1.1;Udryd den\r\n;3a;Tobak\r\nYouth;8,6;\r\n".encode("cp1252"))

    found = targets_of(sheet)

    assert [(one.number, one.danish, one.english) for one in found] == [
        ("1.1", "Udryd den", "End it"), ("3.a", "Tobak", ""), ("8.6", "", "Youth"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nummer;Dansk\n1.1;Ord\n3.14;Ord\n", "Row 3, column A: “3.14” is no target."),
        ("Nummer;Dansk\n1.1;Ord\n1.1;Ord\n", "Row 3, column A: Target 1.1 stands in row 2 already."),
        ("Dansk;Nummer\nOrd;1.1\n;1.2\n", "Row 3, column A: The words of target 1.2 are missing."),
        ("Tal;Dansk\n1.1;Ord\n", "Row 1, column A: No column is headed “Nummer”."),
        ("Nummer;Noter\n1.1;Ord\n", "Row 1, column A: No column is headed “Dansk” or “Engelsk”."),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_its_place(text: str, place: str) -> None:
    with override("en"), pytest.raises(RuleBrokenError) as refusal:
        targets_of(read_sheet(text.encode()))

    assert str(refusal.value) == place
