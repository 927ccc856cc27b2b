"""Which version was in force on a day: the document's own guidelines, and what may stand beside them."""

from datetime import date

import pytest

from sagsgang.policies.rules import gaps, in_force, is_overdue, next_review, review_rule, superseded_by
from sagsgang.policies.shapes import Approved, Gap, VersionFacts
from sagsgang.wheel.rules import days_of_rule

DIR = "Direktionen"
V1 = VersionFacts(1, date(2021, 1, 27), approvals=(Approved(date(2021, 1, 27), DIR),))
V2 = VersionFacts(2, date(2023, 4, 12), approvals=(Approved(date(2023, 4, 12), DIR),))


def day(text: str) -> date:
    return date.fromisoformat(text)


def number(versions: tuple[VersionFacts, ...], on: str, withdrawn_on: date | None = None) -> int | None:
    found = in_force(versions, day(on), withdrawn_on)
    return found.version.number if found and found.version else None


@pytest.mark.parametrize(
    ("on", "version"),
    [
        ("2021-01-26", None), ("2021-01-27", 1), ("2021-01-28", 1), ("2022-06-01", 1), ("2023-04-11", 1),
        ("2023-04-12", 2), ("2023-04-13", 2), ("2026-11-23", 2),
    ],
)  # fmt: skip
def test_the_documents_guidelines_day_by_day(on: str, version: int | None) -> None:
    assert number((V1, V2), on) == version
    assert number((V2, V1), on) == version


def test_it_says_who_approved_what_holds() -> None:
    found = in_force((V1, V2), day("2023-04-12"))

    assert found is not None
    assert found.approved == Approved(date(2023, 4, 12), DIR)


@pytest.mark.parametrize(
    ("valid_from", "approved_on", "starts"),
    [("2023-05-01", "2023-04-12", "2023-05-01"), ("2023-04-01", "2023-04-12", "2023-04-12")],
)
def test_a_version_takes_over_when_it_is_both_approved_and_valid(
    valid_from: str, approved_on: str, starts: str
) -> None:
    later = VersionFacts(2, day(valid_from), approvals=(Approved(day(approved_on), DIR),))
    start = day(starts)

    assert number((V1, later), date.fromordinal(start.toordinal() - 1).isoformat()) == 1
    assert number((V1, later), starts) == 2


def test_nothing_holds_that_nobody_approved_or_whose_decision_was_changed() -> None:
    draft = VersionFacts(3, date(2024, 1, 1))
    changed = VersionFacts(3, date(2024, 1, 1), approvals=(Approved(date(2024, 1, 1), DIR, counts=False),))

    assert number((V1, V2, draft), "2025-01-01") == 2
    assert number((V1, V2, changed), "2025-01-01") == 2
    assert in_force((draft,), day("2025-01-01")) is None


def test_what_is_withdrawn_holds_until_the_day_before() -> None:
    assert number((V1, V2), "2024-12-31", date(2025, 1, 1)) == 2
    assert number((V1, V2), "2025-01-01", date(2025, 1, 1)) is None
    assert number((V1, V2), "2022-01-01", date(2025, 1, 1)) == 1


def test_the_earlier_does_not_come_back_when_the_later_ends() -> None:
    for_a_time = VersionFacts(2, date(2023, 4, 12), date(2023, 12, 31), V2.approvals)

    assert number((V1, for_a_time), "2023-12-31") == 2
    assert number((V1, for_a_time), "2024-01-01") is None
    assert gaps((V1, for_a_time), day("2024-06-01")) == (Gap(date(2024, 1, 1), None),)


def test_parts_hold_beside_the_whole_and_make_no_whole_together() -> None:
    parts = (Approved(date(2022, 3, 1), DIR, "Password"), Approved(date(2022, 5, 1), DIR, "Arbejdsmail"))
    second = VersionFacts(2, date(2022, 1, 1), approvals=parts, parts=("Password", "Arbejdsmail"))

    first = in_force((V1, second), day("2022-04-01"))
    both = in_force((V1, second), day("2022-06-01"))
    alone = in_force((second,), day("2022-06-01"))
    whole = VersionFacts(2, date(2022, 1, 1), approvals=(*parts, Approved(date(2023, 4, 12), DIR)), parts=second.parts)
    after = in_force((V1, whole), day("2023-04-12"))

    assert first and first.version == V1 and [one.approved.part for one in first.parts] == ["Password"]
    assert both and both.version == V1 and len(both.parts) == 2
    assert alone and alone.version is None and len(alone.parts) == 2
    assert after and after.version == whole and after.parts == ()


def test_superseded_is_computed_as_of_a_day() -> None:
    assert superseded_by(V1, (V1, V2), day("2023-04-11")) is None
    assert superseded_by(V1, (V1, V2), day("2023-04-12")) == V2
    assert superseded_by(V2, (V1, V2), day("2026-01-01")) is None


@pytest.mark.parametrize(
    ("versions", "until", "withdrawn", "found"),
    [
        ((V1, V2), "2026-01-01", None, ()),
        ((), "2026-01-01", None, ()),
        ((VersionFacts(1, V1.valid_from, date(2022, 12, 31), V1.approvals), V2), "2026-01-01", None,
         (Gap(date(2023, 1, 1), date(2023, 4, 11)),)),
        ((VersionFacts(1, V1.valid_from, date(2022, 12, 31), V1.approvals),), "2026-01-01", date(2025, 1, 1),
         (Gap(date(2023, 1, 1), date(2024, 12, 31)),)),
    ],
)  # fmt: skip
def test_gaps_between_the_versions(
    versions: tuple[VersionFacts, ...], until: str, withdrawn: date | None, found: tuple[Gap, ...]
) -> None:
    assert gaps(versions, day(until), withdrawn) == found


def test_a_review_is_overdue_the_day_after() -> None:
    assert not is_overdue(date(2025, 4, 12), day("2025-04-12"))
    assert is_overdue(date(2025, 4, 12), day("2025-04-13"))
    assert not is_overdue(date(2025, 4, 12), day("2025-04-13"), date(2025, 1, 1))
    assert not is_overdue(None, day("2025-04-13"))


def test_the_next_review_and_its_rule_on_the_wheel() -> None:
    due = next_review(date(2024, 2, 29), 2)

    assert due == date(2026, 2, 28)
    assert days_of_rule(review_rule(due, 2), 2026, due) == (due,)
    assert days_of_rule(review_rule(due, 2), 2027, due) == ()
    assert days_of_rule(review_rule(due, 1), 2027, due) == (date(2027, 2, 28),)


def test_the_last_and_the_first_day_that_there_are_break_nothing() -> None:
    endless = VersionFacts(1, day("2021-01-27"), date.max, approvals=(Approved(day("2021-01-27"), DIR),))
    assert gaps((endless,), day("2026-01-01")) == ()
    assert gaps((endless,), day("2026-01-01"), date.min) == ()
    assert next_review(date(9995, 2, 28), 10) == date(9999, 2, 28)
