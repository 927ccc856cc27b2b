"""When a policy is looked at again. Pure."""

from datetime import MAXYEAR, date

MOST_YEARS = 10


def next_review(since: date, years: int) -> date:
    """The same day so many years later, in the last year that there is if that comes first; of 29 February the 28th."""
    year = min(since.year + years, MAXYEAR)
    try:
        return since.replace(year=year)
    except ValueError:
        return since.replace(year=year, day=28)


def is_overdue(review_on: date | None, today: date, withdrawn_on: date | None = None) -> bool:
    """Has the day passed? On the day itself there is still time; of what is withdrawn nothing is due."""
    if withdrawn_on is not None and withdrawn_on <= today:
        return False
    return review_on is not None and review_on < today


def review_rule(review_on: date, years: int) -> str:
    """The rule of its entry on the wheel; the years are counted from `review_on`."""
    every = f"INTERVAL={years};" if years > 1 else ""
    return f"FREQ=YEARLY;{every}BYMONTH={review_on.month};BYMONTHDAY={review_on.day}"
