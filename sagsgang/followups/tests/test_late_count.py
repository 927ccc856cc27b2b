"""The number in the menu: what is overdue of hers by name, in one query."""

import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.followups import actions
from sagsgang.followups.tests.factories import dir_item, give

LATE = "2026-04-16 12:00+02:00"


def test_the_menu_counts_what_is_overdue_of_hers_alone(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    item = dir_item(town)
    for words in ("Den ene", "Den anden"):
        give(town, item, words, owner=town.writer)
    give(town, item, "En andens", owner=town.colleague)
    give(town, item, "Enhedens", unit=town.unit)
    done = give(town, item, "Gjort", owner=town.writer)
    actions.finish_follow_up(done, words="Gjort.", actor=town.writer)

    with time_machine.travel(LATE):
        client = signed_in_as(town.writer)
        with django_assert_num_queries(3):  # session, user, and the number
            hers = client.get(reverse("followups:late-count"))
        nobodys = signed_in_as(town.chief).get(reverse("followups:late-count")).content.decode()

    assert "2 " in hers.content.decode()
    assert hers["Cache-Control"] == "private, max-age=60"
    assert nobodys.strip() == ""


def test_every_page_asks_for_it_apart(town: Town) -> None:
    page = signed_in_as(town.writer).get(reverse("followups:follow-ups")).content.decode()

    assert f'hx-get="{reverse("followups:late-count")}"' in page
