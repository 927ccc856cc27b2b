"""What time demands of follow-ups; safe to run twice, or to miss."""

from sagsgang.followups.tasks import move_due_days


def follow_ups_due() -> int:
    """Move the day of what is due before a step whose meeting was moved; answers how many were."""
    return move_due_days()
