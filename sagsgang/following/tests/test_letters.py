"""What is told to whom, when, and what a letter says: by a real mail server."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now
from pytest_django import Settings

from sagsgang.bodies.models import Authority, Body, BodyKind
from sagsgang.core.mailing import next_try
from sagsgang.documents.access import Access, Ground
from sagsgang.following import actions
from sagsgang.following.models import Follower, Letter, LetterState, Subscription, Token, Told
from sagsgang.following.tasks import send_letter
from sagsgang.following.tests.post_office import (
    ADDRESS,
    clerk,
    follows,
    link_in,
    release,
    rows_of,
    send_all,
)
from sagsgang.meetings.drafts import CaseDraft, DecisionDraft, ItemDraft, MeetingDraft, SectionDraft
from sagsgang.publication.actions import withdraw_release
from sagsgang.publication.models import PublicBody, PublicItem, PublicMeeting
from tests.mail_box import Box, html_of, mail_server, text_of

DAY = date(2026, 4, 14)
pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    with mail_server() as box:
        settings.SMTP = box.url
        settings.MAIL_FROM = "Egekøbing Kommune <noreply@egekoebing.example>"
        settings.BASE_URL = "https://moeder.example"
        yield box


@pytest.fixture
def body(db: None) -> Body:
    owner = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    return Body.objects.create(
        authority=owner, kind=BodyKind.COMMITTEE, name="Teknisk Udvalg", code="TU", publish_policy="minutes"
    )


def item(
    number: str = "1", title: str = "Ny cykelsti", text: str = "Stien er 400 m lang.", **facts: object
) -> ItemDraft:
    sections = (SectionDraft("presentation", "Sagsfremstilling", f"<p>{text}</p>"),)
    draft = ItemDraft(number, title, CaseDraft(title, numbers=(f"26/{number}",)), sections=sections)
    return replace(draft, **facts)  # type: ignore[arg-type]


def decided(draft: ItemDraft) -> ItemDraft:
    return replace(draft, decisions=(DecisionDraft("Teknisk Udvalg", DAY, "<p>Godkendt.</p>", "approved"),))


def closed(word: str) -> ItemDraft:
    return item(
        "9", f"Køb hos {word}", f"{word} vil sælge.", access=Access.CLOSED, ground=Ground.PROPERTY,
        closing_reason=word, public_title="Køb af jord",
    )  # fmt: skip


def meeting(*items: ItemDraft) -> MeetingDraft:
    return MeetingDraft(held_on=DAY, number="4", attendance=(), items=items or (item(),))


def public(body: Body) -> PublicBody:
    """The body as the public knows it, from a first release that is no news."""
    first = release(body, MeetingDraft(held_on=date(2026, 1, 13), attendance=(), items=(item("7", "Budget"),)))
    send_all()
    return first.body


def test_who_follows_a_body_gets_titles_and_links_of_a_new_release(body: Body, box: Box) -> None:
    follows("body", public(body).pk)

    shown = release(body, meeting(item(), item("2", "Vej & <park>")))
    send_all()

    [letter] = box.letters
    first, second = PublicItem.objects.filter(meeting=shown).order_by("position")
    assert letter["To"] == ADDRESS
    assert letter["From"] == "Egekøbing Kommune <noreply@egekoebing.example>"
    assert letter["Subject"] == "Teknisk Udvalg, 14. april 2026: referat"
    assert f"- 1. Ny cykelsti\n  https://moeder.example/punkter/{first.pk}/\n" in text_of(letter)
    assert f"- 2. Vej & <park>\n  https://moeder.example/punkter/{second.pk}/\n" in text_of(letter)
    assert "400 m" not in text_of(letter)
    assert f'<a href="https://moeder.example/punkter/{second.pk}/">2. Vej &amp; &lt;park&gt;</a>' in html_of(letter)
    assert letter["List-Unsubscribe"] == f"<https://moeder.example{link_in(letter, 'afmeld')}>"
    assert b"\r\nList-Unsubscribe: <https://moeder.example/foelg/afmeld/" in box.raw[0]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_release_is_told_once_whoever_asks_how_often(body: Body, box: Box) -> None:
    follows("body", public(body).pk)
    release(body, meeting())

    counts = [send_all() for _ in range(3)]
    send_letter(str(Letter.objects.get().pk))

    assert (counts, len(box.raw)) == ([1, 0, 0], 1)


def test_what_is_withdrawn_before_it_is_sent_is_not_in_any_letter(body: Body, box: Box) -> None:
    follows("body", public(body).pk)
    shown = release(body, meeting())
    actions.find_news(now())
    actions.write_letters(now())

    withdraw_release(shown.release_id, reason="fejl", actor=clerk())
    send_all()

    assert (box.raw, Letter.objects.get().state, Letter.objects.get().text) == ([], LetterState.DROPPED, "")


def test_a_place_is_found_in_title_and_text_of_the_new_release_alone(body: Body, box: Box) -> None:
    public(body)
    follows("place", words="Egebjergvej")
    follows("place", words="Åvej")

    release(
        body, meeting(item(), item("2", "Ny port", "Porten ved Egebjergvej 12 flyttes."), item("3", "Egebjerg Vejlaug"))
    )
    send_all()

    [letter] = box.letters
    assert letter["Subject"] == "Nyt om: Egebjergvej"
    assert "- 2. Ny port\n" in text_of(letter)
    assert "cykelsti" not in text_of(letter) and "Vejlaug" not in text_of(letter)


def test_a_search_is_asked_again_of_each_release(body: Body, box: Box) -> None:
    public(body)
    follows("search", words="q=cykelstier")

    release(body, meeting(item(), item("2", "Ny port")))
    send_all()

    [letter] = box.letters
    assert letter["Subject"] == "Nyt om: cykelstier"
    assert "- 1. Ny cykelsti\n" in text_of(letter) and "port" not in text_of(letter)


def test_who_follows_a_case_hears_of_it_again_when_it_is_decided_and_not_otherwise(body: Body, box: Box) -> None:
    public(body)
    shown = release(body, meeting(item(), item("2", "Ny port")), kind="agenda")
    case = PublicItem.objects.get(meeting=shown, number="1").case_id
    assert case is not None
    send_all()
    follows("case", case)

    release(body, meeting(item(), decided(item("2", "Ny port"))))
    send_all()
    release(body, meeting(decided(item()), decided(item("2", "Ny port"))), reason="Beslutning manglede.")
    send_all()
    release(body, meeting(decided(item()), item("2", "Ny port og bom")), reason="Titlen var forkert.")
    counts = [send_all(), rows_of("following_told")]

    assert [letter["Subject"] for letter in box.letters] == ["Nyt om: Ny cykelsti", "Nyt om: Ny cykelsti"]
    assert counts == [0, 2]


def test_the_letter_of_the_day_comes_at_seven_and_holds_what_was_released_since(body: Body, box: Box) -> None:
    with time_machine.travel(datetime(2026, 4, 13, 6, tzinfo=UTC), tick=False):
        follows("body", public(body).pk, pace="daily")
    with time_machine.travel(datetime(2026, 4, 14, 18, tzinfo=UTC), tick=False):
        release(body, meeting())
        release(body, replace(meeting(item("1", "Ny skole")), held_on=date(2026, 4, 15)))
        evening = send_all()
    with time_machine.travel(datetime(2026, 4, 15, 4, 59, tzinfo=UTC), tick=False):
        early = send_all()
    with time_machine.travel(datetime(2026, 4, 15, 5, 1, tzinfo=UTC), tick=False):
        at_seven, again = send_all(), send_all()

    assert (evening, early, at_seven, again) == (0, 0, 1, 0)
    assert box.letters[0]["Subject"] == "Nyt om: Teknisk Udvalg"
    assert "Ny cykelsti" in text_of(box.letters[0]) and "Ny skole" in text_of(box.letters[0])


def test_what_was_let_out_before_she_followed_is_no_news(body: Body, box: Box) -> None:
    with time_machine.travel(now() - timedelta(hours=1)):
        shown = release(body, meeting())
    follows("body", shown.body_id)

    assert (send_all(), box.raw) == (0, [])


def test_a_copy_of_an_old_meeting_is_no_news(body: Body, box: Box) -> None:
    follows("body", public(body).pk)

    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False):
        release(body, meeting(), kind="archive")
        count = send_all()

    assert (count, box.raw) == (0, [])


def test_a_closed_item_changes_no_byte_of_any_letter(box: Box) -> None:
    worlds = []
    for word in ("Kvist", "Hængebro-forhandling med Elverhøj"):
        with time_machine.travel(datetime(2026, 4, 15, 9, tzinfo=UTC), tick=False):
            owner = Authority.objects.create(name=f"Kommune {len(word)}", slug=f"kommune-{len(word)}")
            body = Body.objects.create(
                authority=owner, kind=BodyKind.COMMITTEE, name="Teknisk Udvalg", code="TU", publish_policy="minutes"
            )
            follower = Follower.objects.get_or_create(address=ADDRESS)[0]
            first = public(body)
            for kind, target, words in (
                ("body", first.pk, ""), ("place", None, "Elverhøj"), ("search", None, "q=cykelsti"),
                ("search", None, "q=Hængebro"), ("place", None, "Køb af jord"),
            ):  # fmt: skip
                Subscription.objects.create(
                    follower=follower, kind=kind, target=target, words=words, confirmed_at=now() - timedelta(hours=1)
                )
            release(body, meeting(item(), closed(word)))
            send_all()
            worlds.append(sorted(plain(raw) for raw in box.raw))  # of one moment: in the order of random ids
            box.raw.clear()
            Follower.objects.all().delete()

    assert len(worlds[0]) == 3
    assert worlds[0] == worlds[1]


def plain(raw: bytes) -> bytes:
    """Without what is random in each world: ids, secrets, boundaries."""
    joined = raw.replace(b"=\r\n", b"")
    ids = rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|={15}\d+=*|(?<=/)[\w-]{43}(?=/)"
    return re.sub(ids, b"*", joined)


def test_a_refused_address_is_given_up_with_a_sentence(body: Body, box: Box) -> None:
    follows("body", public(body).pk)
    release(body, meeting())
    box.answer = f"550 {ADDRESS} findes ikke"

    send_all()

    letter = Letter.objects.get()
    assert (letter.state, letter.error) == ("failed", "Mailserveren tager ikke imod breve til denne adresse (550).")
    assert send_all() == 0


def refused(body: Body, box: Box, *, days: range) -> list[int]:
    """A release on each of these days, to a mail server that refuses for good; answers how many letters were due."""
    box.answer = f"550 {ADDRESS} findes ikke"
    counts = []
    for day in days:
        release(body, replace(meeting(item(str(day))), held_on=date(2026, 5, day)))
        counts.append(send_all())
    box.answer = ""
    return counts


def test_an_address_that_refuses_again_and_again_rests_until_a_letter_is_taken(body: Body, box: Box) -> None:
    what = follows("body", public(body).pk)

    counts = refused(body, box, days=range(1, 6))
    Letter.objects.create(follower=what.follower, subscription=what, kind="known", next_try_at=now())
    asked = send_all()
    release(body, replace(meeting(item("6")), held_on=date(2026, 5, 6)))
    again = send_all()

    assert (counts, asked, again) == ([1, 1, 1, 0, 0], 1, 1)
    assert [letter["Subject"] for letter in box.letters] == [
        "Du følger det allerede",
        "Teknisk Udvalg, 6. maj 2026: referat",
    ]


def test_an_address_at_rest_is_given_up_after_thirty_days(body: Body, box: Box, settings: Settings) -> None:
    settings.REFUSALS = 2
    follows("body", public(body).pk)
    refused(body, box, days=range(1, 3))

    actions.forget(now() + timedelta(days=29))
    before = Follower.objects.count(), Letter.objects.count()
    actions.forget(now() + timedelta(days=31))

    assert before == (1, 2)
    assert (Follower.objects.count(), Subscription.objects.count(), Letter.objects.count()) == (0, 0, 0)


def test_one_refusal_is_remembered_for_more_than_a_month_and_gives_nobody_up(body: Body, box: Box) -> None:
    what = follows("body", public(body).pk)
    refused(body, box, days=range(1, 2))

    actions.forget(now() + timedelta(days=60))
    kept = Letter.objects.count()
    Letter.objects.create(follower=what.follower, subscription=what, kind="known", next_try_at=now())
    send_all()
    actions.forget(now() + timedelta(days=60))

    assert (kept, Letter.objects.count(), Follower.objects.count()) == (1, 0, 1)


def test_an_english_letter_leads_to_english_pages(body: Body, box: Box) -> None:
    what = follows("body", public(body).pk)
    Follower.objects.update(language="en")
    shown = release(body, meeting(item()))
    Letter.objects.create(follower=what.follower, subscription=what, kind="known", next_try_at=now())

    send_all()

    for letter in box.letters:
        addresses = re.findall(r"https://moeder\.example(/[^\s\"<>]*)", text_of(letter) + html_of(letter))
        assert addresses and all(address.startswith("/en/") for address in addresses)
        assert letter["List-Unsubscribe"] == f"<https://moeder.example{link_in(letter, 'afmeld')}>"
    assert any(f"https://moeder.example/en/moeder/{shown.pk}/" in text_of(letter) for letter in box.letters)


def test_a_server_that_is_away_is_asked_again_later(body: Body, box: Box) -> None:
    follows("body", public(body).pk)
    release(body, meeting())
    box.answer = "451 kom igen"

    send_all()
    letter = Letter.objects.get()
    before = (letter.state, letter.tries, letter.error, send_all())
    box.answer = ""
    with time_machine.travel(now() + timedelta(minutes=2)):
        send_all()

    assert before == ("waiting", 1, "Mailserveren kunne ikke tage imod brevet (451).", 0)
    assert (len(box.raw), Letter.objects.get().state) == (1, LetterState.SENT)


def test_a_letter_whose_worker_died_is_sent_again_under_its_own_id(body: Body, box: Box) -> None:
    follows("body", public(body).pk)
    release(body, meeting())
    actions.find_news(now())
    actions.write_letters(now())
    Letter.objects.update(state=LetterState.SENDING, tries=1, next_try_at=now() + timedelta(minutes=10))

    at_once = send_all()
    with time_machine.travel(now() + timedelta(minutes=11)):
        later = send_all()

    assert (at_once, later) == (0, 1)
    assert box.letters[0]["Message-ID"] == f"<{Letter.objects.get().pk}@moeder.example>"


def test_no_secret_stands_in_the_database(body: Body, box: Box) -> None:
    follows("body", public(body).pk)
    release(body, meeting())

    send_all()

    token = link_in(box.letters[0], "mine").split("/")[3]
    assert Token.objects.count() == 1
    assert token not in Token.objects.get().sha256
    assert (Letter.objects.get().text, Letter.objects.get().subject) == ("", "")


def test_who_does_not_confirm_is_forgotten_after_48_hours(body: Body, box: Box) -> None:
    kept = follows("place", words="Åvej")
    other = Follower.objects.create(address="bo@borger.example")
    Subscription.objects.create(follower=other, kind="place", words="Åvej")

    early = actions.forget(now() + timedelta(hours=47))
    late = actions.forget(now() + timedelta(hours=49))

    assert (early, late) == (0, 1)
    assert list(Follower.objects.all()) == [kept.follower]
    assert rows_of("following_told") == Told.objects.count() == 0


def test_waits_grow_and_end() -> None:
    begin = datetime(2026, 4, 15, tzinfo=UTC)

    waits = [next_try(tries, begin) for tries in range(1, 8)]

    minutes = [(when - begin).total_seconds() / 60 if when else None for when in waits]
    assert minutes == [1, 5, 30, 120, 480, 1440, None]
    assert PublicMeeting.objects.count() == 0
