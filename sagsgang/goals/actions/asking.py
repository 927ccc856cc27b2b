"""Say which assessments a body asks for, and that no goal is relevant to a case."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.goals.models import GoalRequest, GoalTag, NotRelevant, tags_of_case
from sagsgang.goals.rules import require_reason


@transaction.atomic
def ask_for_goals(body: Body, *, kinds: Collection[str], only_grants: bool, since: date, actor: User) -> GoalRequest:
    """The body asks for an assessment of items of these kinds from that day on; none of them = it asks no more."""
    row, _made = GoalRequest.objects.update_or_create(
        body=body, defaults={"kinds": sorted(set(kinds)), "only_grants": only_grants, "since": since}
    )
    record(actor, "ask_for_goals", body, kinds="".join(row.kinds))
    return row


@transaction.atomic
def state_not_relevant(case: Case, *, reason: str, actor: User) -> NotRelevant:
    """No goal is relevant to it, and why. Raises `RuleBrokenError` where one is assessed, or it is stated already."""
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require_reason(reason, needed=True)
    if GoalTag.objects.filter(tags_of_case(case)).exists():
        raise RuleBrokenError(gettext("The case is assessed against a goal. Take that off first."))
    if NotRelevant.objects.filter(case=case).exists():
        raise RuleBrokenError(gettext("It is stated already that no goal is relevant."))
    row = NotRelevant.objects.create(case=case, reason=reason, author=actor)
    record(actor, "state_not_relevant", case, statement=str(row.pk))
    return row


@transaction.atomic
def withdraw_not_relevant(row: NotRelevant, *, actor: User) -> None:
    """It is stated no more; the row stays."""
    NotRelevant.objects.filter(pk=row.pk).update(withdrawn_at=now())
    record(actor, "withdraw_not_relevant", row.case, statement=str(row.pk))
