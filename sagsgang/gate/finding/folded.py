"""What the finders share: a found slice, and a text in which every odd sign stands as the plain one it looks like."""

import re
import unicodedata
from dataclasses import dataclass

from sagsgang.gate.pieces import Kind

INVISIBLE = "\u00ad"
_UNSEEN = "\x00\x02\ufffe\uffff"  # how readers of PDF write the hyphen at the end of a line
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_DASHES = "\u2212\u02d7\u2043\u2796\ufe63\uff0d"


@dataclass(frozen=True, slots=True)
class Found:
    """A slice of a text and what it is."""

    kind: Kind
    start: int
    end: int


class _Plain(dict[int, str]):
    """The plain sign for each sign, worked out when first met."""

    def __missing__(self, code: int) -> str:
        sign = self[code] = _plain(chr(code))
        return sign


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if sign in _UNSEEN or category == "Cf":
        return INVISIBLE
    if sign in _LINE_ENDS:
        return "\n"
    if category == "Zs":
        return " "
    return "-" if category == "Pd" or sign in _DASHES else sign


_PLAIN = _Plain()
_GAPS = re.compile(rf"[\s{INVISIBLE}]+")


def folded(text: str) -> str:
    """The text, sign for sign: decimal digits of every script as 0-9, every dash as `-`, every blank as one, every line
    end as a newline, and all that is not seen (soft hyphens, marks of direction, broken hyphens) as `INVISIBLE`.
    """
    return text.translate(_PLAIN)


def shown(text: str) -> str:
    """A slice as it is told: on one line, without what is not seen."""
    return _GAPS.sub(" ", folded(text).replace(INVISIBLE, "")).strip()
