"""When a policy is looked at again. Pure."""

from datetime import date

MOST_YEARS = 10


def next_review(since: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return since.replace(year=since.year + years, day=28)


def is_overdue(review_on: date | None, today: date, withdrawn_on: date | None = None) -> bool:
    """Has the day passed? On the day itself there is still time; of what is withdrawn nothing is due."""
    if withdrawn_on is not None and withdrawn_on <= today:
        return False
    return review_on is not None and review_on < today


def review_rule(review_on: date, years: int) -> str:
    """The rule of its entry on the wheel; the years are counted from `review_on`."""
    every = f"INTERVAL={years};" if years > 1 else ""
    return f"FREQ=YEARLY;{every}BYMONTH={review_on.month};BYMONTHDAY={review_on.day}"
