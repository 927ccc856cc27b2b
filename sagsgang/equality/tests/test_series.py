"""Schemes with their days, targets with where they stand, and counts as a series beside the national figures."""

from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.core.plots import Absent
from sagsgang.equality import actions
from sagsgang.equality.actions import CountFacts, NationalFacts, SchemeFacts
from sagsgang.equality.models import Count, LevelFigure, Scheme, Target
from sagsgang.equality.queries.counts import members_on
from sagsgang.equality.queries.national import national_years
from sagsgang.equality.queries.series import counted_days
from sagsgang.equality.reading import read_headcount
from sagsgang.equality.rendering.plots import plot_of_shares
from sagsgang.equality.rules.chart import Post, second_level
from sagsgang.equality.rules.checks import check_headcount
from sagsgang.equality.rules.national import KNOWN, National, national_at
from sagsgang.equality.rules.schemes import scheme_on
from sagsgang.equality.rules.targets import distance_of
from sagsgang.equality.shapes import Figures, Member
from sagsgang.equality.tests.test_pages import HEAD, Town, town

__all__ = ["town"]

DAY = date(2023, 4, 12)


def scheme(since: date | None, until: date | None) -> Scheme:
    return Scheme(name=f"{since}", valid_from=since, valid_to=until)


def test_which_scheme_holds_on_a_day() -> None:
    old, new = scheme(None, date(2024, 12, 10)), scheme(date(2024, 12, 11), None)
    assert [scheme_on([old, new], day) for day in (DAY, date(2024, 12, 10), date(2024, 12, 11))] == [old, old, new]
    beside = scheme(date(2020, 1, 1), None)  # both hold: the one that began last
    assert scheme_on([old, beside], DAY) is beside
    assert scheme_on([new], DAY) is None


def test_how_far_a_target_is() -> None:
    def stands(figures: Figures | None, **more: object) -> tuple[str, int | None, int | None]:
        known: dict[str, object] = {"sex": "k", "number": 5, "share": 40, "due_on": DAY, "today": DAY, **more}
        found = distance_of(figures, **known)  # type: ignore[arg-type] # the facts of a target, some of them others
        return found.state, found.lacking_heads, found.lacking_points

    assert stands(Figures(5, 7)) == ("reached", 0, 0)
    assert stands(Figures(3, 9)) == ("under way", 2, 15)
    assert stands(Figures(3, 9), today=date(2023, 4, 13)) == ("missed", 2, 15)
    assert stands(Figures(9, 3), sex="m", number=3, share=30) == ("under way", 0, 5)
    assert stands(None) == stands(Figures(0, 0)) == ("uncounted", None, None)


def test_what_a_count_is_set_beside() -> None:
    newer = National(2023, {1: 35, 2: 52, 3: 71})
    assert [national_at([*KNOWN, newer], year).year for year in (2019, 2020, 2022, 2023, 2025)] == [
        2020, 2020, 2020, 2023, 2023,
    ]  # fmt: skip
    assert national_at([], 2023).year == 2020


def test_level_2_is_who_answers_to_the_directorate() -> None:
    director, chef, below, far, top = (uuid4() for _at in range(5))
    units = [uuid4() for _at in range(6)]
    posts: dict[UUID, Post] = {
        units[0]: Post(director, None),
        units[1]: Post(chef, units[0]),
        units[2]: Post(below, units[1]),
        units[3]: Post(None, units[0]),
        units[4]: Post(far, units[3], is_certain=False),  # nobody manages the unit above
        units[5]: Post(top, None),  # nobody above at all
    }
    assert second_level(posts, {director}) == {chef: True, far: False, top: True}
    circle = {units[0]: Post(chef, units[1]), units[1]: Post(None, units[0])}
    assert second_level(circle, {director}) == {chef: True}


def test_2_a_chart_that_may_have_changed_warns_and_says_it_once() -> None:
    rows = [HEAD, "1;Ida Vang;DIR;1;k;fast", *(f"{at};Chef {at};X;2;m;fast" for at in range(10, 40))]
    count = read_headcount("\n".join(rows).encode())
    known = [Member("Ida Vang"), Member("Chef 10", level=2), Member("Ny Chef", level=2, is_certain=False)]
    found = [one for one in check_headcount(count, members=known, may_name=False) if one.check == 2]
    assert [(one.severity, one.row) for one in found] == [("warning", None), ("warning", 4)]
    assert "29" in found[1].message and "Chef 11" not in found[1].message
    known[2] = Member("Ny Chef", level=2)
    found = [one for one in check_headcount(count, members=known) if one.check == 2]
    assert {one.severity for one in found} == {"error"} and len(found) == 30


def signed(authority: Authority, by: User, day: date, levels: dict[int, tuple[int, int]]) -> Count:
    count = Count.objects.create(
        authority=authority,
        snapshot_on=day,
        version=1,
        made_by=by,
        signed_off_at=now(),
        signed_off_by=by,
        is_typed=True,
    )
    LevelFigure.objects.bulk_create(
        LevelFigure(count=count, level=level, women=women, men=men) for level, (women, men) in levels.items()
    )
    return count


@pytest.mark.django_db
def test_schemes_are_put_in_changed_and_switched(client: Client, town: Town) -> None:
    client.force_login(town.hr)
    seed = reverse("equality:seed-schemes", args=[town.authority.pk])
    assert [client.post(seed).status_code for _time in range(2)] == [302, 302]
    old, new = Scheme.objects.order_by("kind")
    assert (old.interval_years, "1470" in old.law, "§ 13" in new.law, bool(old.note and new.note)) == (
        3,
        True,
        True,
        True,
    )
    page = reverse("equality:schemes", args=[town.authority.pk])
    assert old.name in client.get(page).text

    # A count is made under what holds on its day, and the days of a scheme keep their counts.
    count = actions.keep_count(
        town.authority, CountFacts(snapshot_on=DAY), read_headcount(b"niveau;kvinder;m\xe6nd\n1;3;4"), actor=town.hr
    )
    assert count.scheme == old
    with pytest.raises(RuleBrokenError):
        actions.keep_count(
            town.authority, CountFacts(snapshot_on=DAY, scheme=new), read_headcount(b"niveau;kvinder;m\xe6nd\n1;3;4"),
            actor=town.hr,
        )  # fmt: skip
    switch = reverse("equality:switch-scheme", args=[new.pk])
    assert client.post(switch, {"on": "2023-01-01"}).status_code == 422
    assert client.post(switch, {"on": "2025-01-01"}).status_code == 302
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.valid_to, new.valid_from) == (date(2024, 12, 10), date(2025, 1, 1))
    actions.switch_scheme(new, on=date(2024, 7, 1), actor=town.hr)
    old.refresh_from_db()
    assert old.valid_to == date(2024, 6, 30)

    edit = reverse("equality:edit-scheme", args=[old.pk])
    facts = {"kind": "report", "name": old.name, "valid_to": "2022-12-31", "note": "Læst."}
    answer = client.post(edit, facts)
    assert answer.status_code == 422 and "Læst." in answer.text
    assert client.post(edit, {**facts, "valid_to": ""}).status_code == 302
    add = reverse("equality:add-scheme", args=[town.authority.pk])
    assert client.post(add, {"kind": "report", "name": old.name.upper()}).status_code == 422
    with pytest.raises(RuleBrokenError):
        facts_of_none = SchemeFacts(kind="report", name="X", valid_from=DAY, valid_to=date(2020, 1, 1))
        actions.add_scheme(town.authority, facts_of_none, actor=town.hr)


@pytest.mark.django_db
def test_targets_are_set_measured_reported_and_taken_off(client: Client, town: Town) -> None:
    signed(town.authority, town.hr, DAY, {1: (2, 5), 2: (9, 9)})
    client.force_login(town.hr)
    add = reverse("equality:set-target", args=[town.authority.pk])
    typed = {"level": "1", "sex": "k", "number": "3", "share": "40", "due_on": "2099-12-31", "receipt": "KV-17"}
    refused = client.post(add, typed)
    assert refused.status_code == 422 and "KV-17" in refused.text  # a receipt of no day
    assert client.post(add, {**typed, "receipt": ""}).status_code == 302
    assert client.post(add, {**typed, "receipt": ""}).status_code == 422  # one of a level and a day
    target = Target.objects.get()
    change = reverse("equality:change-target", args=[target.pk])
    reported = {**typed, "submitted_on": "2024-05-31"}
    assert client.post(change, reported).status_code == 422  # reported, and decided by nobody
    assert client.post(change, {**reported, "decided_words": "Kommunalbestyrelsen 23-05-2023"}).status_code == 302
    page = client.get(reverse("equality:targets", args=[town.authority.pk])).text
    for words in ("KV-17", "Kommunalbestyrelsen 23-05-2023", "29", "11", "<svg"):
        assert words in page
    withdraw = reverse("equality:withdraw-target", args=[target.pk])
    assert [client.get(withdraw).status_code, client.post(withdraw).status_code] == [200, 302]
    assert not Target.objects.exists() and Target.history.count() == 1
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"set_equality_target", "change_equality_target", "withdraw_equality_target"} <= verbs


@pytest.mark.django_db
def test_counts_are_compared_over_time_and_with_all_municipalities(
    client: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = signed(town.authority, town.hr, DAY, {1: (2, 5), 2: (9, 9), 3: (30, 12)})
    series = reverse("equality:series", args=[town.authority.pk])
    client.force_login(town.hr)
    with django_assert_num_queries(9):
        assert reverse("equality:count", args=[first.pk]) in client.get(series).text
    for at in range(1, 25):
        signed(town.authority, town.hr, date(2023, 5, at), {1: (2 + at % 3, 5), 2: (9, 9)})
    Count.objects.create(
        authority=town.authority, snapshot_on=date(2024, 1, 1), version=1, made_by=town.hr
    )  # not signed
    with django_assert_num_queries(9):
        page = client.get(series).text
    days = counted_days(town.authority)
    assert len(days) == 25 and not days[0].drift and days[1].drift == () and days[3].drift
    drawn = plot_of_shares(days)
    assert drawn and drawn.lines[0].points[0].href == reverse("equality:count", args=[first.pk])
    assert drawn.lines[2].points[-1].value == Absent.MISSING  # level 3 was not counted
    assert "01-01-2024" not in page

    actions.keep_national(
        NationalFacts(year=2023, source="Kilde", level_1=35, level_2=52, level_3=71), actor=town.admin
    )
    assert [one.year for one in national_years()] == [2017, 2020, 2023]
    keep = reverse("equality:keep-national")
    assert client.get(keep).status_code == 403
    assert client.get(reverse("equality:national")).status_code == 200
    client.force_login(town.admin)
    assert client.post(keep, {"year": "2024", "source": "Kilde"}).status_code == 422  # it says nothing
    assert client.get(f"{keep}?year=1999").status_code == 404
    assert client.post(keep, {"year": "2020", "source": "Rettet kilde", "leaders": "69"}).status_code == 302
    assert "Rettet kilde" in client.get(reverse("equality:national")).text


@pytest.mark.django_db
def test_the_org_chart_is_asked_as_of_the_day(town: Town) -> None:
    director = town.directorate.seats.all()[0].person
    chef = town.authority.persons.create(name="Chef Et", title="Naturchef")
    with time_machine.travel("2023-04-01"):
        top = Unit.objects.create(authority=town.authority, name="Direktion", manager=director)
        unit = Unit.objects.create(authority=town.authority, name="Natur", parent=top, manager=chef)

    def chefs() -> list[tuple[str, bool]]:
        return [(one.words, one.is_certain) for one in members_on(town.authority, DAY) or () if one.level == 2]

    assert chefs() == [("Naturchef Chef Et", True)]
    unit.save()  # changed today
    assert chefs() == [("Naturchef Chef Et", False)]
