"""What time demands of following; safe to run twice, or to miss."""

from django.utils.timezone import now
from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.following import actions
from sagsgang.following.queries.telling import letters_to_send
from sagsgang.following.tasks import send_letter


def unconfirmed_due() -> int:
    """Forget who did not confirm within 48 hours; answers how many requests."""
    return actions.forget(now())


def letters_due() -> int:
    """Find what was released since the last time, write the letters, and order each to be sent; answers how many."""
    moment = now()
    actions.find_news(moment)
    actions.write_letters(moment)
    return sum(_ordered(str(pk)) for pk in letters_to_send(moment))


def _ordered(letter_id: str) -> bool:
    try:
        send_letter.configure(queueing_lock=f"letter-{letter_id}").defer(letter_id=letter_id)
    except AlreadyEnqueued:
        return False
    return True
