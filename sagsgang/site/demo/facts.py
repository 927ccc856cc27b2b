"""The facts of one case: names, numbers, amounts, dates, drawn when a text first asks, the same ever after.

`{village}` a word from `texts/words/steder.txt` (`{village2}` another one), `{n:12-40}` a number,
`{kr:1.2-3.4m}` and `{kr:150-600k}` an amount, `{kr+kr2}` a sum, `{kr-kr2}` a difference, `{kr*10%}` a share,
`{day+21}` a date counted from the case's first meeting, `{y}`, `{y+1}` a year, `{sy}` a school year,
`{by}` the next budget year to be adopted, `{month}` the first meeting's month.
"""

import re
from datetime import date, timedelta
from random import Random

from sagsgang.site.demo.words import words

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
NUMBER = re.compile(r"(\w+):(\d+)-(\d+)$")
AMOUNT = re.compile(r"(\w+):([\d.]+)-([\d.]+)([mk])$")
SUM = re.compile(r"(kr\d*)([+-])(kr\d*)$")
SHARE = re.compile(r"(kr\d*)\*(\d+)%$")
DAY = re.compile(r"day([+-]\d+)$")
YEAR = re.compile(r"y([+-]\d+)?$")
SCHOOL_STARTS = 8
BUDGET_ADOPTED = 10
MILLION, THOUSAND = 1_000_000, 1_000


class UnknownSlotError(KeyError):
    """A text asks for a fact that nobody gives."""


def danish_date(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def danish_number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def danish_amount(value: int) -> str:
    """900.000 kr., 1,2 mio. kr."""
    if value % (MILLION // 100) or value < MILLION:
        return f"{danish_number(value)} kr."
    millions = f"{value / MILLION:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{millions} mio. kr."


class Facts:
    """One case's facts. `given` are those that the case knows itself (the bodies' names)."""

    def __init__(self, rng: Random, base: date, given: dict[str, str]) -> None:
        self.rng = rng
        self.base = base
        self.known = dict(given)
        self.amounts: dict[str, int] = {}

    def __call__(self, slot: str) -> str:
        if slot not in self.known:
            self.known[slot] = self._draw(slot)
        return self.known[slot]

    def _draw(self, slot: str) -> str:
        for pattern, draw in (
            (NUMBER, self._number),
            (AMOUNT, self._amount),
            (SUM, self._sum),
            (SHARE, self._share),
            (DAY, self._day),
            (YEAR, self._year),
        ):
            if found := pattern.match(slot):
                return draw(found)
        return self._word(slot)

    def _number(self, found: re.Match[str]) -> str:
        name, low, high = found.groups()
        value = danish_number(self.rng.randint(int(low), int(high)))
        return self.known.setdefault(name, value)

    def _amount(self, found: re.Match[str]) -> str:
        name, low, high, unit = found.groups()
        if name in self.known:
            return self.known[name]
        value = self.rng.uniform(float(low), float(high))
        whole = round(value * 10) * (MILLION // 10) if unit == "m" else round(value / 5) * 5 * THOUSAND
        self.amounts[name] = whole
        self.known[name] = danish_amount(whole)
        return self.known[name]

    def _sum(self, found: re.Match[str]) -> str:
        first, sign, second = found.groups()
        other = self.amounts[second] if sign == "+" else -self.amounts[second]
        return danish_amount(self.amounts[first] + other)

    def _share(self, found: re.Match[str]) -> str:
        return danish_amount(self.amounts[found[1]] * int(found[2]) // 100)

    def _day(self, found: re.Match[str]) -> str:
        day = self.base + timedelta(days=int(found[1]))
        while day.isoweekday() > 5:
            day += timedelta(days=1)
        return danish_date(day)

    def _year(self, found: re.Match[str]) -> str:
        return str(self.base.year + int(found[1] or 0))

    def _word(self, slot: str) -> str:
        if slot == "sy":
            first = self.base.year if self.base.month < SCHOOL_STARTS else self.base.year + 1
            return f"{first}/{(first + 1) % 100:02}"
        if slot == "by":
            return str(self.base.year + (1 if self.base.month < BUDGET_ADOPTED else 2))
        if slot == "month":
            return f"{MONTHS[self.base.month - 1]} {self.base.year}"
        stem = slot.rstrip("23456789")
        if stem not in words("steder"):
            raise UnknownSlotError(slot)
        taken = {value for key, value in self.known.items() if key.rstrip("23456789") == stem}
        return self.rng.choice([word for word in words("steder")[stem] if word not in taken])
