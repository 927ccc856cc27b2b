"""In a real browser: sixty files laid on at once, usable at once; by keyboard, without JavaScript, on a telephone."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Browser, Dialog, Page, Route
from pytest_django.live_server_helper import LiveServer

from sagsgang.cases.actions import attachments as acts
from sagsgang.cases.models import Case, CaseAttachment
from sagsgang.cases.tests.factories import Town, make_case, make_town
from sagsgang.documents.intake import take_file
from sagsgang.documents.models import Examination
from sagsgang.documents.tests.files import pdf_bytes
from tests.browsing import BROWSER_TESTS, PASSWORD

AXE = settings.CHECKOUT / "node_modules/axe-core/axe.min.js"

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def house(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    town.writer.set_password(PASSWORD)
    town.writer.save()
    return town


@pytest.fixture
def case(house: Town) -> Case:
    return make_case(house)


def log_in(page: Page, live_server: LiveServer, target: str) -> None:
    page.goto(live_server.url + target)
    page.fill("[name=username]", "writer")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + target)


def files_in(folder: Path, count: int) -> list[str]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"Bilag {number:02}.pdf" for number in range(1, count + 1)]
    for number, path in enumerate(paths):
        path.write_bytes(pdf_bytes(f"Side om emne {number}"))
    return [str(path) for path in paths]


def lay_on(case: Case, town: Town, *names: str) -> list[CaseAttachment]:
    uploads = [SimpleUploadedFile(f"{name}.pdf", pdf_bytes(name), "application/pdf") for name in names]
    return [acts.upload_attachment(case, taken=take_file(upload), actor=town.writer) for upload in uploads]


def finish_all() -> None:
    """As if the worker had come round to every file."""
    for examination in Examination.objects.filter(finished_at=None).select_related("version"):
        examination.pdf_sha256 = examination.version.sha256
        examination.pages = 1
        examination.finished_at = now()
        examination.save()


def leave(page: Page) -> None:
    """Let the queue run out first, so that no question of the page's is under way when the server stops."""
    finish_all()
    if page.locator("#queue").count():
        page.wait_for_selector("#queue:not([hx-get])", state="attached")
    page.wait_for_selector(".htmx-request", state="detached")
    page.context.close()


def first_file(case: Case) -> str:
    return reverse("cases:open-attachment", args=[case.attachments.values_list("pk", flat=True)[0]])


def address_of(case: Case) -> str:
    return reverse("cases:attachments", args=[case.pk])


def test_sixty_files_are_laid_on_at_once_and_can_be_used_meanwhile(
    browser: Browser, live_server: LiveServer, case: Case, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, live_server, address_of(case))

    page.set_input_files("#upload input[type=file]", files_in(tmp_path / "filer", 60))
    page.wait_for_selector(".sending li progress")
    seen = page.locator(".total-text").inner_text()
    page.wait_for_selector(".case-attachments tbody tr")
    address = first_file(case)
    # Nothing of ours is asked inside the lambda: it runs in Playwright's loop, and a query there opens a connection.
    with page.expect_response(lambda answer: answer.url.endswith(address) and answer.status == 200):
        page.evaluate("address => void fetch(address)", address)
    was_busy = page.locator(".sending li").count() > 0
    page.wait_for_selector(".case-attachments tbody tr:nth-child(60)", timeout=60_000)

    assert was_busy
    assert re.fullmatch(r"\d+ af 60 filer er lagt på sagen", seen)
    assert page.locator(".ended").inner_text() == "Færdig: Filer lagt på sagen: 60. Ikke lagt på: 0."
    assert page.locator(".case-attachments .title > a").all_inner_texts() == [
        f"Bilag {number:02}" for number in range(1, 61)
    ]
    assert case.attachments.count() == 60
    leave(page)


def test_one_refused_file_stops_no_other_and_a_lost_one_is_sent_again(
    browser: Browser, live_server: LiveServer, case: Case, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, live_server, address_of(case))
    program = tmp_path / "program.pdf"
    program.write_bytes(b"MZ" + bytes(100))
    lost = [True]

    def lose_once(route: Route) -> None:
        if lost and b"Bilag 02.pdf" in (route.request.post_data_buffer or b""):
            lost.clear()
            route.abort()
        else:
            route.continue_()

    page.route("**/attachments/upload/", lose_once)

    page.set_input_files("#upload input[type=file]", [str(program), *files_in(tmp_path / "filer", 3)])
    page.wait_for_selector("text=Færdig: Filer lagt på sagen: 2. Ikke lagt på: 2.")
    said = page.locator(".sending li.is-refused").inner_text()
    page.get_by_role("button", name=re.compile("Prøv igen.*Bilag 02.pdf")).click()
    page.wait_for_selector("text=Færdig: Filer lagt på sagen: 3. Ikke lagt på: 1.")
    page.wait_for_selector(".case-attachments tbody tr:nth-child(3)")

    name, _, sentence = said.partition("\n")
    assert (name, "program" in sentence) == ("program.pdf", True)
    assert page.locator(".case-attachments .title > a").all_inner_texts() == ["Bilag 01", "Bilag 02", "Bilag 03"]
    leave(page)


def test_a_file_under_way_is_cancelled_and_the_page_is_not_left_unawares(
    browser: Browser, live_server: LiveServer, case: Case, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, live_server, address_of(case))
    held: list[Route] = []
    page.route("**/attachments/upload/", lambda route: held.append(route))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)

    page.set_input_files("#upload input[type=file]", files_in(tmp_path / "filer", 1))
    page.click(".drop-hint")  # a page that nobody has touched may be left
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    page.get_by_role("button", name=re.compile("Afbryd.*Bilag 01.pdf")).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".sending li.is-cancelled")

    assert asked == ["beforeunload"]
    assert page.evaluate("document.activeElement.classList.contains('again')")
    assert case.attachments.count() == 0
    leave(page)


def test_the_queue_is_followed_and_nothing_else_is_disturbed(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    first, _second = lay_on(case, house, "Et", "To")
    context = browser.new_context()
    page = context.new_page()
    log_in(page, live_server, address_of(case))
    page.locator(f"#tick-{first.pk}").check(force=True)
    page.locator(f"#about-{first.pk}").focus()
    before = page.locator(f"#state-{first.pk}").inner_text()

    finish_all()
    page.wait_for_selector(f"#state-{first.pk} >> text=klar")
    page.wait_for_selector("#queue:not([hx-get])", state="attached")

    assert before == "i kø nr. 1"
    assert page.evaluate("document.activeElement.id") == f"about-{first.pk}"
    assert page.locator(f"#tick-{first.pk}").is_checked()
    assert page.locator(f"#facts-{first.pk}").inner_text().endswith("1 side")
    leave(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_attachment_is_moved_by_keyboard_alone(
    javascript: bool, browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    rows = lay_on(case, house, "Et", "To", "Tre")
    finish_all()
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    log_in(page, live_server, address_of(case))

    tab_to(page, f"#up-{rows[2].pk}")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=»Tre« er nu bilag 2.")
    if not javascript:  # the answer is a page of its own
        tab_to(page, f"#up-{rows[2].pk}")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=»Tre« er nu bilag 1.")

    assert page.locator(".case-attachments .title > a").all_inner_texts() == ["Tre", "Et", "To"]
    leave(page)


def test_without_javascript_many_files_are_sent_at_once(
    browser: Browser, live_server: LiveServer, case: Case, tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server, address_of(case))
    program = tmp_path / "program.pdf"
    program.write_bytes(b"MZ" + bytes(100))

    page.set_input_files("#upload input[type=file]", [str(program), *files_in(tmp_path / "filer", 3)])
    page.get_by_role("button", name="Læg på sagen").click()
    page.wait_for_selector("text=3 filer er lagt på sagen.")

    assert "program.pdf" in page.locator(".error-summary").inner_text()
    assert page.locator(".case-attachments .title > a").all_inner_texts() == ["Bilag 01", "Bilag 02", "Bilag 03"]
    context.close()


def pages_of(case: Case, town: Town) -> list[str]:
    """Every kind of page, with every kind of row."""
    rows = lay_on(case, town, "Gammelt", "Nyt", "Lukket", "Fejl", "Taget af")
    finish_all()
    acts.supersede_attachment(rows[0], by=rows[1], actor=town.writer)
    acts.withdraw_attachment(rows[4], actor=town.writer)
    CaseAttachment.objects.filter(pk=rows[2].pk).update(access="closed", ground="personal")
    Examination.objects.filter(version__document=rows[3].file).update(error="Der kunne ikke laves en PDF af filen.")
    lay_on(case, town, "Et_meget_langt_navn_fra_journalsystemet_2026-05-03_endelig_version_v7_rettet")
    return [
        address_of(case),
        reverse("cases:attachment", args=[rows[1].pk]) + "?q=nyt",
        reverse("cases:attachment", args=[rows[0].pk]),
        reverse("cases:link-draft", args=[case.pk]),
    ]


def test_axe_finds_no_barrier(browser: Browser, live_server: LiveServer, case: Case, house: Town) -> None:
    targets = pages_of(case, house)
    context = browser.new_context(bypass_csp=True)  # for axe-core, which is not of the page
    page = context.new_page()
    log_in(page, live_server, address_of(case))

    found = {target: violations(page, live_server.url + target) for target in targets}
    leave(page)

    assert found == {target: [] for target in targets}


def violations(page: Page, address: str) -> list[str]:
    page.goto(address, wait_until="load")
    page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate("async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes[0].html}`)")
    return found


def test_nothing_is_wider_than_a_small_telephone_and_the_policy_is_kept(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    targets = pages_of(case, house)
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    log_in(page, live_server, address_of(case))

    for target in targets:
        page.goto(live_server.url + target, wait_until="load")
        assert page.evaluate("document.documentElement.scrollWidth") == 375, target
    leave(page)

    assert said == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")
