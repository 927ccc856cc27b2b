"""In a real browser: the directorate meets without its chair, then the council with all that can happen at a meeting.

At the end stands the protocol that the house has written, word for word.
"""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from sagsgang.accounts.models import User
from sagsgang.bodies.models import BodyKind, Person
from sagsgang.cases.models import Case, PathStep
from sagsgang.meetings.actions import put_on_agenda, send_agenda, send_supplement
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.protocols.models import ProtocolEntry
from sagsgang.protocols.queries.facts import facts_of
from sagsgang.protocols.rendering.compose import as_text, compose_protocol
from sagsgang.site.heads import verify_chains
from sagsgang.sittings.tests.rooms import Room, add_item, add_listed, make_room
from tests.browsing import BROWSER_TESTS, PASSWORD, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long, pytest.mark.usefixtures("short_connections")]

MATTERS = (
    "Ligestillingsredegørelsen", "Kvalitetsudvikling i dagtilbud", "Retningslinjer for informationssikkerhed",
    "Samskabelse og effektivisering", "Analyse af jordfordeling", "Månedsgrebet",
)  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="da-DK")
    found = context.new_page()
    found.on("dialog", lambda dialog: dialog.accept())
    yield found
    context.close()


class Secretary:
    """Who runs the meeting, at her desk."""

    def __init__(self, page: Page, live_server: LiveServer, room: Room) -> None:
        self.page, self.base, self.room = page, live_server.url, room
        room.secretary.set_password(PASSWORD)
        room.secretary.save()
        log_in(page, live_server, room.secretary.username, reverse("sittings:desk", args=[room.meeting.pk]))

    def button(self, name: str) -> Locator:
        by_label = self.page.locator(f'form[data-label="{name}"] button')
        return by_label.or_(self.page.get_by_role("button", name=name, exact=True)).first

    def press(self, name: str) -> None:
        self.button(name).click()
        expect(self.page.locator("[data-outbox-list]")).to_have_text("")
        expect(self.page.locator(".sitting")).not_to_have_attribute("aria-busy", "true")

    def unfold(self, selector: str) -> None:
        self.page.locator(f"{selector}:not([open]) > summary").click()

    def decide(self, item: AgendaItem, words: str) -> None:
        above = f"{item.parent.number}." if item.parent else ""
        part = self.page.locator(f"#decide-{item.pk}")
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        part.get_by_label("Beslutningens ordlyd").fill(words)
        self.press(f"Beslutning på punkt {above}{item.number}")

    def vote(self, method: str, **counts: str) -> None:
        self.page.get_by_label("Der stemmes ved").first.select_option(method)
        self.press("Sæt til afstemning")
        for choice, number in counts.items():
            self.page.locator(f"#count-{choice}").fill(number)
        self.press("Stemmer indført, afstemning lukket")

    def move(self, words: str, by: str) -> None:
        self.unfold("#move-proposal")
        self.page.get_by_label("Forslaget med ord").fill(words)
        self.page.get_by_label("Stillet af").select_option(label=by)
        self.press("Skriv forslaget ind")

    def choose(self, route: str, row: AgendaItem | Meeting, person: str, button: str, **fields: str) -> None:
        """An act on a page of its own, about one person."""
        self.page.goto(self.base + reverse(route, args=[row.pk]))
        self.page.locator("main select[name=person]").select_option(label=person)
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").fill(value)
        self.page.locator("main form").get_by_role("button", name=button).first.click()
        self.page.wait_for_load_state()

    def to_desk(self) -> None:
        self.page.goto(self.base + reverse("sittings:desk", args=[self.room.meeting.pk]))

    def make_final(self, *, anyway: bool = False) -> None:
        self.page.goto(self.base + reverse("protocols:protocol", args=[self.room.meeting.pk]))
        if anyway:
            self.page.get_by_label("Punkterne uden beslutning blev ikke behandlet").check()
        self.page.get_by_role("button", name="Gør protokollen endelig").click()
        expect(self.page.get_by_text("Protokollen er endelig.")).to_be_visible()


def told(meeting: Meeting) -> str:
    """The protocol as text, with every clock time as 00.00."""
    words = as_text(compose_protocol(facts_of(meeting.pk)))
    return re.sub(r"\b\d{1,2}\.\d{2}\b", "00.00", words)


def a_room(kind: str, groups: str, *, items: int, **more: object) -> Room:
    room = make_room(kind, groups, items=items, held_on=localdate(), **more)  # type: ignore[arg-type]
    Meeting.objects.filter(pk=room.meeting.pk).update(agenda_sent_at=None)
    room.meeting = send_agenda(room.meeting, anyway=True, actor=room.secretary)
    return room


def test_the_directorate_meets_without_its_chair(page: Page, live_server: LiveServer, transactional_db: None) -> None:
    room = a_room(BodyKind.DIRECTORATE, "----", items=1)
    whole = room.items[0]
    AgendaItem.objects.filter(pk=whole.pk).update(title="Øvrige punkter")
    subs = [add_item(room, str(number), parent=whole) for number in range(1, 7)]
    for sub, title in zip(subs, MATTERS, strict=True):
        AgendaItem.objects.filter(pk=sub.pk).update(title=title)
    Person.objects.filter(name="M1").update(title="Kommunaldirektør")
    desk = Secretary(page, live_server, room)

    page.get_by_label("M1").uncheck()
    desk.press("Åbn mødet")
    desk.press("Udpeg mødeleder")
    desk.press("Tag op: Øvrige punkter")
    for sub, words in zip(
        subs, ("Drøftet.", "Taget til efterretning.", "Godkendt.", "Drøftet.", "Drøftet.", "Drøftet."), strict=True
    ):
        desk.decide(sub, words)
    picture(page, "directorate-1280")
    desk.press("Hæv mødet")
    desk.make_final()

    assert told(room.meeting) == DIRECTORATE.format(day=page_day(), held=held_day())
    assert verify_chains().is_whole


def test_the_council_meets_with_all_that_can_happen(
    page: Page, live_server: LiveServer, transactional_db: None
) -> None:
    room = a_room(BodyKind.COUNCIL, "AAAAVVVV", items=4)
    add_listed(room, "V", "Første Vara", "Anden Vara")
    halted_case = halted_in_committee(page, live_server, room)
    late = put_on_agenda(
        halted_case, meeting=room.meeting, late_reason="Sagen er standset i udvalget og kan ikke vente.",
        anyway=True, actor=room.secretary,
    )  # fmt: skip
    send_supplement(room.meeting, reason="Én sag er kommet til.", anyway=True, actor=room.secretary)
    one, two, three, four = room.items
    desk = Secretary(page, live_server, room)

    page.get_by_label("M8").uncheck()
    desk.press("Åbn mødet")
    desk.unfold(f"#call-{room.person('M8').pk}")
    page.get_by_label("Fra kandidatlisten, i rækkefølge").select_option(label="2. Anden Vara")
    page.get_by_label("Hvorfor Første Vara springes over").fill("har skriftligt meldt forfald hele måneden")
    page.get_by_label("Kommunalbestyrelsen har godkendt indkaldelsen").check()
    desk.press("Indkald stedfortræderen")

    desk.press("Tag op: Sag 1")
    desk.move("at arbejdet begynder til maj", "M2 (A)")
    page.get_by_label("Der stemmes ved").first.select_option("roll_call")
    desk.press("Sæt til afstemning")
    page.locator(f"#against-{room.person('M5').pk}").check()
    page.locator(f"#abstained-{room.person('M6').pk}").check()
    desk.press("Stemmer indført, afstemning lukket")
    desk.decide(one, "Godkendt med ændringen.")

    desk.press("Tag op: Sag 2")
    desk.unfold("#conflict")
    page.locator("#conflict-person").select_option(label="M3")
    desk.press("Notér inhabiliteten")
    desk.vote("show", **{"for": "4", "against": "3"})
    desk.decide(two, "Godkendt.")

    desk.press("Tag op: Sag 3")
    desk.vote("show", **{"for": "4", "against": "4"})
    expect(page.locator(f"#decide-{three.pk} select[name=outcome]")).to_have_value("lapsed")
    desk.decide(three, "Forslaget bortfaldt.")

    desk.press("Tag op: Sag 4")
    desk.press("Vedtaget uden afstemning")
    desk.decide(four, "Godkendt.")
    desk.choose("meetings:enter-dissent", four, "M7", "mening", words="Vi finder prisen for høj.")
    desk.to_desk()

    desk.press(f"Tag op: {late.title}")
    desk.vote("show", **{"for": "8", "against": "0"})
    desk.decide(late, "Godkendt.")
    desk.press("Hæv mødet")
    desk.make_final()

    assert told(room.meeting) == COUNCIL.format(day=page_day(), held=held_day())
    assert verify_chains().is_whole
    sign_as(page, live_server, room, "M1")
    assert [row.kind for row in ProtocolEntry.objects.filter(meeting=room.meeting)] == ["final", "signature"]


def halted_in_committee(page: Page, live_server: LiveServer, council: Room) -> Case:
    """A committee decides, and a member halts it before the meeting is over; answers the case, which goes to the council."""
    room = a_room(BodyKind.COMMITTEE, "AAV", items=1, authority=council.authority)
    item = room.items[0]
    AgendaItem.objects.filter(pk=item.pk).update(title="Salg af grund")
    item.case.title = "Salg af grund"
    item.case.save()
    desk = Secretary(page, live_server, room)
    desk.press("Åbn mødet")
    desk.press("Tag op: Salg af grund")
    desk.decide(item, "Godkendt.")
    desk.choose("meetings:halt-decision", item, "M3", "tands")
    desk.to_desk()
    desk.press("Hæv mødet")

    assert "standsede beslutningen" in told(room.meeting)
    assert PathStep.objects.filter(case=item.case, body=council.body).exists()
    return item.case


def sign_as(page: Page, live_server: LiveServer, room: Room, name: str) -> None:
    """The member logs in and signs the protocol for herself."""
    user = User.objects.create_user("underskriver", password=PASSWORD)
    person = room.person(name)
    person.user = user
    person.save()
    user.appointments.create(body=room.body, role="member")
    page.context.clear_cookies()
    log_in(page, live_server, "underskriver", reverse("protocols:protocol", args=[room.meeting.pk]))
    page.get_by_role("button", name="Underskriv").click()
    expect(page.get_by_text("Du har underskrevet protokollen.")).to_be_visible()
    picture(page, "protocol-1280")


def page_day() -> str:
    """The day as the head of a protocol has it."""
    return date_format(localdate(), "l j. F Y").capitalize()


def held_day() -> str:
    return date_format(localdate(), "DATE_FORMAT")


DIRECTORATE = """\
Egekøbing Kommune
Organ directorate
{day}
Mødet blev åbnet kl. 00.00.
Mødet blev hævet kl. 00.00.
Sted: Byrådssalen.
Til stede: M2 (næstformand); M3; M4
Fraværende: Kommunaldirektør M1 (formand), uden afbud
Formanden, M1, var fraværende. M2 ledede mødet.

1. Øvrige punkter
1. Ligestillingsredegørelsen
Beslutning i Organ directorate den {held}:
Drøftet.
2. Kvalitetsudvikling i dagtilbud
Beslutning i Organ directorate den {held}:
Taget til efterretning.
3. Retningslinjer for informationssikkerhed
Beslutning i Organ directorate den {held}:
Godkendt.
4. Samskabelse og effektivisering
Beslutning i Organ directorate den {held}:
Drøftet.
5. Analyse af jordfordeling
Beslutning i Organ directorate den {held}:
Drøftet.
6. Månedsgrebet
Beslutning i Organ directorate den {held}:
Drøftet."""
COUNCIL = """\
Egekøbing Kommune
Organ council
{day}
Mødet blev åbnet kl. 00.00.
Mødet blev hævet kl. 00.00.
Sted: Byrådssalen.
Til stede: M1 (formand); M2 (næstformand); M3; M4; M5; M6; M7; Anden Vara, kom kl. 00.00, stedfortræder for M8
Fraværende: M8, uden afbud
Anden Vara deltog som stedfortræder for M8; indkaldelsen blev godkendt kl. 00.00 (KSL § 15).

1. Sag 1
Ændringsforslag fra M2 (A): at arbejdet begynder til maj
Ændringsforslag: vedtaget med 6 stemmer for og 1 imod; 1 undlod at stemme. \
For stemte: M1 (A), M2 (A), M3 (A), M4 (A), M7 (V), Anden Vara (V). Imod stemte: M5 (V). Undlod at stemme: M6 (V).
Beslutning i Organ council den {held}:
Godkendt med ændringen.

2. Sag 2
M3 erklærede sig inhabil, forlod lokalet og deltog ikke i behandlingen af punktet.
Indstillingen: vedtaget med 4 stemmer for og 3 imod.
Beslutning i Organ council den {held}:
Godkendt.

3. Sag 3
Indstillingen: bortfaldet ved stemmelighed med 4 stemmer for og 4 imod.
Beslutning i Organ council den {held}:
Forslaget bortfaldt.

4. Sag 4
Vedtaget uden afstemning.
Beslutning i Organ council den {held}:
Godkendt.
Afvigende mening fra M7 (V): Vi finder prisen for høj.

5. Salg af grund
Kom efter fristen: Sagen er standset i udvalget og kan ikke vente.
Indstillingen: enstemmigt vedtaget med 8 stemmer.
Beslutning i Organ council den {held}:
Godkendt."""
