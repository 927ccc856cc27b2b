"""What waits for a body: approved first, then on the way, with what holds it up; and the same queries for many."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.cases.models import ApprovalEvent, Case
from sagsgang.cases.tests.factories import Town, add_step, make_case, signed_in_as
from sagsgang.core.models import AuditEntry
from sagsgang.meetings import actions
from sagsgang.meetings.queries.waiting import places_at, waiting_cases
from sagsgang.meetings.tests.agenda import DIR_DAY, IN_TIME, MTU_DAY, approved_case, decide, meeting_of


def lines_of(town: Town) -> list[tuple[str, str, str]]:
    return [(line.case.title, line.standing.state, line.blocked_by) for line in waiting_cases(town.mtu, town.secretary)]


def submitted_case(town: Town, title: str) -> Case:
    case = make_case(town, title)
    add_step(case, town.mtu, None)
    ApprovalEvent.objects.create(
        presentation=case.presentations.get(), verdict="submitted", by=town.writer, digest="0" * 64, number=1
    )
    return case


@time_machine.travel(IN_TIME, tick=True)
def test_approved_come_first_and_the_rest_says_what_it_waits_for(town: Town) -> None:
    written = make_case(town, "Skrives endnu")
    add_step(written, town.mtu, MTU_DAY)
    submitted_case(town, "Til godkendelse")
    treated = approved_case(town, "Behandlet")
    item = actions.put_on_agenda(treated, meeting=meeting_of(town.dir, DIR_DAY), actor=town.dir_secretary)
    decide(item, town)
    approved_case(town, "Venter på direktionen")
    make_case(town, "Skal et andet sted hen")

    assert lines_of(town) == [
        ("Behandlet", "approved", ""),
        ("Venter på direktionen", "approved", gettext("{body} has not treated it").format(body="DIR")),
        ("Til godkendelse", "in_approval", gettext("waits for {level}").format(level=f"Leder, {town.manager}")),
        ("Skrives endnu", "draft", gettext("the caseworker is still writing")),
    ]


@time_machine.travel(IN_TIME, tick=True)
def test_what_is_on_an_agenda_waits_no_more(town: Town) -> None:
    case = approved_case(town)
    actions.put_on_agenda(case, meeting=meeting_of(town.mtu, MTU_DAY), actor=town.secretary)

    assert lines_of(town) == []


@time_machine.travel(IN_TIME, tick=True)
def test_the_page_says_it_in_words_and_offers_the_act(town: Town) -> None:
    case = submitted_case(town, "Til godkendelse")

    page = signed_in_as(town.secretary).get(reverse("meetings:waiting-cases", args=[town.mtu.pk])).content.decode()

    assert gettext("no meeting chosen") in page
    assert pgettext("state of a case", "in approval").capitalize() in page
    assert f"{reverse('meetings:put-on-agenda', args=[town.mtu.pk])}?case={case.pk}" in page
    assert AuditEntry.objects.filter(verb="read_closed").count() == 0


@time_machine.travel(IN_TIME, tick=True)
def test_what_was_postponed_to_a_meeting_stands_first_on_that_meetings_waiting_list(town: Town) -> None:
    item = actions.put_on_agenda(
        approved_case(town, "Udsat sag"), meeting=meeting_of(town.mtu, MTU_DAY), actor=town.secretary
    )
    actions.record_decision(item, text="Udsat.", outcome="postponed", seen=0, actor=town.secretary)
    for title in ("Aktivt fritidsliv", "Anden sag"):
        approved_case(town, title)
    next_one, last_one = (meeting_of(town.mtu, MTU_DAY + timedelta(days=days)) for days in (28, 56))
    actions.return_item(item, day=next_one.held_on, actor=town.secretary)
    url, client = reverse("meetings:waiting-cases", args=[town.mtu.pk]), signed_in_as(town.secretary)

    panels = [
        client.get(url, {"meeting": str(meeting.pk)}, headers={"HX-Request": "true"}).content.decode()
        for meeting in (next_one, last_one)
    ]

    words = (gettext("Wished for this meeting"), "Udsat sag", gettext("Others that wait"), "Aktivt fritidsliv")
    assert [panels[0].find(word) for word in words] == sorted(panels[0].find(word) for word in words)
    assert -1 not in [panels[0].find(word) for word in words]
    assert [word in panels[1] for word in words] == [False, True, False, True]


def test_a_closed_case_in_the_list_is_a_reading(town: Town) -> None:
    add_step(make_case(town, access="closed", ground="personal"), town.mtu, None)

    signed_in_as(town.secretary).get(reverse("meetings:waiting-cases", args=[town.mtu.pk]))

    assert AuditEntry.objects.get(verb="read_closed").subject == f"bodies.Body:{town.mtu.pk}"


@time_machine.travel(IN_TIME, tick=True)
def test_the_places_are_the_meetings_ahead_and_what_gathers_on_them(town: Town) -> None:
    meeting = meeting_of(town.mtu, MTU_DAY)
    gathering = actions.add_collective_item(meeting, title="Øvrige punkter", actor=town.secretary)
    meeting_of(town.dir, MTU_DAY)

    places = places_at(town.mtu, DIR_DAY)

    assert [(place.meeting, place.parent) for place in places] == [(meeting, None), (meeting, gathering)]
    assert places[1].words == gettext("{day}: under {item}").format(day="20. april 2026", item="1. Øvrige punkter")


def test_links_lead_the_secretary_there_and_nobody_else(town: Town) -> None:
    meeting = meeting_of(town.mtu, MTU_DAY)
    link = reverse("meetings:waiting-cases", args=[town.mtu.pk])

    for url in (reverse("meetings:body", args=[town.mtu.pk]), reverse("meetings:meeting", args=[meeting.pk])):
        assert link in signed_in_as(town.secretary).get(url).content.decode()
        assert link not in signed_in_as(town.member).get(url).content.decode()


@pytest.mark.parametrize("count", [3, 60])
def test_many_cost_the_same_queries_as_few(
    count: int, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        approved_case(town, f"Sag {number}")
    client = signed_in_as(town.secretary)

    with django_assert_num_queries(12):
        client.get(reverse("meetings:waiting-cases", args=[town.mtu.pk]))


@pytest.mark.parametrize("count", [3, 60])
@time_machine.travel(IN_TIME, tick=True)
def test_the_page_before_sending_costs_the_same_for_many(
    count: int, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = meeting_of(town.mtu, MTU_DAY)
    for number in range(count):
        case = approved_case(town, f"Sag {number}")
        actions.put_on_agenda(case, meeting=meeting, actor=town.secretary)
    client = signed_in_as(town.secretary)

    with django_assert_num_queries(11):
        client.get(reverse("meetings:send-agenda", args=[meeting.pk]))
