"""The pages on which a decision and what hangs on it are written: what is offered, kept, refused, and to whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Person
from sagsgang.cases.models import PathStep
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Decision, Meeting, UrgentDecision
from sagsgang.meetings.tests.factories import (
    CLOSED_WORDS,
    House,
    closed_item,
    htmx,
    item_of,
    meeting_with,
    open_item,
    plain_item,
    signed_in_as,
)

ACTS = (
    "enter-dissent", "withdraw-dissent", "halt-decision", "withdraw-halt", "return-item", "withdraw-return",
    "state-parties", "state-extract", "name-speaker", "remove-speaker",
)  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel("2026-03-09 17:00+01:00", tick=True):
        yield


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item(), closed_item())


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return item_of(meeting, "1")


@pytest.fixture
def client(house: House) -> Client:
    return signed_in_as(house.secretary)


def post(client: Client, act: str, pk: object, /, **words: object) -> tuple[int, str]:
    response = client.post(reverse(f"meetings:{act}", args=[pk]), words)
    return response.status_code, response.content.decode()


def person(name: str) -> str:
    return str(Person.objects.get(name=name).pk)


def page_of(client: Client, item: AgendaItem) -> str:
    return client.get(reverse("meetings:item", args=[item.pk])).content.decode()


def test_each_point_of_the_recommendation_is_decided(client: Client, item: AgendaItem) -> None:
    words = {"outcome_1": "approved", "outcome_2": "rejected", "words_2": "Betales ikke af puljen.", "seen": 0}

    status, _ = post(client, "record-decision", item.pk, **words)

    own = item.decisions.get(body=item.meeting.body)
    assert (status, own.outcome, own.html) == (302, "", "")
    assert [(p.marker, p.outcome, p.words) for p in own.points.all()] == [
        ("1.", "approved", ""), ("2.", "rejected", "Betales ikke af puljen."),
    ]  # fmt: skip
    page = page_of(client, item)
    assert "Betales ikke af puljen." in page
    assert f'<option value="rejected" selected>{gettext("rejected")}</option>' in page


def test_a_phrase_is_the_text_without_javascript(client: Client, item: AgendaItem) -> None:
    post(client, "record-decision", item.pk, phrase="approved|Godkendt af {body}", text="Bo var imod.", seen=0)
    assert not item.decisions.filter(body=item.meeting.body).exists()  # no phrase that the house knows
    actions.add_phrase(
        item.meeting.body.authority,
        outcome="approved",
        words="Det er godkendt.",
        actor=item.decisions.get().recorded_by,
    )

    post(client, "record-decision", item.pk, phrase="approved|Det er godkendt.", text="Bo var imod.", seen=0)

    own = item.decisions.get(body=item.meeting.body)
    assert (own.html, own.outcome) == ("<p>Det er godkendt.</p><p>Bo var imod.</p>", "approved")


def test_halted_is_never_chosen(client: Client, item: AgendaItem) -> None:
    status, _ = post(client, "record-decision", item.pk, outcome="halted", seen=0)

    assert (status, item.decisions.count()) == (422, 1)


def test_a_comparison_saves_nothing_and_keeps_what_was_typed(house: House, item: AgendaItem) -> None:
    words = {"text": "Ejeren skal fælde træerne langs vejen.", "seen": 0, "compare": "1"}

    for client in (signed_in_as(house.secretary), htmx(house.secretary)):
        status, page = post(client, "record-decision", item.pk, **words)

        assert (status, item.decisions.count()) == (200, 1)
        assert "<ins>Ejeren skal fælde træerne langs vejen.</ins>" in page
        assert ">\nEjeren skal fælde træerne langs vejen.</textarea>" in page
        assert gettext("Nothing was saved") not in page


def test_after_saving_the_difference_stands_by_the_decision_for_who_keeps_the_minutes(
    house: House, client: Client, item: AgendaItem
) -> None:
    post(client, "record-decision", item.pk, text="Ejeren skal fælde træerne langs vejen.", seen=0)

    assert page_of(client, item).count(gettext("not in the presentation")) == 1
    assert gettext("not in the presentation") not in page_of(signed_in_as(house.member), item)


def test_an_orientation_asks_whether_all_agreed(client: Client, item: AgendaItem) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(kind="O")

    status, page = post(client, "record-decision", item.pk, text="Ja.", outcome="approved", seen=0)
    assert (status, item.decisions.count()) == (422, 1)
    assert 'name="all_agreed"' in page
    post(client, "record-decision", item.pk, text="Ja.", outcome="approved", all_agreed="on", seen=0)

    assert gettext("All present agreed to decide the matter outside the agenda.") in page_of(client, item)
    # Of any kind, where it came when the meeting was open (R10).
    AgendaItem.objects.filter(pk=item.pk).update(kind="B")
    opened = item.created_at - timedelta(hours=1)
    Meeting.objects.filter(pk=item.meeting_id).update(opened_at=opened)
    assert 'name="all_agreed"' in page_of(client, item)
    Meeting.objects.filter(pk=item.meeting_id).update(opened_at=item.created_at + timedelta(hours=1))
    assert 'name="all_agreed"' not in page_of(client, item)


def test_a_dissent_is_entered_shown_and_taken_back(client: Client, item: AgendaItem) -> None:
    post(client, "record-decision", item.pk, text="Godkendt.", seen=0)
    who = person("Bo Friis")

    assert post(client, "enter-dissent", item.pk, person=who, words="x" * 1001)[0] == 422
    assert post(client, "enter-dissent", item.pk, person=who, words="For dyrt.")[0] == 302
    assert "<p><strong>Bo Friis (V)</strong></p><p>For dyrt.</p>" in page_of(client, item)
    assert post(client, "withdraw-dissent", item.pk, person=who)[0] == 302

    assert item.decisions.filter(body=item.meeting.body).latest("version").dissent == ""


def test_a_halt_is_shown_as_the_outcome(client: Client, item: AgendaItem) -> None:
    post(client, "record-decision", item.pk, text="Godkendt.", outcome="approved", seen=0)

    assert post(client, "halt-decision", item.pk, person=person("Bo Friis"), power="mayor", order="Stop")[0] == 422
    assert post(client, "halt-decision", item.pk, person=person("Bo Friis"), power="member")[0] == 422  # no council

    assert f"<strong>{gettext('halted')}</strong>" not in page_of(client, item)


def test_a_matter_comes_again(client: Client, item: AgendaItem, house: House) -> None:
    meeting_with(house, held_on=date(2026, 4, 13))
    assert post(client, "return-item", item.pk, when="day")[0] == 422
    assert post(client, "return-item", item.pk, when="2026-13-40")[0] == 422

    assert post(client, "return-item", item.pk, when="month")[0] == 302

    assert PathStep.objects.get(case=item.case, agenda_items=None).planned_on == date(2026, 4, 13)
    assert "13. april 2026" in page_of(client, item)
    assert post(client, "withdraw-return", item.pk)[0] == 302
    assert [step.planned_on for step in PathStep.objects.filter(case=item.case)] == [item.meeting.held_on]


def test_parties_hold_the_decision_back(client: Client, item: AgendaItem) -> None:
    assert post(client, "state-parties", item.pk, parties="none", told="on")[0] == 422
    assert post(client, "state-parties", item.pk, parties="some")[0] == 302

    assert gettext("The parties are not told yet. The decision is held back until they are.") in page_of(client, item)
    page = client.get(reverse("publication:releases", args=[item.meeting_id]) + "?kind=minutes").content.decode()
    assert gettext("Parties are to be told first") in page


def test_a_closed_decision_gets_its_extract(client: Client, meeting: Meeting) -> None:
    closed = item_of(meeting, "2")
    assert gettext("Neither extract nor reason") in page_of(client, closed)

    assert post(client, "state-extract", closed.pk)[0] == 422
    assert post(client, "state-extract", closed.pk, public_extract="En ejendom er købt.")[0] == 302

    closed.refresh_from_db()
    assert closed.public_extract == "En ejendom er købt."


def test_speakers_are_named_changed_and_taken_off(client: Client, house: House, item: AgendaItem) -> None:
    post(client, "name-speaker", item.pk, name="Bo Elm", role="Teknisk chef", is_talk="on", minutes=5)
    speaker = item.speakers.get()
    assert "Teknisk chef Bo Elm" in page_of(signed_in_as(house.member), item)

    post(client, "change-speaker", item.pk, speaker=speaker.pk, name="Bo Elm", role="Direktør", minutes=5)
    assert [str(row) for row in item.speakers.all()] == ["Direktør Bo Elm"]
    assert post(client, "name-speaker", item.pk, name="", minutes=0)[0] == 422
    post(client, "remove-speaker", item.pk, speaker=speaker.pk)

    assert item.speakers.count() == 0
    assert client.get(reverse("meetings:change-speaker", args=[item.pk]) + "?speaker=nonsense").status_code == 404


def test_an_urgent_decision_is_recorded(client: Client, house: House, item: AgendaItem) -> None:
    PathStep.objects.create(case=item.case, body=house.body, position=1, purpose="decision")
    words = {"case": item.case_id, "decided_by": person("Åse Lund"), "decided_on": "2026-03-09", "words": "Ja."}

    assert post(client, "record-urgent-decision", house.body.pk, **words)[0] == 422
    assert post(client, "record-urgent-decision", house.body.pk, ground="Fristen udløb.", **words)[0] == 302

    assert UrgentDecision.objects.get().notice is not None
    assert (
        "Fristen udløb."
        in client.get(reverse("meetings:record-urgent-decision", args=[house.body.pk])).content.decode()
    )


def test_phrases_are_added_and_taken_out(client: Client, house: House) -> None:
    assert post(client, "phrases", house.body.pk, outcome="approved", words="")[0] == 422
    assert post(client, "phrases", house.body.pk, outcome="approved", words="Bifaldet.")[0] == 302
    url = reverse("meetings:phrases", args=[house.body.pk])
    assert "Bifaldet." in client.get(url).content.decode()

    assert post(client, "withdraw-phrase", house.body.pk, outcome="approved", words="Bifaldet.")[0] == 302

    assert "<td>Bifaldet.</td>" not in client.get(url).content.decode()


@pytest.mark.parametrize("name", ACTS)
def test_the_acts_are_the_secretarys(name: str, house: House, item: AgendaItem) -> None:
    url = reverse(f"meetings:{name}", args=[item.pk])

    for user, status in ((house.member, 403), (house.director, 403), (house.stranger, 404), (house.auditor, 403)):
        assert signed_in_as(user).get(url).status_code == status
        assert signed_in_as(user).post(url).status_code == status


@pytest.mark.parametrize("name", ACTS)
def test_a_secretary_with_a_conflict_gets_nothing_of_a_closed_item(name: str, house: House, meeting: Meeting) -> None:
    closed = item_of(meeting, "2")
    Person.objects.filter(name="Bo Friis").update(user=house.second)
    actions.note_conflict(closed, person=Person.objects.get(name="Bo Friis"), actor=house.secretary)

    response = signed_in_as(house.second).get(reverse(f"meetings:{name}", args=[closed.pk]))

    assert response.status_code == 403
    assert not any(word in response.content.decode() for word in CLOSED_WORDS)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_an_item_with_all_that_hangs_on_it_costs_the_same(
    count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    subitems = tuple(plain_item(number) for number in range(1, count + 1))
    meeting = meeting_with(house, replace(open_item(), subitems=subitems))
    item = item_of(meeting, "1")
    points = (actions.PointFacts(1, "1.", "approved", "Ja."),)
    for sub in item.subitems.all():
        actions.record_decision(sub, text="Ja.", outcome="", seen=0, points=points, actor=house.secretary)
        actions.enter_dissent(sub, person=Person.objects.get(name="Bo Friis"), words="Nej.", actor=house.secretary)
        actions.name_speaker(sub, actions.SpeakerFacts("Bo Elm"), actor=house.secretary)
    client = signed_in_as(house.secretary)

    with django_assert_num_queries(9):
        client.get(reverse("meetings:item", args=[item.pk]))
    assert Decision.objects.filter(item__parent=item, version=2).count() == count
