"""What time demands of the letters to those who work in the house; safe to run twice, or to miss."""

from django.utils.timezone import now
from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.accounts import actions
from sagsgang.accounts.queries import staff_letters_to_send
from sagsgang.accounts.tasks import send_staff_letter


def staff_letters_due() -> int:
    """Forget what the old ones said, and order each that is due to be sent; answers how many were ordered."""
    moment = now()
    actions.forget_staff_words(moment)
    return sum(_ordered(str(pk)) for pk in staff_letters_to_send(moment))


def _ordered(letter_id: str) -> bool:
    try:
        send_staff_letter.configure(queueing_lock=f"staff-letter-{letter_id}").defer(letter_id=letter_id)
    except AlreadyEnqueued:
        return False
    return True
