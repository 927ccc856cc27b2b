"""What a reading becomes: nobody twice, numbers that rise, points that are points."""

from datetime import date

import pytest

from sagsgang.exchange.mapping import meeting_draft, split_recommendation
from sagsgang.exchange.minutes.parsed import ParsedDocument, ParsedPerson, ParsedSubstitute
from sagsgang.meetings.drafts import PointDraft


def test_a_substitute_for_two_is_one_line_and_an_absent_one_is_absent() -> None:
    document = ParsedDocument(
        family="T1",
        channel="text",
        date=date(2026, 4, 14),
        absent=(ParsedPerson("Anna Bech"), ParsedPerson("Ole Lind")),
        substitutes=(
            ParsedSubstitute("Ida Skov", "Anna Bech (A)"),
            ParsedSubstitute("Ida Skov", "Ole Lind"),
            ParsedSubstitute("Ole Lind", "Anna Bech"),
        ),
    )

    people = meeting_draft(document).attendance

    assert people is not None
    assert [(row.name, row.state, row.substitute_for) for row in people] == [
        ("Ida Skov", "present", "Ole Lind"),
        ("Ole Lind", "absent", ""),
        ("Anna Bech", "absent", ""),
    ]


@pytest.mark.parametrize(
    ("text", "intro", "points"),
    [
        ("Det indstilles, at punkterne behandles.", "Det indstilles,", [("", "at punkterne behandles.")]),
        ("Direktøren indstiller:\n1. At a.\n2. at b.", "Direktøren indstiller:", [("1.", "At a."), ("2.", "at b.")]),
        (
            "Direktøren indstiller:\n- at a.\nHerefter ses på det.",
            "Direktøren indstiller:\n- at a.\nHerefter ses på det.",
            [],
        ),
        ("Godkendes.", "Godkendes.", []),
        ("", "", []),
    ],
)
def test_a_recommendation_is_parted_without_losing_a_word(text: str, intro: str, points: list[tuple[str, str]]) -> None:
    assert split_recommendation(text) == (intro, tuple(PointDraft(*point) for point in points))
