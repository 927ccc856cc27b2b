"""Where a version stands, as the events make it; what is missing before it is sent. Tables, no database."""

import pytest
from django.utils.translation import gettext

from sagsgang.cases.rules.approval import (
    EventFact,
    Lack,
    SectionFact,
    Standing,
    lacks_of,
    require_comment,
    require_in_approval,
    require_level_unchanged,
    require_reopenable,
    require_same_words,
    require_submittable,
    require_turn,
    standing,
)
from sagsgang.core.errors import RuleBrokenError

SENT, YES_1, YES_2, YES_3 = ("submitted", 0), ("approved", 1), ("approved", 2), ("approved", 3)
BACK_2, OPEN, WHOLE = ("returned", 2), ("reopened", 0), ("approved", 0)
LEVELS = (1, 2, 3)


@pytest.mark.parametrize(
    ("events", "levels", "stands"),
    [
        ((), LEVELS, Standing("draft")),
        ((SENT,), LEVELS, Standing("in_approval", 1)),
        ((SENT, YES_1), LEVELS, Standing("in_approval", 2, approved_levels=(1,))),
        ((SENT, YES_1, YES_2, YES_3), LEVELS, Standing("approved", approved_levels=LEVELS)),
        ((SENT, YES_1, BACK_2), LEVELS, Standing("draft", was_returned=True)),
        ((SENT, YES_1, BACK_2, SENT), LEVELS, Standing("in_approval", 1)),
        ((SENT, YES_1, BACK_2, OPEN), LEVELS, Standing("draft")),
        ((SENT, YES_1, OPEN), LEVELS, Standing("draft")),
        ((SENT,), (), Standing("approved")),
        ((), (), Standing("draft")),
        # A level that was added last is asked as well; one that was taken out is asked no more.
        ((SENT, YES_1, YES_2), (1, 2, 4), Standing("in_approval", 4, approved_levels=(1, 2))),
        ((SENT, YES_1), (1, 3), Standing("in_approval", 3, approved_levels=(1,))),
        ((SENT, YES_1), (1,), Standing("approved", approved_levels=(1,))),
        # What has been approved as a whole stays approved, whatever becomes of the levels.
        ((SENT, YES_1, YES_2, WHOLE), (1, 2, 4), Standing("approved", approved_levels=(1, 2))),
        ((SENT, YES_1, YES_2, WHOLE, OPEN), (1, 2, 4), Standing("draft")),
    ],
)
def test_the_events_make_the_standing(
    events: tuple[tuple[str, int], ...], levels: tuple[int, ...], stands: Standing
) -> None:
    assert standing([EventFact(*event) for event in events], levels) == stands


def test_nothing_is_missing_in_a_whole_case() -> None:
    sections = [SectionFact("section:1", "Sagsfremstilling", is_required=True, has_words=True)]

    assert lacks_of(sections, [("sagsnummer", "facts", True)], points=1) == []


def test_everything_that_is_missing_is_said_at_once_with_its_place() -> None:
    sections = [
        SectionFact("section:1", "Økonomi", is_required=True, has_words=False),
        SectionFact("section:2", "Høring", is_required=False, has_words=False),
    ]
    facts = [("KLE", "facts", False), ("sagsgang", "path", False), ("enhed", "facts", True)]

    found = lacks_of(sections, facts, points=0, hearings=["Ældrerådet"], economy=["Det går ikke op."])

    assert [lack.place for lack in found] == [
        "section:1", "presentation", "facts", "path", "presentation", "hearings",
    ]  # fmt: skip
    assert found[0] == Lack(
        gettext("“{heading}” is empty, and must be filled in.").format(heading="Økonomi"), "section:1"
    )
    assert [lack.message for lack in found[-2:]] == ["Det går ikke op.", "Ældrerådet"]


DRAFT, WAITS, DONE = Standing("draft"), Standing("in_approval", 1), Standing("approved")


def refuses(rule: object, *values: object, **named: object) -> bool:
    try:
        rule(*values, **named)  # type: ignore[operator]
    except RuleBrokenError:
        return True
    return False


def test_only_a_draft_in_writing_is_sent() -> None:
    assert not refuses(require_submittable, DRAFT, is_draft=True)
    assert [refuses(require_submittable, stands, is_draft=True) for stands in (WAITS, DONE)] == [True, True]
    assert refuses(require_submittable, DRAFT, is_draft=False)


def test_only_what_waits_is_approved_or_sent_back() -> None:
    assert [refuses(require_in_approval, stands) for stands in (DRAFT, WAITS, DONE)] == [True, False, True]


def test_a_reason_opens_what_waits_or_is_approved() -> None:
    assert [refuses(require_reopenable, s, is_draft=True, reason="Nyt tal") for s in (DRAFT, WAITS, DONE)] == [
        True, False, False,
    ]  # fmt: skip
    assert refuses(require_reopenable, WAITS, is_draft=True, reason=" ")
    assert refuses(require_reopenable, DONE, is_draft=False, reason="Nyt tal")


def test_turn_level_words_and_comment() -> None:
    assert refuses(require_turn, is_hers=False, level_name="Leder", approver="Ida Bech")
    assert not refuses(require_turn, is_hers=True, level_name="Leder", approver="Ida Bech")
    assert [refuses(require_level_unchanged, 1, waiting) for waiting in (1, 2, None)] == [False, True, True]
    assert [refuses(require_same_words, "a", words) for words in ("a", "b")] == [False, True]
    assert [refuses(require_comment, words) for words in ("", "  ", "Se side 2")] == [True, True, False]
