"""Tables as full grids: every place of a row is covered once, so that no template stumbles over a span."""

import re
from typing import Any

type Cell = dict[str, Any]
type Rows = list[list[Cell]]

_NUMBER = re.compile(r"[-+−–]?\s?\d[\d.,\s]*(?:%|(?:mio\.?|t\.?)?\s?kr\.?|mio\.?|[-–])?", re.IGNORECASE)


def is_number(words: str) -> bool:
    """Whether a cell holds an amount, which is set against the right edge of its column."""
    return bool(_NUMBER.fullmatch(words.strip()))


def fill_gaps(head: Rows, body: Rows) -> tuple[Rows, Rows, int]:
    """Head and body with spans cut to the grid and empty cells in the gaps, and the width in columns."""
    above, below = _place(head), _place(body)
    columns = max(column + 1 for _, column in [*above, *below])
    _align(above, below, columns)
    return _padded(head, above, columns), _padded(body, below, columns), columns


type Places = dict[tuple[int, int], Cell]  # (row, column) covered -> the cell that covers it


def _place(rows: Rows) -> Places:
    """Put every cell at the first free place of its row, as a browser does; row spans come first."""
    places: Places = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in places:
                column += 1
            cell["rowspan"] = min(cell["rowspan"], len(rows) - row)
            cell["colspan"] = _free(places, row, column, cell["colspan"])
            for down in range(cell["rowspan"]):
                for right in range(cell["colspan"]):
                    places[row + down, column + right] = cell
            column += cell["colspan"]
    return places


def _free(places: Places, row: int, column: int, wanted: int) -> int:
    for width in range(1, wanted):
        if (row, column + width) in places:
            return width
    return wanted


def _align(head: Places, body: Places, columns: int) -> None:
    """Let a column be one of amounts only if every cell under its heading is one; its heading follows it."""
    for column in range(columns):
        cells = [cell for (_, place), cell in body.items() if place == column and cell["c"]]
        amounts = bool(cells) and all(cell["number"] for cell in cells)
        for (_, place), cell in [*head.items(), *body.items()]:
            if place == column and cell["colspan"] == 1:
                cell["number"] = amounts


def _padded(rows: Rows, places: Places, columns: int) -> Rows:
    """Each cell in the row and column where it begins, an empty cell where nothing lies."""
    seen: set[int] = set()
    full: Rows = []
    for row in range(len(rows)):
        cells: list[Cell] = []
        for column in range(columns):
            cell = places.get((row, column))
            if cell is None:
                cell = {"th": False, "number": False, "colspan": 1, "rowspan": 1, "c": []}
            if id(cell) not in seen:
                seen.add(id(cell))
                cells.append(cell)
        full.append(cells)
    return full
