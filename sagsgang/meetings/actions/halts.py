"""The right to halt a committee's decision and have it put to the council (KSL § 23 and § 31 a; R34, R36)."""

from django.db import transaction
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person
from sagsgang.cases.models import PathStep, Purpose
from sagsgang.meetings.actions.records import lock_meeting, record_both
from sagsgang.meetings.actions.returning import add_step, remove_step
from sagsgang.meetings.models import AgendaItem, HaltPower, HaltRequest, Meeting, own_decision
from sagsgang.meetings.queries.deciding import council_of, free_steps, is_chair, took_part
from sagsgang.meetings.rules import deciding


@transaction.atomic
def halt_decision(item: AgendaItem, *, person: Person, power: str, order: str = "", actor: User) -> HaltRequest:
    """Halt the committee's decision: it waits for the council, and its status is *halted* until the halt is withdrawn.

    `power` is `HaltPower`: a member who took part, until the meeting is adjourned and without a reason; or the mayor,
    in writing, until the decision is carried out (which the secretary answers for): also after the protocol is final,
    since her halt is no part of the meeting. Raises `RuleBrokenError`.
    """
    meeting = lock_meeting(item.meeting)
    item = AgendaItem.objects.select_related("case", "step", "meeting", "parent").get(pk=item.pk)
    known = item.halts.filter(person=person).first()
    if known is not None:
        return known
    own = own_decision(item.decisions.all(), meeting)
    deciding.require_haltable(meeting.body.kind, own.outcome if own else "", is_decided=own is not None)
    council = council_of(meeting.body.authority)
    deciding.require_right_to_halt(
        power,
        person.name,
        order=order,
        took_part=power == HaltPower.MEMBER and took_part(item, person),
        is_open=is_not_adjourned(meeting),
        is_mayor=is_chair(person, council, localdate()),
    )
    deciding.require_council(is_there=council is not None)
    step = _step_to(council, item, actor) if council else None
    words = order.strip() if power == HaltPower.MAYOR else ""
    halt = HaltRequest.objects.create(item=item, person=person, power=power, order=words, step=step, entered_by=actor)
    record_both(actor, "halt_decision", item, person=str(person.pk), step=str(step.pk) if step else None)
    return halt


def is_not_adjourned(meeting: Meeting) -> bool:
    """Can a member still halt? Of a meeting that was not run here nobody knows the hour: until the day is over."""
    if meeting.opened_at is None:
        return localdate() <= meeting.held_on
    return meeting.adjourned_at is None


def _step_to(council: Body, item: AgendaItem, actor: User) -> PathStep | None:
    """The council's step, "without undue delay"; None where the case is on its way to the council already."""
    if free_steps(item.case, council):
        return None
    return add_step(item.case, body=council, after=item.step, purpose=Purpose.DECISION, planned_on=None, actor=actor)


@transaction.atomic
def withdraw_halt(item: AgendaItem, *, person: Person, actor: User) -> None:
    """The committee gives way, or the halt is taken back: the decision stands as it was.

    The council's step that the halt brought goes off the path again, unless another halt stands or it is on an agenda.
    """
    lock_meeting(item.meeting)
    halt = item.halts.filter(person=person).select_related("step__case").first()
    if halt is None:
        return
    halt.withdrawn_at = now()
    halt.save(update_fields=["withdrawn_at", "modified_at"])
    others = item.halts.all()
    if halt.step is not None and halt.step.withdrawn_at is None:
        if others.exists():
            others.filter(step=None).update(step=halt.step)
        else:
            remove_step(halt.step, actor=actor)
    record_both(actor, "withdraw_halt", item, person=str(person.pk))
