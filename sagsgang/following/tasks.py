"""Send letters, one job each. Sent once: a letter is claimed before it is written, and carries the same id if a worker
dies between the mail server's yes and our own note of it."""

import hashlib
import secrets
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import override
from procrastinate.contrib.django import app

from sagsgang.core.mailing import RefusedError, Server, UnreachedError, message_of, next_try, refusal_words
from sagsgang.following.models import UNDER_WAY, Kind, Letter, LetterKind, LetterState, Token, Told
from sagsgang.following.queries.telling import name_of_body, name_of_case, news_of
from sagsgang.following.rendering import letters

CLAIMED_FOR = timedelta(minutes=10)
MOST_TRIES = 10  # also of those that ended with the worker


@app.task(queue="letters")
def send_letter(letter_id: str) -> None:
    """Write a letter from `pub` as it is now, and send it; does nothing if it is sent, ended or not due."""
    letter = _claimed(UUID(letter_id))
    if letter is None:
        return
    if letter.tries > MOST_TRIES:
        _end(letter, LetterState.FAILED, error=letter.error)
        return
    token = _new_token(letter)
    words = _words(letter, token)
    if words is None:
        _end(letter, LetterState.DROPPED)
    elif not settings.SMTP:
        _end(letter, LetterState.SENT, subject=words.subject, text=words.text)
    else:
        _post(letter, token, words)


def _claimed(pk: UUID) -> Letter | None:
    """The letter, ours for ten minutes; None if somebody else has it."""
    with transaction.atomic():
        rows = Letter.objects.select_related("follower", "subscription").select_for_update(
            skip_locked=True, of=["self"]
        )
        letter = rows.filter(pk=pk, state__in=UNDER_WAY, next_try_at__lte=now()).first()
        if letter is None:
            return None
        letter.subscription.follower = letter.follower
        letter.state, letter.tries, letter.next_try_at = LetterState.SENDING, letter.tries + 1, now() + CLAIMED_FOR
        letter.save(update_fields=["state", "tries", "next_try_at"])
        return letter


def _new_token(letter: Letter) -> str:
    """A secret for this letter; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).hexdigest()
    Token.objects.create(sha256=digest, follower=letter.follower, subscription=letter.subscription)
    return token


def _words(letter: Letter, token: str) -> letters.Words | None:
    """What the letter says now; None if nothing is left to say."""
    what = letter.subscription
    label = _label(what.kind, what.target, what.words)
    if not label:
        return None
    if letter.kind == LetterKind.NEWS:
        found = news_of(letter)
        return letters.news(what, label, token, found) if found and what.confirmed_at else None
    if what.confirmed_at:
        return letters.reminder(what, label, token)
    return letters.confirmation(what, label, token)


def _label(kind: str, target: UUID | None, words: str) -> str:
    """The public name of what is followed, or nothing if it is no longer shown."""
    match kind:
        case Kind.BODY:
            return name_of_body(target) if target else ""
        case Kind.CASE:
            return name_of_case(target) if target else ""
        case Kind.PLACE:
            return words
        case _:
            return letters.search_label(words)


def _post(letter: Letter, token: str, words: letters.Words) -> None:
    message = message_of(_headers(letter, token, words), text=words.text, html=words.html)
    try:
        Server.at(settings.SMTP).post(message)
    except RefusedError as refusal:
        _end(letter, LetterState.FAILED, error=refusal_words(refusal.code, for_ever=True))
    except UnreachedError as refusal:
        again = next_try(letter.tries, now())
        error = refusal_words(refusal.code, for_ever=False)
        if again is None:
            _end(letter, LetterState.FAILED, error=error)
        else:
            Letter.objects.filter(pk=letter.pk).update(state=LetterState.WAITING, next_try_at=again, error=error)
    else:
        _end(letter, LetterState.SENT)


def _headers(letter: Letter, token: str, words: letters.Words) -> dict[str, str]:
    with override(letter.follower.language):
        leave = letters.leave_address(token)
    return {
        "From": settings.MAIL_FROM,
        "To": letter.follower.address,
        "Subject": words.subject,
        "Date": format_datetime(now()),
        "Message-ID": f"<{letter.pk}@{urlsplit(settings.BASE_URL).hostname}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


@transaction.atomic
def _end(letter: Letter, state: LetterState, *, subject: str = "", text: str = "", error: str = "") -> None:
    """Note what became of the letter, and of what it told. She may have left meanwhile: then there is no row."""
    at = now()
    Letter.objects.filter(pk=letter.pk).update(state=state, ended_at=at, subject=subject[:300], text=text, error=error)
    if state in {LetterState.SENT, LetterState.FAILED}:
        Told.objects.filter(letter=letter).update(sent_at=at)
