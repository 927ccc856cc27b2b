"""When something is news, and when a letter is sent again. Pure: no rows, no clock."""

from datetime import date, datetime, time, timedelta

UNCONFIRMED_KEPT = timedelta(hours=48)
LETTERS_KEPT = timedelta(days=30)
TOKENS_KEPT = timedelta(days=400)  # a link in an old letter still ends what it was about
RESTS_FOR = timedelta(days=30)  # an address whose mail server refuses letters; then it is given up, and deleted
REFUSALS_KEPT = timedelta(days=400)  # where nothing was taken since: few letters are written to one address
NEWS_KEPT = timedelta(days=7)  # a release that nobody could be told of for so long is no news any more
ARCHIVE_IS_NEWS = 30  # days: a copy of an older meeting that was public elsewhere is none
DAILY_AT = time(7)
# A letter that could not be delivered is tried again after so long; after the last it is given up.
_WAITS = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8),
    timedelta(hours=24),
)  # fmt: skip

# A letter that has failed with tries left was refused for good (SMTP 5xx); else no mail server was there to ask.
LAST_RETRY = len(_WAITS)


def is_news(*, is_archive: bool, held_on: date, today: date) -> bool:
    """Is a release of this meeting worth a letter? Agendas and minutes are; of archive copies the fresh ones."""
    return not is_archive or (today - held_on).days <= ARCHIVE_IS_NEWS


def next_try(tries: int, now: datetime) -> datetime | None:
    """When a letter that has been tried so often is tried again, or None."""
    return now + _WAITS[tries - 1] if tries <= len(_WAITS) else None


def daily_limit(now: datetime) -> datetime | None:
    """Of what was found before this moment the letter of today tells; None before the hour. `now` is local time."""
    hour = now.replace(hour=DAILY_AT.hour, minute=0, second=0, microsecond=0)
    return hour if now >= hour else None
