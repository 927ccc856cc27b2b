"""Who is reminded of what is due on the wheel, when, and in which words: by a real mail server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime, now
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import LetterState, StaffLetter, User
from sagsgang.accounts.queries import staff_letters_to_send
from sagsgang.accounts.tasks import send_staff_letter
from sagsgang.bodies.models import Appointment, Role, Unit, UnitStaff
from sagsgang.cases.models import Case
from sagsgang.documents.access import Access, Ground
from sagsgang.wheel import actions
from sagsgang.wheel.actions import EntryFacts
from sagsgang.wheel.actions.reminders import remind
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.rules.reminders import has_news, is_time, reminded_on
from sagsgang.wheel.tests.conftest import Town
from tests.mail_box import Box, html_of, mail_server, text_of

DUE, BEGINS, KNOWN = date(2023, 6, 1), date(2023, 3, 3), date(2023, 1, 2)


@pytest.mark.parametrize(
    ("today", "reminded"),
    [
        (date(2023, 3, 2), None), (date(2023, 3, 3), BEGINS), (date(2023, 5, 17), BEGINS),
        (date(2023, 5, 18), date(2023, 5, 18)), (date(2023, 6, 1), date(2023, 5, 18)), (date(2023, 6, 2), date(2023, 6, 2)),
        (date(2023, 6, 8), date(2023, 6, 2)), (date(2023, 6, 9), date(2023, 6, 9)), (date(2024, 6, 7), date(2024, 6, 7)),
    ],
)  # fmt: skip
def test_a_return_asks_for_a_reminder_when_it_begins_when_it_is_near_and_every_week_when_late(
    today: date, reminded: date | None
) -> None:
    assert reminded_on(DUE, begins=BEGINS, known=KNOWN, today=today) == reminded


def test_what_was_told_is_no_news_and_what_was_put_on_late_is() -> None:
    facts = {"begins": BEGINS, "known": KNOWN}
    late = {"begins": BEGINS, "known": date(2023, 4, 3)}

    assert has_news(DUE, **facts, told_on=date(2023, 3, 2), today=date(2023, 3, 6))  # the worker was away on 3 March
    assert not has_news(DUE, **facts, told_on=date(2023, 3, 3), today=date(2023, 3, 6))
    assert not has_news(DUE, **facts, told_on=None, today=date(2023, 4, 3))
    assert has_news(DUE, **late, told_on=date(2023, 4, 3), today=date(2023, 4, 4))


def test_letters_go_out_on_working_days_from_seven() -> None:
    moments = ["2023-04-05 06:59", "2023-04-05 07:00", "2023-04-06 12:00", "2023-04-08 12:00", "2023-04-11 23:00"]

    assert [is_time(datetime.fromisoformat(text)) for text in moments] == [False, True, False, False, True]


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    with mail_server() as box:
        settings.SMTP, settings.BASE_URL = box.url, "https://moeder.example"
        yield box


@pytest.fixture
def year(town: Town) -> Town:
    """Two returns begin on 3 March: one of the organisation, and one of a committee and a unit of its own."""
    User.objects.filter(pk=town.secretary.pk).update(email="sekretariat@egekoebing.example")
    clerk = User.objects.create_user("sagsbehandler", email="natur@egekoebing.example")
    chair = User.objects.create_user("formand", email="formand@egekoebing.example")
    Appointment.objects.create(user=chair, body=town.bodies["MTU"], role=Role.CHAIR)
    unit = Unit.objects.create(authority=town.authority, name="Natur")
    UnitStaff.objects.create(unit=unit, user=clerk)
    with time_machine.travel("2023-01-02 12:00+01:00"):
        whole = EntryFacts(title="Regnskab", rule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", lead_days=90)
        for facts in (whole, replace(whole, title="Spildevand", body=town.bodies["MTU"], unit=unit)):
            actions.add_entry(town.authority, facts, actor=town.secretary)
        actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    return town


def write(moment: str) -> int:
    """What the clock and the worker do at a time."""
    with time_machine.travel(f"{moment}+01:00"):
        written = remind(localtime())
        for pk in staff_letters_to_send(now()):
            send_staff_letter(str(pk))
        return written


def test_each_gets_one_letter_a_day_of_what_is_hers_and_no_closed_title(year: Town, box: Box) -> None:
    early, at_seven, again = (write(f"2023-03-03 {hour}") for hour in ("06:00", "07:30", "09:00"))
    first = {str(letter["To"]).partition("@")[0]: text_of(letter) for letter in box.letters}
    quiet = write("2023-03-06 08:00")
    closed = Case.objects.create(
        authority=year.authority, title="Hemmelig spildevandssag", access=Access.CLOSED, ground=Ground.PERSONAL
    )
    Occurrence.objects.filter(entry__title="Spildevand").update(case=closed)
    near = write("2023-05-19 08:00")  # 18 May is Ascension Day: the day after

    assert (early, at_seven, again, quiet, near) == (0, 2, 0, 0, 2)
    told = {name: ("Regnskab" in text, "Spildevand" in text) for name, text in first.items()}
    assert told == {"sekretariat": (True, False), "natur": (False, True)}
    last = "".join(text_of(letter) + html_of(letter) + str(letter["Subject"]) for letter in box.letters[2:])
    assert "spildevand" not in last.casefold()
    assert "en lukket sag" in last or "a closed case" in last  # as the words are translated
    assert "https://moeder.example/intern/reminders/" in last
    assert set(StaffLetter.objects.values_list("state", "text")) == {(LetterState.SENT, "")}


def test_who_says_no_or_has_no_address_gets_none_and_a_refused_letter_waits(year: Town, box: Box) -> None:
    client = Client()
    client.force_login(year.secretary)
    page = reverse("wheel:reminders")
    refused = client.post(page, {"is_wanted": "on", "address": "ingen adresse"})
    saved = client.post(page, {"address": "sekretariat@egekoebing.example"})
    box.answer = "451 senere"

    written = write("2023-03-03 08:00")

    letter = StaffLetter.objects.get()
    assert (refused.status_code, saved.status_code, written) == (422, 302, 1)
    assert (letter.user.username, letter.state, letter.tries) == ("sagsbehandler", LetterState.WAITING, 1)
    box.answer = ""
    assert (write("2023-03-03 08:05"), len(box.raw)) == (0, 1)


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_costs_the_same_whatever_waits(
    year: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        facts = EntryFacts(title=f"Punkt {number}", rule="FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", lead_days=30)
        with time_machine.travel(datetime(2023, 1, 2, 12, tzinfo=UTC)):
            actions.add_entry(year.authority, facts, actor=year.secretary)
    with time_machine.travel(datetime(2023, 1, 2, 12, tzinfo=UTC)):
        actions.turn_wheel(year.authority, year=2023, actor=year.secretary)
    client = Client()
    with time_machine.travel(datetime(2023, 3, 3, 12, tzinfo=UTC)):
        client.force_login(year.secretary)
        with django_assert_num_queries(6):  # session, user, wish, roles, what waits, letters
            shown = client.get(reverse("wheel:reminders")).text

    assert shown.count("Punkt ") == min(count, 30)
