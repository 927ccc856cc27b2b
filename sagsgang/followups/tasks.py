"""Work that follows from the plan: the days of what is due before a step. Decides nothing, and may run twice."""

from sagsgang.followups import queries
from sagsgang.followups.models import FollowUp


def move_due_days() -> int:
    """Let the day of each follow-up that is not over follow the step before which it is due; answers how many moved.

    A step that was taken off the path holds its last day until somebody chooses another.
    """
    rows = FollowUp.objects.with_standing().filter(before_step__withdrawn_at=None, before_step__isnull=False)
    waiting = list(rows.filter(is_over=False).select_related("before_step__body"))
    due = queries.due_days({row.before_step_id: row.before_step for row in waiting if row.before_step}.values())
    moved = 0
    for row in waiting:
        day = due[row.before_step_id] if row.before_step_id else None
        if day != row.due_on:
            same = FollowUp.objects.filter(pk=row.pk, before_step=row.before_step_id)
            moved += same.update(due_on=day)
    return moved
