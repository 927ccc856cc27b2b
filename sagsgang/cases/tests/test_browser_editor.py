"""The editor in a real browser: typing, pasting from Word, saving by itself, two at once, lost sessions, no JavaScript."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from sagsgang.accounts.models import User
from sagsgang.cases.actions.arranging import choose_template
from sagsgang.cases.actions.templates import add_template_section, open_template
from sagsgang.cases.models import AppropriationLine, Case, Section, SectionRevision
from sagsgang.cases.tests.factories import Town, make_case, make_town, signed_in_as
from tests.browsing import BROWSER_TESTS

AXE = settings.CHECKOUT / "node_modules/axe-core/axe.min.js"

pytestmark = BROWSER_TESTS


@pytest.fixture
def house(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    return make_town()


@pytest.fixture
def case(house: Town) -> Case:
    return make_case(house)


def enter(browser: Browser, live_server: LiveServer, user: User, **options: object) -> BrowserContext:
    context = browser.new_context(locale="da-DK", **options)  # type: ignore[arg-type]
    key = signed_in_as(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return context


def listen(page: Page) -> list[str]:
    """What the console says: errors, refusals of the page's policy."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def open_editor(context: BrowserContext, live_server: LiveServer, case: Case, javascript: bool = True) -> Page:
    page = context.new_page()
    page.set_default_timeout(8000)
    page.goto(live_server.url + reverse("cases:presentation", args=[case.pk]))
    if javascript:
        page.wait_for_selector("#editor[data-ready]", state="attached")
    return page


def section_of(case: Case, kind: str = "presentation") -> Section:
    return Section.objects.get(presentation__case=case, kind=kind)


def desk(section: Section) -> str:
    return f"#section-{section.pk}"


def until_saved(page: Page, section: Section) -> None:
    expect(page.locator(f"{desk(section)} [data-state][data-mood=saved]")).to_be_visible()


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><h1 style='color:red'>Baggrund<o:p></o:p></h1>
<p class=MsoNormal>Stien er <b style='mso-bidi-font-weight:normal'>vigtig</b> for <span style='font-style:italic'>alle</span>.<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='text-indent:-18pt;
mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Første punkt</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o&nbsp;</span>Under punktet</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;</span>Andet punkt</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.&nbsp;</span>Nummer et</p>
<p class=MsoCaption>Tabel 1. Udgifter</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'>
<tr><td width=200 style='width:150pt'><p class=MsoNormal>År</p></td><td><p>Udgift</p></td></tr>
<tr><td><p>2026</p></td><td><p align=right>1.000</p></td></tr></table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal><a href="javascript:alert(1)">ond</a> <a href="https://www.kl.dk">god</a></p><!--EndFragment--></body></html>"""


def paste(page: Page, selector: str, html: str) -> None:
    page.evaluate(
        """([selector, html]) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.querySelector(selector).dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [selector, html],
    )


def only_read(part: Locator) -> str:
    """The words that stand there, without those that are only heard and those that are hidden."""
    words: str = part.evaluate(
        """part => {
            const copy = part.cloneNode(true);
            for (const node of copy.querySelectorAll(".sr-only, del")) node.remove();
            return copy.textContent.trim();
        }"""
    )
    return words


def test_what_is_typed_is_saved_by_itself(browser: Browser, live_server: LiveServer, case: Case, house: Town) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    said = listen(page)
    section = section_of(case)

    page.locator(f"{desk(section)} .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Den bliver ")
    page.keyboard.press("Control+b")
    page.keyboard.type("bred")
    page.keyboard.press("Control+b")
    page.keyboard.type(".")
    until_saved(page, section)

    section.refresh_from_db()
    assert section.html == "<p>Stien bliver 400 m lang. Den bliver <strong>bred</strong>.</p>"
    assert page.locator(f"{desk(section)} [data-state]").inner_text().startswith(gettext("Saved at {time}")[:-6])
    assert page.evaluate("sessionStorage.length") == 0
    assert said == []
    context.close()


def test_what_comes_from_word_keeps_lists_and_tables(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    said = listen(page)
    section = section_of(case)

    page.locator(f"{desk(section)} .ProseMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    paste(page, f"{desk(section)} .ProseMirror", WORD)
    until_saved(page, section)

    section.refresh_from_db()
    assert section.html == (
        "<h3>Baggrund</h3>"
        "<p>Stien er <strong>vigtig</strong> for <em>alle</em>.</p>"
        "<ul><li><p>Første punkt</p><ul><li><p>Under punktet</p></li></ul></li><li><p>Andet punkt</p></li></ul>"
        "<ol><li><p>Nummer et</p></li></ol>"
        '<table><caption>Tabel 1. Udgifter</caption><thead><tr><th scope="col"><p>År</p></th>'
        '<th scope="col"><p>Udgift</p></th></tr></thead><tbody><tr><td><p>2026</p></td><td><p>1.000</p></td></tr></tbody></table>'
        '<p>ond <a href="https://www.kl.dk">god</a></p>'
    )
    assert said == []

    page.reload()
    page.wait_for_selector("#editor[data-ready]", state="attached")
    page.locator(f"{desk(section)} .ProseMirror > p").first.click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    until_saved(page, section)
    before = section.html
    section.refresh_from_db()
    assert section.html == before.replace("alle</em>.", "alle</em>.!")
    context.close()


def test_two_at_once_are_shown_both_texts_and_choose(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    mine, theirs = enter(browser, live_server, house.writer), enter(browser, live_server, house.colleague)
    page, other = open_editor(mine, live_server, case), open_editor(theirs, live_server, case)
    section = section_of(case)
    for one, words in ((other, "Hun skrev først. "), (page, "Jeg skrev samtidig. ")):
        one.locator(f"{desk(section)} .ProseMirror").click()
        one.keyboard.press("Control+Home")
        one.keyboard.type(words)
        if one is other:
            until_saved(other, section)

    page.wait_for_selector(f"{desk(section)} [data-merge]")
    assert page.evaluate("document.activeElement.closest('[data-merge]') !== null")
    assert page.locator(f"{desk(section)} .ProseMirror").get_attribute("contenteditable") == "false"
    shown = [only_read(page.locator(".side .marked").nth(n)) for n in range(2)]
    assert shown == ["Jeg skrev samtidig. Stien bliver 400 m lang.", "Hun skrev først. Stien bliver 400 m lang."]
    assert page.locator(f"{desk(section)} [data-state]").get_attribute("data-mood") == "failed"
    assert SectionRevision.objects.get(set_aside=True).html == "<p>Jeg skrev samtidig. Stien bliver 400 m lang.</p>"

    page.locator("[data-choose=both]").focus()
    page.keyboard.press("Enter")
    until_saved(page, section)

    section.refresh_from_db()
    assert section.html == (
        "<p>Hun skrev først. Stien bliver 400 m lang.</p><p>Jeg skrev samtidig. Stien bliver 400 m lang.</p>"
    )
    assert page.locator("[data-merge]").count() == 0
    mine.close()
    theirs.close()


def test_points_are_written_moved_and_removed_by_keyboard(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    section = section_of(case, "recommendation")
    rows = page.locator(f"{desk(section)} [data-point]")

    rows.nth(1).locator("select").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("at udgiften afholdes")
    assert rows.count() == 3
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # up
    until_saved(page, section)

    assert list(section.points.values_list("verb", "text")) == [
        ("approve", "at udgiften afholdes"), ("approve", "at stien godkendes"),
    ]  # fmt: skip
    rows.nth(1).locator("[data-act=remove]").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    until_saved(page, section)
    assert list(section.points.values_list("text", flat=True)) == ["at udgiften afholdes"]
    context.close()


def test_without_a_connection_nothing_is_lost(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    section = section_of(case)
    context.set_offline(True)

    page.locator(f"{desk(section)} .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Uden net.")
    page.wait_for_selector(f"{desk(section)} [data-mood=failed]")
    context.set_offline(False)
    until_saved(page, section)

    section.refresh_from_db()
    assert section.html == "<p>Stien bliver 400 m lang. Uden net.</p>"
    context.close()


def test_words_that_never_arrived_are_there_when_the_page_is_opened_again(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    section = section_of(case)
    page.route("**/sections/**", lambda route: route.abort())
    page.locator(f"{desk(section)} .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Nåede ikke frem.")
    page.wait_for_selector(f"{desk(section)} [data-mood=failed]")

    page.unroute("**/sections/**")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_selector("#editor[data-ready]", state="attached")
    until_saved(page, section)

    section.refresh_from_db()
    assert section.html == "<p>Stien bliver 400 m lang. Nåede ikke frem.</p>"
    assert page.evaluate("sessionStorage.length") == 0
    context.close()


def test_leaving_the_page_saves_what_was_just_typed(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    section = section_of(case)

    page.locator(f"{desk(section)} .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" I sidste øjeblik.")
    page.goto(live_server.url + reverse("cases:cases"))
    for _time in range(50):  # the last words travel on their own when the page is gone
        section.refresh_from_db()
        if section.revision > 1:
            break
        page.wait_for_timeout(100)

    assert section.html == "<p>Stien bliver 400 m lang. I sidste øjeblik.</p>"
    context.close()


def test_a_lost_session_is_told_and_the_words_are_saved_after_login(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    section = section_of(case)
    Session.objects.all().delete()

    page.locator(f"{desk(section)} .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Stadig her.")
    page.wait_for_selector(f"{desk(section)} [data-mood=failed] a")
    key = signed_in_as(house.writer).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    until_saved(page, section)

    section.refresh_from_db()
    assert section.html == "<p>Stien bliver 400 m lang. Stadig her.</p>"
    context.close()


def test_the_toolbar_is_reached_and_worked_by_keyboard(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    section = section_of(case)
    said = listen(page)

    page.locator(f"{desk(section)} .ProseMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.dataset.name") == "bold"
    for _step in range(8):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.name") == "link"
    page.keyboard.press("Enter")
    page.keyboard.type("uden skema")
    page.keyboard.press("Enter")
    assert page.locator("#ask [data-error]").inner_text() != ""
    page.keyboard.press("Control+a")
    page.keyboard.type("https://www.retsinformation.dk")
    page.keyboard.press("Enter")
    until_saved(page, section)
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.locator(f"{desk(section)} [data-name=table]").click()
    page.keyboard.type("Emne")
    page.locator(f"{desk(section)} [data-name=caption]").click()
    page.keyboard.type("Tabel over emner")
    page.keyboard.press("Enter")
    expect(page.locator(f"{desk(section)} caption")).to_have_text("Tabel over emner")
    page.locator("h1").click()
    until_saved(page, section)

    section.refresh_from_db()
    assert section.html.startswith('<p><a href="https://www.retsinformation.dk">Stien bliver 400 m lang.</a></p>')
    assert '<caption>Tabel over emner</caption><thead><tr><th scope="col"><p>Emne</p></th>' in section.html
    assert said == []
    context.close()


def test_another_form_on_the_page_waits_for_the_words(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer)
    page = open_editor(context, live_server, case)
    section = section_of(case)

    page.locator(f"{desk(section)} .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Først ordene.")
    page.locator(f"{desk(section)} .arrange summary").click()
    page.locator(f"{desk(section)} [name=heading]").fill("Sagen kort")
    page.locator(f"{desk(section)} button[value=rename]").click()
    page.wait_for_selector(".alert-success")

    section.refresh_from_db()
    assert (section.heading, section.html) == ("Sagen kort", "<p>Stien bliver 400 m lang. Først ordene.</p>")
    context.close()


def test_without_javascript_it_is_written_and_saved(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    context = enter(browser, live_server, house.writer, java_script_enabled=False)
    page = open_editor(context, live_server, case, javascript=False)
    section = section_of(case)

    page.locator(f"{desk(section)} [name=text]").fill("Skrevet uden.\n- et punkt")
    page.locator(f"{desk(section)} [data-plain-save]").click()
    page.locator("[name=grant-0-kind]").select_option("supplementary")
    page.locator("[name=grant-0-account]").fill("Sti ved åen")
    page.locator("[name=grant-0-year]").fill("2026")
    page.locator("[name=grant-0-amount]").fill("1.250.000,00")
    page.locator("[data-economy] button").click()
    page.wait_for_selector("#economy .alert-warning")

    section.refresh_from_db()
    assert section.html == "<p>Skrevet uden.</p><ul><li>et punkt</li></ul>"
    assert str(AppropriationLine.objects.get().amount) == "1250000.00"
    context.close()


def with_template(house: Town) -> str:
    template = open_template(house.mtu, item_kind="B", actor=house.secretary)
    add_template_section(
        template, kind="presentation", heading="Sagsfremstilling", is_required=True, actor=house.secretary,
        help_text="Beskriv sagen kort.\n\nSkriv for en læser, der ikke kender den.",
    )  # fmt: skip
    add_template_section(template, kind="goals", heading="Verdensmål", actor=house.secretary)
    add_template_section(template, kind="economy", heading="Økonomi", actor=house.secretary)
    return reverse("cases:edit-template", args=[template.pk])


def test_axe_finds_no_barrier_and_nothing_is_wider_than_a_telephone(
    browser: Browser, live_server: LiveServer, case: Case, house: Town
) -> None:
    edit = with_template(house)
    choose_template(case, body=house.mtu, item_kind="B", actor=house.writer)
    pages = {
        house.writer: [reverse("cases:presentation", args=[case.pk]), reverse("cases:choose-template", args=[case.pk])],
        house.secretary: [reverse("cases:templates", args=[house.mtu.pk]), edit],
    }
    found: dict[str, list[str]] = {}
    widths: dict[str, int] = {}
    for user, targets in pages.items():
        context = enter(browser, live_server, user, bypass_csp=True)  # for axe-core, which is not of the page
        page = context.new_page()
        for target in targets:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(live_server.url + target, wait_until="networkidle")
            page.add_script_tag(path=AXE)
            found[target] = page.evaluate(
                "async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes[0].html}`)"
            )
            page.set_viewport_size({"width": 375, "height": 800})
            widths[target] = page.evaluate("document.documentElement.scrollWidth")
        context.close()

    assert found == {target: [] for target in found}
    assert widths == dict.fromkeys(widths, 375)
