"""Numbers as they are written, and words split into lines that fit. All in the language of the page."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from sagsgang.core.plots.shapes import Absent, Value

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] -1"), frozenset("mwMWÆæ@%—")
_BREAKS = "-/–"  # after these a long word may go on in the next line


def number_words(value: Value | Decimal, decimals: int = 0) -> str:
    """The number; "–" where it is missing, "*" where it is left out to protect people."""
    if isinstance(value, Absent):
        return "*" if value == Absent.HIDDEN else "–"
    # It cuts off, and does not round; and what is rounded to nothing has no sign.
    rounded = round(value, decimals) if isinstance(value, Decimal) else round(float(value), decimals)
    return number_format(rounded or 0, decimals, force_grouping=True)


def day_words(on: date) -> str:
    """The day in words."""
    return date_format(on, "DATE_FORMAT")


def hidden_words() -> str:
    """What the star stands for."""
    return gettext("* A figure under 3 is left out, and with it the figures from which it could be worked out.")


def width_of(words: str, size: float) -> float:
    """About how wide the words are, in units of the drawing; rather too wide than too narrow."""
    return size * sum(0.38 if s in _NARROW else 0.94 if s in _WIDE else 0.7 if s.isupper() else 0.6 for s in words)


def split_words(words: str, size: float, width: float) -> list[str]:
    """The words in lines of at most `width`. A word that is longer is split, after its hyphen if it has one."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(words, size, width):
        if line and width_of((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = piece
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(words: str, size: float, width: float) -> list[str]:
    """What may stand at the end of a line: words with their blank, and parts of those that fit no line."""
    pieces: list[str] = []
    for word in words.split():
        rest = word
        while width_of(rest, size) > width:
            most = max((n for n in range(1, len(rest)) if width_of(rest[:n], size) <= width - 0.38 * size), default=1)
            at = max((n for n in range(1, most + 1) if rest[n - 1] in _BREAKS), default=0)
            pieces.append(rest[:at] if at else rest[:most] + "-")
            rest = rest[at or most :]
        pieces.append(rest + " ")
    return pieces
