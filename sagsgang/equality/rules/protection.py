"""Small numbers in public figures: those below 3 are hidden, and as much more as keeps them from being computed.

A table of heads with its row totals, column totals and grand total is a flow that goes in a circle: from the total column
into each row, from the row through its cells into the columns, from the columns into the total row, and back. What a reader
can compute of hidden cells is what no other whole, non-negative flow with the same shown cells would have otherwise. So a
hidden cell is safe exactly if the flow can be changed through it: if the residual graph has a circle through its arc.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 3
"""The smallest figure that is shown."""

type Cell = tuple[int, int]
"""Row and column from 0; the total row and the total column are the last ones."""


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be published: rows of figures with their totals, None where one is hidden."""

    rows: tuple[tuple[int | None, ...], ...]
    levels: tuple[int, ...] = ()
    """Which levels the rows before the total are of; () where nothing but the shape is known."""

    @property
    def hidden(self) -> frozenset[Cell]:
        """The hidden cells."""
        return frozenset((r, c) for r, row in enumerate(self.rows) for c, figure in enumerate(row) if figure is None)


def protect(
    inner: Sequence[Sequence[int]], earlier: Iterable[Protected] = (), levels: tuple[int, ...] = ()
) -> Protected:
    """The table of `inner` with its totals, protected; `earlier` are all versions of the same table that are public.

    What was hidden in a published version stays hidden, and a figure that has changed by one or two since then is hidden:
    the difference would tell of one or two persons. Raises ValueError if a version has another shape or is of other levels:
    a level that stands in one of two tables is the difference of their totals, whatever is hidden in either.
    """
    table = with_totals(inner)
    cells = {(r, c) for r in range(len(table)) for c in range(len(table[0]))}
    hidden = {(r, c) for r, c in cells if table[r][c] < LEAST}
    for version in earlier:
        if [len(row) for row in version.rows] != [len(row) for row in table]:
            raise ValueError("the published version has another shape")
        if version.levels != levels:
            raise ValueError("the published version is of other levels")
        hidden |= version.hidden
        for r, c in cells - version.hidden:
            before = version.rows[r][c]
            if before is not None and 0 < abs(table[r][c] - before) < LEAST:
                hidden.add((r, c))
    kept = frozenset(hidden)
    while open_cells := computable(table, hidden):
        hidden.add(_best(table, cells - hidden, hidden, open_cells))
    hidden = _given_back(table, hidden, kept)
    return Protected(
        tuple(
            tuple(None if (r, c) in hidden else figure for c, figure in enumerate(row)) for r, row in enumerate(table)
        ),
        levels,
    )


def _given_back(table: Sequence[Sequence[int]], hidden: set[Cell], kept: Iterable[Cell]) -> set[Cell]:
    """Without the cells that were hidden for the sake of others and are not needed any more: the largest are tried first.

    What is left shows as much as it can: no further cell could be shown alone.
    """
    for cell in sorted(hidden - set(kept), key=lambda cell: (-table[cell[0]][cell[1]], cell)):
        if not computable(table, hidden - {cell}):
            hidden = hidden - {cell}
    return hidden


def with_totals(inner: Sequence[Sequence[int]]) -> list[list[int]]:
    """The rows with their sums, and the row of sums last."""
    rows = [[*row, sum(row)] for row in inner]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def computable(table: Sequence[Sequence[int]], hidden: Iterable[Cell]) -> set[Cell]:
    """Which of the hidden cells can be computed from the shown ones, by anybody who knows that heads are 0 or more."""
    arcs = {cell: _arc(cell, len(table) - 1, len(table[0]) - 1) for cell in hidden}
    return {cell for cell in arcs if not _can_change(cell, table, arcs)}


def _arc(cell: Cell, last_row: int, last_column: int) -> tuple[str, str]:
    """From which node to which the cell's heads flow."""
    r, c = cell
    row, column = f"r{r}", f"c{c}"
    # A total flows the other way: into its row, out of its column.
    return (column, row) if (r == last_row) != (c == last_column) else (row, column)


def _can_change(cell: Cell, table: Sequence[Sequence[int]], arcs: Mapping[Cell, tuple[str, str]]) -> bool:
    """Could the cell be one more, or one less, with every shown figure as it is?"""
    start, end = arcs[cell]
    steps: dict[str, set[str]] = {}
    for (r, c), (source, target) in arcs.items():
        if (r, c) == cell:
            continue
        steps.setdefault(source, set()).add(target)
        if table[r][c] > 0:
            steps.setdefault(target, set()).add(source)
    is_more = _reaches(end, start, steps)
    return is_more or (table[cell[0]][cell[1]] > 0 and _reaches(start, end, steps))


def _reaches(start: str, end: str, steps: Mapping[str, set[str]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        new = steps.get(node, set()) - seen
        seen |= new
        waiting += new
    return False


def _best(table: Sequence[Sequence[int]], shown: set[Cell], hidden: set[Cell], open_cells: set[Cell]) -> Cell:
    """The next cell to hide: what leaves fewest open; then a cell rather than a total, near an open one, and small."""
    last_row, last_column = len(table) - 1, len(table[0]) - 1

    def cost(cell: Cell) -> tuple[int, bool, bool, int, Cell]:
        r, c = cell
        is_far = not any(r == row or c == column for row, column in open_cells)
        is_total = r == last_row or c == last_column
        return len(computable(table, hidden | {cell})), is_total, is_far, table[r][c], cell

    return min(shown, key=cost)
