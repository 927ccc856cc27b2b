"""The ten checks: each finds what it is for, at its place, and leaves what is right alone."""

from datetime import date
from typing import Any

import pytest

from sagsgang.equality.reading import read_headcount
from sagsgang.equality.rules.checks import check_headcount
from sagsgang.equality.rules.shares import percents_of
from sagsgang.equality.shapes import Headcount, Member, Sex

HEAD = "medarbejdernr;navn;niveau;køn;status"
DIRECTORATE = [
    Member("Christian Bertelsen", "Kommunaldirektør"), Member("Lene Mehlsen Thomsen", "Velfærdsdirektør"),
    Member("Holm, Eva", "Direktør"),
]  # fmt: skip
GOOD = ["1;3;7", "2;10;10", "3;70;30"]


def sums(*rows: str, head: str = "niveau;kvinder;mænd") -> Headcount:
    return read_headcount("\n".join([head, *rows]).encode())


def extract(*rows: str) -> Headcount:
    return read_headcount("\n".join([HEAD, *rows]).encode())


def found(count: Headcount, **known: Any) -> list[tuple[int, int | None, int | None]]:
    return [(finding.check, finding.level, finding.row) for finding in check_headcount(count, **known)]


def directorate(level: int, chefs: int) -> Headcount:
    names = ["Christian Bertelsen", "Lene M. Thomsen", "Eva Holm"]
    rows = [f"{at};{name};{level};{'mkk'[at]};fast" for at, name in enumerate(names)]
    rows += [f"{10 + at};Chef {at};{chefs};{'km'[at % 2]};fast" for at in range(8)]
    return extract(*rows, *[f"{30 + at};Leder {at};3;{'kkm'[at % 3]};fast" for at in range(20)])


def test_right_figures_are_left_alone() -> None:
    assert found(directorate(1, 2), members=DIRECTORATE, staff=50) == []
    assert found(sums(*GOOD), previous=sums(*GOOD), staff=1000, snapshot=date(2023, 4, 12)) == []


def test_the_error_of_the_document_is_found_and_the_members_are_named() -> None:
    findings = [finding for finding in check_headcount(directorate(2, 1), members=DIRECTORATE) if finding.check == 2]
    whole, *single = findings
    for member in DIRECTORATE:
        assert member.words in whole.message
    assert (whole.level, whole.row, whole.column) == (1, 5, "niveau")
    assert [finding.row for finding in single[:3]] == [2, 3, 4]
    assert "Christian Bertelsen" in single[0].message
    assert [finding.row for finding in single[3:]] == list(range(5, 13))


def test_the_error_is_found_in_sums_too() -> None:
    findings = check_headcount(sums("1;4;4", "2;2;1", "3;14;6"), members=DIRECTORATE)
    assert {finding.check for finding in findings} >= {2, 5}
    assert "Kommunaldirektør Christian Bertelsen" in findings[0].message


def test_one_member_who_is_missing_and_one_stranger() -> None:
    count = extract("1;Christian Bertelsen;1;m;fast", "2;Eva Holm;1;k;fast", "3;Ole Vig;1;m;fast")
    assert found(count, members=DIRECTORATE)[:2] == [(2, 1, None), (2, 1, 4)]


def test_who_may_not_read_the_rows_sees_no_name_of_an_employee() -> None:
    count = extract("1;Christian Bertelsen;1;m;fast", "2;Ole Vig;1;m;fast", "2;Ole Vig;2;m;fast")
    for finding in check_headcount(count, members=DIRECTORATE, may_name=False):
        assert "Ole Vig" not in finding.message + finding.proposal


def test_sexes_of_the_members_are_compared_where_they_are_known() -> None:
    members = [Member("A", sex=Sex.WOMAN), Member("B", sex=Sex.WOMAN), Member("C", sex=Sex.MAN)]
    assert found(sums("1;1;2", "2;4;4", "3;14;6"), members=members) == [(2, 1, 2)]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (["1;3;7;0;11"], (1, 1, 2)),
        (["1;3;7;0;10", "2;10;10;0;20", "3;70;30;0;100", "i alt;84;47;0;131"], (1, None, 5)),
        (["1;3;7;0;10", "alle ansatte;2;5;0;7"], (1, None, 3)),
    ],
)
def test_1_sums(rows: Any, place: Any) -> None:
    assert found(sums(*rows, head="niveau;kvinder;mænd;andre;i alt")) == [place]


def test_1_more_leaders_than_staff() -> None:
    assert found(sums(*GOOD), staff=100) == [(1, None, None)]


def test_3_a_person_at_two_levels() -> None:
    count = extract("1;A A;1;k;fast", "2;B B;2;m;konstitueret", "2;B B;3;m;fast", "3;C C;3;k;fast", "4;D D;3;m;fast")
    assert (3, 3, 4) in found(count)


def test_3_posts_without_a_person_are_not_counted() -> None:
    count = extract("1;A;1;k;orlov", "2;B;1;m;vakant", ";;1;;vakant")
    assert count.levels[1].heads == 1
    assert (3, 1, 3) in found(count)


def test_4_one_day_and_heads() -> None:
    count = sums("1;3;7;12-04-2023", "2;10;10;01-01-2023", head="niveau;kvinder;mænd;dato")
    assert found(count) == [(4, None, 3)]
    assert found(count, snapshot=date(2023, 1, 1)) == [(4, None, 2)]
    assert found(sums("1;3,5;6,5")) == [(4, 1, 2), (4, 1, 2)]
    assert found(sums("1;3;7", head="niveau;kvinder (årsværk);mænd")) == [(4, None, 1)]


def test_5_pyramid() -> None:
    assert found(sums("1;8;12", "2;10;10", "3;70;30")) == [(5, 1, 2)]


def test_6_swaps() -> None:
    then = sums("1;2;8", "2;12;8", "3;70;30")
    assert [at for at in found(sums("1;8;2", "2;12;8", "3;70;30"), previous=then) if at[0] == 6] == [(6, 1, 2)]
    assert [at for at in found(sums("1;12;8", "2;2;8", "3;70;30"), previous=then) if at[0] == 6][-1] == (6, 1, 2)


def test_7_drift() -> None:
    assert found(sums("1;3;7", "2;12;8", "3;70;30"), previous=sums(*GOOD)) == [(7, 2, 3)]
    assert found(sums("1;3;7", "2;11;10", "3;70;30"), previous=sums(*GOOD)) == []
    small = sums("1;1;4")
    assert found(sums("1;2;3"), previous=small) == [(7, 1, 2)]  # one person, and twenty points


def test_8_national_figures_warn() -> None:
    findings = check_headcount(sums("1;3;7", "2;10;10", "3;20;80"))
    assert [(finding.check, finding.level, finding.severity) for finding in findings] == [(8, 3, "warning")]


def test_9_percentages() -> None:
    head = "niveau;kvinder;mænd;kvinder %;mænd %"
    assert found(sums("1;3;7;30;70", head=head)) == []
    assert found(sums("1;3;7;40;60", head=head)) == [(9, 1, 2), (9, 1, 2)]
    assert found(sums("1;1;2;33;66", head=head)) == [(9, 1, 2), (9, 1, 2)]
    assert found(sums("1;1;2;33,3;66,7", head=head)) == []


def test_9_our_own_percentages_sum_to_100() -> None:
    for heads in [(1, 1, 1), (1, 2, 4), (0, 0, 7), (333, 333, 334)]:
        assert sum(percents_of(heads)) == 100
    assert percents_of((0, 0, 0)) == (0, 0, 0)


def test_10_changes_after_a_body_has_seen_it() -> None:
    seen = sums("1;10;10", "2;3;7", "3;70;30")
    assert [at for at in found(sums(*GOOD), seen=seen) if at[0] == 10] == [
        (10, 1, 2), (10, 1, 2), (10, 2, 3), (10, 2, 3),
    ]  # fmt: skip
