"""What a cell's words say: a day, a number. As people in Denmark write them, and as Excel keeps them."""

import re
from datetime import date, timedelta
from decimal import Decimal

_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"-?\d{1,12}([.,]\d{1,20})?(E[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)


def day_of(words: str) -> date | None:
    """A day as 12-04-2023, 12.4.2023, 2023-04-12, or the number that Excel keeps; None for anything else."""
    try:
        if re.fullmatch(r"[2-6]\d{4}", words):
            return date(1899, 12, 30) + timedelta(days=int(words))
        if found := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?", words):
            return date(*map(int, found.groups()))
        if found := re.fullmatch(r"(\d\d?)[-./](\d\d?)[-./](\d{4})(?: .*)?", words):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
    except ValueError:
        return None
    return None


def number_of(words: str) -> Decimal | None:
    """A Danish number (1.234 · 1 234 · 4,5) or an English one that cannot be read as Danish (4.5); None for anything else."""
    bare = words.replace(" ", "").replace("−", "-").strip()
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "")
    return Decimal(bare.replace(",", ".")) if _PLAIN.fullmatch(bare) else None
