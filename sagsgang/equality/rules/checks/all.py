"""All ten at once."""

from collections.abc import Sequence
from datetime import date

from sagsgang.equality.rules.checks.earlier import check_changes, check_drift, check_swaps
from sagsgang.equality.rules.checks.members import check_members
from sagsgang.equality.rules.checks.national import check_band
from sagsgang.equality.rules.checks.people import check_people
from sagsgang.equality.rules.checks.sums import check_days, check_percents, check_pyramid, check_sums
from sagsgang.equality.rules.national import NATIONAL_2020, National
from sagsgang.equality.shapes import Finding, Headcount, Member


def check_headcount(
    count: Headcount,
    *,
    previous: Headcount | None = None,
    seen: Headcount | None = None,
    members: Sequence[Member] | None = None,
    snapshot: date | None = None,
    staff: int | None = None,
    national: National = NATIONAL_2020,
    may_name: bool = True,
) -> list[Finding]:
    """What speaks against the figures, by the ten checks of `domain.md` section 4.

    `previous` is the last report, `seen` the version of this one that a body has seen; `members` are those of the
    directorate on the day, and the chefs where the list has them. A check whose material is missing finds nothing.
    `may_name` False leaves names and numbers of employees out of the sentences: for whoever may not read the rows.
    """
    found = check_sums(count, staff)
    if members is not None:
        found += check_members(count, members, may_name=may_name)
    found += check_people(count, may_name=may_name)
    found += check_days(count, snapshot)
    found += check_pyramid(count)
    if previous is not None:
        found += check_swaps(count, previous)
        if seen is not previous:
            found += check_drift(count, previous)
    found += check_band(count, national)
    found += check_percents(count)
    if seen is not None:
        found += check_changes(count, seen)
    return found
