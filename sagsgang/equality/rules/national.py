"""The national figures of leaders in the municipalities, with their source: those that the house knows from the start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class National:
    """Women per hundred leaders at each level that the source has, and among all leaders; `people`: how many were counted."""

    year: int
    levels: Mapping[int, int] = field(default_factory=dict)
    leaders: int | None = None
    people: int | None = None
    source: str = ""
    address: str = ""

    def share(self, level: int | None) -> int | None:
        """Of the level, or of all leaders (None, 0); None where the source does not say it."""
        return self.levels.get(level) if level else self.leaders


_SOURCE = "Ligestilling i Danmark: Ligestilling i kommunerne, 2020"
_ADDRESS = "https://www.ligestillingidanmark.dk/ligestilling-i-kommunerne"

NATIONAL_2017 = National(2017, {1: 29}, None, None, _SOURCE, _ADDRESS)
"""The report of 2020 names level 1 three years before; the other levels of that year are not in what was read."""
NATIONAL_2020 = National(2020, {1: 32, 2: 51, 3: 71}, 68, 19_495, _SOURCE, _ADDRESS)
KNOWN = (NATIONAL_2017, NATIONAL_2020)


def national_at(years: Sequence[National], year: int) -> National:
    """What a count of the year is set beside: the newest year up to it that has a figure of every level.

    The oldest such year for a count before them all; `NATIONAL_2020` where no year has every level.
    """
    whole = sorted((one for one in years if {1, 2, 3} <= set(one.levels)), key=lambda one: one.year)
    before = [one for one in whole if one.year <= year]
    return before[-1] if before else whole[0] if whole else NATIONAL_2020
