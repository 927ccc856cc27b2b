"""Two folders of bytes, each named by their SHA-256: what the house holds, and the copies that are released."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def sha256_of(content: bytes) -> str:
    """Name these bytes."""
    return hashlib.sha256(content).hexdigest()


class ContentStore:
    """A folder of files under their SHA-256. Writing twice is writing once; nothing is overwritten."""

    def __init__(self, folder: Path) -> None:
        self._storage = FileSystemStorage(location=folder)

    def path(self, sha256: str) -> Path:
        """Where the bytes of this name lie, or would lie."""
        if len(sha256) != 64 or not sha256.isalnum():
            raise ValueError("not a SHA-256 name")
        return Path(self._storage.path(f"{sha256[:2]}/{sha256}"))

    def holds(self, sha256: str) -> bool:
        """Are the bytes here?"""
        return self.path(sha256).is_file()

    def put(self, content: bytes) -> str:
        """Keep the bytes and answer their name. A crash leaves the whole file or none."""
        sha256 = sha256_of(content)
        target = self.path(sha256)
        if target.is_file():
            return sha256
        self.put_file([content])
        return sha256

    def put_file(self, chunks: Iterable[bytes]) -> str:
        """Keep the bytes, a piece at a time, and answer their name. A crash leaves the whole file or none."""
        folder = Path(self._storage.location)
        folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as part:
            path = Path(part.name)
        try:
            with path.open("wb") as opened:
                for chunk in chunks:
                    digest.update(chunk)
                    opened.write(chunk)
            self._settle(path, digest.hexdigest())
        finally:
            path.unlink(missing_ok=True)
        return digest.hexdigest()

    def _settle(self, part: Path, sha256: str) -> None:
        target = self.path(sha256)
        if target.is_file():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part.chmod(0o640)
        part.replace(target)

    def get(self, sha256: str) -> bytes:
        """The bytes of this name; `FileNotFoundError` if they are not here."""
        return self.path(sha256).read_bytes()

    def drop(self, sha256: str) -> None:
        """Forget the bytes of this name; nothing happens if they are not here."""
        self.path(sha256).unlink(missing_ok=True)


def house() -> ContentStore:
    """Every file of the house, open and closed. The portal process cannot reach this folder."""
    return ContentStore(settings.HOUSE_FILES)


def released() -> ContentStore:
    """Copies of released files: the only folder that the portal serves from."""
    return ContentStore(settings.RELEASED_FILES)
