"""The lists: mine, a unit's, a body's; what is overdue first; filtered, sorted, paged; the same queries for many."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person, Unit
from sagsgang.cases.tests.factories import Town, htmx, signed_in_as
from sagsgang.followups import actions, queries
from sagsgang.followups.models import FollowUp
from sagsgang.followups.permissions import eyes_of
from sagsgang.followups.tests.factories import CLOSED, HEAD, dir_item, give, mtu_item

MINE, UNIT, BODY = 9, 9, 11  # queries of each page, with session and user
AT_ITEM, AT_CASE, ONE = 10, 9, 9


def words_of(rows: Any) -> list[str]:
    return [row.words for row in rows]


def test_mine_are_those_given_to_me_by_name_and_those_of_my_unit_that_nobody_has(town: Town) -> None:
    item = dir_item(town)
    give(town, item, "Min", owner=town.writer)
    give(town, item, "Enhedens", unit=town.unit)
    give(town, item, "En andens i enheden", unit=town.unit, owner=town.colleague)
    give(town, item, "En anden enheds", unit=town.other_unit)

    assert sorted(words_of(queries.of_user(eyes_of(town.writer)))) == ["Enhedens", "Min"]


def test_a_units_list_holds_the_units_below_it_for_its_manager(town: Town) -> None:
    top = Unit.objects.get(name="Direktionsområdet")
    Unit.objects.filter(pk=top.pk).update(
        manager=Person.objects.create(authority=town.authority, name="Direktør Prøve", user=town.director)
    )
    item = dir_item(town)
    for unit in (top, town.unit, town.other_unit):
        give(town, item, unit.name, unit=unit)

    rows = sorted(words_of(queries.of_unit(top, eyes_of(town.director))))
    codes = [
        signed_in_as(user).get(reverse("followups:unit-follow-ups", args=[town.unit.pk])).status_code
        for user in (town.director, town.manager, town.writer, town.stranger, town.dir_secretary)
    ]
    assert rows == ["Børn og Skole", "Direktionsområdet", "Natur og Miljø"]
    assert codes == [200, 200, 200, 404, 404]


def test_overdue_ones_stand_first_then_by_day_and_last_what_has_none(town: Town) -> None:
    item = dir_item(town)
    step = item.case.path.get(body=town.kb)
    type(step).objects.filter(pk=step.pk).update(planned_on=None)
    step.refresh_from_db()
    give(town, item, "Uden dag", before_step=step)
    for name, days in (("Senere", 9), ("Snart", 1), ("Sent", 2), ("Gjort", 3)):
        give(town, item, name, due_on=localdate() + timedelta(days=days))
    FollowUp.objects.filter(words="Sent").update(due_on=localdate() - timedelta(days=1))
    actions.finish_follow_up(FollowUp.objects.get(words="Gjort"), words="Ja", actor=town.writer)

    rows = queries.at_body(town.dir, eyes_of(town.dir_secretary))

    assert words_of(queries.matching(rows)) == ["Sent", "Snart", "Senere", "Uden dag"]
    assert words_of(queries.matching(rows, show="late")) == ["Sent"]
    assert words_of(queries.matching(rows, show="done")) == ["Gjort"]
    assert words_of(queries.matching(rows, show="all", sort="new")) == ["Gjort", "Sent", "Snart", "Senere", "Uden dag"]
    assert words_of(queries.matching(rows, words="sEN")) == ["Sent", "Senere"]


def test_owners_are_sorted_in_danish(town: Town) -> None:
    item = dir_item(town)
    for role in ("Åse-chef", "Zoo-chef", "Ældrechef", "Arkivchef"):
        give(town, item, role, owner_role=role)

    rows = queries.matching(queries.at_body(town.dir, eyes_of(town.dir_secretary)), sort="owner")

    assert words_of(rows) == ["Arkivchef", "Zoo-chef", "Ældrechef", "Åse-chef"]


@pytest.mark.parametrize("count", [3, 60])
def test_each_list_asks_as_often_for_three_as_for_sixty(
    town: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    item = dir_item(town)
    step = item.case.path.get(body=town.mtu)
    for number in range(count):
        row = give(town, item, f"Nr. {number}", unit=town.unit, before_step=step, reports_to=town.dir)
        if number % 3 == 0:
            actions.finish_follow_up(row, words="Gjort", actor=town.writer)
    writer, secretary = signed_in_as(town.writer), signed_in_as(town.dir_secretary)

    with django_assert_num_queries(MINE):
        writer.get(reverse("followups:follow-ups"), {"show": "all"})
    with django_assert_num_queries(UNIT):
        writer.get(reverse("followups:unit-follow-ups", args=[town.unit.pk]), {"show": "all"})
    with django_assert_num_queries(BODY):
        secretary.get(reverse("followups:body-follow-ups", args=[town.dir.pk]), {"show": "all"})


def test_three_hundred_are_paged(town: Town) -> None:
    item = dir_item(town)
    FollowUp.objects.bulk_create(
        FollowUp(
            case=item.case, item=item, body=town.dir, words=f"Nr. {number}", owner_role=HEAD, given_by=town.writer,
            due_on=date(2026, 4, 1) + timedelta(days=number),
        )
        for number in range(300)
    )  # fmt: skip
    client = signed_in_as(town.dir_secretary)
    url = reverse("followups:body-follow-ups", args=[town.dir.pk])

    first, last, beyond = (client.get(url, {"page": page}).content.decode() for page in ("1", "6", "99"))

    assert "Side 1 af 6" in first and "300 opfølgninger" in first
    assert ">Nr. 0<" in first and ">Nr. 49<" in first and ">Nr. 50<" not in first
    assert ">Nr. 299<" in last and ">Nr. 299<" in beyond


def test_an_empty_list_says_what_comes_there(town: Town) -> None:
    mine = signed_in_as(town.stranger).get(reverse("followups:follow-ups")).content.decode()
    filtered = signed_in_as(town.stranger).get(reverse("followups:follow-ups"), {"words": "x"}).content.decode()

    assert "Du har ingen opfølgninger." in mine
    assert "Ingen opfølgning passer." in filtered


@pytest.mark.parametrize("query", ["show=nej", "sort=nej", "page=-1", "page=x", "words=%00", f"words={'x' * 500}"])
def test_a_query_string_of_anybody_is_answered(town: Town, query: str) -> None:
    give(town, dir_item(town), owner=town.writer)

    assert signed_in_as(town.writer).get(f"{reverse('followups:follow-ups')}?{query}").status_code == 200


def test_htmx_gets_the_list_alone(town: Town) -> None:
    give(town, dir_item(town), owner=town.writer)

    page = htmx(town.writer).get(reverse("followups:follow-ups")).content.decode()

    assert page.strip().startswith('<div id="follow-ups">')
    assert "Følger op på tallene" in page


def test_my_page_leads_to_my_units_and_bodies_with_what_is_overdue(town: Town) -> None:
    item = dir_item(town)
    for name in ("Et", "To"):
        give(town, item, name, unit=town.unit)
    FollowUp.objects.filter(words="Et").update(due_on=localdate() - timedelta(days=3))

    units, bodies = queries.overview_of(eyes_of(town.writer))
    _none, kept = queries.overview_of(eyes_of(town.dir_secretary))

    assert [(entry.place, entry.count, entry.late) for entry in units] == [(town.unit, 2, 1)]
    assert [(entry.place, entry.count, entry.late) for entry in kept] == [(town.dir, 2, 1)]
    assert bodies == []


def lines_at(user: User, item: Any) -> list[tuple[list[str], list[str]]]:
    return [(words_of(place.here), words_of(place.others)) for place in queries.places_of(item, user)[0]]


def test_at_every_step_the_follow_ups_of_the_case_are_shown_those_given_here_first(town: Town) -> None:
    item = dir_item(town)
    give(town, item, "Fra direktionen")
    give(town, dir_item(town, "En anden sag"), "Fra en anden sag")
    later = mtu_item(town, item.case)
    actions.give_follow_up(
        item.case,
        actions.FollowUpFacts("Fra udvalget", HEAD, due_on=date(2026, 5, 1)),
        item=later,
        actor=town.secretary,
    )

    assert lines_at(town.member, later) == [(["Fra udvalget"], ["Fra direktionen"])]
    assert lines_at(town.dir_secretary, item) == [(["Fra direktionen"], ["Fra udvalget"])]


@pytest.mark.parametrize("count", [1, 30])
def test_at_an_item_and_on_a_case_it_asks_as_often_for_many(
    town: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    item = dir_item(town)
    for number in range(count):
        give(town, item, f"Nr. {number}", unit=town.unit, before_step=item.case.path.get(body=town.mtu))
    client = htmx(town.writer)
    secretary = htmx(town.dir_secretary)

    with django_assert_num_queries(AT_ITEM):
        secretary.get(reverse("followups:at-item", args=[item.pk]))
    with django_assert_num_queries(AT_CASE):
        client.get(reverse("followups:at-case", args=[item.case_id]))
    with django_assert_num_queries(ONE):
        client.get(reverse("followups:follow-up", args=[FollowUp.objects.all()[0].pk]))


def test_the_list_of_a_closed_matter_is_the_same_length_for_all(town: Town) -> None:
    with time_machine.travel("2026-03-20 11:00+01:00", tick=True):
        give(town, dir_item(town, **CLOSED))

    page = signed_in_as(town.auditor).get(reverse("followups:body-follow-ups", args=[town.dir.pk])).content.decode()

    assert "1 opfølgning<" in page and "Lukket sag" in page and "Ny sti ved åen" not in page
