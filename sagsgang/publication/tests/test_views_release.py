"""The release pages: one prepares, another releases, and a release is taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.drafts import SectionDraft
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.factories import (
    CLOSED_WORDS,
    HELD_ON,
    House,
    closed_item,
    htmx,
    meeting_with,
    open_item,
    plain_item,
    signed_in_as,
)
from sagsgang.protocols.tests.meetings import held_meeting, made_final
from sagsgang.publication.actions import prepare_release, release_prepared
from sagsgang.publication.models import Preparation, Release, Withdrawal

CPR = "010190-1234"


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item(), closed_item())


def page_of(meeting: Meeting, user: User, query: str = "") -> str:
    response = signed_in_as(user).get(reverse("publication:releases", args=[meeting.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def released(meeting: Meeting, house: House) -> Release:
    return release_prepared(prepare_release(meeting, kind="minutes", actor=house.secretary), actor=house.second)


def test_the_first_person_prepares(meeting: Meeting, house: House) -> None:
    url = reverse("publication:prepare-release", args=[meeting.pk])

    response = signed_in_as(house.secretary).post(url, {"kind": "minutes"})

    assert response["Location"] == reverse("publication:releases", args=[meeting.pk])
    preparation = Preparation.objects.get()
    assert (preparation.kind, preparation.prepared_by, preparation.ended_at) == (
        "minutes",
        house.secretary,
        None,
    )
    assert AuditEntry.objects.get(verb="prepare_release").actor_id == house.secretary.pk


def test_the_second_person_releases(meeting: Meeting, house: House) -> None:
    preparation = prepare_release(meeting, kind="agenda", actor=house.secretary)

    for user in (house.second, house.director):
        assert "Sanne Skov" in page_of(meeting, user)
        assert reverse("publication:release-prepared", args=[preparation.pk]) in page_of(meeting, user)
    response = signed_in_as(house.director).post(reverse("publication:release-prepared", args=[preparation.pk]))

    assert response["Location"] == reverse("publication:releases", args=[meeting.pk])
    release = Release.objects.get()
    assert (release.number, release.kind, release.state) == (1, "agenda", "current")
    assert AuditEntry.objects.get(verb="release_meeting").actor_id == house.director.pk
    assert release.sha256[:12] in page_of(meeting, house.member)


def test_the_first_person_sees_why_she_cannot_release(meeting: Meeting, house: House) -> None:
    preparation = prepare_release(meeting, kind="agenda", actor=house.secretary)
    url = reverse("publication:release-prepared", args=[preparation.pk])

    page = page_of(meeting, house.secretary)
    response = signed_in_as(house.secretary).post(url)

    assert url not in page
    assert (
        gettext(
            "You prepared it yourself, so another person must release it: a secretary, manager or director of the body."
        )
        in page
    )
    assert (response.status_code, Release.objects.count()) == (422, 0)
    assert (
        gettext("Two different persons prepare and release. Choose somebody else as the second person.")
        in response.content.decode()
    )


def test_a_change_after_the_preparation_stops_the_release(meeting: Meeting, house: House) -> None:
    preparation = prepare_release(meeting, kind="minutes", actor=house.secretary)
    meeting_with(house, replace(open_item(), title="Ny sti"), closed_item())

    response = signed_in_as(house.second).post(reverse("publication:release-prepared", args=[preparation.pk]))

    assert (response.status_code, Release.objects.count()) == (422, 0)
    assert (
        gettext("The meeting has been changed since the release was prepared. Prepare it again.")
        in response.content.decode()
    )


def test_a_preparation_that_is_over_is_said_and_releases_nothing(meeting: Meeting, house: House) -> None:
    old = prepare_release(meeting, kind="agenda", actor=house.secretary)
    prepare_release(meeting, kind="minutes", actor=house.secretary)

    response = signed_in_as(house.second).post(reverse("publication:release-prepared", args=[old.pk]))

    assert (response.status_code, Release.objects.count()) == (422, 0)
    assert (
        gettext("This preparation is over: it has been released, or somebody has prepared a new one.")
        in response.content.decode()
    )


def test_a_cpr_number_is_found_before_and_stops_the_release(house: House) -> None:
    text = (SectionDraft("presentation", "Sagsfremstilling", f"<p>Borgeren {CPR} har klaget.</p>"),)
    meeting = meeting_with(house, replace(open_item(), sections=text))

    assert gettext("A CPR number stops the release") in page_of(meeting, house.secretary)
    preparation = prepare_release(meeting, kind="agenda", actor=house.secretary)
    response = signed_in_as(house.second).post(reverse("publication:release-prepared", args=[preparation.pk]))

    assert (response.status_code, Release.objects.count()) == (422, 0)
    assert 'class="alert alert-error' in response.content.decode()
    assert CPR not in response.content.decode()


def test_nothing_chosen_is_said(meeting: Meeting, house: House) -> None:
    response = signed_in_as(house.secretary).post(reverse("publication:prepare-release", args=[meeting.pk]))

    assert (response.status_code, Preparation.objects.count()) == (422, 0)
    assert gettext("Choose agenda or minutes.") in response.content.decode()


def test_a_body_that_publishes_nothing_says_so(meeting: Meeting, house: House) -> None:
    Body.objects.filter(pk=house.body.pk).update(publish_policy="none")

    page = page_of(meeting, house.secretary)
    response = signed_in_as(house.secretary).post(
        reverse("publication:prepare-release", args=[meeting.pk]), {"kind": "agenda"}
    )

    assert (
        gettext(
            "This body publishes nothing: its publish policy says so. Change the policy first, if it is to publish."
        )
        in page
    )
    assert (response.status_code, Preparation.objects.count()) == (422, 0)


def test_what_is_withheld_is_listed_in_the_publics_words_only(meeting: Meeting, house: House) -> None:
    page = page_of(meeting, house.secretary, "?kind=minutes")

    assert "Køb af ejendom" in page
    assert page.count(gettext("Closed attachment")) == 1
    assert gettext("Neither extract nor reason") in page
    assert [word for word in CLOSED_WORDS if word in page] == []
    assert gettext("Neither extract nor reason") not in page_of(meeting, house.secretary, "?kind=agenda")
    assert not AuditEntry.objects.filter(verb="read_closed").exists()


def test_a_release_is_withdrawn_with_a_reason(meeting: Meeting, house: House) -> None:
    release = released(meeting, house)
    url = reverse("publication:withdraw-release", args=[release.pk])
    client = signed_in_as(house.director)

    assert client.get(url).status_code == 200
    assert Release.objects.get().state == "current"
    response = client.post(url, {"reason": "Et navn skulle ikke stå der."})

    assert response["Location"] == reverse("publication:answer-breach", args=[release.pk])
    assert (Release.objects.get().state, Release.objects.get().document) == ("withdrawn", None)
    assert Withdrawal.objects.get().reason == "Et navn skulle ikke stå der."
    assert AuditEntry.objects.get(verb="withdraw_release").actor_id == house.director.pk
    assert "Et navn skulle ikke stå der." in page_of(meeting, house.secretary)
    assert "Et navn skulle ikke stå der." not in page_of(meeting, house.hr)


def test_without_a_reason_nothing_is_withdrawn(meeting: Meeting, house: House) -> None:
    release = released(meeting, house)

    response = signed_in_as(house.secretary).post(
        reverse("publication:withdraw-release", args=[release.pk]), {"reason": " "}
    )

    assert (response.status_code, Release.objects.get().state) == (422, "current")
    assert gettext("Write why the release is withdrawn.") in response.content.decode()


def test_what_is_withdrawn_already_keeps_the_typed_reason(meeting: Meeting, house: House) -> None:
    release = released(meeting, house)
    url = reverse("publication:withdraw-release", args=[release.pk])
    client = signed_in_as(house.secretary)
    client.post(url, {"reason": "Fejl."})

    response = client.post(url, {"reason": "Fejl i bilag 3."})

    assert (response.status_code, Withdrawal.objects.count()) == (422, 1)
    assert "Fejl i bilag 3.</textarea>" in response.content.decode()


def test_who_may_do_what(meeting: Meeting, house: House) -> None:
    release = released(meeting, house)
    preparation = prepare_release(meeting, kind="agenda", actor=house.secretary)
    urls = {
        "prepare": reverse("publication:prepare-release", args=[meeting.pk]),
        "release": reverse("publication:release-prepared", args=[preparation.pk]),
        "withdraw": reverse("publication:withdraw-release", args=[release.pk]),
    }

    def answers(user: User) -> dict[str, int]:
        return {name: signed_in_as(user).get(url).status_code for name, url in urls.items()}

    assert answers(house.secretary) == {"prepare": 302, "release": 302, "withdraw": 200}
    assert answers(house.director) == {"prepare": 403, "release": 302, "withdraw": 200}
    for user in (house.member, house.hr, house.auditor):
        assert set(answers(user).values()) == {403}
    assert set(answers(house.stranger).values()) == {404}
    assert all(Client().get(url)["Location"].startswith(reverse("accounts:login")) for url in urls.values())


def test_she_is_asked_whether_there_are_parties_and_answers_for_all_items_at_once(db: None) -> None:
    room = held_meeting()
    Body.objects.update(publish_policy="minutes")
    made_final(room)
    closed, told, *rest = room.items
    AgendaItem.objects.filter(pk=closed.pk).update(access="closed", ground="property")
    AgendaItem.objects.filter(pk=told.pk).update(parties="some")
    client, url = signed_in_as(room.secretary), reverse("publication:state-no-parties", args=[room.meeting.pk])
    page = client.get(reverse("publication:releases", args=[room.meeting.pk]), {"kind": "minutes"}).content.decode()
    agenda = client.get(reverse("publication:releases", args=[room.meeting.pk]), {"kind": "agenda"}).content.decode()

    asked = [reverse("meetings:state-parties", args=[item.pk]) in page for item in room.items]
    assert (asked, url in page, url in agenda) == ([False, False, True, True], True, False)
    prepare_release(Meeting.objects.get(pk=room.meeting.pk), kind="minutes", actor=room.secretary)
    for odd in ({}, {"item": "nej"}):
        assert client.post(url, odd).status_code == 422
    assert client.post(url, {"item": [str(item.pk) for item in room.items]}).status_code == 302

    assert list(AgendaItem.objects.order_by("position").values_list("parties", flat=True)) == [
        "",
        "some",
        "none",
        "none",
    ]
    assert AuditEntry.objects.filter(verb="state_parties").count() == len(rest)
    assert url not in client.get(reverse("publication:releases", args=[room.meeting.pk])).content.decode()


def test_what_waits_is_shown_to_those_who_see_the_body(meeting: Meeting, house: House) -> None:
    prepare_release(meeting, kind="agenda", actor=house.secretary)
    link = reverse("publication:releases", args=[meeting.pk])

    for user, seen in ((house.second, True), (house.secretary, True), (house.stranger, False)):
        page = signed_in_as(user).get(reverse("publication:waiting")).content.decode()
        assert (link in page) == seen
    part = htmx(house.second).get(reverse("publication:waiting")).content.decode()
    assert link in part
    assert "<h1" not in part


def test_the_parts_for_the_pages_of_meeting_and_body(meeting: Meeting, house: House) -> None:
    released(meeting, house)

    box = htmx(house.member).get(reverse("publication:releases", args=[meeting.pk])).content.decode()
    states = htmx(house.member).get(reverse("publication:body-releases", args=[house.body.pk])).content.decode()
    page = signed_in_as(house.member).get(reverse("publication:body-releases", args=[house.body.pk])).content.decode()

    words = gettext("{kind} released, no. {number}").format(kind=gettext("minutes"), number=1).capitalize()
    assert "<h1" not in box + states
    assert f'<span id="release-{meeting.pk}" hx-swap-oob="true">{words}</span>' in states
    assert f"<td>{words}</td>" in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_costs_the_same_for_many(
    count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = meeting_with(house, *(plain_item(n) for n in range(1, count + 1)), replace(closed_item(), number="99"))
    released(meeting, house)
    prepare_release(meeting, kind="minutes", actor=house.secretary)
    client = signed_in_as(house.second)

    with django_assert_num_queries(8):
        client.get(reverse("publication:releases", args=[meeting.pk]))


def test_the_page_of_a_meeting_that_was_run_here_costs_eleven_queries(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    room = held_meeting()
    Body.objects.update(publish_policy="minutes")
    made_final(room)
    prepare_release(Meeting.objects.get(pk=room.meeting.pk), kind="minutes", actor=room.secretary)
    client = signed_in_as(room.secretary)

    with django_assert_num_queries(11):
        client.get(reverse("publication:releases", args=[room.meeting.pk]))


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_states_of_a_body_cost_the_same_for_many(
    count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, count + 1):
        released(meeting_with(house, held_on=HELD_ON + timedelta(days=day)), house)
    client = htmx(house.second)

    with django_assert_num_queries(8):
        client.get(reverse("publication:body-releases", args=[house.body.pk]))
