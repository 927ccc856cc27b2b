"""A real browser for the tests: Debian's Chromium, axe-core, and a user who logs in by keyboard."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "kun-til-proever-12"

BROWSER_TESTS = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: install it, or name it by the variable CHROMIUM"),
    pytest.mark.django_db(transaction=True),
]


_open: list[Browser] = []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, one for the tests of a file."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread; the tests' own queries are none of its business.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        _open.append(playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS))
        yield _open[-1]
        _open.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Close a test's pages before its server and its rows go: what they ask for later would meet the next test."""
    for running in _open:
        for context in list(running.contexts):
            context.close()


@pytest.fixture
def short_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's threads let go of the database with each answer, so that it can be dropped at the end."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


def log_in(page: Page, live_server: LiveServer, username: str, target: str) -> None:
    """By keyboard: the first field has the focus. `username` has the password `PASSWORD`."""
    page.goto(live_server.url + target)
    page.wait_for_selector("[name=username]:focus")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + target)


def tab_to(page: Page, selector: str, *, within: int = 150) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(within):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def barriers(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands; the context was made with ``bypass_csp=True``."""
    page.add_script_tag(path=settings.CHECKOUT / "node_modules/axe-core/axe.min.js")
    found: list[str] = page.evaluate("async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes[0].html}`)")
    return found


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page in the folder that SHOTS names; without it, nothing."""
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
