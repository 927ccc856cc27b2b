"""Small groups are not counted in public (leak rule 9): which figures are left out, and what could be subtracted.

Pure. A column is the figures of some groups and their total. A figure of one or two is left out; nothing is left out
of a zero, which is no group. So that no figure left out follows from the total and the others, the smallest figure of
three or more is left out with it, and all that are equal to it; where there is none, the total is left out.

Why nothing follows, even for who knows this rule: with the total shown, the figures left out are some under three and
some not, and any exchange of them among their places gives the same column. Without it, each of them is one or two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 3  # a group that may be counted


@dataclass(frozen=True, slots=True)
class Column:
    """What is shown of the figures of some groups, each in its place, and of their total; None = left out."""

    figures: tuple[int | None, ...]
    total: int | None


def suppressed(figures: Sequence[int]) -> Column:
    """The column as it may be shown."""
    if not any(0 < figure < LEAST for figure in figures):
        return Column(tuple(figures), sum(figures))
    least = min((figure for figure in figures if figure >= LEAST), default=None)
    shown = tuple(figure if figure == 0 or (figure >= LEAST and figure != least) else None for figure in figures)
    return Column(shown, None if least is None else sum(figures))
