"""The body closes an item, moves it to the open part, or takes it off, at its meeting (R8, R15, R16)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sagsgang.cases.models import PathStep
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.actions import review_closing
from sagsgang.meetings.models import AgendaItem, AgendaVersion, StandingItem
from sagsgang.sittings import actions
from sagsgang.sittings.models import Proposal, ProposalKind, SittingAct
from sagsgang.sittings.queries.results import poll_results
from sagsgang.sittings.rules.doors import closing_motion, is_beginning, opening_motion
from sagsgang.sittings.rules.taking_off import motion
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, typed

SHUT: dict[str, Any] = {"ground": "personal", "closing_reason": "En borgers helbred."}


@pytest.mark.parametrize(
    ("lines", "beginning"),
    [
        ([("agenda", "waiting"), ("", "waiting")], False),
        ([("agenda", "running"), ("", "waiting")], True),
        ([("agenda", "done"), ("", "waiting")], False),
        ([("", "waiting"), ("", "waiting")], True),
        ([("substitutes", "done"), ("", "waiting")], True),
        ([("", "done"), ("", "waiting")], False),
    ],
)
def test_the_beginning_is_when_the_agenda_is_adopted(lines: list[tuple[str, str]], beginning: bool) -> None:
    assert is_beginning(lines) is beginning


def adopting() -> Room:
    """A committee that adopts its agenda; its last item is closed."""
    room = make_room(items=4)
    first, last = room.items[0], room.items[3]
    first.standing = StandingItem.objects.create(body=room.body, title="Godkendelse af dagsorden", use="agenda")
    first.save()
    last.access, last.ground, last.closing_reason = "closed", "property", "Købesum."
    last.save()
    AgendaItem.objects.update(first_sent_in=1)
    open_room(room)
    actions.take_up_item(first, **typed(room, 1))
    return room


@pytest.mark.django_db
def test_with_the_agenda_items_are_moved_both_ways_and_the_protocol_says_so() -> None:
    room = adopting()
    _first, second, third, last = room.items
    with pytest.raises(RuleBrokenError):  # the house alone does not, now
        review_closing(last, answer="open", reason="Solgt.", has_looked=True, actor=room.secretary)
    same = typed(room, 2)
    for _twice in range(2):
        actions.close_here(second, **SHUT, public_title="En borgersag", **same)
    with pytest.raises(RuleBrokenError):
        actions.open_here(last, reason="Solgt.", **typed(room, 2))
    actions.open_here(last, reason="Solgt.", has_looked=True, **typed(room, 2))

    second.refresh_from_db()
    last.refresh_from_db()
    assert (second.access, second.ground, second.late_reason, second.number) == ("closed", "personal", "", "2")
    assert (last.access, last.ground) == ("open", "")
    assert {row.item_id: row.words for row in Proposal.objects.all()} == {
        second.pk: closing_motion(), last.pk: opening_motion()
    }  # fmt: skip
    assert [row.outcome for row in poll_results(room.meeting).values()] == ["vedtaget", "vedtaget"]
    assert AgendaVersion.objects.count() == 0  # the day is over here; on it, each is kept
    actions.take_up_item(third, **typed(room, 3))
    with pytest.raises(RuleBrokenError):
        actions.open_here(second, reason="Fejl.", has_looked=True, **typed(room, 4))
    with pytest.raises(RuleBrokenError):  # neither the agenda nor this item is treated
        actions.close_here(last, **SHUT, **typed(room, 4))
    with pytest.raises(RuleBrokenError):  # no motion was adopted
        actions.close_here(third, **SHUT, is_voted=True, **typed(room, 4))
    actions.move_proposal(third, words="Dørene lukkes.", kind=ProposalKind.PROCEDURE, **typed(room, 4))
    actions.adopt_without_vote(third, proposal=Proposal.objects.get(item=third), **typed(room, 5))
    actions.close_here(third, **SHUT, is_voted=True, **typed(room, 6))
    assert AgendaItem.objects.get(pk=third.pk).is_closed
    assert Proposal.objects.filter(item=third).count() == 1


@pytest.mark.django_db
def test_the_desk_leads_to_the_page_of_it() -> None:
    room = adopting()
    client = Client()
    client.force_login(room.secretary)
    address = reverse("sittings:change-access", args=[room.items[1].pk])
    closed = reverse("sittings:change-access", args=[room.items[3].pk])
    desk = client.get(reverse("sittings:desk", args=[room.meeting.pk])).content.decode()

    refused = client.post(address, {"ground": "personal", "closing_reason": " "})
    opening = client.get(closed).content.decode()
    taken = client.post(address, {**SHUT, "public_title": "En borgersag"})

    assert [one in desk for one in (address, closed)] == [True, True]
    assert refused.status_code == 422
    assert 'name="has_looked"' in opening
    assert taken.status_code == 302
    assert AgendaItem.objects.get(pk=room.items[1].pk).public_title == "En borgersag"
    assert SittingAct.objects.filter(verb="close_here").count() == 1


@pytest.mark.django_db
def test_the_body_takes_an_item_off_when_it_adopts_the_agenda_and_the_case_waits_again() -> None:
    room = adopting()
    first, second, third, _last = room.items
    AgendaItem.objects.filter(pk=second.pk).update(kind="O")
    client = Client()
    client.force_login(room.secretary)
    desk, page = (
        reverse("sittings:desk", args=[room.meeting.pk]),
        reverse("sittings:take-off-here", args=[second.pk]),
    )
    assert page in client.get(desk).content.decode()
    assert reverse("sittings:take-off-here", args=[first.pk]) not in client.get(desk).content.decode()
    with pytest.raises(RuleBrokenError):
        actions.take_off_here(first, **typed(room, 2))
    with pytest.raises(RuleBrokenError):  # no motion was adopted
        actions.take_off_here(third, is_voted=True, **typed(room, 2))
    same = typed(room, 2)
    for _twice in range(2):
        actions.take_off_here(third, **same)

    taken = client.post(page, {"reason": "Svaret mangler.", "at": room.at(2).isoformat()})

    assert taken.status_code == 302
    second.refresh_from_db()
    own = second.decisions.get()
    assert (own.outcome, second.withdrawn_at, second.number) == ("postponed", None, "2")
    assert "Svaret mangler." in own.html
    assert {row.item_id: row.words for row in Proposal.objects.all()} == {
        second.pk: motion(), third.pk: motion()
    }  # fmt: skip
    assert {step.case_id for step in PathStep.objects.filter(body=room.body, agenda_items=None)} == {
        second.case_id,
        third.case_id,
    }
    assert page not in client.get(desk).content.decode()
    assert client.post(page).status_code == 422
    actions.take_up_item(room.items[3], **typed(room, 3))
    with pytest.raises(RuleBrokenError):
        actions.take_off_here(second, **typed(room, 4))
