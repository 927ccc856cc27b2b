"""Which findings stop a release, and how each may be answered."""

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication.rules import examining


@pytest.mark.parametrize(
    ("kinds", "reason", "is_no_cpr"),
    [
        ([], "Begrundelse", True),
        (["phone"], " ", False),
        (["cpr"], "Journalnummer", False),
        (["phone", "cpr"], "Journalnummer", False),
        (["unread"], "Den er god nok", True),
        (["phone"], "x" * 1001, False),
    ],
)
def test_an_acceptance_without_what_it_needs_is_refused(kinds: list[str], reason: str, is_no_cpr: bool) -> None:
    with pytest.raises(RuleBrokenError):
        examining.require_acceptable(kinds, reason, is_no_cpr=is_no_cpr)


def test_an_acceptance_with_its_reason_stands() -> None:
    examining.require_acceptable(["phone", "address"], "Kommunens hovednummer", is_no_cpr=False)
    examining.require_acceptable(["cpr"], "Journalnummer", is_no_cpr=True)


def test_open_findings_stop_a_release() -> None:
    examining.require_answered({})

    with pytest.raises(RuleBrokenError, match="3"):
        examining.require_answered({"phone": 2, "metadata": 1})
