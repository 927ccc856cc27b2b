"""What is not needed any more is deleted: requests nobody confirmed, old letters, old secrets."""

from datetime import datetime

from django.db import connection, transaction

from sagsgang.following.models import UNDER_WAY, Follower, Letter, SeenRelease, Subscription, Token
from sagsgang.following.rules import LETTERS_KEPT, TOKENS_KEPT, UNCONFIRMED_KEPT


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete what has had its time; answers how many requests were not confirmed within 48 hours."""
    with connection.cursor() as cursor:  # the lock of `pub.follow`: nobody who asks just now is taken along
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('following', 0))")
    unconfirmed = Subscription.objects.filter(confirmed_at=None, made_at__lt=now - UNCONFIRMED_KEPT)
    count = unconfirmed.count()
    if count:
        unconfirmed.delete()
    Follower.objects.filter(subscriptions=None).delete()
    Letter.objects.exclude(state__in=UNDER_WAY).filter(made_at__lt=now - LETTERS_KEPT).delete()
    Token.objects.filter(made_at__lt=now - TOKENS_KEPT).delete()
    SeenRelease.objects.filter(at__lt=now - LETTERS_KEPT).delete()
    return count
