"""A journalist's task, in a browser: find a decision by a part of its word, see its path, follow it, be told of the end."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Authority, Body, BodyKind, PublishPolicy
from sagsgang.following.tests.post_office import ADDRESS, link_in, release, send_all
from sagsgang.meetings.drafts import CaseDraft, DecisionDraft, ItemDraft, MeetingDraft, SectionDraft, StepDraft
from tests.browsing import BROWSER_TESTS, barriers, picture, tab_to
from tests.mail_box import Box, mail_server, text_of

pytestmark = [*BROWSER_TESTS, pytest.mark.usefixtures("wall", "short_connections")]

COMMITTEE_DAY, COUNCIL_DAY = date(2026, 5, 5), date(2026, 5, 26)
CASE = CaseDraft("Struktur for dagtilbudsområdet", numbers=("26/04411",))
PATH = (StepDraft("Børne- og Skoleudvalget", COMMITTEE_DAY), StepDraft("Kommunalbestyrelsen", COUNCIL_DAY))
OTHER = ItemDraft("1", "Godkendelse af dagsorden", CaseDraft("Godkendelse af dagsorden"))


@pytest.fixture
def box(settings: Settings, live_server: LiveServer) -> Iterator[Box]:
    """The mail server that the house knows; the letters lead to the site under test."""
    with mail_server() as box:
        settings.SMTP, settings.BASE_URL = box.url, live_server.url
        yield box


def body(name: str, kind: str, code: str) -> Body:
    owner = Authority.objects.get_or_create(name="Egekøbing Kommune", slug="egekoebing")[0]
    return Body.objects.create(authority=owner, kind=kind, name=name, code=code, publish_policy=PublishPolicy.MINUTES)


def treated_by(name: str, on: date, words: str, outcome: str) -> MeetingDraft:
    """A meeting at which the matter was the second of two items."""
    presentation = SectionDraft("presentation", "Sagsfremstilling", "<p>To børnehuse lægges sammen i Åby.</p>")
    decision = DecisionDraft(name, on, f"<p>{words}</p>", outcome)
    item = ItemDraft("2", CASE.title, CASE, path=PATH, sections=(presentation,), decisions=(decision,))
    return MeetingDraft(held_on=on, attendance=(), items=(OTHER, item))


def fits(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it is looked at, wide and narrow."""
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"journalist-{name}-{width}")
        if page.evaluate("document.body.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{name} is wider than {width}")
    return found + barriers(page)


def test_from_a_part_of_a_word_to_the_letter_about_the_end(browser: Browser, live_server: LiveServer, box: Box) -> None:
    committee = body("Børne- og Skoleudvalget", BodyKind.COMMITTEE, "BSU")
    council = body("Kommunalbestyrelsen", BodyKind.COUNCIL, "KB")
    release(committee, treated_by(committee.name, COMMITTEE_DAY, "Anbefales.", "recommended"))
    page = browser.new_context(bypass_csp=True).new_page()
    found: list[str] = []

    page.goto(live_server.url)
    tab_to(page, "[name=q]", within=20)
    page.keyboard.type("dagtilbud")
    page.keyboard.press("Enter")
    page.wait_for_url("**/soeg/?q=dagtilbud*")
    hit = page.locator(".hits h2 a").first
    expect(hit).to_have_text(CASE.title)
    found += fits(page, "search")
    hit.click()
    expect(page.locator("main")).to_contain_text("Anbefales.")
    page.locator("main a[href*='/sager/']").first.click()
    page.wait_for_url("**/sager/**")
    expect(page.locator(".case-path li")).to_have_count(2)
    expect(page.locator(".case-path li").nth(0)).to_contain_text("5. maj 2026")
    expect(page.locator(".case-path li").nth(1)).to_contain_text("Planlagt til tirsdag den 26. maj 2026")
    found += fits(page, "case-before")

    page.locator("main a[href*='/foelg/?sag=']").click()
    page.fill("[name=address]", ADDRESS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/foelg/sendt/")
    send_all()
    page.goto(live_server.url + link_in(box.letters[0], "bekraeft"))
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/foelg/mine/**")
    expect(page.locator("main")).to_contain_text(CASE.title)

    decided = release(council, treated_by(council.name, COUNCIL_DAY, "Vedtaget med 14 stemmer mod 9.", "approved"))
    send_all()
    told = text_of(box.letters[-1])
    assert (len(box.letters), CASE.title in told, "14 stemmer" in told) == (2, True, False)
    address = next(word for word in told.split() if word.startswith(f"{live_server.url}/punkter/"))
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Vedtaget med 14 stemmer mod 9.")
    page.locator("main a[href*='/sager/']").first.click()
    expect(page.locator(".latest")).to_contain_text("Vedtaget med 14 stemmer mod 9.")
    expect(page.locator(".case-path li.is-done")).to_have_count(2)
    found += fits(page, "case-after")

    assert found == []
    assert str(decided.body_id) in page.content()
