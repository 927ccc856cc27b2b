"""Two meetings that are run here, and differ in what happened at closed items only, look the same from outside.

Votes, proposals, conflicts of interest and who sat in because of one, speakers, dissents, follow-ups, the secretary's
words, amendments: at a closed item, and at one whose parties are not told yet, nothing of them leaves the house.
"""

from datetime import UTC, datetime

import pytest
import time_machine
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, BodyKind, Person, Role
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.actions import enter_dissent, record_decision
from sagsgang.meetings.models import AgendaItem, Meeting, Presence
from sagsgang.portal.pages import forget_pages
from sagsgang.protocols import actions as protocols
from sagsgang.protocols.actions.final import digest_of
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicMeeting, Release
from sagsgang.publication.tasks import render_meeting_pdf
from sagsgang.sittings import actions
from sagsgang.sittings.models import Method, Proposal, Turn
from sagsgang.sittings.tests.rooms import Room, add_item, add_listed, make_room, open_room, poll_at, typed
from tests.journeys.test_two_worlds import UNDISCLOSED, crawl
from tests.plugin import empty_tables

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
SECRET = "Hængebro-forhandling"
AMENDMENT = "Der plantes tre træer ved stien."
NOTE = "Formanden takkede for fremmødet."


def happenings(room: Room, item: AgendaItem, minutes: float, *, member: int, substitute: str, words: str) -> None:
    """All that can happen at an item: conflict, substitute, proposal, vote, speech, dissent, note, follow-up."""
    people = room.people
    called = Person.objects.get(name=substitute)
    actions.declare_conflict(item, person=people[member], by_self=True, substitute=called, **typed(room, minutes))
    asked = actions.ask_floor(item, person=people[1], **typed(room, minutes + 1))
    actions.give_floor(Turn.objects.get(pk=asked.key), **typed(room, minutes + 1))
    moved = actions.move_proposal(
        item, words=words, kind="amendment", moved_by=people[1], party="A", **typed(room, minutes + 2)
    )
    moved_proposal = Proposal.objects.get(pk=moved.key)
    act = actions.open_poll(item, method=Method.ROLL_CALL, proposal=moved_proposal, **typed(room, minutes + 3))
    poll = moved_proposal.polls.get(pk=act.key)
    against = {people[2].pk: "imod", people[3].pk: "undlod"}
    actions.enter_roll_call(poll, exceptions=against, **typed(room, minutes + 3))
    actions.close_poll(poll, **typed(room, minutes + 4))
    FollowUp.objects.create(case=item.case, item=item, words=words, owner_role="Teknisk chef", given_by=room.secretary)


def decide(room: Room, item: AgendaItem, words: str, *, dissent: str = "") -> None:
    record_decision(item, text=words, outcome="approved", seen=0, actor=room.secretary)
    if dissent:
        enter_dissent(item, person=room.people[3], words=dissent, actor=room.secretary)


def build(*, is_rich: bool) -> None:
    room = make_room(BodyKind.COUNCIL, "AAAAAVVVV", items=4)
    room.items.append(add_item(room, "1", parent=room.items[0]))
    first, closed, third, held_back, closed_sub = room.items
    add_listed(room, "V", "Sus Sidst", "Åge Ævlebæk", "Ulla Elverhøj", "Egon Ekstra")
    clerk = User.objects.create_user("medlem-1")
    Appointment.objects.create(user=clerk, body=room.body, role=Role.MEMBER)
    room.people[0].user = clerk
    room.people[0].save()
    for item in (closed, closed_sub):
        AgendaItem.objects.filter(pk=item.pk).update(
            access="closed", ground="personal", public_title="Personalesag", public_extract="Afgjort."
        )
    AgendaItem.objects.filter(pk=held_back.pk).update(parties="some")
    room.items = [AgendaItem.objects.select_related("case").get(pk=item.pk) for item in room.items]
    first, closed, third, held_back, closed_sub = room.items
    hold(room, is_rich=is_rich)
    for item in (first, third):
        decide(room, item, "Godkendt.", dissent="Træerne er for dyre." if item == first else "")
    for item in (closed, held_back, closed_sub):
        decide(room, item, SECRET if is_rich else "Nej.", dissent=SECRET if is_rich else "")
    write_up(room, is_rich=is_rich)
    release_meeting(
        room.meeting, kind="minutes", prepared_by=room.secretary, released_by=User.objects.create_user("chef"), at=NOW
    )
    render_meeting_pdf(str(Release.objects.get().pk))


def hold(room: Room, *, is_rich: bool) -> None:
    """The same open items at the same times; the closed ones are taken up in both worlds, and more happens in one."""
    first, closed, third, held_back, closed_sub = room.items
    open_room(room, absent=("M9",))
    actions.take_up_item(first, **typed(room, 5))
    happenings(room, first, 6, member=5, substitute="Sus Sidst", words=AMENDMENT)
    if is_rich:
        actions.take_up_item(closed_sub, **typed(room, 12))
        happenings(room, closed_sub, 13, member=6, substitute="Åge Ævlebæk", words=SECRET)
    actions.take_up_item(closed, **typed(room, 20))
    if is_rich:
        actions.declare_conflict(closed, person=room.people[0], by_self=False, **typed(room, 21))
        actions.name_acting_chair(room.meeting, person=room.people[1], **typed(room, 21))
        happenings(room, closed, 22, member=7, substitute="Ulla Elverhøj", words=SECRET)
    actions.take_up_item(third, **typed(room, 40))
    poll = poll_at(room, third, 41, Method.GROUPS)
    actions.enter_ballots(poll, groups={"A": {"for": 3}, "V": {"imod": 3}}, **typed(room, 42))
    actions.close_poll(poll, **typed(room, 43))
    actions.take_up_item(held_back, **typed(room, 50))
    if is_rich:
        happenings(room, held_back, 51, member=6, substitute="Egon Ekstra", words=SECRET)
    actions.adjourn_meeting(room.meeting, **typed(room, 60))
    room.meeting = Meeting.objects.select_related("body__authority").get(pk=room.meeting.pk)
    assert Presence.objects.filter(person__name="Ulla Elverhøj").exists() is is_rich


def write_up(room: Room, *, is_rich: bool) -> None:
    """The secretary's words, the protocol made final, signed, and amended."""
    first, closed, _third, held_back, closed_sub = room.items
    places = {first: NOTE, **dict.fromkeys((closed, held_back, closed_sub), SECRET if is_rich else "")}
    for item, words in places.items():
        for place in ("before", "after"):
            protocols.write_note(room.meeting, item=item, place=place, text=words, seen=0, actor=room.secretary)
    digest = digest_of(room.meeting.pk)
    protocols.make_final(room.meeting, digest=digest, anyway=True, actor=room.secretary)
    protocols.sign_protocol(room.meeting, actor=User.objects.get(username="medlem-1"))
    for item in (closed, held_back, closed_sub) if is_rich else ():
        protocols.amend_protocol(room.meeting, words=SECRET, reason=SECRET, item=item, actor=room.secretary)
    protocols.amend_protocol(
        room.meeting, words="Det var fire træer.", reason="Talt forkert.", item=first, actor=room.secretary
    )


def seen_from_outside(*, is_rich: bool) -> list[str]:
    forget_pages()
    with time_machine.travel(NOW, tick=False):
        build(is_rich=is_rich)
        text = [f"{path} {answer!r}" for path, answer in crawl(year=NOW.year)]
    order: dict[str, str] = {}
    return [UNDISCLOSED.sub(lambda match: order.setdefault(match[0], f"<{len(order)}>"), page) for page in text]


@pytest.mark.usefixtures("wall")
def test_what_happened_at_closed_items_cannot_be_told_from_outside(settings: Settings) -> None:
    settings.ROOT_URLCONF = "sagsgang.site.urls_all"

    poor = seen_from_outside(is_rich=False)
    empty_tables()
    rich = seen_from_outside(is_rich=True)

    assert len(poor) >= 10
    assert poor == rich
    whole = "\n".join(rich).casefold()
    found = [word for word in ("Ævlebæk", "Elverhøj", "Hængebro", "Ekstra") if word.casefold() in whole]
    assert found == []


@pytest.mark.usefixtures("wall")
def test_what_happened_at_open_items_is_told(settings: Settings) -> None:
    settings.ROOT_URLCONF = "sagsgang.site.urls_all"

    page = "\n".join(seen_from_outside(is_rich=True))

    assert PublicMeeting.objects.get().kind == "minutes"
    told = {
        "conflict": "M6 erklærede sig inhabil",
        "substitute": "Sus Sidst deltog i punktet som stedfortræder for M6.",
        "proposal": AMENDMENT,
        "vote": "Ændringsforslag: ",
        "who voted": "M3 (A): imod",
        "dissent": "Træerne er for dyre.",
        "note": NOTE,
        "follow-up": f"Opfølgning: {AMENDMENT} Ansvarlig: Teknisk chef.",
        "amendment": "Det var fire træer.",
        "signed": "Protokollen er underskrevet af 1 af 9.",
    }
    assert [name for name, words in told.items() if words not in page] == []
