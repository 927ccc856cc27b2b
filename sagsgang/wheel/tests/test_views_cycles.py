"""The pages of cycles, månedsgrebet and talks: what they show, to whom, and at which price."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, Person, Role, Seat, Unit
from sagsgang.cases.models import Case, PathStep
from sagsgang.documents.models import Document, DocumentVersion, Examination
from sagsgang.meetings.actions import put_on_agenda
from sagsgang.meetings.models import AgendaItem, Attachment
from sagsgang.wheel.actions.briefing import put_briefing
from sagsgang.wheel.actions.cards import CardFacts, add_card
from sagsgang.wheel.actions.talks import TalkFacts, place_talk, wish_talk, withdraw_talk
from sagsgang.wheel.models import BodyYear, BriefingCard, CycleBriefing, Talk
from sagsgang.wheel.queries.year import year_of
from sagsgang.wheel.tests.conftest import Town

APRIL, MAY = date(2023, 4, 12), date(2023, 5, 10)
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def march() -> object:
    with time_machine.travel("2023-03-20 12:00"):
        yield


@pytest.fixture
def client(town: Town, client: Client) -> Client:
    client.force_login(town.secretary)
    return client


@pytest.fixture
def briefing(town: Town) -> CycleBriefing:
    cycle = next(one for one in year_of(town.authority, 2023, entries=()).plan.cycles if one.id == "2023-05")
    return put_briefing(town.meeting("DIR", APRIL), cycle, actor=town.secretary)


def director(town: Town, name: str) -> tuple[User, Person]:
    user = User.objects.create_user(name.split()[0].lower())
    Appointment.objects.create(user=user, body=town.bodies["DIR"], role=Role.DIRECTOR)
    return user, Person.objects.create(authority=town.authority, name=name, title="Direktør", user=user)


def matter(town: Town, title: str, **facts: str) -> Case:
    """On its way from DIR to MTU in the cycle, without ØK's words to KB."""
    case = Case.objects.create(authority=town.authority, title=title, **facts)
    for position, (code, on) in enumerate((("DIR", APRIL), ("MTU", date(2023, 4, 24))), start=1):
        PathStep.objects.create(
            case=case, body=town.bodies[code], position=position, purpose="discussion", planned_on=on
        )
    return case


def cost(client: Client, address: str, **headers: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return len(asked), " ".join(answer.content.decode().split())


def test_the_cycles_of_a_year_are_drawn_and_listed(town: Town, client: Client) -> None:
    queries, page = cost(client, reverse("wheel:cycles") + "?year=2023")

    assert queries <= MOST_QUERIES
    assert page.count('class="span"') == 11
    assert "<title>Miljø- og Teknikudvalget 24. april 2023</title>" in page
    assert reverse("wheel:cycle", args=["2023-05"]) in page


def test_a_year_without_a_plan_says_what_to_do(town: Town, client: Client) -> None:
    _queries, page = cost(client, reverse("wheel:cycles") + "?year=2031")

    assert '<svg class="timeline"' not in page
    assert "authority=nabokoeb" not in page


def test_who_works_in_two_houses_chooses_whose_cycles_are_shown(town: Town, client: Client) -> None:
    other = Authority.objects.create(name="Nabokøb Kommune", slug="nabokoeb")
    council = Body.objects.create(authority=other, code="KB", name="Byrådet", kind="council")
    Appointment.objects.create(user=town.secretary, body=council, role=Role.SECRETARY)

    _queries, own = cost(client, reverse("wheel:cycle", args=["2023-05"]))
    _queries, theirs = cost(client, reverse("wheel:cycles") + "?year=2023&authority=nabokoeb")

    assert '?year=2023&amp;authority=egekoebing" aria-current="page">Egekøbing Kommune</a>' in own
    assert '<p class="kicker">Nabokøb Kommune</p>' in theirs
    assert '<svg class="timeline"' not in theirs


@pytest.mark.parametrize("cycle", ["2023-07", "2023-05-x", "vrøvl", "9999-01", "2023"])
def test_what_is_no_cycle_is_not_found(town: Town, client: Client, cycle: str) -> None:
    address = reverse("wheel:cycles") + f"{cycle}/"

    assert client.get(address).status_code == 404


def test_a_cycle_shows_deadlines_load_holidays_and_what_speaks_against_it(town: Town, client: Client) -> None:
    placed, _waiting = matter(town, "På dagsordenen"), matter(town, "Venter")
    item = put_on_agenda(placed, meeting=town.meeting("DIR", APRIL), anyway=True, actor=town.secretary)
    document = Document.objects.create(authority=town.authority, title="Bilag")
    version = DocumentVersion.objects.create(
        document=document, number=1, sha256="0" * 64, name="b.pdf", size=1, media_type="application/pdf"
    )
    Examination.objects.create(version=version, pages=17)
    Attachment.objects.create(item=item, version=version, position=1, title="Bilag", access="open")

    queries, page = cost(client, reverse("wheel:cycle", args=["2023-05"]))

    assert queries <= MOST_QUERIES
    assert "<td>3. april 2023</td> <td>4. april 2023</td> <td>1</td><td>1</td><td>17</td>" in page
    assert "R6" in page
    assert "Kristi himmelfartsdag" in page


def test_the_load_of_a_body_is_shown_to_who_sees_it(town: Town) -> None:
    put_on_agenda(matter(town, "Sag"), meeting=town.meeting("DIR", APRIL), anyway=True, actor=town.secretary)
    member = User.objects.create_user("medlem")
    Appointment.objects.create(user=member, body=town.bodies["MTU"], role=Role.MEMBER)
    client = Client()
    client.force_login(member)

    _queries, page = cost(client, reverse("wheel:cycle", args=["2023-05"]))

    assert page.count("<td>–</td><td>–</td><td>–</td>") == 4
    assert reverse("meetings:meeting", args=[town.meeting("DIR", APRIL).pk]) not in page


@pytest.mark.parametrize("many", [1, 3])
def test_maanedsgrebet_costs_the_same_with_one_card_and_with_three(
    town: Town, client: Client, briefing: CycleBriefing, many: int
) -> None:
    for number in range(many):
        person = director(town, f"Vera{number} Holm")[1]
        card = add_card(briefing, CardFacts(director=person, theme=f"Tema {number}"), actor=town.secretary)
        card.cases.add(matter(town, f"Sag {number}"))
        facts = TalkFacts(speaker=person, theme=f"Oplæg {number}", hook="goal", case=matter(town, "Natur"))
        wish_talk(town.bodies["DIR"], facts, card=card, actor=town.secretary)

    queries, page = cost(client, reverse("wheel:briefing", args=[briefing.pk]))
    listed, lists = cost(client, reverse("wheel:briefing-lists", args=[briefing.pk]), HX_Request="true")
    talks, _page = cost(client, reverse("wheel:talks", args=[town.bodies["DIR"].pk]))

    assert (queries, listed, talks) == (6, 12, 10)
    assert all(f"Sag {number}" in page and f"Oplæg {number}" in page for number in range(many))
    assert all(f"Sag {number}" in lists for number in range(many))


def test_a_director_writes_cards_of_her_own_and_the_secretary_for_all(
    town: Town, client: Client, briefing: CycleBriefing
) -> None:
    (_vera, first), (bo, second) = director(town, "Vera Holm"), director(town, "Bo Lund")
    address = reverse("wheel:add-card", args=[briefing.pk])
    his = Client()
    his.force_login(bo)

    in_her_name = his.post(address, {"director": first.pk, "theme": "Ikke mit"})
    own = his.post(address, {"director": second.pk, "theme": "Mit"})
    client.post(address, {"director": first.pk, "theme": "Veras"})
    hers = BriefingCard.objects.get(theme="Veras")
    edited = his.post(reverse("wheel:edit-card", args=[hers.pk]), {"director": second.pk, "theme": "Taget"})

    assert (in_her_name.status_code, own.status_code, edited.status_code) == (422, 302, 403)
    assert sorted(BriefingCard.objects.values_list("theme", flat=True)) == ["Mit", "Veras"]


def test_from_a_card_to_case_talk_and_follow_up_and_back(town: Town, client: Client, briefing: CycleBriefing) -> None:
    unit = Unit.objects.create(authority=town.authority, name="Natur")
    person = director(town, "Vera Holm")[1]
    facts = CardFacts(director=person, theme="Vådområder", committee=town.bodies["MTU"])
    card = add_card(briefing, facts, actor=town.secretary)

    client.post(
        reverse("wheel:open-case-of-card", args=[card.pk]),
        {"title": "Vådområder ved åen", "unit": unit.pk, "access": "open", "ground": ""},
    )
    client.post(
        reverse("wheel:wish-talk", args=[town.bodies["DIR"].pk]) + f"?card={card.pk}",
        {"speaker": person.pk, "theme": "Fem minutter om vand", "hook": "goal", "case": card.cases.get().pk},
    )
    client.post(
        reverse("wheel:give-follow-up-of-card", args=[card.pk]),
        {"words": "Spørg lodsejerne", "owner_role": "Naturchef", "due_on": "2023-05-01", "is_reported": "on"},
    )
    _queries, page = cost(client, reverse("wheel:briefing", args=[briefing.pk]))
    client.post(reverse("wheel:withdraw-card", args=[card.pk]))
    _queries, gone = cost(client, reverse("wheel:briefing", args=[briefing.pk]))
    client.post(reverse("wheel:restore-card", args=[card.pk]))

    assert [(step.body.code, step.planned_on) for step in card.cases.get().path.select_related("body")] == [
        ("DIR", APRIL), ("MTU", date(2023, 4, 24)),
    ]  # fmt: skip
    for words in ("Vådområder ved åen", "Fem minutter om vand", "Spørg lodsejerne"):
        assert words in page
        assert words not in gone
    assert Talk.objects.get().card == card
    assert BriefingCard.objects.get().withdrawn_at is None


def test_a_closed_title_is_shown_to_who_may_read_it_alone(town: Town, client: Client, briefing: CycleBriefing) -> None:
    secret = matter(town, "Hemmelig handel", access="closed", ground="tender")
    person = director(town, "Vera Holm")[1]
    card = add_card(briefing, CardFacts(director=person, theme="Handel"), actor=town.secretary)
    card.cases.add(secret)
    auditor = User.objects.create_user("revisor")
    Appointment.objects.create(user=auditor, role=Role.AUDITOR)
    others = Client()
    others.force_login(auditor)
    pages = [reverse(f"wheel:{name}", args=[briefing.pk]) for name in ("briefing", "briefing-lists")]

    hers = [cost(client, address)[1] for address in pages]
    theirs = [cost(others, address)[1] for address in pages]

    assert ["Hemmelig handel" in page for page in hers] == [True, True]
    assert ["Hemmelig handel" in page for page in theirs] == [False, False]


def test_a_path_that_cannot_be_followed_is_listed(town: Town, client: Client, briefing: CycleBriefing) -> None:
    case = matter(town, "Kommer for sent")
    PathStep.objects.create(
        case=case, body=town.bodies["ØK"], position=3, purpose="recommendation", planned_on=date(2023, 4, 18)
    )

    _queries, page = cost(client, reverse("wheel:briefing-lists", args=[briefing.pk]))

    assert reverse("cases:path", args=[case.pk]) in page


def test_the_item_leads_to_its_maanedsgreb(town: Town, client: Client, briefing: CycleBriefing) -> None:
    other = put_on_agenda(matter(town, "Sag"), meeting=briefing.item.meeting, anyway=True, actor=town.secretary)
    at = reverse("wheel:briefing-at-item", args=[briefing.item_id])

    assert at in cost(client, reverse("meetings:item", args=[briefing.item_id]))[1]
    assert reverse("wheel:briefing", args=[briefing.pk]) in cost(client, at, HX_Request="true")[1]
    assert cost(client, reverse("wheel:briefing-at-item", args=[other.pk]), HX_Request="true")[1] == ""


def test_the_body_says_what_its_agendas_ask_of_the_year(town: Town, client: Client) -> None:
    address = reverse("wheel:wish-body-year", args=[town.bodies["DIR"].pk])

    refused = client.post(address, {"talk_slots": "99"})
    client.post(address, {"briefs_cycles": "on", "talk_slots": "3"})

    row = BodyYear.objects.get()
    assert (refused.status_code, row.briefs_cycles, row.attaches_wheel, row.talk_slots) == (422, True, False, 3)


def test_a_talk_after_the_committee_is_asked_about_and_can_be_confirmed(town: Town, client: Client) -> None:
    person = director(town, "Bo Lund")[1]
    Seat.objects.create(body=town.bodies["DIR"], person=person)
    facts = TalkFacts(speaker=person, theme="Natur i byen", hook="goal", note="Et mål", case=matter(town, "Naturplan"))
    talk = wish_talk(town.bodies["DIR"], facts, actor=town.secretary)
    address = reverse("wheel:place-talk", args=[talk.pk])
    late = {"meeting": str(town.meeting("DIR", MAY).pk)}

    first = client.get(address).content.decode()
    asked = client.post(address, late)
    confirmed = client.post(address, late | {"anyway": "on"})
    _queries, page = cost(client, reverse("wheel:talk", args=[talk.pk]))

    assert 'name="anyway"' not in first
    assert (asked.status_code, confirmed.status_code) == (422, 302)
    assert 'name="anyway"' in asked.content.decode()
    assert "12. april 2023" in asked.content.decode()
    assert "<p>Et mål</p>" in page
    assert AgendaItem.objects.get(talk=talk).speakers.get().is_talk


def test_a_talk_of_a_closed_matter_is_not_shown_to_who_may_not_read_it(town: Town) -> None:
    person = director(town, "Bo Lund")[1]
    secret = matter(town, "Hemmelig", access="closed", ground="tender")
    talk = wish_talk(
        town.bodies["DIR"], TalkFacts(speaker=person, theme="Køb af gården", hook="goal", case=secret),
        actor=town.secretary,
    )  # fmt: skip
    place_talk(talk, meeting=town.meeting("DIR", APRIL), closing_reason="Udbud", actor=town.secretary)
    auditor = User.objects.create_user("revisor")
    Appointment.objects.create(user=auditor, role=Role.AUDITOR)
    client = Client()
    client.force_login(auditor)

    _queries, page = cost(client, reverse("wheel:talks", args=[town.bodies["DIR"].pk]))

    assert "Køb af gården" not in page
    assert client.get(reverse("wheel:talk", args=[talk.pk])).status_code == 403


def test_a_withdrawn_talk_of_a_closed_matter_is_taken_up_by_who_may_read_it(town: Town, client: Client) -> None:
    person = director(town, "Bo Lund")[1]
    secret = matter(town, "Hemmelig", access="closed", ground="tender")
    talk = wish_talk(
        town.bodies["DIR"], TalkFacts(speaker=person, theme="Køb af gården", hook="goal", case=secret),
        actor=town.secretary,
    )  # fmt: skip
    withdraw_talk(talk, actor=town.secretary)
    address = reverse("wheel:talks", args=[town.bodies["DIR"].pk])

    _queries, read = cost(client, address)
    auditor = User.objects.create_user("revisor")
    Appointment.objects.create(user=auditor, role=Role.AUDITOR)
    client.force_login(auditor)
    _queries, unread = cost(client, address)
    client.force_login(town.secretary)
    taken_up = client.post(reverse("wheel:restore-talk", args=[talk.pk]))

    assert ("Køb af gården" in unread, "Køb af gården" in read, taken_up.status_code) == (False, True, 302)


def test_a_matter_comes_again_in_a_cycle(town: Town, client: Client) -> None:
    """The directorate's meeting of 12 April opens the cycle of May; the next one that it meets in closes in June."""
    case = matter(town, "Ny sti")
    item = put_on_agenda(case, meeting=town.meeting("DIR", APRIL), anyway=True, actor=town.secretary)
    address = reverse("wheel:return-in-cycle", args=[item.pk])

    queries, page = cost(client, address)
    nothing = client.post(address)
    chosen = client.post(address, {"cycle": "2023-06"})

    assert queries <= MOST_QUERIES and "2023-05:" not in page and "2023-06: møde 10. maj 2023" in page
    assert (nothing.status_code, chosen.status_code) == (422, 302)
    assert case.path.get(body=town.bodies["DIR"], agenda_items=None).planned_on == MAY
