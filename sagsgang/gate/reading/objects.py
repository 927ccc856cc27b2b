"""What lies in an Office file beside its words: drawings, and objects of other programs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from sagsgang.gate.pieces import Piece, Where
from sagsgang.gate.reading import compound, vectors
from sagsgang.gate.reading.archives import Archive
from sagsgang.gate.reading.inside import Inside


@dataclass(slots=True)
class Objects:
    """Reads drawings and objects; `lacks` says in sentences what of them could not be looked at."""

    inside: Inside
    folder: Path = field(default_factory=Path)
    said: dict[str, None] = field(default_factory=dict)

    @property
    def lacks(self) -> list[str]:
        """Complete when all pieces have been read."""
        return [*self.said, *self.inside.lacks]

    def pieces(self, archive: Archive, name: str) -> Iterator[Piece]:
        """What a part says that is a drawing or an object; nothing of other parts."""
        ending = PurePosixPath(name).suffix.lower()
        if ending in vectors.ENDINGS:
            yield from self._drawing(archive.read(name), PurePosixPath(name).name)
        elif name.startswith("ObjectReplacements/"):
            if vectors.is_drawing(content := archive.read(name)):
                yield from self._drawing(content, PurePosixPath(name).name)
        elif _is_object(name):
            yield from self._object(archive.read(name), PurePosixPath(name).name)

    def _drawing(self, content: bytes, file: str) -> Iterator[Piece]:
        drawn = vectors.drawn(content)
        if drawn.text:
            yield Piece(drawn.text, Where.TEXT, place=" ".join([_("Drawing"), file]))
        if not drawn.is_whole:
            self.said[_("The file holds drawings of a kind that cannot be examined.")] = None

    def _object(self, content: bytes, file: str) -> Iterator[Piece]:
        try:
            held = compound.held_files(content) if content.startswith(compound.MAGIC) else [compound.Held((), content)]
        except compound.BrokenError:
            held = []
        if not held:
            self.said[_("The file holds embedded objects of a kind that cannot be examined. Remove them.")] = None
        for one in held:
            for words in one.names[1:]:  # where it lay tells whose folder that was
                yield Piece(words, Where.EMBEDDED, place=_("the name of a file inside the file"))
            yield from self.inside.pieces(one.names[0] if one.names else file, one.read, self.folder)


def _is_object(name: str) -> bool:
    folder = name.split("/")
    return "embeddings" in folder[:-1] or (name.startswith("Object ") and len(folder) == 1)
