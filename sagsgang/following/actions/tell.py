"""From a release to the letters about it. Both halves may run twice: each release is told to each follower once."""

from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.utils.timezone import localdate, localtime

from sagsgang.following.models import Letter, LetterKind, SeenRelease, Subscription, Told
from sagsgang.following.queries import telling
from sagsgang.following.queries.matching import fingerprint, is_read, items_for
from sagsgang.following.rules import daily_limit, is_news
from sagsgang.publication.models import PublicMeeting, ReleaseKind

# Between the time that a release bears and the moment when it is seen; who confirms in between is told.
_MARGIN = timedelta(minutes=10)
# So long a release is looked up again each time, until the words of its attachments can be found too.
_READ_WITHIN = timedelta(minutes=10)


def find_news(now: datetime) -> int:
    """Look up who follows what is in each new release; answers how many are to be told."""
    return sum(_look_up(meeting, now) for meeting in telling.unseen_releases(now))


@transaction.atomic
def _look_up(meeting: PublicMeeting, now: datetime) -> int:
    found: list[Told] = []
    archive = meeting.release.kind == ReleaseKind.ARCHIVE
    if is_news(is_archive=archive, held_on=meeting.held_on, today=localdate(now)):
        known = telling.last_fingerprints(meeting)
        already = telling.told_of(meeting.release_id)
        rows = telling.followings_in_force(meeting.release.released_at + _MARGIN)
        for (kind, target, words), same in groupby(rows, key=lambda row: (row.kind, row.target, row.words)):
            items = items_for(meeting, kind, target, words)
            if items:
                mark = fingerprint(meeting, kind, items)
                new = [row for row in same if row.pk not in already and known.get(row.pk) != mark]
                found += [_told(row, meeting, mark, now) for row in new]
    Told.objects.bulk_create(found, ignore_conflicts=True)
    if is_read(meeting) or now > meeting.release.released_at + _READ_WITHIN:
        SeenRelease.objects.bulk_create([SeenRelease(release_id=meeting.release_id)], ignore_conflicts=True)
    return len(found)


def _told(row: Subscription, meeting: PublicMeeting, mark: str, now: datetime) -> Told:
    return Told(subscription=row, release_id=meeting.release_id, meeting_id=meeting.pk, fingerprint=mark, found_at=now)


@transaction.atomic
def write_letters(now: datetime) -> int:
    """A letter for each release to those who want it at once; from 7 in the morning one letter of the day to the rest.

    Answers how many letters were written; their words are made when they are sent.
    """
    limit = daily_limit(localtime(now))
    batches = [[told] for told in telling.untold_at_once()]
    if limit is not None:
        rows = sorted(telling.untold_daily(limit), key=lambda told: told.subscription_id)
        batches += [list(same) for _, same in groupby(rows, key=lambda told: told.subscription_id)]
    for batch in batches:
        what = batch[0].subscription
        letter = Letter.objects.create(
            follower_id=what.follower_id, subscription=what, kind=LetterKind.NEWS, next_try_at=now
        )
        Told.objects.filter(pk__in=[told.pk for told in batch]).update(letter=letter)
    return len(batches)
