"""An open item is closed: before the agenda is sent, after it, and when the public has read it already (R3, R15, R16)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sagsgang.cases.tests.factories import Town
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.actions import close_item, put_on_agenda, review_closing, send_agenda
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Meeting
from sagsgang.meetings.tests.agenda import approved_case, meeting_of
from sagsgang.meetings.tests.factories import House, item_of, meeting_with, plain_item, signed_in_as
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicItem

FACTS: dict[str, Any] = {"ground": "tender", "closing_reason": "Tilbuddene er ikke åbnet.", "public_title": "Et udbud"}


@pytest.fixture
def agenda(town: Town) -> Meeting:
    """Two open cases on an agenda that is composed."""
    meeting = meeting_of(town.dir, localdate() + timedelta(days=40))
    for title in ("Første sag", "Anden sag"):
        put_on_agenda(approved_case(town, title), meeting=meeting, actor=town.dir_secretary)
    return meeting


def places(meeting: Meeting) -> list[tuple[str, str, str]]:
    rows = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    return [(row.number, row.title, row.access) for row in rows]


def test_before_it_is_sent_a_closed_item_goes_behind_the_open_ones(agenda: Meeting, town: Town) -> None:
    item = close_item(item_of(agenda, "1"), actor=town.dir_secretary, **FACTS)

    assert places(agenda) == [("1", "Anden sag", "open"), ("2", "Første sag", "closed")]
    assert (item.ground, item.public_title, item.late_reason) == ("tender", "Et udbud", "")
    assert AgendaVersion.objects.count() == 0
    assert AuditEntry.objects.filter(verb="close_item").first() is not None
    review_closing(item, answer="open", reason="Åbnet.", has_looked=True, actor=town.dir_secretary)
    assert [access for _number, _title, access in places(agenda)] == ["open", "open"]


def test_after_it_is_sent_its_number_stands_and_the_members_are_told_why(agenda: Meeting, town: Town) -> None:
    send_agenda(agenda, anyway=True, actor=town.dir_secretary)
    item = item_of(agenda, "1")

    with pytest.raises(RuleBrokenError):
        close_item(item, actor=town.dir_secretary, **FACTS)
    closed = close_item(item, change_reason="Det er et udbud.", actor=town.dir_secretary, **FACTS)

    assert places(agenda) == [("1", "Første sag", "closed"), ("2", "Anden sag", "open")]
    assert closed.late_reason == "Det er et udbud."
    kept = AgendaVersion.objects.order_by("number")
    assert [(row.number, row.reason, row.lines[0]["access"]) for row in kept] == [(1, "", "open"), (2, "", "closed")]
    with pytest.raises(RuleBrokenError):
        close_item(item, change_reason="Igen.", actor=town.dir_secretary, **FACTS)


@pytest.mark.parametrize(
    "facts",
    [
        {"ground": ""},
        {"ground": "unknown"},
        {"closing_reason": " "},
        {"review_on": "2020-01-01"},
        {"review_on": "i morgen"},
    ],
)
def test_closing_holds_what_it_must(facts: dict[str, str], house: House) -> None:
    item = item_of(meeting_with(house, plain_item(1)), "1")

    response = signed_in_as(house.secretary).post(reverse("publication:close-item", args=[item.pk]), {**FACTS, **facts})

    item.refresh_from_db()
    assert (response.status_code, item.access) == (422, "open")


def test_what_the_public_has_read_is_corrected_or_withdrawn_by_hand(house: House) -> None:
    meeting = meeting_with(house, plain_item(1), plain_item(2))
    release = release_meeting(meeting, kind="minutes", prepared_by=house.secretary, released_by=house.second)
    item = item_of(meeting, "1")
    url, client = reverse("publication:close-item", args=[item.pk]), signed_in_as(house.secretary)

    page = client.get(url).content.decode()
    response = client.post(url, FACTS, follow=True)

    links = [
        reverse("publication:releases", args=[meeting.pk]),
        reverse("publication:withdraw-release", args=[release.pk]),
    ]
    assert [link in page for link in links] == [True, True]
    assert response.redirect_chain == [(links[0], 302)]
    assert PublicItem.objects.get(number="1").title == "Punkt 1"
    inside = client.get(reverse("meetings:item", args=[item.pk])).content.decode()
    assert reverse("publication:review-closing", args=[item.pk]) in inside
    statuses = [
        signed_in_as(user).get(url).status_code
        for user in (house.director, house.member, house.hr, house.auditor, house.stranger)
    ]
    assert statuses == [403, 403, 403, 403, 404]
