"""The items on the page of their meeting, each a piece of HTML that is made once for the words it is made of.

A meeting's page is made anew when anything of it moves; most of its items say what they said before. A piece is
asked for by the hash of all that it is a function of, which is read from `pub` each time: what is withdrawn or masked
is no longer there to be asked for, and a piece is never given for other words than those that are public now.
"""

import json
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from hashlib import sha256
from sys import getsizeof
from threading import Lock
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sagsgang.portal.shown import shown_item
from sagsgang.publication.models import PublicItem

ROOM = 16 * 1024 * 1024  # bytes of pieces in one process

type Written = tuple[PublicItem, str]  # a row without its content, and that content as JSON text


class KeptPieces:
    """Pieces of HTML by a mark of all they are made of; those not asked for longest go first when there is no room."""

    def __init__(self, *, room: int = ROOM) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[str, SafeString] = OrderedDict()
        self._lock = Lock()

    def get(self, mark: str, make: Callable[[], SafeString]) -> SafeString:
        """The piece of this mark; `make` is called if it is not here."""
        with self._lock:
            found = self._kept.get(mark)
            if found is not None:
                self._kept.move_to_end(mark)
                return found
        piece = make()
        with self._lock:
            if mark not in self._kept:
                self._kept[mark] = piece
                self._used += getsizeof(piece)
            while self._used > self._room:
                _, gone = self._kept.popitem(last=False)
                self._used -= getsizeof(gone)
        return piece

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()
            self._used = 0


pieces = KeptPieces()


def articles(template: str, rows: Sequence[Written]) -> list[SafeString]:
    """The items of a meeting in order, each by this template and with its sub-items."""
    below: dict[UUID | None, list[Written]] = defaultdict(list)
    for written in sorted(rows, key=lambda written: written[0].position):
        below[written[0].parent_id].append(written)
    frame = (template, get_language() or "", get_script_prefix())
    return [_article(frame, [written, *below[written[0].pk]]) for written in below[None]]


def _article(frame: tuple[str, str, str], rows: Sequence[Written]) -> SafeString:
    def make() -> SafeString:
        for row, words in rows:
            row.content = json.loads(words)
        (top, _), *subs = rows
        return render_to_string(frame[0], {"item": shown_item(top, [sub for sub, _ in subs])})

    return pieces.get(_mark(frame, rows), make)


def _mark(frame: tuple[str, str, str], rows: Sequence[Written]) -> str:
    """Of the template, the language, where addresses begin, and every column that a piece shows."""
    words = [*frame]
    for row, content in rows:
        words += [
            str(row.pk),
            str(row.position),
            row.number,
            row.slug,
            row.title,
            row.access,
            str(row.case_id),
            content,
        ]
    return sha256("\0".join(words).encode()).hexdigest()
