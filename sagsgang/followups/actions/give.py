"""Give a follow-up: from a decision or presentation on an item, from a remark, or on the case."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Unit
from sagsgang.cases.models import Case, PathStep, Remark
from sagsgang.core.models import record
from sagsgang.followups import queries, rules
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.actions.schedule import record_both
from sagsgang.meetings.models import AgendaItem


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """What a follow-up says: due on a day, or before a step of its case's path."""

    words: str
    owner_role: str
    unit: Unit | None = None
    owner: User | None = None
    before_step: PathStep | None = None
    due_on: date | None = None
    reports_to: Body | None = None

    def columns(self) -> dict[str, object]:
        """The row's own columns; the day that follows from the step, as the plan is now."""
        step = self.before_step
        return {
            "words": self.words.strip(),
            "owner_role": self.owner_role.strip(),
            "unit": self.unit,
            "owner": self.owner,
            "before_step": step,
            "due_on": queries.due_days([step])[step.pk] if step else self.due_on,
            "reports_to": self.reports_to,
        }


@transaction.atomic
def give_follow_up(
    case: Case, facts: FollowUpFacts, *, item: AgendaItem | None = None, remark: Remark | None = None, actor: User
) -> FollowUp:
    """Say what somebody, by role, shall do by when. Saying the same twice is saying it once.

    At an `item` it belongs to that body's decision; with a `remark`, to the body at whose meeting it was made.
    Raises `RuleBrokenError`.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require_facts(case, facts)
    rules.require_day_ahead(facts.due_on, localdate())
    rules.require_same_case(same=item is None or (item.case_id == case.pk and item.withdrawn_at is None))
    rules.require_same_case(same=remark is None or remark.case_id == case.pk)
    columns = facts.columns()
    known = FollowUp.objects.with_standing().filter(case=case, item=item, remark=remark, **columns)
    again: FollowUp | None = known.filter(is_over=False).first()
    if again is not None:
        return again
    body = item.meeting.body if item else remark.step.body if remark and remark.step else None
    row = FollowUp.objects.create(case=case, item=item, remark=remark, body=body, given_by=actor, **columns)
    if item is not None:
        record_both(actor, "give_follow_up", item, follow_up=str(row.pk))
    else:
        record(actor, "give_follow_up", case, follow_up=str(row.pk), remark=str(remark.pk) if remark else None)
    return row


def require_facts(case: Case, facts: FollowUpFacts) -> None:
    """A part of other acts: words, an owner, one way to be due, all of the same case."""
    rules.require_words(facts.words)
    rules.require_owner(facts.owner_role)
    rules.require_one_due(has_day=facts.due_on is not None, has_step=facts.before_step is not None)
    rules.require_same_case(same=facts.before_step is None or facts.before_step.case_id == case.pk)
