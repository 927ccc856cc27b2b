"""In a real browser: a series is brought in by keyboard, and its plot can be read on a page and on a telephone."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.goals.actions import indicators
from sagsgang.goals.actions.indicator_series import write_figure
from sagsgang.goals.actions.indicators import IndicatorFacts
from sagsgang.goals.models import Indicator, IndicatorValue
from sagsgang.goals.tests.factories import Town, make_case, make_item, make_town, project
from sagsgang.goals.tests.test_views_goals import at
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = [*BROWSER_TESTS, pytest.mark.long]

FIGURES = ["7,9", "7,7", "7,6", "7,2", "6,4", "6,6", "6,1", "5,8", "5,3"]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    town.secretary.set_password(PASSWORD)
    town.secretary.save()
    return town


def enter(town: Town) -> Indicator:
    facts = IndicatorFacts(
        name="CO₂-udledning pr. indbygger", source="Energi- og CO₂-regnskabet", better="lower", measured_in="ton",
        decimals=1, baseline_value=Decimal("7.9"), baseline_on=date(2017, 12, 31), target_value=Decimal("3.5"),
        target_on=date(2030, 12, 31), serves=("13", "7"), unit=town.unit, owner_role="Klimachef",
        measures="Udledningen fra energi, transport, landbrug og affald, delt med antallet af indbyggere.",
    )  # fmt: skip
    indicator = indicators.add_indicator(town.authority, facts, actor=town.secretary)
    for day, title, expected in (
        (date(2020, 6, 9), "Klimahandleplan for kommunen", "1 ton mindre pr. indbygger inden 2025"),
        (date(2023, 5, 23), "Fjernvarme til landsbyerne langs åen og den gamle bydel", ""),
        (date(2024, 2, 6), "Cykelstier til skolerne", "færre korte bilture"),
    ):
        item = make_item(town, make_case(town, title), day, decided=True)
        indicators.link_indicator(indicator, item, on=None, expected=expected, actor=town.secretary)
    work = project(town, "Skolernes grønne tage")
    indicators.link_indicator(indicator, work, on=date(2023, 7, 1), actor=town.secretary)
    return indicator


def test_a_series_is_brought_in_by_keyboard_and_every_page_is_clean(
    browser: Browser, live_server: LiveServer, town: Town
) -> None:
    indicator = enter(town)
    write_figure(indicator, period="2024", value=Decimal("5.9"), note="", actor=town.secretary)
    other = indicators.add_indicator(
        town.authority, IndicatorFacts(name="Indbyggere", source="Register", better="higher"), actor=town.secretary
    )
    for period, value in (("2023", "6340"), ("2024", "6298")):
        write_figure(other, period=period, value=Decimal(value), note="", actor=town.secretary)
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}, locale="da-DK")
    page = context.new_page()
    log_in(page, live_server, town.secretary.username, at("import-figures", indicator.pk))

    content = "Periode;Værdi;Note\r\n" + "\r\n".join(
        f"{2017 + place};{value};{'ny opgørelsesmetode' if place == 4 else ''}" for place, value in enumerate(FIGURES)
    )
    page.set_input_files(
        "[name=file]", {"name": "co2.csv", "mimeType": "text/csv", "buffer": content.encode("cp1252")}
    )  # fmt: skip
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=store]")
    assert IndicatorValue.objects.filter(indicator=indicator).count() == 1
    found = {"preview": barriers(page)}
    picture(page, "indicator-preview-1280")
    page.set_viewport_size({"width": 390, "height": 800})
    picture(page, "indicator-preview-390")
    page.set_viewport_size({"width": 1280, "height": 900})
    tab_to(page, "[name=store]")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + at("indicator", indicator.pk))
    assert IndicatorValue.objects.filter(indicator=indicator).count() == 9

    more, widths = looked_at(page, live_server, indicator, other)
    found |= more
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert {name: width for name, width in widths.items() if width > 390} == {}


def looked_at(
    page: Page, live_server: LiveServer, indicator: Indicator, other: Indicator
) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Every page in two widths: what axe-core finds on it, and how wide it is on a telephone."""
    row = IndicatorValue.objects.get(indicator=indicator, period="2024")
    addresses = {
        "list": at("indicators"), "indicator": at("indicator", indicator.pk), "figure": at("indicator-figure", row.pk),
        "edit": at("edit-indicator", indicator.pk), "link": at("link-indicator", indicator.pk),
        "import": at("import-figures", indicator.pk), "empty": at("indicator", other.pk),
    }  # fmt: skip
    found: dict[str, list[str]] = {}
    widths: dict[str, int] = {}
    for name, address in addresses.items():
        page.goto(live_server.url + address, wait_until="networkidle")
        page.set_viewport_size({"width": 1280, "height": 900})
        picture(page, f"indicator-{name}-1280")
        page.set_viewport_size({"width": 390, "height": 800})
        picture(page, f"indicator-{name}-390")
        found[name] = barriers(page)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 1280, "height": 900})
    return found, widths
