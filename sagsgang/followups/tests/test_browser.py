"""In a real browser: every page of follow-ups has no barrier that axe-core can find, and fits a telephone."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.followups import actions
from sagsgang.followups.models import FollowUp
from sagsgang.followups.tests.factories import CLOSED, dir_item, give, mtu_item
from sagsgang.meetings.tests.agenda import meeting_of
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = [*BROWSER_TESTS, pytest.mark.long]

LONG = "Følger op på, at tallene i tabel 2 er rettet, og at fejl på niveau 1 og niveau 2 er afklaret med enhederne"


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    for user in (town.dir_secretary, town.writer):
        user.set_password(PASSWORD)
        user.save()
    return town


def addresses(town: Town) -> dict[str, str]:
    """Every page, with something on it."""
    item = dir_item(town)
    step = item.case.path.get(body=town.mtu)
    row = give(town, item, LONG, before_step=step, owner=town.dir_secretary, unit=town.unit, reports_to=town.dir)
    late = give(town, item, "Sender notat til hovedudvalget", owner=town.dir_secretary)
    FollowUp.objects.filter(pk=late.pk).update(due_on=date(2026, 3, 2))
    done = give(town, dir_item(town, "Køb af Møllevej 4", **CLOSED), "Indhenter vurdering", reports_to=town.dir)
    FollowUp.objects.filter(pk=done.pk).update(owner=town.dir_secretary)
    actions.begin_follow_up(done, actor=town.writer)
    actions.finish_follow_up(done, words="Vurderingen er indhentet og ligger på sagen.", actor=town.writer)
    meeting_of(town.dir, date(2030, 5, 6))
    mtu_item(town, item.case)
    return {
        "mine": reverse("followups:follow-ups") + "?show=all",
        "empty": reverse("followups:follow-ups") + "?words=findes+ikke",
        "body": reverse("followups:body-follow-ups", args=[town.dir.pk]),
        "one": reverse("followups:follow-up", args=[row.pk]),
        "done": reverse("followups:follow-up", args=[done.pk]),
        "give": reverse("followups:give-follow-up", args=[item.pk]),
        "change": reverse("followups:change-follow-up", args=[row.pk]),
        "report": reverse("followups:report-follow-up", args=[done.pk]),
        "at-item": reverse("followups:at-item", args=[item.pk]),
        "item": reverse("meetings:item", args=[item.pk]),
        "case": reverse("cases:case", args=[item.case_id]),
    }


def test_every_page_is_clean_and_narrow(browser: Browser, live_server: LiveServer, town: Town) -> None:
    pages = addresses(town)
    context = browser.new_context(bypass_csp=True, viewport={"width": 375, "height": 800}, locale="da-DK")
    page = context.new_page()
    log_in(page, live_server, "dir_secretary", reverse("followups:follow-ups"))
    found, widths = {}, {}

    for name, address in pages.items():
        page.goto(live_server.url + address, wait_until="networkidle")
        found[name] = barriers(page)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            picture(page, f"{name}-{width}")
        page.set_viewport_size({"width": 375, "height": 800})
    context.close()

    assert found == {name: [] for name in pages}
    assert widths == dict.fromkeys(pages, 375)


def test_by_keyboard_it_is_given_at_the_decision_and_finished(
    browser: Browser, live_server: LiveServer, town: Town
) -> None:
    item = dir_item(town)
    target = reverse("meetings:item", args=[item.pk])
    page = browser.new_page()
    log_in(page, live_server, "dir_secretary", target)
    page.wait_for_selector(".follow-ups-here")

    tab_to(page, f'a[href="{reverse("followups:give-follow-up", args=[item.pk])}"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=owner_role]")
    tab_to(page, "[name=words]")
    page.keyboard.type("Retter tallene")
    tab_to(page, "[name=owner_role]")
    page.keyboard.type("Chef for Byrådssekretariatet")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + target)
    page.wait_for_selector(".follow-up")
    shown = page.inner_text(".follow-up")
    row = FollowUp.objects.get()
    page.goto(live_server.url + reverse("followups:follow-up", args=[row.pk]))
    page.click("summary >> nth=0")
    page.fill("[name=finish-words]", "Rettet")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert-success")
    page.close()

    assert "Retter tallene" in shown and "Chef for Byrådssekretariatet" in shown
    assert [event.words for event in row.events.all()] == ["Rettet"]
