"""In a real browser: versions, their difference, the lint and Word, by keyboard and without barriers, on a telephone too."""

import os
import shutil

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.cases.actions.editing import save_section
from sagsgang.cases.actions.versions import begin_draft, freeze_presentation
from sagsgang.cases.models import Case, FrozenBy, Section
from sagsgang.cases.queries.versions import draft_of
from sagsgang.cases.tests.factories import make_case, make_town
from sagsgang.cases.tests.test_word_views import word_file

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
AXE = settings.CHECKOUT / "node_modules/axe-core/axe.min.js"
PASSWORD = "kun-til-proever-12"

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: install it, or name it by the variable CHROMIUM"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def case(live_server: LiveServer, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Case:
    # The server's threads let go of the database with each answer, so that it can be dropped at the end.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    town = make_town()
    town.writer.set_password(PASSWORD)
    town.writer.save()
    made = make_case(town)
    first = draft_of(made)
    assert first
    freeze_presentation(first, why=FrozenBy.SENT, actor=town.secretary)
    second = begin_draft(made, actor=town.writer)
    table = "<table><thead><tr><th>År</th><th>Kroner</th></tr></thead><tbody><tr><td>2026</td><td>400.000</td></tr></tbody></table>"
    html = f"<p>Stien bliver 450 m lang. Udvalget godkendte den.</p>{table * 2}"
    save_section(second.sections.get(position=1), html=html, seen=1, actor=town.colleague)
    return made


def pages_of(case: Case) -> list[str]:
    second, first = case.presentations.order_by("-number")
    return [
        reverse("cases:versions", args=[case.pk]),
        reverse("cases:version", args=[second.pk]),
        reverse("cases:compare-versions", args=[second.pk]) + f"?with={first.pk}",
        reverse("cases:lint", args=[case.pk]),
        reverse("cases:read-word", args=[case.pk]),
    ]


def log_in(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[name=username]", "writer")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def require_no_barrier(page: Page) -> None:
    page.evaluate(AXE.read_text())
    assert [problem["id"] for problem in page.evaluate("axe.run()")["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


@pytest.mark.parametrize("width", [1280, 375])
def test_no_page_has_a_barrier(width: int, browser: Browser, live_server: LiveServer, case: Case) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    addresses = pages_of(case)
    log_in(page, live_server.url + addresses[0])

    for address in addresses:
        page.goto(live_server.url + address)
        require_no_barrier(page)
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_word_document_is_read_in_by_keyboard(
    javascript: bool, browser: Browser, live_server: LiveServer, case: Case
) -> None:
    context = browser.new_context(java_script_enabled=javascript, viewport={"width": 375, "height": 800})
    page = context.new_page()
    log_in(page, live_server.url + reverse("cases:read-word", args=[case.pk]))
    file: SimpleUploadedFile = word_file(("Heading 1", "Sagsfremstilling"), ("Normal", "Ny tekst."))
    page.set_input_files("input[type=file]", {"name": "sag.docx", "mimeType": "", "buffer": file.read()})
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".incoming")
    if javascript:
        require_no_barrier(page)

    tab_to(page, ".word-acts button")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + reverse("cases:presentation", args=[case.pk]))

    draft = draft_of(case)
    assert draft
    assert Section.objects.get(presentation=draft, position=1).html == "<p>Ny tekst.</p>"
    context.close()
