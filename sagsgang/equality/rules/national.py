"""The national figures of leaders in the municipalities, with their source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class National:
    """Women per hundred leaders at each level, and among all of them; `people` is how many were counted."""

    year: int
    levels: dict[int, int]
    leaders: int
    people: int
    source: str
    address: str


NATIONAL_2020 = National(
    2020, {1: 32, 2: 51, 3: 71}, 68, 19_495,
    "Ligestilling i Danmark: Ligestilling i kommunerne, 2020",
    "https://www.ligestillingidanmark.dk/ligestilling-i-kommunerne",
)  # fmt: skip
NATIONAL_2017_LEVEL_1 = 29
"""Women per hundred at level 1 three years before; the other levels of that year are not in what was read."""
