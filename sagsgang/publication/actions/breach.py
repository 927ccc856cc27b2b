"""The checklist of a release that was taken back: opened with the withdrawal, answered point by point, closed whole."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.publication.models import Breach, Release, Withdrawal
from sagsgang.publication.rules import breach as rules
from sagsgang.publication.rules.breach import Answers


def open_breach(withdrawal: Withdrawal, meeting_id: UUID, *, actor: User) -> Breach:
    """Begin the checklist of a withdrawal; the clock runs from then until somebody writes when it was discovered."""
    return Breach.objects.create(
        release_id=withdrawal.release_id, meeting_id=meeting_id, discovered_at=withdrawal.at, opened_by=actor
    )


@transaction.atomic
def answer_breach(breach: Breach, *, discovered_at: datetime, answers: Answers, actor: User) -> Breach:
    """Write what is known so far. Raises `RuleBrokenError`."""
    breach = Breach.objects.select_for_update().get(pk=breach.pk)
    rules.require_open(is_closed=breach.closed_at is not None)
    rules.require_discovered(discovered_at, withdrawn_at=Withdrawal.objects.get(pk=breach.release_id).at)
    rules.require_consistent(answers)
    values = asdict(answers) | {"discovered_at": discovered_at, "kinds": list(answers.kinds)}
    parts = [name for name, value in values.items() if getattr(breach, name) != value]
    if not parts:
        return breach
    for name in parts:
        setattr(breach, name, values[name])
    breach.save(update_fields=parts)
    record(actor, "answer_breach", Release(pk=breach.release_id), parts=list(parts))
    return breach


@transaction.atomic
def close_breach(breach: Breach, *, actor: User) -> Breach:
    """Every point is answered: the list is closed, and stays as it is. Raises `RuleBrokenError`."""
    breach = Breach.objects.select_for_update().get(pk=breach.pk)
    rules.require_open(is_closed=breach.closed_at is not None)
    rules.require_all_answered(rules.unanswered(answers_of(breach)))
    breach.closed_by, breach.closed_at = actor, now()
    breach.save(update_fields=["closed_by", "closed_at"])
    record(actor, "close_breach", Release(pk=breach.release_id))
    return breach


def answers_of(breach: Breach) -> Answers:
    """The answers of a row, as the rules read them."""
    return Answers(**{name: getattr(breach, name) for name in Answers.__dataclass_fields__})
