"""The list of her meetings: which, in what state, how far she has read."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Person
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.meetings.actions.absences import report_absence
from sagsgang.meetings.actions.send import send_supplement
from sagsgang.meetings.models import Meeting
from sagsgang.members.queries.desk import my_meetings
from sagsgang.members.queries.material import materials_of
from sagsgang.members.rendering.desk import ShownMeeting, shown_meetings
from sagsgang.members.rules import MeetingFacts, MeetingState, state_of
from sagsgang.members.tests.factories import Hall, item_on, meeting_on, sent_meeting

TODAY = date(2026, 4, 14)


def shown(hall: Hall) -> tuple[list[ShownMeeting], list[ShownMeeting]]:
    rows = list(my_meetings(hall.member, TODAY))
    coming, recent = shown_meetings(rows, materials_of(hall.member, rows), TODAY, ())
    return list(coming), list(recent)


def page(client: Client) -> str:
    response = client.get(reverse("members:my-meetings"))
    assert response.status_code == 200
    return str(response.content.decode())


def test_coming_meetings_stand_nearest_first_and_recent_ones_newest_first(hall: Hall) -> None:
    days = [TODAY + timedelta(days=n) for n in (30, 0, 3, -1, -60, -100)]
    for day in days:
        meeting_on(hall, day)
    meeting_on(hall, TODAY, hall.town.fin)

    coming, recent = shown(hall)

    assert [row.day for row in coming] == [days[1], days[2], days[0]]
    assert [row.day for row in recent] == [days[3], days[4]]


def test_the_state_follows_from_the_meeting(hall: Hall) -> None:
    sent_meeting(hall)
    states = {
        TODAY: MeetingState.RUNNING,
        TODAY + timedelta(days=1): MeetingState.CANCELLED,
        TODAY + timedelta(days=2): MeetingState.PLANNED,
        date(2026, 4, 28): MeetingState.SENT,
    }
    Meeting.objects.filter(pk=meeting_on(hall, TODAY).pk).update(opened_at=now())
    Meeting.objects.filter(pk=meeting_on(hall, TODAY + timedelta(days=1)).pk).update(cancelled_at=now())
    meeting_on(hall, TODAY + timedelta(days=2))

    coming, _recent = shown(hall)

    assert {row.day: row.state for row in coming} == states


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"is_sent": True}, MeetingState.SENT),
        ({"is_opened": True, "is_sent": True}, MeetingState.RUNNING),
        ({"is_opened": True, "is_adjourned": True}, MeetingState.HELD),
        ({"held_on": date(2026, 4, 13)}, MeetingState.HELD),
        ({"held_on": date(2026, 4, 13), "is_opened": True}, MeetingState.RUNNING),
        ({"held_on": date(2026, 4, 13), "is_to_sign": True}, MeetingState.TO_SIGN),
        ({"is_cancelled": True, "is_sent": True}, MeetingState.CANCELLED),
    ],
)
def test_states(facts: dict[str, object], state: MeetingState) -> None:
    values: dict[str, object] = {"held_on": TODAY} | facts

    assert state_of(MeetingFacts(**values), TODAY) == state  # type: ignore[arg-type]


def test_the_page_says_what_was_sent_and_how_far_she_is(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ét", "To")
    item_on(meeting, hall, "Tre")
    send_supplement(meeting, reason="Det haster.", anyway=True, actor=hall.town.secretary)

    words = page(signed_in_as(hall.member))

    row = shown(hall)[0][0]
    assert (row.read, row.items, [sending.number for sending in row.sendings]) == (0, 3, [0, 1])
    assert reverse("members:material", args=[meeting.pk]) in words
    assert '<progress max="3" value="0"' in words


def test_a_moved_meeting_says_so_and_a_cancelled_one_has_no_button(hall: Hall) -> None:
    moved, cancelled = meeting_on(hall, TODAY + timedelta(days=2)), meeting_on(hall, TODAY + timedelta(days=3))
    Meeting.objects.filter(pk=moved.pk).update(moved_from=TODAY)
    Meeting.objects.filter(pk=cancelled.pk).update(cancelled_at=now(), change_notice="For få sager")

    words = page(signed_in_as(hall.member))

    assert "14. april 2026" in words
    assert "For få sager" in words
    assert reverse("members:report-absence", args=[moved.pk]) in words
    assert reverse("members:report-absence", args=[cancelled.pk]) not in words


def test_her_absence_is_hers_alone(hall: Hall) -> None:
    meeting = meeting_on(hall, TODAY + timedelta(days=2))
    report_absence(meeting, person=hall.dina, reason="Rejse", actor=hall.member)
    mark = reverse("members:withdraw-absence", args=[meeting.pk])

    assert mark in page(signed_in_as(hall.member))
    assert mark not in page(signed_in_as(hall.other))


def test_who_has_no_seat_is_told_so(hall: Hall) -> None:
    words = page(signed_in_as(hall.town.writer))

    assert gettext("You have no seat in any body, so there are no meetings here. If you ought to have one, ask the body's secretary.") in (
        words.replace("&#x27;", "'")
    )  # fmt: skip


def test_nobody_gets_in_without_a_login(hall: Hall) -> None:
    assert Client().get(reverse("members:my-meetings")).status_code == 302


@pytest.mark.parametrize("count", [3, 60])
def test_the_list_costs_the_same_for_many_meetings(
    count: int, hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = sent_meeting(hall, day=TODAY + timedelta(days=1))
    rows = [
        Meeting(body=hall.town.mtu, held_on=TODAY + timedelta(days=n), starts=time(16), agenda_sent_at=now())
        for n in range(2, count + 1)
    ]
    Meeting.objects.bulk_create(rows)
    item = first.items.select_related("presentation")[0]
    for row in rows:
        item.pk, item.meeting, item._state.adding = None, row, True
        item.save(force_insert=True)
    client = signed_in_as(hall.member)

    with django_assert_num_queries(10):
        client.get(reverse("members:my-meetings"))


def test_a_person_who_is_another_sees_none_of_hers(hall: Hall) -> None:
    meeting_on(hall, TODAY)
    Person.objects.filter(pk=hall.dina.pk).update(user=None)

    assert list(my_meetings(hall.member, TODAY)) == []
