"""What a hand does to a return of the wheel: move it, note something, drop it, take it up again, finish it."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.rules.acts import require_same_year, require_standing


@transaction.atomic
def move_occurrence(row: Occurrence, *, to: date, note: str, actor: User) -> Occurrence:
    """Move it to another day, with a note; the rule's own day is kept. Raises `RuleBrokenError`."""
    row = _standing(row)
    require_same_year(row.origin_day, to)
    row.day, row.note = to, note
    row.save(update_fields=["day", "note", "modified_at"])
    record(actor, "move_occurrence", row, on=to.isoformat())
    return row


@transaction.atomic
def drop_occurrence(row: Occurrence, *, note: str, actor: User) -> None:
    """Let it be this time; generating the year does not bring it back. Raises `RuleBrokenError`."""
    row = _standing(row)
    row.dropped_at, row.note = now(), note
    row.save(update_fields=["dropped_at", "note", "modified_at"])
    record(actor, "drop_occurrence", row)


@transaction.atomic
def take_up_occurrence(row: Occurrence, *, actor: User) -> None:
    """The undoing of `drop_occurrence` and of `finish_occurrence`."""
    row = Occurrence.objects.select_for_update().get(pk=row.pk)
    row.dropped_at = row.done_on = row.done_by = None
    row.save(update_fields=["dropped_at", "done_on", "done_by", "modified_at"])
    record(actor, "take_up_occurrence", row)


@transaction.atomic
def finish_occurrence(row: Occurrence, *, on: date, evidence: str, actor: User) -> None:
    """It is done on this day; `evidence` says where that can be seen (a case, a receipt). Raises `RuleBrokenError`."""
    row = _standing(row)
    row.done_on, row.evidence, row.done_by = on, evidence, actor
    row.save(update_fields=["done_on", "evidence", "done_by", "modified_at"])
    record(actor, "finish_occurrence", row, on=on.isoformat())


def _standing(row: Occurrence) -> Occurrence:
    held = Occurrence.objects.select_for_update().get(pk=row.pk)
    require_standing(is_dropped=held.dropped_at is not None, is_done=held.done_on is not None)
    return held
