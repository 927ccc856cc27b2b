"""Approval, remarks, hearings, analyses, levels and tasks in a real browser: a passage is selected, a case goes up."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.cases.actions.analysis import AnalysisFacts, save_analysis
from sagsgang.cases.actions.approval import give_review_copy, send_back, submit_for_approval
from sagsgang.cases.actions.hearings import ask_hearing
from sagsgang.cases.actions.remarks import give_task, make_remark
from sagsgang.cases.models import Case, CaseKind, Remark
from sagsgang.cases.queries.approval import standing_of
from sagsgang.cases.tests.factories import Town, add_step, make_case, make_town
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    for user in (town.writer, town.manager, town.admin):
        user.set_password(PASSWORD)
        user.save()
    return town


@pytest.fixture
def case(town: Town) -> Case:
    case = make_case(town, "Stiplan for ådalen")
    step = add_step(case, town.dir, localdate() + timedelta(days=20), "discussion")
    section = case.presentations.get().sections.get(position=1)
    remark = make_remark(case, text="Skriv kilden.", section=section, quote="400 m", step=step, actor=town.director)
    give_task(remark, owner=town.writer, due_on=localdate(), actor=town.director)
    make_remark(case, text="Hvem rydder sne?", actor=town.manager)
    give_review_copy(case, reader=town.stranger, message="Se afsnit 1", actor=town.writer)
    submit_for_approval(case, comment="Haster", actor=town.writer)
    send_back(case, comment="Ret tallet", level=1, actor=town.manager)
    submit_for_approval(case, actor=town.writer)
    return case


def approval(case: Case) -> str:
    return reverse("cases:approval", args=[case.pk])


def looked_at(page: Page, live_server: LiveServer, targets: dict[str, str]) -> dict[str, object]:
    """What axe-core finds on each page, and how much too wide it is on a small telephone."""
    wrong: dict[str, object] = {}
    for name, target in targets.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(live_server.url + target, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, name
        picture(page, f"{name}-1280")
        wrong[name] = barriers(page)
        page.set_viewport_size({"width": 375, "height": 800})
        wrong[f"{name}-wide"] = page.evaluate("document.documentElement.scrollWidth") - 375
        picture(page, f"{name}-390")
    return {name: found for name, found in wrong.items() if found}


def test_axe_finds_no_barrier_and_nothing_is_too_wide(
    browser: Browser, live_server: LiveServer, town: Town, case: Case
) -> None:
    heard = make_case(town, "Hørt", concerns_elderly=True, concerns_disability=True)
    day = localdate() + timedelta(days=9)
    hearing = ask_hearing(
        heard, body=town.elders, concern="elderly", question="Hvad?", answer_by=day, actor=town.writer
    )
    analysis = make_case(town, "Tomgangsstrøm", kind=CaseKind.ANALYSIS)
    facts = AnalysisFacts(purpose="Spar", expected_amount=Decimal(1250000), budget_year=2027, themes=("Lys",))
    save_analysis(analysis, facts, seen="", actor=town.writer)
    open_remark = Remark.objects.get(text="Hvem rydder sne?")
    hers = {
        "approval": approval(case),
        "remark-task": f"{approval(case)}?task={open_remark.pk}",
        "hearings": reverse("cases:hearings", args=[heard.pk]),
        "hearing-answer": reverse("cases:hearings", args=[heard.pk]) + f"?answer={hearing.pk}",
        "analysis": reverse("cases:analysis", args=[analysis.pk]),
        "analyses": reverse("cases:analyses"),
        "tasks": reverse("cases:tasks"),
    }
    theirs = {"units": reverse("cases:units"), "levels": reverse("cases:edit-levels", args=[town.unit.pk])}
    wrong: dict[str, object] = {}

    for name, targets in (("writer", hers), ("manager", {"approval-turn": approval(case)}), ("admin", theirs)):
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        log_in(page, live_server, name, reverse("cases:tasks"))
        wrong |= looked_at(page, live_server, targets)
        context.close()

    assert wrong == {}


def test_a_selected_passage_fills_the_form_of_the_remark(
    browser: Browser, live_server: LiveServer, town: Town, case: Case
) -> None:
    section = case.presentations.get().sections.get(position=1)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    log_in(page, live_server, "manager", approval(case))

    page.locator(f"[data-section='{section.pk}'] p").select_text()
    page.wait_for_selector("[data-remark-taken]", state="visible")
    assert page.input_value("[name=remark-section]") == str(section.pk)
    page.fill("[name=remark-text]", "Hvor er det målt?")
    page.locator("[data-remark-form] button").click()
    page.wait_for_selector(".alert-success")
    context.close()

    remark = Remark.objects.get(text="Hvor er det målt?")
    assert (remark.section, remark.quote) == (section, "Stien bliver 400 m lang.")
    assert said == []


def test_what_she_has_typed_herself_is_not_taken_over(
    browser: Browser, live_server: LiveServer, town: Town, case: Case
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log_in(page, live_server, "manager", approval(case))
    page.fill("[name=remark-quote]", "400 m")

    page.locator("[data-section] p").first.select_text()
    page.wait_for_timeout(600)

    assert page.input_value("[name=remark-quote]") == "400 m"
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_case_is_approved_by_keyboard_alone(
    javascript: bool, browser: Browser, live_server: LiveServer, town: Town, case: Case
) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    log_in(page, live_server, "manager", approval(case))

    tab_to(page, "form[action$='/approve/'] textarea")
    page.keyboard.type("Godt arbejde.")
    tab_to(page, "form[action$='/approve/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert-success")
    context.close()

    assert standing_of(case).level == 2
    event = case.presentations.get().approval_events.last()
    assert event is not None
    assert event.comment == "Godt arbejde."
