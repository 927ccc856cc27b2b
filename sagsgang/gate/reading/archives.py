"""Office files are ZIP archives of XML: opened and parsed so that no hostile one fills memory or reaches out."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _
from lxml import etree

from sagsgang.gate.pieces import UnreadableError

LARGEST_PART = 200 * 1024 * 1024  # bytes of one part, unpacked
LARGEST_TREE = 60 * 1024 * 1024  # bytes of a part that is held whole, as a tree
LARGEST_ALL = 500 * 1024 * 1024  # bytes of all parts, unpacked
FREE = 20 * 1024 * 1024  # below this, no ratio is suspect
HIGHEST_RATIO = 200  # unpacked : packed
MOST_PARTS = 10_000
DEEPEST = 3  # an Excel sheet in a Word letter in a presentation
_ENTITIES = tuple("<!ENTITY".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_CHUNK = 256 * 1024


class Archive:
    """An Office file's parts, which never unpack to more than an honest file holds."""

    def __init__(self, file: zipfile.ZipFile, size: int) -> None:
        """Raises UnreadableError for an archive that says of itself that it is too large, or that is encrypted."""
        self.file = file
        parts = file.infolist()
        self.names = [part.filename for part in parts if not part.is_dir()]
        self._left = min(LARGEST_ALL, max(FREE, HIGHEST_RATIO * size))
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > self._left:
            raise UnreadableError(_("The file unpacks to more than a document can hold."))
        if any(part.flag_bits & 0x1 for part in parts):
            raise UnreadableError(_("The file is encrypted. It cannot be examined."))
        if len(set(self.names)) < len(self.names):
            raise UnreadableError(_("The file is broken: it holds the same part twice."))

    def read(self, name: str, most: int = LARGEST_PART) -> bytes:
        """A part, unpacked. Raises UnreadableError if it holds more than `most` bytes."""
        with _sentences(), self.file.open(name) as part:
            content = part.read(most + 1)
        if len(content) > most:
            raise UnreadableError(_("The file unpacks to more than a document can hold."))
        return content

    def tree(self, name: str) -> etree._Element:
        """A part as a tree. Raises UnreadableError if it is no sound XML."""
        content = self.read(name, LARGEST_TREE)
        _require_no_entities(content)
        with _sentences():
            return etree.fromstring(content, hardened())

    def steps(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of these tags as they end; each is emptied after it was looked at, so memory stays flat."""
        content = self.read(name)
        _require_no_entities(content)
        with _sentences():
            for _event, node in etree.iterparse(
                io.BytesIO(content), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
            ):
                yield node
                node.clear()
                while node.getprevious() is not None:
                    del node.getparent()[0]


def hardened() -> etree.XMLParser:
    """A parser that resolves nothing and fetches nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@contextmanager
def opened(source: Path | bytes) -> Iterator[Archive]:
    """An archive, open for reading. Raises UnreadableError if it is none, or too much of one."""
    with _sentences(), zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
        yield Archive(file, len(source) if isinstance(source, bytes) else source.stat().st_size)


@contextmanager
def _sentences() -> Iterator[None]:
    """What breaks while reading is said as a sentence that quotes nothing."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError, ValueError) as error:
        raise UnreadableError(_("The file is broken. It cannot be examined.")) from error
    except (etree.XMLSyntaxError, struct.error, RuntimeError) as error:
        raise UnreadableError(_("The file is broken. It cannot be examined.")) from error


def _require_no_entities(content: bytes) -> None:
    """No Office program writes entities of its own: they exist to multiply, to hide words, or to read other files."""
    if any(word in content for word in _ENTITIES):
        raise UnreadableError(_("The file holds entities. It cannot be examined."))
