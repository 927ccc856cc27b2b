"""Files that lie in files: opened by whoever reads their kind, to a certain depth."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from sagsgang.gate.pieces import Piece, UnreadableError, Where
from sagsgang.gate.reading import opening

DEEPEST = 3
MOST_FILES = 100
LARGEST = 100 * 1024 * 1024  # bytes


@dataclass(slots=True)
class Inside:
    """The files in one file, which itself lies in `depth` others. `ocr` as in `opening.read`."""

    depth: int
    ocr: bool = True
    count: int = 0
    lacks: list[str] = field(default_factory=list)

    def pieces(self, name: str, content: Callable[[], bytes], folder: Path) -> Iterator[Piece]:
        """What a file inside says, all of it as embedded. What cannot be read is told in `lacks`."""
        self.count += 1
        label = " ".join(name.split())[:80] or _("a file inside the file")
        if self.depth >= DEEPEST or self.count > MOST_FILES:
            self._lack(label)
            return
        if name:
            yield Piece(name, Where.EMBEDDED, place=_("the name of a file inside the file"))
        try:
            held = content()
            if len(held) > LARGEST:
                self._lack(label)
                return
            path = folder / f"{self.depth}-{self.count}"
            path.write_bytes(held)
            del held
            reading = opening.read(path, depth=self.depth + 1, ocr=self.ocr)
            for piece in reading.pieces:
                yield replace(
                    piece, where=Where.EMBEDDED, place=_place(label, piece), page=None, box_of=None, where_of=None
                )
            self.lacks += reading.lacks
            path.unlink()
        except (UnreadableError, OSError, ValueError, RuntimeError, subprocess.SubprocessError):
            self._lack(label)

    def _lack(self, label: str) -> None:
        self.lacks.append(_("The file “{name}” inside the file could not be examined.").format(name=label))


def _place(label: str, piece: Piece) -> str:
    page = _("page {number}").format(number=piece.page) if piece.page else ""
    return ", ".join(filter(None, (label, page, piece.place)))
