"""The rules of a meeting plan as a secretary says them ("second Tuesday"), and as RFC 5545 writes them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

type Cycle = Literal["monthly", "weekly", "even", "odd"]

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
PLACES = (1, 2, 3, 4, LAST)
_EVEN, _ODD = range(2, 53, 2), range(1, 54, 2)
_DAY = re.compile(r"(-1|[1-4])?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A weekday (0 = Monday): every week, each even or odd week of the calendar, or in these places of each month."""

    cycle: Cycle
    weekday: int
    places: tuple[int, ...] = ()


def rrule_of(pattern: Pattern) -> str:
    """The pattern as an RFC 5545 rule: "FREQ=MONTHLY;BYDAY=2TU,4TU"."""
    code = CODES[pattern.weekday]
    if pattern.cycle == "monthly":
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{place}{code}" for place in pattern.places)
    if pattern.cycle == "weekly":
        return f"FREQ=WEEKLY;BYDAY={code}"
    weeks = _EVEN if pattern.cycle == "even" else _ODD
    return f"FREQ=YEARLY;BYWEEKNO={','.join(map(str, weeks))};BYDAY={code}"


def pattern_of(rule: str) -> Pattern | None:
    """The pattern of a rule that `rrule_of` wrote; None for one that came from elsewhere."""
    days = [_DAY.fullmatch(part) for part in rule.rpartition("BYDAY=")[2].split(",")]
    found = [match for match in days if match]
    if not found or len(found) != len(days):
        return None
    weekday = CODES.index(found[0][2])
    places = tuple(int(match[1]) for match in found if match[1])
    tries = [Pattern(cycle, weekday) for cycle in ("weekly", "even", "odd")]
    return next((known for known in [*tries, Pattern("monthly", weekday, places)] if rrule_of(known) == rule), None)


def words_of(rule: str) -> str:
    """The rule as a secretary says it; one that has no such words is shown as it is written."""
    pattern = pattern_of(rule)
    if pattern is None:
        return rule
    weekday = str(WEEKDAYS[pattern.weekday])
    if pattern.cycle == "monthly":
        places = _listed([place_words(place) for place in pattern.places])
        return _("{places} {weekday} of the month").format(places=places, weekday=weekday)
    words = {
        "weekly": _("every {weekday}"),
        "even": _("every {weekday} in even weeks"),
        "odd": _("every {weekday} in odd weeks"),
    }
    return words[pattern.cycle].format(weekday=weekday)


def place_words(place: int) -> str:
    """First, second, third, fourth or last of a month."""
    return {
        1: pgettext("place in the month", "first"),
        2: pgettext("place in the month", "second"),
        3: pgettext("place in the month", "third"),
        4: pgettext("place in the month", "fourth"),
        LAST: pgettext("place in the month", "last"),
    }[place]


def _listed(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])
