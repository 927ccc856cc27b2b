"""Postponement because of a conflict (R32), the acting chair's constitution (R29), substitutes' approval (R30)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.bodies.models import BodyKind, Person, SubstitutePlace
from sagsgang.cases.models import PathStep
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.actions import record_decision
from sagsgang.meetings.models import AgendaItem, Decision, Meeting
from sagsgang.sittings import actions
from sagsgang.sittings.models import Proposal
from sagsgang.sittings.queries.results import poll_results
from sagsgang.sittings.queries.state import state_of
from sagsgang.sittings.rules.postponing import is_postponed, motion, require_demander
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, typed

SUBSTITUTES = "Godkendelse af indkaldte stedfortrædere"
CONSTITUTION = "Constitution of an acting chair"


@pytest.mark.parametrize(
    ("present", "against", "missed", "postponed"),
    [(6, 3, False, True), (6, 4, False, False), (5, 3, False, True), (5, 4, False, False), (6, 0, True, False)],
)
def test_two_thirds_or_a_deadline_stop_it(present: int, against: int, missed: bool, postponed: bool) -> None:
    assert is_postponed(present=present, against=against, misses_deadline=missed) is postponed


def test_somebody_demands_it() -> None:
    with pytest.raises(RuleBrokenError):
        require_demander(" ")


def running(groups: str = "AAAVV") -> Room:
    room = make_room(groups=groups)
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 1))
    return room


@pytest.mark.django_db
def test_the_outcome_and_its_sentence_are_the_decision(danish: None) -> None:
    room = running()
    item = room.items[0]
    AgendaItem.objects.filter(pk=item.pk).update(kind="O")  # procedure: R10 says nothing of it
    with pytest.raises(RuleBrokenError):
        actions.demand_postponement(item, person=room.people[1], **typed(room, 2))
    actions.declare_conflict(item, person=room.people[0], by_self=True, **typed(room, 2))
    with pytest.raises(RuleBrokenError):
        actions.demand_postponement(item, party="A", against=5, **typed(room, 3))
    assert not Decision.objects.exists()
    same = typed(room, 3)
    for _twice in range(2):
        actions.demand_postponement(item, person=room.people[1], against=2, **same)

    decision = Decision.objects.get(item=item)
    assert decision.outcome == "postponed"
    assert "M2" in decision.html
    assert "M1" in decision.html
    waiting = PathStep.objects.get(case=item.case_id, agenda_items=None)
    assert (waiting.body, waiting.planned_on) == (room.body, None)


@pytest.mark.django_db
def test_a_refused_demand_stands_at_the_item_with_those_who_objected_and_can_be_taken_back(danish: None) -> None:
    room = running()
    item = room.items[0]
    actions.declare_conflict(item, person=room.people[0], by_self=True, **typed(room, 2))
    same = typed(room, 3)
    for _twice in range(2):  # three of four: two thirds and more
        actions.demand_postponement(item, person=room.people[1], against=3, **same)
    actions.demand_postponement(item, party="V", misses_deadline=True, **typed(room, 4))

    first, second = Proposal.objects.filter(item=item).order_by("position")
    said = [poll.sentence for poll in poll_results(room.meeting).values()]
    assert (first.moved_by, first.party, first.kind) == (room.people[1], "A", "procedure")
    assert first.words == motion("M1", misses_deadline=False)
    assert (second.moved_by, second.party) == (None, "V")
    assert second.words == motion("M1", misses_deadline=True) != first.words
    assert "3" in said[0]
    assert "4" in said[0]
    assert said[1] == "Forkastet uden afstemning."
    assert not Decision.objects.exists()
    current = state_of(room.meeting, at=room.at(5)).current
    assert current is not None
    assert {row.is_settled for row in current.proposals} == {True}
    actions.withdraw_poll(first.polls.get(), **typed(room, 5))
    actions.withdraw_proposal(first, **typed(room, 5))
    record_decision(item, text="Ja.", outcome="approved", seen=0, actor=room.secretary)
    with pytest.raises(RuleBrokenError):
        actions.demand_postponement(item, person=room.people[1], against=3, **typed(room, 6))


@pytest.mark.django_db
def test_the_desk_offers_it_where_somebody_is_out() -> None:
    room = running()
    address = reverse("sittings:demand-postponement", args=[room.items[0].pk])
    client = Client()
    client.force_login(room.secretary)
    desk = reverse("sittings:desk", args=[room.meeting.pk])

    assert address not in client.get(desk).content.decode()
    actions.declare_conflict(room.items[0], person=room.people[0], by_self=True, **typed(room, 2))
    assert address in client.get(desk).content.decode()
    sent = client.post(address, {"party": "V", "against": "1"}, headers={"Accept": "application/json"})
    assert sent.status_code == 200
    assert Decision.objects.get().outcome == "postponed"


@pytest.mark.django_db
def test_the_acting_chair_is_constituted_here_or_next_time(danish: None) -> None:
    room = make_room()
    coming = Meeting.objects.create(body=room.body, held_on=room.meeting.held_on + timedelta(days=28))
    open_room(room, absent=("M1",))
    desk = reverse("sittings:put-constitution", args=[room.meeting.pk])
    with pytest.raises(RuleBrokenError):
        actions.put_constitution(room.meeting, on_next=False, **typed(room, 1))
    actions.name_acting_chair(room.meeting, person=room.people[1], **typed(room, 1))
    client = Client()
    client.force_login(room.secretary)
    assert desk in client.get(reverse("sittings:desk", args=[room.meeting.pk])).content.decode()

    for on_next in (False, False, True, True):
        actions.put_constitution(room.meeting, on_next=on_next, **typed(room, 2))

    titles = AgendaItem.objects.filter(case__title=gettext(CONSTITUTION)).values_list("meeting", flat=True)
    assert sorted(titles) == sorted([room.meeting.pk, coming.pk])


@pytest.mark.django_db
def test_a_called_substitute_brings_her_approval_on_the_agenda(danish: None) -> None:
    room = make_room(BodyKind.COUNCIL, "AAVV")
    called = [Person.objects.create(authority=room.authority, name=name) for name in ("Ejner", "Freja")]
    for place, person in enumerate(called, start=1):
        SubstitutePlace.objects.create(body=room.body, party="V", position=place, person=person)
    open_room(room, absent=("M3", "M4"))

    for minute, (absent, person) in enumerate(zip(room.people[2:], called, strict=True), start=1):
        actions.call_substitute(room.meeting, absent=absent, substitute=person, **typed(room, minute))

    item = AgendaItem.objects.get(title=SUBSTITUTES)
    assert item.meeting_id == room.meeting.pk
    assert item.late_reason
    actions.take_up_item(item, **typed(room, 5))
