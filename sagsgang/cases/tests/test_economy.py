"""The economy block's arithmetic: Danish amounts, sums of each year, and whether they balance (R13)."""

from decimal import Decimal

import pytest

from sagsgang.cases.rules.economy import (
    Imbalance,
    Line,
    YearTotal,
    amount_of,
    amount_words,
    balance,
    imprint,
    require_balanced,
    totals,
)
from sagsgang.core.errors import RuleBrokenError


def grant(amount: str, year: int = 2026, kind: str = "supplementary") -> Line:
    return Line("grant", kind, "Sti ved åen", year, Decimal(amount))


def cover(amount: str, year: int = 2026) -> Line:
    return Line("coverage", "", "Kassen", year, Decimal(amount))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([], []),
        ([grant("100"), cover("100")], []),
        ([grant("60"), grant("40"), cover("99.50"), cover("0.50")], []),
        ([grant("100")], [Imbalance(2026, Decimal(100))]),
        ([grant("100"), cover("99.99")], [Imbalance(2026, Decimal("0.01"))]),
        ([grant("100"), cover("120")], [Imbalance(2026, Decimal(20), is_surplus=True)]),
        (
            [grant("100"), cover("100", 2027)],
            [Imbalance(2026, Decimal(100)), Imbalance(2027, Decimal(100), is_surplus=True)],
        ),
        ([grant("100", kind="operation")], []),
        ([grant("100", kind="construction"), cover("100")], []),
        ([grant("100", kind="construction"), grant("50"), cover("50")], []),
        ([grant("100", kind="construction"), grant("50"), cover("40")], [Imbalance(2026, Decimal(10))]),
        ([cover("1")], [Imbalance(2026, Decimal(1), is_surplus=True)]),
    ],
)
def test_each_year_must_balance_for_itself(lines: list[Line], found: list[Imbalance]) -> None:
    assert balance(lines) == found


def test_the_sums_stand_year_by_year() -> None:
    lines = [grant("10", 2027), grant("1", 2026), cover("4", 2027), grant("5", 2026, kind="operation")]

    assert totals(lines) == [
        YearTotal(2026, Decimal(6), Decimal(1), Decimal(0)),
        YearTotal(2027, Decimal(10), Decimal(10), Decimal(4)),
    ]


def test_a_refusal_names_amount_year_and_paragraph() -> None:
    with pytest.raises(RuleBrokenError) as refusal:
        require_balanced([grant("1250000.50"), cover("1000000")])

    assert "2026" in str(refusal.value)
    assert "250.000,50 kr." in str(refusal.value)
    assert "§ 40, stk. 2" in str(refusal.value)


def test_what_balances_is_not_refused() -> None:
    lines = [grant("5"), cover("5")]

    require_balanced(lines)  # raises nothing
    assert balance(lines) == []


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.250.000,00", "1250000.00"),
        ("1.250.000", "1250000.00"),
        ("1250000", "1250000.00"),
        ("1250000,5", "1250000.50"),
        ("1 250 000,05", "1250000.05"),
        ("1\u00a0250\u202f000", "1250000.00"),
        ("kr. 500", "500.00"),
        ("500 kr.", "500.00"),
        ("500,-", "500.00"),
        ("0,01", "0.01"),
        ("999.999.999.999,99", "999999999999.99"),
    ],
)
def test_amounts_are_read_as_danes_write_them(typed: str, amount: str) -> None:
    assert str(amount_of(typed)) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "nul", "1250.50", "1,250,000", "12.50", "1.2500", "-5", "0", "0,00", "1,234", "1e6", "١٢٣", "1.000.000.000.000", "5 kr 5"],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_refused(typed: str) -> None:
    with pytest.raises(RuleBrokenError):
        amount_of(typed)


@pytest.mark.parametrize(("amount", "words"), [("1250000", "1.250.000,00"), ("0.5", "0,50"), ("999", "999,00")])
def test_amounts_are_written_in_danish(amount: str, words: str) -> None:
    assert amount_words(Decimal(amount)) == words


def test_the_imprint_follows_the_lines_and_their_order() -> None:
    one, other = grant("5"), cover("5")

    assert imprint([one, other]) == imprint([grant("5"), cover("5")])
    assert imprint([one, other]) != imprint([other, one])
    assert imprint([one]) != imprint([])
