"""In a real browser: the pages of goals have no barrier that axe-core can find, fit a telephone, and take an assessment."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.goals import actions
from sagsgang.goals.actions import InvolvementFacts, PartnershipFacts
from sagsgang.goals.tests.factories import Town, assess, local_goal, make_case, make_item, make_town, project
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    town.secretary.set_password(PASSWORD)
    town.secretary.save()
    return town


def addresses(town: Town) -> dict[str, str]:
    """Every page, with something on it."""
    areas = actions.lay_in_areas(town.authority, actor=town.secretary)
    own, case = local_goal(town, text="Svanesø er i god tilstand senest i 2033."), make_case(town)
    sub = make_item(
        town, case, date(2026, 3, 10), parent=make_item(town, case, date(2026, 3, 10)), title="Lavbundsjorde"
    )
    work = project(
        town, purpose="At holde på vand og kvælstof.", areas=areas[:2], expected_effect="Klarere vand i 2035."
    )
    actions.add_project_note(
        work, on=date(2026, 2, 1), state="delayed", words="Lodsejerne tøver.", actor=town.secretary
    )
    actions.link_work(work, case, actor=town.secretary)
    partners = PartnershipFacts(
        name="Svanesøens venner", partners=("Foreningen", "Banken A/S"), agreement="Fælles tilsyn."
    )
    citizens = InvolvementFacts(name="Borgermøde i Svaneby", form="meeting", participants=84, outcome="Stien flyttes.")
    rows = [actions.add_work(town.authority, facts, actor=town.secretary) for facts in (partners, citizens)]
    for row in rows:
        actions.link_work(row, work, actor=town.secretary)
    reason = "Vandet renses, før det når søen, og der bliver plads til det ved skybrud."
    for matter, goal, direction in (
        (case, "6.6", "furthers"),
        (case, "8", "counters"),
        (sub, "15", "neutral"),
        (work, "6", "furthers"),
    ):
        assess(town, matter, goal, direction=direction, reason=reason)
    actions.ask_for_goals(town.dir, kinds=["B"], only_grants=False, since=date(2026, 1, 1), actor=town.secretary)
    make_case(town, "Ny vej til havnen")

    def at(name: str, *args: object) -> str:
        return reverse(f"goals:{name}", args=args)

    return {
        "register": at("goals"), "goal": at("goal", 6), "local-goals": at("local-goals"), "local-goal": at("local-goal", own.pk),
        "areas": at("areas"), "projects": at("projects"), "project": at("project", work.pk),
        "edit-project": at("edit-project", work.pk), "partnerships": at("partnerships"),
        "partnership": at("partnership", rows[0].pk), "involvements": at("involvements"),
        "involvement": at("involvement", rows[1].pk), "case": at("case-goals", case.pk), "assess": at("assess-case", case.pk),
        "missing": at("missing-assessments", town.dir.pk), "ask": at("ask-for-assessments", town.dir.pk),
        "link": at("link-project", work.pk), "targets": at("target-texts"), "area": at("edit-area", areas[3].pk),
    }  # fmt: skip


def test_every_page_is_clean_and_narrow_and_a_case_is_assessed_by_keyboard(
    browser: Browser, live_server: LiveServer, town: Town
) -> None:
    pages = addresses(town)
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 800}, locale="da-DK")
    page = context.new_page()
    log_in(page, live_server, town.secretary.username, pages["register"])
    found, widths = {}, {}
    for name, address in pages.items():
        page.goto(live_server.url + address, wait_until="networkidle")
        found[name] = barriers(page)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            picture(page, f"goals-{name}-{width}")
        page.set_viewport_size({"width": 390, "height": 800})

    page.goto(live_server.url + pages["assess"] + "?goal=13")
    tab_to(page, "[name=relevance]")
    page.keyboard.press("Space")
    tab_to(page, "[name=direction]")
    page.keyboard.press("Space")
    tab_to(page, "main button.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + pages["case"])
    tags = page.locator(".goal-tags").first.inner_text()
    context.close()

    assert found == {name: [] for name in pages}
    assert widths == dict.fromkeys(pages, 390)
    assert "13." in tags
