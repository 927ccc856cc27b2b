"""Pieces of HTML that are made once for the words they are made of, and given again for the same words only.

Never by time: a piece is asked for by all that it is a function of, so that the reader of a page gets what would be made
for it now.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from sys import getsizeof
from threading import Lock

from django.utils.safestring import SafeString

ROOM = 32 * 1024 * 1024  # bytes of pieces, and of what they are asked for by, in one process


class KeptPieces:
    """Pieces by all they are made of; those not asked for longest go first when there is no room."""

    def __init__(self, *, room: int = ROOM) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[Hashable, SafeString] = OrderedDict()
        self._lock = Lock()

    def get(self, mark: Hashable, make: Callable[[], SafeString]) -> SafeString:
        """The piece of this mark, which is everything that `make` makes it of; that is called if it is not here."""
        with self._lock:
            found = self._kept.get(mark)
            if found is not None:
                self._kept.move_to_end(mark)
                return found
        piece = make()
        with self._lock:
            if mark not in self._kept:
                self._kept[mark] = piece
                self._used += _size(mark) + getsizeof(piece)
            while self._used > self._room:
                gone, old = self._kept.popitem(last=False)
                self._used -= _size(gone) + getsizeof(old)
        return piece

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()
            self._used = 0


def _size(mark: Hashable) -> int:
    return getsizeof(mark) + (sum(map(_size, mark)) if isinstance(mark, tuple) else 0)


pieces = KeptPieces()
