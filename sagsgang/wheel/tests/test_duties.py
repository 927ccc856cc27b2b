"""The register of duties: what the law asks for, where each stands, and the known ones put in once."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Unit, UnitStaff
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.wheel import actions
from sagsgang.wheel.actions import EntryFacts, StepWish
from sagsgang.wheel.actions.duties import known_duties
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.queries.duties import DutyLine, register_of
from sagsgang.wheel.rules import parse_rule
from sagsgang.wheel.rules.duties import UNSETTLED_RULE, Round, interval_words, is_settled, state_of
from sagsgang.wheel.tests.conftest import Town

TODAY = date(2023, 4, 3)
NEXT = date(2023, 6, 1)


@pytest.fixture(autouse=True)
def april(settings: Settings) -> Iterator[None]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with time_machine.travel("2023-04-03 12:00+02:00"):
        yield


def stand(*rounds: Round, next_on: date | None = NEXT, lead: int = 30, valid_to: date | None = None) -> str:
    return state_of(rounds, next_on=next_on, lead_days=lead, valid_to=valid_to, today=TODAY)


def test_where_a_duty_stands() -> None:
    past, coming = date(2022, 6, 1), date(2023, 5, 1)

    assert stand() == "coming"
    assert stand(Round(past, True, False)) == "done"
    assert stand(Round(past, True, False), lead=90) == "coming"  # its lead date has come
    assert stand(Round(past, True, True), Round(coming, False, True)) == "preparation"
    assert stand(Round(past, False, True), Round(coming, False, True)) == "overdue"
    assert stand(Round(past, True, False), next_on=None, valid_to=date(2022, 12, 31)) == "abolished"
    assert stand(Round(past, False, False), next_on=None, valid_to=date(2022, 12, 31)) == "overdue"
    assert stand(Round(TODAY, False, False), next_on=TODAY) == "coming"  # its day is not over


def test_a_rule_that_is_not_settled_is_said_to_be() -> None:
    assert not is_settled(UNSETTLED_RULE)
    assert not is_settled("hver tredje onsdag")
    assert is_settled("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1")
    assert interval_words(UNSETTLED_RULE) == gettext("not settled")
    assert interval_words("EVENT;DAYS=-21", "2. behandling") == "3 uger før »2. behandling«"


def test_every_known_duty_names_its_law_and_its_source_and_can_be_read() -> None:
    known = known_duties()
    keys = [duty["key"] for duty in known]

    assert all(duty["law"] and duty["source"] and duty["note"] and duty["evidence"] for duty in known)
    assert len(set(keys)) == len(keys) == 10
    assert [key for key, duty in zip(keys, known, strict=True) if "rule" not in duty] == ["targets", "accessibility"]
    for place, duty in enumerate(known):
        parse_rule(duty.get("rule", UNSETTLED_RULE))
        assert "after" not in duty or duty["after"] in keys[:place]


def line(town: Town, title: str) -> DutyLine:
    return next(line for line in register_of(town.authority) if line.entry.title.startswith(title))


def test_the_known_duties_are_put_in_once_and_never_over_edits(town: Town) -> None:
    made = actions.seed_duties(town.authority, actor=town.secretary)
    facts = EntryFacts(title="Vores egen", rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1", is_duty=True, law="§ 1")
    actions.edit_entry(made[0], facts, actor=town.secretary)
    for entry in made[1:]:
        actions.withdraw_entry(entry, actor=town.secretary)

    with pytest.raises(RuleBrokenError):
        actions.seed_duties(town.authority, actor=town.secretary)

    assert [entry.title for entry in WheelEntry.objects.all()] == ["Vores egen"]
    assert AuditEntry.objects.filter(verb="seed_duties").count() == 1


def test_the_seed_lays_paths_and_days(town: Town) -> None:
    actions.seed_duties(town.authority, actor=town.secretary)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)

    report, second, first = (line(town, title) for title in ("Ligestill", "Årsbudget, 2", "Årsbudget, 1"))

    assert (report.path, report.next_on, report.state) == ("DIR → HU → ØK → KB", date(2023, 6, 1), "coming")
    assert (second.next_on, first.next_on) == (date(2023, 10, 15), date(2023, 9, 24))
    assert line(town, "Konstituering").next_on == date(2025, 12, 15)
    assert (line(town, "Måltal").next_on, line(town, "Måltal").interval) == (None, gettext("not settled"))


def test_an_abolished_duty_is_history_with_its_evidence(town: Town) -> None:
    actions.seed_duties(town.authority, actor=town.secretary)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    row = Occurrence.objects.get(entry__title="Ligestillingsredegørelse")
    actions.finish_occurrence(row, on=date(2023, 5, 30), evidence="Kvittering 4711", actor=town.secretary)

    with time_machine.travel("2026-02-01 12:00+01:00"):
        found = line(town, "Ligestill")
        turned = actions.turn_wheel(town.authority, year=2026, actor=town.secretary)

        assert (found.state, found.next_on) == ("abolished", None)
        assert found.last is not None
        assert (found.last.done_on, found.last.evidence) == (date(2023, 5, 30), "Kvittering 4711")
        assert turned.made > 0
    assert Occurrence.objects.filter(entry=row.entry).count() == 1


def test_what_was_dropped_is_not_overdue_and_comes_again_the_next_time(town: Town) -> None:
    facts = EntryFacts(title="Regnskab", rule="FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", is_duty=True, law="§ 45")
    actions.add_entry(town.authority, facts, actor=town.secretary)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    before = line(town, "Regnskab")

    actions.drop_occurrence(Occurrence.objects.get(), note="Aflyst", actor=town.secretary)
    after = line(town, "Regnskab")

    assert before.late is not None
    assert before.done is None
    assert (before.state, before.late.day) == ("overdue", date(2023, 3, 31))
    assert (after.state, after.late, after.next_on) == ("coming", None, date(2024, 3, 31))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_empty_register_says_what_to_do_and_its_button_does_it(town: Town) -> None:
    client = signed_in(town.secretary)
    empty = client.get(reverse("wheel:duties")).content.decode()

    sent = [client.post(reverse("wheel:seed-duties", args=[town.authority.pk])).status_code for _ in range(2)]
    full = client.get(reverse("wheel:duties"))

    button = reverse("wheel:seed-duties", args=[town.authority.pk])
    assert button in empty
    assert sent == [302, 302]
    assert len(full.context["lines"]) == 10
    assert WheelEntry.objects.count() == 10
    assert button not in full.content.decode()


def test_who_does_not_keep_the_wheel_sees_no_button_and_may_not_press_it(town: Town) -> None:
    clerk = User.objects.create_user("medarbejder")
    UnitStaff.objects.create(unit=Unit.objects.create(authority=town.authority, name="Natur"), user=clerk)
    client = signed_in(clerk)

    page = client.get(reverse("wheel:duties"))
    pressed = client.post(reverse("wheel:seed-duties", args=[town.authority.pk]))

    assert (page.status_code, pressed.status_code) == (200, 403)
    assert "<button class='button button-primary'" not in page.content.decode().replace('"', "'")


def test_the_register_is_filtered_and_sorted(town: Town) -> None:
    actions.seed_duties(town.authority, actor=town.secretary)
    WheelEntry.objects.filter(title__startswith="Årsbudget").update(owner_role="Økonomichefen")
    client = signed_in(town.secretary)

    def titles(query: str) -> list[str]:
        found = client.get(reverse("wheel:duties") + query).context["lines"]
        return [shown.duty.entry.title for shown in found]

    assert titles("?owner=Økonomichefen") == ["Årsbudget, 1. behandling", "Årsbudget, 2. behandling"]
    assert titles("?state=done") == []
    assert titles("?sort=title&order=desc") == sorted(titles(""), key=str.casefold, reverse=True)
    assert len(titles("?owner=Ingen&state=ukendt&sort=hemmelig")) == 10


def test_the_page_of_a_duty_shows_its_rounds_and_where_to_finish_them(town: Town) -> None:
    actions.seed_duties(town.authority, actor=town.secretary)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    row = Occurrence.objects.get(entry__title="Årsregnskab og overførsler")
    address = reverse("wheel:duty", args=[row.entry_id])
    client = signed_in(town.secretary)

    before = client.get(address).content.decode()
    actions.finish_occurrence(row, on=TODAY, evidence="KB, punkt 7", actor=town.secretary)
    after = client.get(address).content.decode()

    assert reverse("wheel:finish-occurrence", args=[row.pk]) in before
    assert reverse("wheel:finish-occurrence", args=[row.pk]) not in after
    assert "KB, punkt 7" in after


@pytest.mark.parametrize("count", [3, 60])
def test_the_pages_cost_the_same_whatever_there_is(
    count: int, town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        facts = EntryFacts(
            title=f"Pligt {number}", rule=f"FREQ=YEARLY;BYMONTH={number % 12 + 1};BYMONTHDAY=1", is_duty=True, law="§ 1",
            steps=(StepWish(town.bodies["KB"], "decision"),),
        )  # fmt: skip
        entry = actions.add_entry(town.authority, facts, actor=town.secretary)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    client = signed_in(town.secretary)

    with django_assert_max_num_queries(10) as register:
        client.get(reverse("wheel:duties"))
    with django_assert_max_num_queries(12) as page:
        client.get(reverse("wheel:duty", args=[entry.pk]))

    assert (len(register), len(page)) == (10, 12)
