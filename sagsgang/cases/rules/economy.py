"""The economy block: what is granted, what pays for it, and whether the two sides balance (R13). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

ZERO = Decimal("0.00")
MOST = Decimal(10) ** 12  # kroner; the column holds twelve digits before the comma
FIRST_YEAR, LAST_YEAR = 1970, 2100

# Digits, or groups of three between dots or blanks; a comma before at most two decimals.
_AMOUNT = re.compile(r"(\d+|\d{1,3}(?:[. ]\d{3})+)(?:,(\d{1,2}))?", re.ASCII)
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `side` is a `Side` value, `kind` an `AppropriationKind` value or "", `amount` kroner above zero."""

    side: str
    kind: str
    account: str
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class YearTotal:
    """The sums of one year in kroner; `supplementary` is the part of what is granted that must be paid for."""

    year: int
    granted: Decimal
    supplementary: Decimal
    covered: Decimal


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A year in which the sides do not meet: `amount` kroner lack coverage, or (`is_surplus`) are found for nothing."""

    year: int
    amount: Decimal
    is_surplus: bool = False

    @property
    def sentence(self) -> str:
        """What is wrong, with amount, year and the paragraph."""
        words = amount_words(self.amount)
        if self.is_surplus:
            return _("In {year} coverage is stated for {amount} kr. more than is granted.").format(
                year=self.year, amount=words
            )
        return _(
            "In {year} coverage is lacking for {amount} kr. of the supplementary appropriation. "
            "It must be said how it is paid for (kommunestyrelsesloven § 40, stk. 2)."
        ).format(year=self.year, amount=words)


def totals(lines: Iterable[Line]) -> list[YearTotal]:
    """The sums of each year that has a line, earliest first."""
    sums: dict[int, list[Decimal]] = {}
    for line in lines:
        year = sums.setdefault(line.year, [ZERO, ZERO, ZERO])
        if line.side == "coverage":
            year[2] += line.amount
            continue
        year[0] += line.amount
        if line.kind == "supplementary":
            year[1] += line.amount
    return [YearTotal(year, *amounts) for year, amounts in sorted(sums.items())]


def balance(lines: Iterable[Line]) -> list[Imbalance]:
    """The years that do not balance: a supplementary appropriation is covered in full, and nothing is found in excess.

    A budgeted appropriation (operation, construction, allocation) needs no coverage, and may have it (KSL § 40 stk. 2).
    """
    found = []
    for year in totals(lines):
        if year.covered < year.supplementary:
            found.append(Imbalance(year.year, year.supplementary - year.covered))
        elif year.covered > year.granted:
            found.append(Imbalance(year.year, year.covered - year.granted, is_surplus=True))
    return found


def require_balanced(lines: Iterable[Line]) -> None:
    """Refuse, with a sentence for each year that does not balance (KSL § 40 stk. 2)."""
    found = balance(lines)
    if found:
        raise RuleBrokenError(" ".join(one.sentence for one in found))


def imprint(lines: Sequence[Line]) -> str:
    """Which lines a form was made from: a digest of them in their order."""
    return sha256(repr([(ln.side, ln.kind, ln.account, ln.year, str(ln.amount)) for ln in lines]).encode()).hexdigest()[
        :16
    ]


def amount_of(typed: str) -> Decimal:
    """Kroner from ``1.250.000,00``, ``1 250 000`` or ``1250000,5``, with or without "kr.". Raises `RuleBrokenError`.

    A dot that parts no group of three is refused: ``1250.50`` could be read in two ways.
    """
    words = typed.translate(_BLANKS).strip().casefold().removeprefix("kr.").removesuffix("kr.").removesuffix("kr")
    found = _AMOUNT.fullmatch(words.strip().removesuffix(",-").strip())
    if found is None:
        raise RuleBrokenError(_("Write the amount in kroner as 1.250.000,00."))
    amount = Decimal(f"{re.sub('[. ]', '', found[1])}.{found[2] or '0'}").quantize(ZERO)
    if not ZERO < amount < MOST:
        raise RuleBrokenError(_("The amount must be above zero, and below a thousand billion kroner."))
    return amount


def amount_words(amount: Decimal) -> str:
    """Kroner as they are written in Denmark: ``1.250.000,00``."""
    return f"{amount:,.2f}".translate({ord(","): ".", ord("."): ","})
