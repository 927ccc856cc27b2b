"""When something is news, and how long what is known of a follower is kept. Pure: no rows, no clock."""

from datetime import date, datetime, time, timedelta

UNCONFIRMED_KEPT = timedelta(hours=48)
LETTERS_KEPT = timedelta(days=30)
TOKENS_KEPT = timedelta(days=400)  # a link in an old letter still ends what it was about
RESTS_FOR = timedelta(days=30)  # an address whose mail server refuses letters; then it is given up, and deleted
REFUSALS_KEPT = timedelta(days=400)  # where nothing was taken since: few letters are written to one address
NEWS_KEPT = timedelta(days=7)  # a release that nobody could be told of for so long is no news any more
ARCHIVE_IS_NEWS = 30  # days: a copy of an older meeting that was public elsewhere is none
DAILY_AT = time(7)


def is_news(*, is_archive: bool, held_on: date, today: date) -> bool:
    """Is a release of this meeting worth a letter? Agendas and minutes are; of archive copies the fresh ones."""
    return not is_archive or (today - held_on).days <= ARCHIVE_IS_NEWS


def daily_limit(now: datetime) -> datetime | None:
    """Of what was found before this moment the letter of today tells; None before the hour. `now` is local time."""
    hour = now.replace(hour=DAILY_AT.hour, minute=0, second=0, microsecond=0)
    return hour if now >= hour else None
