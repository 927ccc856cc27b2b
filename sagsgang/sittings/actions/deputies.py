"""Call a substitute, have the body approve her, and end her sitting in (R30, R31, R33)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import BodyKind, Person, Seat, SubstitutePlace
from sagsgang.meetings.actions.arising import put_approval_of_substitutes
from sagsgang.meetings.models import AgendaItem, Meeting, Mode, Presence, Substitution, SubstitutionKind
from sagsgang.meetings.queries.attending import Roll, roll_of
from sagsgang.sittings.actions import coming, entering
from sagsgang.sittings.actions.entering import enter_act
from sagsgang.sittings.models import SittingAct
from sagsgang.sittings.rules import substitutes

# Bodies whose members the council's groups choose: their substitutes must sit in the council too (R31).
CHOSEN_BY_COUNCIL = (BodyKind.COMMITTEE, BodyKind.FINANCE, BodyKind.ADHOC)


@transaction.atomic
def call_substitute(
    meeting: Meeting,
    *,
    absent: Person,
    substitute: Person,
    item: AgendaItem | None = None,
    skipped: Mapping[UUID, str] | None = None,
    is_approved: bool = False,
    mode: str = Mode.ROOM,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """Call a substitute for an absent member; she is here from now on, and votes once the rule allows it.

    To the council from the candidate list, in its order; `skipped` gives the ground for each who was passed over, and
    she votes from the body's approval on (`is_approved`, or `approve_substitutes`). To a committee by the group, at
    once. `item` is where it was decided. Raises RuleBrokenError.
    """
    meeting, done = entering.act_of(meeting, "call_substitute", key=key)
    if done is not None:
        return done
    moment = coming.arrival_time(meeting, substitute, at)
    roll = roll_of(meeting)
    require_free(roll, absent=absent, substitute=substitute)
    substitutes.require_absent(absent.name, is_here=absent.pk in roll.there_at(moment))
    is_council = meeting.body.kind == BodyKind.COUNCIL
    grounds = listed_grounds(meeting, roll, absent, substitute, skipped or {}) if is_council else {}
    if not is_council:
        require_chosen(meeting, roll, absent, substitute)
    Substitution.objects.create(
        pk=key,
        meeting=meeting,
        item=entering.item_here(item, meeting) if item else None,
        kind=SubstitutionKind.COUNCIL if is_council else SubstitutionKind.COMMITTEE,
        absent=absent,
        substitute=substitute,
        skipped=[{"person": str(person), "ground": ground} for person, ground in grounds.items()],
        approved_at=moment if is_council and is_approved else None,
    )
    arrive(meeting, substitute, mode=mode, moment=moment, pk=entering.row_key(key, "presence"))
    if is_council and not is_approved:  # the council has still to approve her (R30)
        put_approval_of_substitutes(meeting, actor=actor)
    data = {"person": str(substitute.pk), "absent": str(absent.pk)}
    return enter_act(meeting, "call_substitute", key=key, actor=actor, data=data)


def arrive(meeting: Meeting, person: Person, *, mode: str, moment: datetime, pk: UUID) -> None:
    """A part of other acts: the substitute is here, if she was not already."""
    if not Presence.objects.filter(meeting=meeting, person=person, until=None).exists():
        coming.begin_stretch(meeting, roll_of(meeting), person=person, mode=mode, moment=moment, pk=pk)


def require_free(roll: Roll, *, absent: Person, substitute: Person) -> None:
    """The absent one has a seat that nobody fills, and the substitute has none and fills none."""
    member, other = roll.member(absent.pk), roll.member(substitute.pk)
    standing = [row for row in roll.facts.substitutions if row.until is None and not row.is_for_conflict]
    substitutes.require_seat_to_fill(
        absent.name,
        has_seat=member is not None and member.has_seat,
        is_filled=any(row.absent == absent.pk for row in standing),
    )
    substitutes.require_free_substitute(
        substitute.name,
        has_seat=other is not None and other.has_seat,
        sits_in=any(row.substitute == substitute.pk for row in standing),
    )


def listed_grounds(
    meeting: Meeting, roll: Roll, absent: Person, substitute: Person, grounds: Mapping[UUID, str]
) -> dict[UUID, str]:
    """The grounds of those passed over, in the order of the list; those who sit in the council already need none."""
    member = roll.member(absent.pk)
    places = SubstitutePlace.objects.filter(body=meeting.body_id, party=member.party if member else "")
    listed = list(places.select_related("person").order_by("position"))
    sitting = {row.person for row in roll.members if row.has_seat}
    sitting |= {row.substitute for row in roll.facts.substitutions if row.until is None}
    passed = substitutes.to_be_skipped([row.person_id for row in listed], substitute.pk, sitting)
    names = {row.person_id: row.person.name for row in listed}
    substitutes.require_grounds_for_skipped(passed, grounds, names)
    return {person: grounds[person].strip() for person in passed}


def require_listed(meeting: Meeting, roll: Roll, *, absent: Person, substitute: Person) -> None:
    """For one item of the council too, she stands on the list of the absent member."""
    member = roll.member(absent.pk)
    places = SubstitutePlace.objects.filter(body=meeting.body_id, party=member.party if member else "")
    listed = list(places.order_by("position").values_list("person", flat=True))
    substitutes.to_be_skipped(listed, substitute.pk)


def require_chosen(meeting: Meeting, roll: Roll, absent: Person, substitute: Person) -> None:
    """Who sits in for a member of a committee sits in the council, in the same group (R31); elsewhere nothing is asked."""
    if meeting.body.kind not in CHOSEN_BY_COUNCIL:
        return
    party = _council_party(meeting, substitute)
    member = roll.member(absent.pk)
    substitutes.require_committee_substitute(
        substitute.name,
        in_council=party is not None,
        same_group=member is not None and party is not None and party == member.party,
    )


def _council_party(meeting: Meeting, person: Person) -> str | None:
    """Her group in the council on the day of the meeting: by a seat, or as a substitute whom the council approved.

    None = she does not sit there.
    """
    day, authority = meeting.held_on, meeting.body.authority_id
    seats = Seat.objects.on(day).filter(person=person, body__kind=BodyKind.COUNCIL, body__authority=authority)
    seat = seats.first()
    if seat is not None:
        return seat.party
    called = Substitution.objects.filter(
        Q(approved_at__isnull=False),
        kind=SubstitutionKind.COUNCIL,
        substitute=person,
        meeting__held_on=day,
        meeting__body__authority=authority,
    ).first()
    if called is None:
        return None
    place = SubstitutePlace.objects.filter(body=called.meeting.body_id, person=person).first()
    return place.party if place else None


@transaction.atomic
def approve_substitutes(meeting: Meeting, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """The council approves the substitutes who were called in: they vote from now on (R30)."""
    meeting, done = entering.act_of(meeting, "approve_substitutes", key=key)
    if done is not None:
        return done
    moment = entering.running_at(meeting, at)
    waiting = Substitution.objects.filter(meeting=meeting, kind=SubstitutionKind.COUNCIL, approved_at=None)
    approved = waiting.update(approved_at=moment, modified_at=now())
    return enter_act(meeting, "approve_substitutes", key=key, actor=actor, data={"people": approved})


def leave_after_items(meeting: Meeting, items: Iterable[UUID], *, moment: datetime) -> None:
    """A part of other acts: who sat in because of a conflict of interest at these items leaves, as they are over.

    Not who sits in for another still, and never before she came. Her call stands: she reads and signs what she was part
    of (R37), and comes back if the item is taken up again.
    """
    over = Q(item__in=list(items), kind=SubstitutionKind.CONFLICT)
    calls = Substitution.objects.filter(meeting=meeting)
    people, others = calls.filter(over).values("substitute"), calls.exclude(over).values("substitute")
    for stretch in Presence.objects.filter(meeting=meeting, person__in=people, until=None).exclude(person__in=others):
        stretch.until = max(moment, stretch.since)
        stretch.save(update_fields=["until", "modified_at"])


@transaction.atomic
def dismiss_substitute(substitution: Substitution, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """The substitute sits in no longer, and leaves. Her votes until now stand, and so does the row."""
    meeting, done = entering.act_of(substitution.meeting, "dismiss_substitute", key=key)
    if done is not None:
        return done
    row = Substitution.history.select_related("substitute").get(pk=substitution.pk)
    moment = entering.running_at(meeting, at, since=coming.last_of(meeting, row.substitute))
    entering.require_no_open_poll(meeting)
    if row.withdrawn_at is None:
        row.withdrawn_at = moment
        row.save(update_fields=["withdrawn_at", "modified_at"])
        others = Substitution.objects.filter(meeting=meeting, substitute=row.substitute_id)
        here = Presence.objects.filter(meeting=meeting, person=row.substitute_id, until=None)
        if not others.exists() and here.exists():
            coming.end_stretch(meeting, person=row.substitute, moment=moment)
    data = {"person": str(row.substitute_id)}
    return enter_act(meeting, "dismiss_substitute", key=key, actor=actor, data=data)
