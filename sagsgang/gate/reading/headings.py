"""The headings of tables, kept while the cells are read: by them a bare row of figures is known for what it is."""

import re
from collections.abc import Hashable

from sagsgang.gate.finding.heading import ACCOUNT, REGISTRATION, heading_of

_REGISTRATION = re.compile(r"^\s*\d{4}\s*$")


class Headings:
    """What stands over the columns and to the left in the row. The cells are told in the order of the file."""

    def __init__(self) -> None:
        self._over: dict[tuple[Hashable, int], str] = {}
        self._row: Hashable = None
        self._left = self._bank = ""

    def speaks_for(self, table: Hashable, row: Hashable, column: int, words: str) -> str:
        """The heading of a cell, and "" if nobody speaks for it; a cell that is a heading itself is taken note of.

        The number of a bank in the cell before belongs to the number of the account.
        """
        if (table, row) != self._row:
            self._row, self._left, self._bank = (table, row), "", ""
        if not words.strip():
            return ""
        if said := heading_of(words):
            self._over[table, column] = self._left = said
            return ""
        found = self._over.get((table, column), "") or self._left
        self._left = ""
        if found == REGISTRATION and _REGISTRATION.match(words):
            self._bank = words.strip()
        elif found == ACCOUNT and self._bank:
            return f"Reg.nr. {self._bank} kontonr. "
        return found
