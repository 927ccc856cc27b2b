"""In a real browser: a decision with points and a phrase, held against the presentation; no barrier, no sideways scroll."""

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Person
from sagsgang.cases.models import PathStep
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, HaltRequest, UrgentDecision
from sagsgang.meetings.tests.factories import closed_item, item_of, make_house, meeting_with, open_item
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, browser, log_in, picture, short_connections

__all__ = ["browser", "short_connections"]

pytestmark = [*BROWSER_TESTS, pytest.mark.long]
DRIFTED = "Stien er 500 m lang. Ejeren skal fælde træerne langs vejen."


@pytest.fixture
def item(short_connections: None, live_server: LiveServer, transactional_db: None) -> AgendaItem:
    house = make_house()
    house.secretary.set_password(PASSWORD)
    house.secretary.save()
    item = item_of(meeting_with(house, open_item(), closed_item()), "1")
    PathStep.objects.create(case=item.case, body=house.body, position=1, purpose="decision")
    actions.state_parties(item, parties="some", told=False, actor=house.secretary)
    return item


def test_a_decision_is_written_point_by_point(browser: Browser, live_server: LiveServer, item: AgendaItem) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log_in(page, live_server, "sekretær", reverse("meetings:item", args=[item.pk]))
    desk = f"#decision-{item.pk}"
    page.select_option(f"{desk} [name=outcome_1]", "approved")
    page.select_option(f"{desk} [name=outcome_2]", "rejected")
    page.fill(f"{desk} [name=words_2]", "Betales af driften.")
    page.select_option(f"{desk} [name=phrase]", index=1)
    assert page.input_value(f"{desk} [name=phrase]") == ""
    page.locator(f"{desk} [name=text]").press_sequentially(f"\n{DRIFTED}")
    page.click(f"{desk} [name=compare]")
    page.wait_for_selector(f"{desk} .drift")
    picture(page, "f-compared")
    page.click(f"{desk} button.button-primary")
    page.wait_for_selector(f"{desk} .decided >> text=Betales af driften.")

    own = item.decisions.get(body=item.meeting.body)
    assert [point.outcome for point in own.points.all()] == ["approved", "rejected"]
    assert DRIFTED in own.html
    _hang_on(item)
    for name, address in _pages(item).items():
        _look(page, live_server.url + address, name)
    context.close()


def _hang_on(item: AgendaItem) -> None:
    actor, bo = item.decisions.latest("version").recorded_by, Person.objects.get(name="Bo Friis")
    HaltRequest.objects.create(item=item, person=bo, power="member", entered_by=actor)
    actions.enter_dissent(item, person=bo, words="Det er for dyrt, og det haster ikke.", actor=actor)
    facts = {"body": item.meeting.body, "case": item.case, "decided_by": bo, "ground": "Fristen udløb samme dag."}
    for html, taken_back in (
        ("<p>Der svares ja.</p>", {}),
        (
            "<p>Der svares nej.</p>",
            {"withdrawn_at": now(), "withdrawn_by": actor, "withdrawn_reason": "Skrevet på forkert sag."},
        ),
    ):
        UrgentDecision.objects.create(
            html=html, decided_on=item.meeting.held_on, recorded_by=actor, **facts, **taken_back
        )


def _pages(item: AgendaItem) -> dict[str, str]:
    acts = ("item", "enter-dissent", "halt-decision", "return-item", "state-parties", "name-speaker")
    body = ("record-urgent-decision", "phrases")
    closed = item_of(item.meeting, "2")
    pages = {f"f-{name}": reverse(f"meetings:{name}", args=[item.pk]) for name in acts}
    pages |= {f"f-{name}": reverse(f"meetings:{name}", args=[item.meeting.body_id]) for name in body}
    return pages | {
        "f-take-back": reverse(
            "meetings:withdraw-urgent-decision", args=[UrgentDecision.objects.get(withdrawn_at=None).pk]
        ),
        "f-extract": reverse("meetings:state-extract", args=[closed.pk]),
        "f-closed": reverse("meetings:item", args=[closed.pk]),
    }


def _look(page: Page, address: str, name: str) -> None:
    for width in (1280, 390, 375):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        if width == 375:
            assert barriers(page) == [], name
        else:
            picture(page, f"{name}-{width}")
