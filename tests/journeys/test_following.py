"""To follow by e-mail, from the form to the last click: by the portal's own role, a real mail server and the worker's acts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Authority, Body, BodyKind
from sagsgang.following.models import Follower, Letter, Subscription, Token
from sagsgang.following.tests.post_office import ADDRESS, link_in, release, send_all
from sagsgang.meetings.drafts import CaseDraft, ItemDraft, MeetingDraft, SectionDraft
from sagsgang.publication.models import PublicMeeting
from sagsgang.site import provision
from tests.browsing import BROWSER_TESTS, barriers, picture
from tests.journeys.test_wall import connect, refused
from tests.mail_box import Box, mail_server, text_of

pytestmark = pytest.mark.usefixtures("wall")


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    with mail_server() as box:
        settings.SMTP, settings.BASE_URL = box.url, "https://moeder.example"
        settings.ROOT_URLCONF = "sagsgang.site.urls_portal"
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "security" in name or "csp" in name]
        yield box


@pytest.fixture
def body(wall: None) -> Body:
    owner = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    return Body.objects.create(
        authority=owner, kind=BodyKind.COMMITTEE, name="Teknisk Udvalg", code="TU", publish_policy="minutes"
    )


def shown(body: Body, day: date = date(2026, 4, 14), title: str = "Ny cykelsti") -> PublicMeeting:
    section = SectionDraft("presentation", "Sagsfremstilling", "<p>Stien går langs Egebjergvej.</p>")
    item = ItemDraft("1", title, CaseDraft(title, numbers=("26/1",)), sections=(section,))
    return release(body, MeetingDraft(held_on=day, attendance=(), items=(item,)))


def facts(meeting: PublicMeeting, **changed: str) -> dict[str, str]:
    """What the form of a body sends."""
    return {
        "kind": "body", "target": str(meeting.body_id), "words": "", "address": ADDRESS, "pace": "at_once", **changed
    }  # fmt: skip


def test_from_the_form_to_the_last_click(body: Body, box: Box) -> None:
    reader, meeting = Client(enforce_csrf_checks=True), shown(body)
    form = f"/foelg/?udvalg={meeting.body_id}"
    link = f'href="{form}"'
    assert link in reader.get(f"/organer/{meeting.body_id}/{meeting.body.slug}/").text
    assert not reader.cookies

    page = reader.get(form)
    forged = reader.post("/foelg/", facts(meeting))
    asked = reader.post("/foelg/", facts(meeting, csrfmiddlewaretoken=reader.cookies["csrftoken"].value))
    send_all()

    assert ("Teknisk Udvalg" in page.text, page.headers["Cache-Control"]) == (True, "private, no-store")
    assert (forged.status_code, asked.status_code, asked.headers["Location"]) == (403, 302, "/foelg/sendt/")
    confirm = link_in(box.letters[0], "bekraeft")
    scanner = Client()
    assert ("Teknisk Udvalg" in scanner.get(confirm).text, Subscription.objects.get().confirmed_at) == (True, None)
    second = shown(body, date(2026, 4, 28))
    assert send_all() == 0

    pressed = Client(enforce_csrf_checks=True).post(confirm)
    third = shown(body, date(2026, 5, 12))
    send_all()

    assert (pressed.status_code, not scanner.cookies, not pressed.cookies) == (302, True, True)
    told = text_of(box.letters[-1])
    assert str(third.pk) in told and len(box.letters) <= 3
    assert meeting.pk != second.pk
    leave = link_in(box.letters[-1], "afmeld")
    assert scanner.get(leave).status_code == 200
    assert Subscription.objects.count() == 1
    one_click = Client(enforce_csrf_checks=True).post(leave, {"List-Unsubscribe": "One-Click"})
    assert (one_click.status_code, one_click.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert [rows.objects.count() for rows in (Follower, Subscription, Token, Letter)] == [0, 0, 0, 0]
    assert [Client().post(leave).status_code, Client().get(confirm).status_code] == [200, 404]


def test_what_she_follows_is_seen_and_changed_by_the_secret_of_a_letter(body: Body, box: Box) -> None:
    reader, meeting = Client(), shown(body)
    for sent in (facts(meeting), facts(meeting, kind="place", target="", words=" Egebjerg  vej ")):
        reader.post("/foelg/", sent)
        send_all()
        reader.post(link_in(box.letters[-1], "bekraeft"))
    reader.post("/foelg/", facts(meeting, address=ADDRESS.upper()))
    send_all()
    mine = link_in(box.letters[-1], "mine")
    other = Subscription.objects.create(
        follower=Follower.objects.create(address="bo@borger.example"), kind="place", words="Åvej", confirmed_at=now()
    )

    page = reader.get(mine).text
    first, second = Subscription.objects.exclude(pk=other.pk).order_by("made_at")
    reader.post(mine, {"following": str(first.pk), "pace": "daily", "change": "1"})
    reader.post(mine, {"following": str(other.pk), "pace": "daily", "change": "1"})
    reader.post(mine, {"following": str(other.pk), "end": "1"})
    reader.post(mine, {"following": str(second.pk), "end": "1"})
    nonsense = reader.post(mine, {"following": "x", "pace": "hourly"})

    assert "Teknisk Udvalg" in page and "Egebjerg vej" in page and "Åvej" not in page
    assert "a…@borger.example" in page and ADDRESS not in page
    assert set(Subscription.objects.values_list("pk", "pace")) == {(first.pk, "daily"), (other.pk, "at_once")}
    assert nonsense.status_code == 302
    reader.post(mine, {"end-all": "1"})
    assert [follower.address for follower in Follower.objects.all()] == ["bo@borger.example"]
    assert reader.get(mine).status_code == 404


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(body: Body, box: Box) -> None:
    meeting = shown(body)
    known = Follower.objects.create(address=ADDRESS)
    Subscription.objects.create(follower=known, kind="body", target=meeting.body_id, confirmed_at=now())

    answers = [Client().post("/foelg/", facts(meeting, address=address)) for address in (ADDRESS, "ny@borger.example")]

    assert len({(answer.status_code, str(sorted(answer.headers.items())), answer.content) for answer in answers}) == 1
    assert sorted(Letter.objects.values_list("kind", flat=True)) == ["confirm", "known"]


def test_an_address_gets_five_requests_an_hour_and_everybody_three_hundred(body: Body, box: Box) -> None:
    meeting = shown(body)

    mine = [Client().post("/foelg/", facts(meeting, kind="place", target="", words=f"Vej {n}")) for n in range(7)]
    counted = Letter.objects.count()
    letter = Letter.objects.order_by("made_at")[0]
    many = Letter(follower=letter.follower, subscription=letter.subscription, kind="confirm", next_try_at=now())
    Letter.objects.bulk_create(Letter(**{**vars_of(many), "id": uuid4()}) for _ in range(300))
    refusal = Client().post("/foelg/", facts(meeting, address="ny@borger.example"))

    assert ([answer.status_code for answer in mine], counted) == ([302] * 7, 5)
    assert (refusal.status_code, Follower.objects.count()) == (429, 1)
    assert "ny@borger.example" in refusal.text


def vars_of(letter: Letter) -> dict[str, Any]:
    """The columns of a row that is not written yet."""
    return {field.attname: getattr(letter, field.attname) for field in letter._meta.concrete_fields}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"address": "a@b.example\r\nBcc: alle@b.example"}, 422),
        ({"address": "a@b.example, c@d.example"}, 422),
        ({"address": '"a b"@c.example'}, 422),
        ({"address": "anna@æblegård.example"}, 302),
        ({"kind": "place", "target": "", "words": "Åvej\r\nBcc: x"}, 302),  # one line, and no header
        ({"kind": "place", "target": "", "words": "Køb på www.svindel.example"}, 422),
        ({"kind": "place", "target": "", "words": "Åvej\x07"}, 422),
        ({"kind": "place", "target": "", "words": "å" * 301}, 422),
        ({"kind": "search", "target": "", "words": "q=https%3A%2F%2Fsvindel.example"}, 422),
        ({"kind": "search", "target": "", "words": "q=cykelsti&aar=2026"}, 302),
        ({"kind": "nothing"}, 422),
        ({"target": "x"}, 422),
        ({"target": "8f4b2c1e-0000-4000-8000-000000000000"}, 422),
        ({"pace": "hourly"}, 422),
    ],
)
def test_what_is_typed_is_taken_or_refused_with_a_sentence(
    body: Body, box: Box, changed: dict[str, str], status: int
) -> None:
    answer = Client().post("/foelg/", facts(shown(body), **changed))
    send_all()

    assert answer.status_code == status
    assert len(box.raw) == (1 if status == 302 else 0)
    assert all(b"Bcc" not in raw.split(b"\r\n\r\n")[0] for raw in box.raw)


def test_a_confirmation_after_48_hours_is_too_late(body: Body, box: Box) -> None:
    Client().post("/foelg/", facts(shown(body)))
    send_all()
    Subscription.objects.update(made_at=now() - timedelta(hours=49))

    late = Client().post(link_in(box.letters[0], "bekraeft"))

    assert (late.status_code, Subscription.objects.get().confirmed_at) == (404, None)


def test_the_forms_of_what_is_not_there_are_the_same_404(body: Body, box: Box) -> None:
    addresses = ["?udvalg=x", f"?udvalg={uuid4()}", f"?sag={uuid4()}", "?soeg=", "mine/x/"]

    answers = [Client().get(f"/foelg/{address}").status_code for address in addresses]

    assert answers == [404] * 5


def test_the_portals_role_reads_nothing_of_those_who_follow(body: Body, box: Box) -> None:
    Client().post("/foelg/", facts(shown(body)))
    send_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'following\\_%' ORDER BY 1")
        tables = [row[0] for row in cursor.fetchall()]

    with connect(provision.PORTAL) as portal:
        read = {refused(portal, f"SELECT 1 FROM public.{table}") for table in tables}
        guessed = portal.execute("SELECT count(*) FROM pub.followings('x')").fetchone()
        dry = refused(portal, "SELECT pub.follow('place', NULL, 'Åvej', 'daily', 'da', 'x@y.example')")
        portal.execute("SET default_transaction_read_only = off")
        bad = refused(portal, "SELECT pub.follow('place', NULL, 'Åvej', 'daily', 'da', E'x@y.example\\nBcc: z')")
        ended = portal.execute("SELECT pub.end_following('x', NULL, true)").fetchone()

    assert len(tables) == 6
    assert (read, guessed, dry, bad, ended) == ({"42501"}, (0,), "25006", "23514", (False,))
    assert isinstance(portal, psycopg.Connection)


@pytest.mark.parametrize("_", [pytest.param(0, marks=BROWSER_TESTS)])
def test_form_and_page_of_what_she_follows_in_a_browser(
    browser: Browser, live_server: LiveServer, short_connections: None, settings: Settings, _: int
) -> None:
    owner = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    made = Body.objects.create(
        authority=owner, kind=BodyKind.COMMITTEE, name="Teknisk Udvalg", code="TU", publish_policy="minutes"
    )
    settings.BASE_URL = live_server.url
    meeting = shown(made)
    with time_machine.travel(now() + timedelta(seconds=1)):
        Client().post("/foelg/", facts(meeting, kind="place", target="", words="Egebjergvej"))
        send_all()
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    found: list[str] = []

    def look(name: str) -> None:
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            picture(page, f"{name}-{width}")
            if page.evaluate("document.body.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{name} is wider than {width}")
        found.extend(barriers(page))

    page.goto(f"{live_server.url}/foelg/")
    look("follow-place")
    page.click("button[type=submit]:has-text('Følg'), button[type=submit]:has-text('Follow')")
    look("follow-errors")
    page.goto(f"{live_server.url}/foelg/?udvalg={meeting.body_id}")
    look("follow-body")
    page.fill("[name=address]", ADDRESS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/foelg/sendt/")
    look("follow-asked")
    send_all()
    letters = list(Letter.objects.order_by("made_at"))
    for letter in letters:
        page.goto(live_server.url + secret_path(letter.text, "bekraeft"))
        look("follow-confirm")
        page.click("main button[type=submit]")
        page.wait_for_url("**/foelg/mine/**")
    look("followings")
    page.goto(live_server.url + secret_path(letters[0].text, "afmeld"))
    look("follow-leave")
    context.close()

    assert found == []


def secret_path(text: str, act: str) -> str:
    """The path of a link in the text of a letter."""
    return next(word.partition("/foelg/")[2] for word in text.split() if f"/foelg/{act}/" in word).join(["/foelg/", ""])
