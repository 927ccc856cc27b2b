"""Change what a follow-up says: its words, its owner, its day, to whom it reports."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.core.models import Plain, record
from sagsgang.followups import rules
from sagsgang.followups.actions.give import FollowUpFacts, require_facts
from sagsgang.followups.actions.progress import locked, standing_of
from sagsgang.followups.models import FollowUp, FollowUpEvent, Progress

_PARTS = ("words", "owner_role", "unit", "owner", "before_step", "due_on", "reports_to")


@transaction.atomic
def change_follow_up(follow_up: FollowUp, facts: FollowUpFacts, *, seen: str, actor: User) -> None:
    """Change its facts; `seen` is the stamp (`seen_stamp`) of the follow-up as it was read.

    The log names the parts that were changed; the words as they were stay with the follow-up, in a note. Raises
    `RuleBrokenError`; then nothing is changed.
    """
    case, row = locked(follow_up)
    rules.require_unchanged(same=seen == seen_stamp(row))
    rules.require_open(standing_of(row))
    if facts.before_step is not None and facts.before_step.pk == row.before_step_id:
        case = row.case  # it was given in the case that the item belonged to before
    require_facts(case, facts)
    if facts.due_on != row.due_on:
        rules.require_day_ahead(facts.due_on, localdate())
    columns = facts.columns()
    parts: list[Plain] = [name for name in _PARTS if getattr(row, name) != columns[name]]
    if not parts:
        return
    before = row.words
    for name in _PARTS:
        setattr(row, name, columns[name])
    row.save(update_fields=[*_PARTS, "modified_at"])
    if before != row.words:
        note = gettext("The words were: {words}").format(words=before)
        FollowUpEvent.objects.create(follow_up=row, progress=Progress.NOTE, words=note, by=actor)
    record(actor, "change_follow_up", case, follow_up=str(row.pk), parts=parts)


def seen_stamp(row: FollowUp) -> str:
    """Which state of the follow-up a form was made from."""
    return row.modified_at.isoformat()
