"""In a real browser: cycle, månedsgrebet and talks have no barrier that axe-core can find, and fit a telephone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Person, Seat
from sagsgang.cases.models import Case, PathStep
from sagsgang.followups.actions import FollowUpFacts
from sagsgang.wheel.actions.briefing import put_briefing
from sagsgang.wheel.actions.cards import CardFacts, add_card, give_follow_up_of_card, state_card_outcome, withdraw_card
from sagsgang.wheel.actions.talks import TalkFacts, wish_talk
from sagsgang.wheel.models import CycleBriefing, Occurrence, WheelEntry
from sagsgang.wheel.queries.year import year_of
from sagsgang.wheel.tests.conftest import Town
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def house(short_connections: None, live_server: LiveServer, transactional_db: None, town: Town) -> Town:
    """As `town`, whose secretary can log in."""
    town.secretary.set_password(PASSWORD)
    town.secretary.save()
    return town


def put(town: Town, cycle: str) -> CycleBriefing:
    found = year_of(town.authority, 2023, entries=()).plan.cycles
    chosen = next(one for one in found if one.id == cycle)
    return put_briefing(town.meeting("DIR", chosen.start), chosen, actor=town.secretary)


def matter(town: Town, title: str, *days: tuple[str, date]) -> Case:
    case = Case.objects.create(authority=town.authority, title=title)
    for position, (code, on) in enumerate(days, start=1):
        PathStep.objects.create(
            case=case, body=town.bodies[code], position=position, purpose="discussion", planned_on=on
        )
    return case


def pages(town: Town) -> dict[str, str]:
    """The cycle of April and May with something in each of its lists."""
    last, briefing, actor = put(town, "2023-04"), put(town, "2023-05"), town.secretary
    people = [
        Person.objects.create(authority=town.authority, name=name, title=title)
        for name, title in (("Vera Holm", "Velfærdsdirektør"), ("Bo Lund", "Teknisk direktør"))
    ]
    Seat.objects.bulk_create(Seat(body=town.bodies["DIR"], person=person) for person in people)
    way = (("DIR", date(2023, 4, 12)), ("MTU", date(2023, 4, 24)), ("ØK", date(2023, 5, 16)), ("KB", date(2023, 5, 23)))
    case = matter(town, "Vådområder ved Ege Å", *way)
    matter(town, "Ligestillingsredegørelse 2023", *way)
    first = CardFacts(
        director=people[0], theme="Ligestillingsredegørelsen skal rettes til", why_now="Fristen er den 1. juni.",
        committee=town.bodies["ØK"], risk="Tallene for niveau 1 og 2 er usikre.", goals="Verdensmål 5",
    )  # fmt: skip
    second = CardFacts(director=people[1], theme="Lavbundsjorde og vådområder", committee=town.bodies["MTU"])
    add_card(briefing, first, actor=actor)
    card = add_card(briefing, second, actor=actor)
    card.cases.add(case)
    talk = wish_talk(
        town.bodies["DIR"],
        TalkFacts(speaker=people[1], theme="Vand i landskabet", hook="goal", hook_words="Verdensmål 15", case=case),
        card=card, actor=actor,
    )  # fmt: skip
    withdraw_card(add_card(briefing, CardFacts(director=people[1], theme="Udgår"), actor=actor), actor=actor)
    earlier = add_card(last, CardFacts(director=people[0], theme="Skolernes ferieplan"), actor=actor)
    state_card_outcome(earlier, outcome="Planen er vedtaget.", actor=actor)
    day = localdate() + timedelta(days=30)
    words = FollowUpFacts("Skriv til skolerne", "Skolechef", due_on=day, reports_to=town.bodies["DIR"])
    give_follow_up_of_card(earlier, words, actor=actor)
    entry = WheelEntry.objects.create(
        authority=town.authority, title="Budgetopfølgning", rule="FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2"
    )
    Occurrence.objects.create(entry=entry, origin_day=date(2023, 5, 2), day=date(2023, 5, 2))
    return {
        "cycles": reverse("wheel:cycles") + "?year=2023",
        "cycle": reverse("wheel:cycle", args=["2023-05"]),
        "briefing": reverse("wheel:briefing", args=[briefing.pk]),
        "card": reverse("wheel:add-card", args=[briefing.pk]),
        "talks": reverse("wheel:talks", args=[town.bodies["DIR"].pk]),
        "talk": reverse("wheel:talk", args=[talk.pk]),
        "year": reverse("wheel:wish-body-year", args=[town.bodies["DIR"].pk]),
    }


def test_the_pages_have_no_barrier_and_fit_a_telephone(browser: Browser, live_server: LiveServer, house: Town) -> None:
    addresses = pages(house)
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server, "sekretær", addresses["cycle"])
    found = {}
    for name, address in addresses.items():
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            page.wait_for_load_state("networkidle")
            picture(page, f"year-{name}-{width}")
            scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            found[name, width] = (barriers(page), scrolls)
    context.close()

    assert {key: value for key, value in found.items() if value != ([], False)} == {}
