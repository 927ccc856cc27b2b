"""Send letters to those who work in the house, one job each; claimed before it is sent, and under the same id again if a
worker dies between the mail server's yes and our own note of it."""

from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import now
from procrastinate.contrib.django import app

from sagsgang.accounts.models import UNDER_WAY, LetterState, StaffLetter
from sagsgang.core.mailing import RefusedError, Server, UnreachedError, message_of, next_try, refusal_words

CLAIMED_FOR = timedelta(minutes=10)
MOST_TRIES = 10  # also of those that ended with the worker


@app.task(queue="letters")
def send_staff_letter(letter_id: str) -> None:
    """Send a letter; does nothing if it is sent, ended or not due. Without a mail server it ends in the outbox."""
    letter = _claimed(UUID(letter_id))
    if letter is None:
        return
    if letter.tries > MOST_TRIES or not letter.user.email:
        _end(letter, LetterState.FAILED, error=letter.error)
    elif not settings.SMTP:
        _end(letter, LetterState.SENT, keeps_words=True)
    else:
        _post(letter)


def _claimed(pk: UUID) -> StaffLetter | None:
    """The letter, ours for ten minutes; None if somebody else has it."""
    with transaction.atomic():
        rows = StaffLetter.objects.select_related("user").select_for_update(skip_locked=True, of=["self"])
        letter = rows.filter(pk=pk, state__in=UNDER_WAY, next_try_at__lte=now()).first()
        if letter is not None:
            letter.state, letter.tries, letter.next_try_at = LetterState.SENDING, letter.tries + 1, now() + CLAIMED_FOR
            letter.save(update_fields=["state", "tries", "next_try_at", "modified_at"])
        return letter


def _post(letter: StaffLetter) -> None:
    try:
        html = render_to_string("accounts/letter.html", {"letter": letter})
        Server.at(settings.SMTP).post(message_of(_headers(letter), text=letter.text, html=html))
    except RefusedError as refusal:
        _end(letter, LetterState.FAILED, error=refusal_words(refusal.code, for_ever=True))
    except UnreachedError as refusal:
        again, error = next_try(letter.tries, now()), refusal_words(refusal.code, for_ever=False)
        if again is None:
            _end(letter, LetterState.FAILED, error=error)
        else:
            StaffLetter.objects.filter(pk=letter.pk).update(state=LetterState.WAITING, next_try_at=again, error=error)
    else:
        _end(letter, LetterState.SENT)


def _headers(letter: StaffLetter) -> dict[str, str]:
    return {
        "From": settings.MAIL_FROM,
        "To": letter.user.email,
        "Subject": letter.subject,
        "Date": format_datetime(now()),
        "Message-ID": f"<{letter.pk}@{urlsplit(settings.BASE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }


def _end(letter: StaffLetter, state: LetterState, *, error: str = "", keeps_words: bool = False) -> None:
    """Note what became of the letter; once it is out, or given up, its words are kept nowhere but in an outbox."""
    words = {} if keeps_words else {"text": ""}
    StaffLetter.objects.filter(pk=letter.pk).update(state=state, ended_at=now(), error=error, **words)
