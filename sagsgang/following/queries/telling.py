"""Releases nobody has been told of yet, who follows what, and the letters that are due."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from sagsgang.core.mailing import LAST_RETRY
from sagsgang.following.models import (
    UNDER_WAY,
    Follower,
    Kind,
    Letter,
    LetterState,
    Pace,
    SeenRelease,
    Subscription,
    Told,
)
from sagsgang.following.queries.matching import items_for
from sagsgang.following.rules import NEWS_KEPT
from sagsgang.publication.models import PublicBody, PublicCase, PublicItem, PublicMeeting, ReleaseState

OUTBOX = 100  # letters on the page


def unseen_releases(now: datetime) -> list[PublicMeeting]:
    """The released meetings whose current release nobody has been looked up for; without the words."""
    seen = SeenRelease.objects.filter(release_id=OuterRef("release_id"))
    return list(
        _released().filter(~Exists(seen), release__released_at__gt=now - NEWS_KEPT).order_by("changed_at", "pk")
    )


def current(release_id: UUID) -> PublicMeeting | None:
    """The meeting as it is shown by this release; None if it was withdrawn, or a newer one took its place."""
    return _released().filter(release_id=release_id).first()


def _released() -> QuerySet[PublicMeeting]:
    rows = PublicMeeting.objects.filter(state=ReleaseState.CURRENT, release__state=ReleaseState.CURRENT)
    return rows.select_related("body", "release").defer("release__document")


def followings_in_force(moment: datetime) -> list[Subscription]:
    """Everything that was followed at this moment, but for what rests since its letters are refused."""
    rows = Subscription.objects.filter(confirmed_at__lte=moment).exclude(follower__in=resting().values("pk"))
    return list(rows.order_by("kind", "target", "words", "pk"))


def resting(*, since_before: datetime | None = None) -> QuerySet[Follower, Follower]:
    """Those whose last letters a mail server refused for good, as many as SAGSGANG_REFUSALS, and took none since.

    With `since_before`: whose last refusal is older than that. A letter that is taken ends the rest: also one that
    she asks for herself.
    """
    sent = Letter.objects.filter(follower=OuterRef("pk"), state=LetterState.SENT).order_by("-ended_at")
    since = Q(taken_at=None) | Q(letters__ended_at__gt=F("taken_at"))
    refused = Q(letters__state=LetterState.FAILED, letters__tries__lte=LAST_RETRY) & since
    rows = Follower.objects.annotate(taken_at=Subquery(sent.values("ended_at")[:1]))
    rows = rows.annotate(refusals=Count("letters", filter=refused), refused_at=Max("letters__ended_at", filter=refused))
    found = rows.filter(refusals__gte=settings.REFUSALS)
    return found.filter(refused_at__lt=since_before) if since_before else found


def refused_alone() -> QuerySet[Letter]:
    """Letters that were refused for good, and none was taken since."""
    newer = Letter.objects.filter(
        follower=OuterRef("follower"), state=LetterState.SENT, ended_at__gt=OuterRef("ended_at")
    )
    return Letter.objects.filter(~Exists(newer), state=LetterState.FAILED, tries__lte=LAST_RETRY)


def last_fingerprints(meeting: PublicMeeting) -> dict[UUID, str]:
    """For each subscription the words of this meeting that were last sent."""
    rows = Told.objects.filter(meeting_id=meeting.pk, sent_at__isnull=False).order_by("sent_at")
    return dict(rows.values_list("subscription_id", "fingerprint"))


def told_of(release_id: UUID) -> set[UUID]:
    """The subscriptions that are told of a release already, or will be."""
    return set(Told.objects.filter(release_id=release_id).values_list("subscription_id", flat=True))


def untold_at_once() -> list[Told]:
    """What waits for a letter that goes at once."""
    return list(_untold().filter(subscription__pace=Pace.AT_ONCE))


def untold_daily(limit: datetime) -> list[Told]:
    """What waits for the letter of the day, found before its hour."""
    return list(_untold().filter(subscription__pace=Pace.DAILY, found_at__lt=limit))


def _untold() -> QuerySet[Told]:
    """Held, so that of two who look at the same time one writes the letter; to be asked for inside a transaction."""
    rows = Told.objects.filter(letter=None, sent_at=None).select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("subscription").order_by("found_at", "pk")


def letters_to_send(now: datetime) -> list[UUID]:
    """The letters whose time has come, with those that a worker died over."""
    rows = Letter.objects.filter(state__in=UNDER_WAY, next_try_at__lte=now).order_by("next_try_at", "made_at", "pk")
    return list(rows.values_list("pk", flat=True))


def news_of(letter: Letter) -> list[tuple[PublicMeeting, list[PublicItem]]]:
    """What is still to be told by a letter, read anew: nothing of what was withdrawn or replaced meanwhile."""
    what = letter.subscription
    found = []
    for told in letter.told.order_by("found_at", "pk"):
        meeting = current(told.release_id)
        items = items_for(meeting, what.kind, what.target, what.words) if meeting else []
        if meeting and (items or what.kind == Kind.BODY):
            found.append((meeting, items))
    return found


def name_of_body(target: UUID) -> str:
    """The public name of a body, or nothing."""
    return PublicBody.objects.filter(pk=target).values_list("name", flat=True).first() or ""


def name_of_case(target: UUID) -> str:
    """The public title of a case, or nothing."""
    return PublicCase.objects.filter(pk=target).values_list("title", flat=True).first() or ""


def outbox() -> list[Letter]:
    """The newest letters, with whom they go to; `rests` says that no news is written to her now."""
    rows = Letter.objects.select_related("follower", "subscription")
    rests = Exists(resting().filter(pk=OuterRef("follower")))
    return list(rows.annotate(rests=rests).order_by("-made_at", "pk")[:OUTBOX])
