"""In a real browser: every page of policies has no barrier that axe-core can find, and fits a telephone."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.policies import actions
from sagsgang.policies.tests.factories import Town, enter, make_town, require, seed, write
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    town.keeper.set_password(PASSWORD)
    town.keeper.save()
    return town


def addresses(town: Town) -> dict[str, str]:
    """Every page, with something on it."""
    above = enter(town, "Informationssikkerhedspolitik", tier="policy", unit=None, owner_role="Kommunaldirektør")
    policy = seed(town)
    actions.edit_policy(
        policy,
        actions.PolicyFacts(
            name=policy.name, tier="guideline", parent=above, unit=town.unit, review_years=2, review_on=policy.review_on,
            owner_role="Informationssikkerhedskoordinator",
        ),
        actor=town.keeper,
    )  # fmt: skip
    enter(town, "Instruks for password", tier="instruction", parent=policy)
    closed = actions.PolicyFacts(
        name="Beredskab ved nedbrud", tier="guideline", unit=town.unit, reach="closed", ground="security"
    )
    hidden = actions.add_policy(town.authority, closed, actor=town.keeper)
    write(town, policy, date(2026, 1, 1), changes="Krav om to faktorer", parts=("Password",))
    two = policy.versions.get(number=2)
    actions.give_evidence(require(town, "3.1.2"), version=two, place="kapitel 4, side 16", actor=town.keeper)
    require(town, "A.5.17", "iso27001")
    return {
        "register": reverse("policies:policies"),
        "policy": reverse("policies:policy", args=[policy.pk]),
        "closed": reverse("policies:policy", args=[hidden.pk]),
        "at-item": reverse("policies:at-item", args=[town.second.pk]),
        "requirements": reverse("policies:requirements"),
        "add": reverse("policies:add-policy", args=[town.authority.pk]),
        "version": reverse("policies:add-policy-version", args=[policy.pk]),
        "approve": reverse("policies:approve-policy-version", args=[policy.versions.get(number=3).pk]),
        "withdraw": reverse("policies:withdraw-policy", args=[policy.pk]),
        "evidence": reverse("policies:give-evidence", args=[policy.pk]),
        "nothing": reverse("policies:policies") + "?tier=policy&overdue=on",
    }


def test_every_page_is_clean_narrow_and_an_approval_is_entered_by_keyboard(
    browser: Browser, live_server: LiveServer, town: Town
) -> None:
    pages = addresses(town)
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 800}, locale="da-DK")
    page = context.new_page()
    log_in(page, live_server, town.keeper.username, pages["register"])
    found, widths = {}, {}
    for name, address in pages.items():
        page.goto(live_server.url + address, wait_until="networkidle")
        found[name] = barriers(page)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            picture(page, f"policies-{name}-{width}")
        page.set_viewport_size({"width": 390, "height": 800})

    page.goto(live_server.url + pages["policy"])
    approved = {number: page.locator(f"#version-{number}").inner_text() for number in (1, 2)}

    page.goto(live_server.url + pages["approve"])
    tab_to(page, "[name=item]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main button.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + pages["policy"] + "#version-3")
    entered = page.locator("#version-3 .badge").first.inner_text()
    context.close()

    assert found == {name: [] for name in pages}
    assert widths == dict.fromkeys(pages, 390)
    assert "Direktionen" in approved[1] and "27. januar 2021" in approved[1]
    assert "Direktionen" in approved[2] and "12. april 2023" in approved[2]
    assert entered
