"""What is not ready before an agenda is sent: what must be mended, what is only said, and where each is put in order."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.bodies.models import Person, Seat
from sagsgang.cases.models import CaseHold, Section
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, ItemSpeaker, Meeting
from sagsgang.meetings.tests.agenda import IN_TIME, MTU_DAY, approved_case, meeting_of


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


def put(town: Town, meeting: Meeting, parent: AgendaItem | None = None, **facts: object) -> AgendaItem:
    title = "Asfalt" if parent else "Ny sti ved åen"
    case = approved_case(town, title, **facts)
    return actions.put_on_agenda(case, meeting=meeting, parent=parent, actor=town.secretary)


def gaps(meeting: Meeting) -> list[tuple[str, str, bool]]:
    return [(gap.sentence, gap.page, gap.is_warning) for gap in actions.gaps_before_sending(meeting)]


def test_something_to_decide_has_a_recommendation(town: Town, meeting: Meeting) -> None:
    item = put(town, meeting)
    section = Section.objects.get(presentation=item.presentation, kind="recommendation")
    ready = gaps(meeting)

    section.points.all().delete()
    Section.objects.filter(pk=section.pk).update(html="")

    assert ready == []
    assert gaps(meeting) == [
        (gettext("The item is for decision and has no recommendation."), "cases:presentation", False)
    ]


def test_each_sub_item_of_a_collective_one_has_its_own(town: Town, meeting: Meeting) -> None:
    gathering = actions.add_collective_item(meeting, title="Øvrige", actor=town.secretary)
    actions.edit_line(gathering, kind="B", block=None, actor=town.secretary)
    sub = put(town, meeting, parent=gathering)
    Section.objects.filter(presentation=sub.presentation, kind="recommendation").update(kind="other")

    found = [gap for gap in actions.gaps_before_sending(meeting) if not gap.is_warning]

    assert [(gap.item, gap.page) for gap in found] == [(sub, "cases:presentation")]


def test_the_elders_are_heard_first(town: Town, meeting: Meeting) -> None:
    put(town, meeting, concerns_elderly=True)

    sentence, page, is_warning = gaps(meeting)[0]

    assert (gettext("the elderly") in sentence, page, is_warning) == (True, "cases:hearings", False)


def test_an_orientation_without_a_speaker_is_said_and_stops_nothing(town: Town, meeting: Meeting) -> None:
    item = put(town, meeting)
    actions.edit_line(item, kind="O", block=None, actor=town.secretary)
    silent = gaps(meeting)
    speaker = ItemSpeaker.objects.create(item=item, name="Ea Holm", role="Chef")
    named = gaps(meeting)
    speaker.withdrawn_at = item.created_at
    speaker.save()

    actions.send_agenda(meeting, actor=town.secretary)

    assert silent == [(gettext("It is not said who presents the orientation."), "meetings:item", True)]
    assert named == []


def test_the_kind_that_the_secretary_chose_stays_when_it_is_sent(town: Town, meeting: Meeting) -> None:
    item = put(town, meeting)
    actions.edit_line(item, kind="O", block=None, actor=town.secretary)

    actions.send_agenda(meeting, actor=town.secretary)

    item.refresh_from_db()
    assert item.kind == "O"


def test_what_holds_a_case_is_told_to_who_may_read_it_there(town: Town, meeting: Meeting) -> None:
    shut, item = put(town, meeting), put(town, meeting)
    for row, words in ((shut, "Prisen er 4 mio. kr."), (item, "Kortet er forkert.")):
        CaseHold.objects.create(case=row.case, words=words, raised_by=town.writer)
    AgendaItem.objects.filter(pk=shut.pk).update(access="closed", ground="property")
    page = reverse("meetings:send-agenda", args=[meeting.pk])
    client = signed_in_as(town.secretary)
    first = client.get(page).content.decode()
    person = Person.objects.create(authority=town.authority, name="Sanne Skov", user=town.secretary)
    Seat.objects.create(body=meeting.body, person=person)
    actions.note_conflict(shut, person=person, actor=town.dir_secretary)

    second, refused = client.get(page).content.decode(), client.post(page, {"anyway": "on"}).content.decode()

    told = [["4 mio. kr." in words, "Kortet er forkert." in words] for words in (first, second, refused)]
    assert told == [[True, True], [False, True], [False, True]]
    assert "En fejl holder sagen tilbage." in second
