"""The case's own pages in a real browser: list, overview, facts, path, history."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.cases.models import Case, Reference
from sagsgang.cases.tests.factories import Town, add_step, make_case, make_town
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = BROWSER_TESTS


@pytest.fixture
def case(short_connections: None, live_server: LiveServer, transactional_db: None) -> Case:
    town = make_town()
    town.writer.set_password(PASSWORD)
    town.writer.save()
    Reference.objects.create(authority=town.authority, kind="agreement", title="Økonomiaftalen", year=2026)
    case = make_case(town, "Stiplan for ådalen fra Egekøbing til fjorden", concerns_economy=True)
    make_case(town, "Vedligeholdelse af broer")
    plan(town, case)
    return case


def plan(town: Town, case: Case) -> None:
    """A council a week after the finance committee, with the protocol of the one too late for the other."""
    day = localdate() + timedelta(days=60)
    monday = day - timedelta(days=day.weekday())
    for body, day in (
        (town.mtu, monday),
        (town.fin, monday + timedelta(days=8)),
        (town.kb, monday + timedelta(days=12)),
    ):
        body.meetings.create(held_on=day)
        add_step(case, body, day, "decision" if body == town.kb else "recommendation")
    town.kb.meetings.create(held_on=monday + timedelta(days=40))


def pages(case: Case) -> dict[str, str]:
    named = {name: reverse(f"cases:{name}", args=[case.pk]) for name in ("case", "edit-case", "path", "history")}
    return named | {"cases": reverse("cases:cases"), "open-case": reverse("cases:open-case")}


def test_axe_finds_no_barrier_and_nothing_is_too_wide(browser: Browser, live_server: LiveServer, case: Case) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server, "writer", reverse("cases:cases"))

    found, wide = {}, {}
    for name, target in pages(case).items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + target, wait_until="networkidle")
        picture(page, f"{name}-1280")
        found[name] = barriers(page)
        page.set_viewport_size({"width": 375, "height": 800})
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
        picture(page, f"{name}-390")
    context.close()

    assert {name: errors for name, errors in found.items() if errors} == {}
    assert {name: width for name, width in wide.items() if width > 375} == {}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_path_is_mended_by_keyboard_alone(
    javascript: bool, browser: Browser, live_server: LiveServer, case: Case
) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    log_in(page, live_server, "writer", reverse("cases:path", args=[case.pk]))
    later = max(step.planned_on for step in case.path.all() if step.planned_on) + timedelta(days=28)

    tab_to(page, ".findings button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".badge-success")
    tab_to(page, "#save-path")
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert-success")

    assert [step.planned_on for step in case.path.all()][-1] == later
    assert said == []
    context.close()


def test_a_changed_day_is_checked_at_once(browser: Browser, live_server: LiveServer, case: Case) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, live_server, "writer", reverse("cases:path", args=[case.pk]))
    days = [step.planned_on for step in case.path.all() if step.planned_on]
    later = days[-1] + timedelta(days=28)

    page.focus("#id_s2-planned_on")
    page.select_option("#id_s2-planned_on", later.isoformat())
    page.wait_for_selector(".badge-success")

    assert page.locator(".composer .findings li").count() == 0
    assert page.evaluate("document.activeElement.id") == "id_s2-planned_on"
    assert [step.planned_on for step in case.path.all()] == days
    context.close()
