"""What the fields of a case may hold."""

import pytest

from sagsgang.cases.rules.facts import external_numbers, kle_number, require_ground
from sagsgang.core.errors import RuleBrokenError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""), ("  ", ""), ("00.22.00", "00.22.00"), (" 27.36.04 ", "27.36.04"), ("00.22.00-A00", "00.22.00-A00"),
        ("00.22.00 g01", "00.22.00-G01"), ("00.22.00P20", "00.22.00-P20"), ("82.02.00-Ø54", "82.02.00-Ø54"),
    ],
)  # fmt: skip
def test_a_kle_number_has_one_form(typed: str, kept: str) -> None:
    assert kle_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["12", "0.22.00", "00.22", "00.22.00-", "00.22.00-AA0", "00.22.00-A00-1-26", "x", "00,22,00"]
)
def test_what_is_no_kle_number_is_refused(typed: str) -> None:
    with pytest.raises(RuleBrokenError, match=r"00\.22\.00"):
        kle_number(typed)


def test_case_numbers_have_free_forms_and_stand_once() -> None:
    typed = "00.22.00-A00-1-20, 306-2009-2234\n17/24283,, 17/24283 "

    assert external_numbers(typed) == ["00.22.00-A00-1-20", "306-2009-2234", "17/24283"]


def test_a_case_number_has_its_longest() -> None:
    assert external_numbers("x" * 60) == ["x" * 60]
    with pytest.raises(RuleBrokenError, match="60"):
        external_numbers("x" * 61)


def test_a_closed_case_says_why() -> None:
    require_ground("open", "")
    require_ground("closed", "property")
    with pytest.raises(RuleBrokenError):
        require_ground("closed", "")
