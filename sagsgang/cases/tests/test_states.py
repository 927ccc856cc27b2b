"""Where a case stands is derived from what happened."""

import pytest

from sagsgang.cases.rules.states import CaseState, ItemFact, state_of

PLANNED, SENT = ItemFact(is_sent=False, is_decided=False), ItemFact(is_sent=True, is_decided=False)
DECIDED = ItemFact(is_sent=True, is_decided=True, outcome="recommended")
POSTPONED = ItemFact(is_sent=True, is_decided=True, outcome="postponed")
RETURNED = ItemFact(is_sent=True, is_decided=True, outcome="returned")


@pytest.mark.parametrize(
    ("approval", "was_returned", "has_draft", "items", "steps_left", "state"),
    [
        ("draft", False, False, (), 0, CaseState.DRAFT),
        ("draft", False, True, (), 4, CaseState.DRAFT),
        ("draft", True, True, (), 4, CaseState.RETURNED),
        ("in_approval", False, True, (), 4, CaseState.IN_APPROVAL),
        ("approved", False, True, (), 4, CaseState.APPROVED),
        ("approved", False, True, (PLANNED,), 3, CaseState.SCHEDULED),
        ("approved", False, False, (SENT,), 3, CaseState.SENT),
        ("approved", False, False, (DECIDED,), 3, CaseState.UNDER_WAY),
        ("approved", False, False, (DECIDED,), 0, CaseState.TREATED),
        ("approved", False, False, (DECIDED, SENT), 0, CaseState.SENT),
        ("approved", False, False, (POSTPONED,), 0, CaseState.POSTPONED),
        ("approved", False, False, (RETURNED,), 2, CaseState.SENT_BACK),
        ("draft", False, True, (RETURNED,), 2, CaseState.DRAFT),
        ("draft", False, True, (DECIDED,), 2, CaseState.DRAFT),
        ("in_approval", False, True, (DECIDED,), 2, CaseState.IN_APPROVAL),
        # What came by an import was never approved here, and has been treated all the same.
        ("draft", False, False, (DECIDED,), 0, CaseState.TREATED),
        ("in_approval", False, True, (SENT,), 1, CaseState.SENT),
    ],
)  # fmt: skip
def test_the_state_follows_from_the_facts(
    approval: str, was_returned: bool, has_draft: bool, items: tuple[ItemFact, ...], steps_left: int, state: CaseState
) -> None:
    found = state_of(
        approval=approval, was_returned=was_returned, has_draft=has_draft, items=items, steps_left=steps_left
    )

    assert found == state
