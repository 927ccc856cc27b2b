"""Where in a file something is: row and column as a spreadsheet names them."""

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


class WrongFileError(RuleBrokenError):
    """The file cannot be read as what it should be; `row` and `column` (from 1) say where, the message says it all."""

    def __init__(self, row: int, column: int, sentence: str) -> None:
        self.row, self.column = row, column
        super().__init__(
            _("Row %(row)s, column %(column)s: %(sentence)s")
            % {"row": row, "column": letters(column), "sentence": sentence}
        )


def letters(column: int) -> str:
    """1 = A, 27 = AA."""
    words = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        words = chr(65 + rest) + words
    return words


def shown(words: str) -> str:
    """A cell's words, short enough for a sentence."""
    words = " ".join(words.split())
    return words if len(words) <= 40 else words[:39] + "…"
