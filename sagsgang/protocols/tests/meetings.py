"""A council meeting held here, with all that can happen at one, for tests of its protocol."""

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, BodyKind, Person, Role
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.actions import PointFacts, enter_dissent, record_decision
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.protocols import actions as protocols
from sagsgang.protocols.actions.final import digest_of
from sagsgang.protocols.models import ProtocolEntry
from sagsgang.sittings import actions
from sagsgang.sittings.models import Method, Proposal, ProposalKind
from sagsgang.sittings.tests.rooms import Room, add_listed, make_room, open_room, poll_at, typed

TITLES = ("Godkendelse af indkaldte stedfortrædere", "Ny cykelsti", "Budgetopfølgning", "Køb af grund")


def council_room() -> Room:
    """A council of seven in its room: M7 is away, and Cilla from her list sits in for her."""
    room = make_room(BodyKind.COUNCIL, "AAAVVVC", items=4)
    room.body.name = "Byrådet"
    room.body.save()
    add_listed(room, "C", "Cilla Carlsen")
    add_listed(room, "V", "Vera Vind")
    for item, title in zip(room.items, TITLES, strict=True):
        item.title = title
    room.items[3].late_reason = "Tilbuddet udløber fredag."
    AgendaItem.objects.bulk_update(room.items, ["title", "late_reason"])
    return room


def held_meeting() -> Room:
    """The meeting from its opening to its end, with its decisions."""
    room = council_room()
    approval, path, budget, land = room.items
    open_room(room, absent=("M7",))
    actions.take_up_item(approval, **typed(room, 1))
    cilla = Person.objects.get(name="Cilla Carlsen")
    actions.call_substitute(room.meeting, absent=room.people[6], substitute=cilla, **typed(room, 2))
    actions.approve_substitutes(room.meeting, **typed(room, 3))
    actions.adopt_without_vote(approval, **typed(room, 3))
    decide(room, approval, "Godkendt.")
    hold_path(room, path)
    hold_budget(room, budget)
    actions.take_up_item(land, **typed(room, 40))
    actions.adopt_without_vote(land, **typed(room, 41))
    decide(room, land, "Grunden købes.")
    actions.adjourn_meeting(room.meeting, **typed(room, 45))
    room.meeting = Meeting.objects.select_related("body__authority").get(pk=room.meeting.pk)
    return room


def hold_path(room: Room, item: AgendaItem) -> None:
    """A conflict of interest with a substitute, an amendment by roll-call, then the recommendation, and a follow-up."""
    actions.take_up_item(item, **typed(room, 5))
    vera = Person.objects.get(name="Vera Vind")
    actions.declare_conflict(item, person=room.people[3], by_self=True, substitute=vera, **typed(room, 6))
    moved = actions.move_proposal(
        item,
        words="Stien gøres bredere.",
        kind=ProposalKind.AMENDMENT,
        moved_by=room.people[1],
        party="A",
        **typed(room, 7),
    )
    act = actions.open_poll(
        item, method=Method.ROLL_CALL, proposal=Proposal.objects.get(pk=moved.key), **typed(room, 8)
    )
    poll = item.polls.get(pk=act.key)
    against = {room.people[4].pk: "imod", room.people[5].pk: "imod", vera.pk: "undlod"}
    actions.enter_roll_call(poll, exceptions=against, **typed(room, 9))
    actions.close_poll(poll, **typed(room, 10))
    actions.adopt_without_vote(item, **typed(room, 11))
    points = (PointFacts(1, "1.", "approved", "Med ændringen."), PointFacts(2, "2.", "approved", ""))
    decide(room, item, "Indstillingen godkendt som ændret.", points=points)
    FollowUp.objects.create(
        case=item.case, item=item, words="Nyt anlægsskøn.", owner_role="Teknisk chef", given_by=room.secretary
    )


def hold_budget(room: Room, item: AgendaItem) -> None:
    """M3 leaves, a tie, and a dissent."""
    actions.take_up_item(item, **typed(room, 20))
    actions.note_departure(room.meeting, person=room.people[2], **typed(room, 22))
    poll = poll_at(room, item, 23)
    against = {room.people[number].pk: "imod" for number in (3, 4, 5)}
    actions.enter_roll_call(poll, exceptions=against, **typed(room, 24))
    actions.close_poll(poll, **typed(room, 25))
    actions.note_arrival(room.meeting, person=room.people[2], **typed(room, 30))
    decide(room, item, "Bortfaldet.", outcome="lapsed")
    enter_dissent(item, person=room.people[0], words="Budgettet burde være vedtaget.", actor=room.secretary)


def decide(
    room: Room, item: AgendaItem, text: str, *, outcome: str = "approved", points: tuple[PointFacts, ...] = ()
) -> None:
    """The decision on an item, written the first time."""
    record_decision(item, text=text, outcome=outcome, points=points, seen=0, actor=room.secretary)


def made_final(room: Room) -> ProtocolEntry:
    """The protocol made final by the secretary, as she read it."""
    return protocols.make_final(room.meeting, digest=digest_of(room.meeting.pk), actor=room.secretary)


def member_user(room: Room, number: int, role: str = Role.MEMBER) -> User:
    """The user of a member, counted from 1, with her role in the body."""
    person = room.people[number - 1]
    user = User.objects.create_user(f"medlem-{number}")
    Appointment.objects.create(user=user, body=room.body, role=role)
    person.user = user
    person.save()
    return user
