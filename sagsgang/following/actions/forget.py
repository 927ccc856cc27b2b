"""What is not needed any more is deleted: requests nobody confirmed, dead addresses, old letters, old secrets."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from sagsgang.following.models import UNDER_WAY, Follower, Letter, SeenRelease, Subscription, Token
from sagsgang.following.queries.telling import refused_alone, resting
from sagsgang.following.rules import LETTERS_KEPT, REFUSALS_KEPT, RESTS_FOR, TOKENS_KEPT, UNCONFIRMED_KEPT


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete what has had its time; answers how many requests were not confirmed within 48 hours."""
    with connection.cursor() as cursor:  # the lock of `pub.follow`: nobody who asks just now is taken along
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('following', 0))")
    unconfirmed = Subscription.objects.filter(confirmed_at=None, made_at__lt=now - UNCONFIRMED_KEPT)
    count = unconfirmed.count()
    if count:
        unconfirmed.delete()
    given_up = list(resting(since_before=now - RESTS_FOR).values_list("pk", flat=True))
    Follower.objects.filter(Q(subscriptions=None) | Q(pk__in=given_up)).delete()
    # What was refused is remembered for longer, until a letter is taken: it says whether an address is dead.
    old = Letter.objects.exclude(state__in=UNDER_WAY).filter(made_at__lt=now - LETTERS_KEPT)
    remembered = refused_alone().filter(made_at__gte=now - REFUSALS_KEPT).values("pk")
    old.exclude(pk__in=remembered).delete()
    Token.objects.filter(made_at__lt=now - TOKENS_KEPT).delete()
    SeenRelease.objects.filter(at__lt=now - LETTERS_KEPT).delete()
    return count
