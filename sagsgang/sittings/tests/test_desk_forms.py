"""What the desk offers as a meeting goes on: the vote after an amendment, a block taken apart, mistakes taken back."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from sagsgang.bodies.models import Body, BodyKind
from sagsgang.meetings.models import AgendaItem, Meeting, Mode, Presence, Treatment
from sagsgang.sittings.models import Ballot, Poll, Proposal, SittingAct
from sagsgang.sittings.queries.results import poll_results
from sagsgang.sittings.tests.rooms import Room, add_item, make_room

pytestmark = pytest.mark.django_db


class Desk:
    """A secretary at the desk, without a script but with its answers."""

    def __init__(self, room: Room) -> None:
        self.room, self.client = room, Client()
        self.client.force_login(room.secretary)

    def act(self, name: str, row: UUID, **said: object) -> int:
        answer = self.client.post(reverse(f"sittings:{name}", args=[row]), said, headers={"Accept": "application/json"})
        return answer.status_code

    def page(self) -> str:
        return self.client.get(reverse("sittings:desk", args=[self.room.meeting.pk])).content.decode()

    def forms(self, name: str, row: UUID) -> list[str]:
        """The forms of the page that do this act on this row."""
        action = f'action="{reverse(f"sittings:{name}", args=[row])}"'
        return [form.split("</form>")[0] for form in self.page().split("<form")[1:] if action in form]


@pytest.fixture
def desk() -> Desk:
    """A council of five, its meeting open, with three items and four more in a block."""
    room = make_room(BodyKind.COUNCIL, "AAAVV", held_on=localdate())
    room.items += [add_item(room, str(number), block=1) for number in (4, 5, 6, 7)]
    Meeting.objects.update(agenda_sent_at=now())
    Body.objects.update(remote_allowed=True)
    desk = Desk(room)
    assert [f'id="remote-{one.pk}"' in desk.page() for one in room.people] == [True] * 5
    present = [str(one.pk) for one in room.people]
    assert desk.act("open-meeting", room.meeting.pk, present=present, remote=present[4:]) == HTTPStatus.OK
    return desk


def on_the_matter(desk: Desk) -> list[bool]:
    item = desk.room.items[0]
    return ['name="proposal"' not in form for form in desk.forms("open-poll", item.pk)]


def test_after_a_proposal_the_recommendation_is_voted_on_once(desk: Desk) -> None:
    item = desk.room.items[0]
    desk.act("take-up-item", item.pk)
    desk.act("move-proposal", item.pk, kind="amendment", words="At vi venter.")
    assert on_the_matter(desk) == [False]

    desk.act("adopt-without-vote", item.pk, proposal=str(Proposal.objects.get().pk), is_adopted="0")
    assert on_the_matter(desk) == [True]
    adopted = [desk.act("adopt-without-vote", item.pk, is_adopted="1") for _press in range(2)]

    assert adopted == [HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY]
    assert [poll.outcome for poll in poll_results(desk.room.meeting).values()] == ["forkastet", "vedtaget"]
    assert f'id="another-vote-{item.pk}"' in desk.page()
    last = Poll.objects.get(proposal=None)
    corrected = [desk.act("withdraw-poll", last.pk), desk.act("adopt-without-vote", item.pk, is_adopted="1")]
    assert corrected == [HTTPStatus.OK, HTTPStatus.OK]
    desk.act("end-item", item.pk)
    desk.act("take-up-item", item.pk)
    assert desk.act("adopt-without-vote", item.pk, is_adopted="1") == HTTPStatus.OK


def test_an_item_is_taken_out_of_its_block_and_treated_by_itself(desk: Desk) -> None:
    meeting = desk.room.meeting.pk
    four, five, six, seven = (item.pk for item in desk.room.items[3:])
    assert len(desk.forms("leave-block", five)) == 1

    assert desk.act("leave-block", five) == HTTPStatus.OK
    assert (AgendaItem.objects.get(pk=five).block, SittingAct.objects.filter(verb="leave_block").count()) == (None, 1)
    assert [len(desk.forms("leave-block", one)) for one in (four, five)] == [1, 0]
    assert desk.act("leave-block", five) == HTTPStatus.UNPROCESSABLE_ENTITY
    desk.act("take-up-item", four)
    desk.act("adopt-without-vote", four, is_adopted="0")
    assert len(desk.forms("take-up-block", meeting)) == 1
    assert desk.act("leave-block", four) == HTTPStatus.UNPROCESSABLE_ENTITY

    assert desk.act("take-up-block", meeting, block=1) == HTTPStatus.OK
    desk.act("adopt-without-vote", six, is_adopted="1")
    desk.act("end-item", six)

    assert [Treatment.objects.filter(item=one).count() for one in (four, five, six, seven)] == [1, 0, 1, 1]
    outcomes = {poll.item: poll.outcome for poll in poll_results(desk.room.meeting).values()}
    assert outcomes == {four: "forkastet", six: "vedtaget", seven: "vedtaget"}
    assert desk.forms("take-up-block", meeting) == []
    assert desk.act("take-up-block", meeting, block=1) == HTTPStatus.UNPROCESSABLE_ENTITY


def test_who_comes_from_elsewhere_and_who_was_noted_as_gone_by_mistake(desk: Desk) -> None:
    meeting, third, last = desk.room.meeting.pk, desk.room.people[2], desk.room.people[4]
    assert Presence.objects.get(mode=Mode.REMOTE).person == last
    assert ": M5.</p>" in desk.client.get(reverse("sittings:follow", args=[meeting])).content.decode()
    desk.act("note-departure", meeting, person=str(last.pk))
    gone = Presence.objects.get(person=last)
    assert ['value="remote"' in form for form in desk.forms("note-arrival", meeting)] == [False, True]
    assert len(desk.forms("undo-departure", gone.pk)) == 1

    assert desk.act("undo-departure", gone.pk) == HTTPStatus.OK
    assert Presence.objects.get(person=last).until is None
    assert desk.act("undo-departure", gone.pk) == HTTPStatus.UNPROCESSABLE_ENTITY
    desk.act("note-departure", meeting, person=str(last.pk))
    desk.act("note-arrival", meeting, person=str(last.pk), mode="remote")
    assert desk.act("undo-departure", gone.pk) == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(Presence.objects.filter(person=last).values_list("mode", flat=True)) == ["remote", "remote"]

    desk.act("note-departure", meeting, person=str(third.pk))
    desk.act("take-up-item", desk.room.items[0].pk)
    desk.act("adopt-without-vote", desk.room.items[0].pk, is_adopted="1")
    assert desk.act("undo-departure", Presence.objects.get(person=third).pk) == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_vote_keeps_who_left_during_it_and_a_group_who_votes_otherwise(desk: Desk) -> None:
    item, meeting = desk.room.items[0].pk, desk.room.meeting.pk
    second, gone = (one.pk for one in desk.room.people[1:3])
    desk.act("take-up-item", item)
    desk.act("open-poll", item, method="roll_call")
    desk.act("note-departure", meeting, person=str(gone))
    page = desk.page()
    assert [f'id="{choice}-{one}"' in page for one in (gone, second) for choice in ("blank", "none")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert f'id="for-{gone}" value="for" required' in page
    said = {f"vote_{gone}": "imod", f"vote_{second}": "blank"}
    assert desk.act("close-poll", Poll.objects.get().pk, **said) == HTTPStatus.OK
    assert set(Ballot.objects.values_list("person", "choice")) == {(gone, "imod"), (second, "blank")}

    desk.act("open-poll", item, method="groups")
    poll = Poll.objects.get(closed_at=None)
    page = desk.page()
    assert [f'id="named-{one.pk}"' in page for one in desk.room.people] == [True, True, False, True, True]
    said = {"group_0": "A", "count_0_for": "2", "group_1": "V", "count_1_imod": "1", "count_1_blank": "1"}
    assert desk.act("close-poll", poll.pk, **said, **{f"vote_{second}": "imod"}) == HTTPStatus.OK
    entered = poll.ballots.order_by("party", "choice").values_list("party", "person", "choice", "count")
    assert list(entered) == [
        ("", second, "imod", 1), ("A", None, "for", 1), ("V", None, "blank", 1), ("V", None, "imod", 1),
    ]  # fmt: skip


def test_a_login_lasts_on_while_she_acts_and_is_written_once_an_hour(desk: Desk) -> None:
    row = Session.objects.get()
    Session.objects.update(expire_date=now() + timedelta(minutes=5))
    desk.act("take-up-item", desk.room.items[0].pk)
    assert Session.objects.get().expire_date < now() + timedelta(minutes=6)

    session = desk.client.session
    session["renewed_at"] -= 60 * 60
    session.save()
    Session.objects.filter(pk=row.pk).update(expire_date=now() + timedelta(minutes=5))
    desk.act("end-item", desk.room.items[0].pk)

    assert Session.objects.get().expire_date > now() + timedelta(hours=9)
