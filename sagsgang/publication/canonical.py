"""The canonical JSON of a release, and the way back from it: the same tree gives the same bytes, everywhere."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import cattrs

from sagsgang.publication.document import MeetingDocument

SCHEMA = "sagsgang.release/1"

_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(datetime, lambda value: value.isoformat())
_converter.register_unstructure_hook(date, lambda value: value.isoformat())
_converter.register_unstructure_hook(time, lambda value: value.isoformat("minutes"))
_converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
_converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
_converter.register_structure_hook(time, lambda value, _: time.fromisoformat(value))


@dataclass(frozen=True, slots=True)
class ReleaseDocument:
    """What is hashed: the meeting with its place in the body's chain. `salt` keeps short contents unguessable.

    `reason` is why a correction was made, as the public reads it.
    """

    schema: str
    salt: str
    kind: str
    number: int
    previous: str
    released_at: datetime
    meeting: MeetingDocument
    reason: str = ""

    def to_text(self) -> str:
        """The canonical JSON: keys sorted, no blanks, NFC."""
        return canonical_text(_converter.unstructure(self))

    @classmethod
    def from_text(cls, text: str) -> "ReleaseDocument":
        """Read it back; unknown keys raise, since nobody else writes this."""
        return _converter.structure(json.loads(text), cls)


def canonical_text(value: object) -> str:
    """One spelling of a JSON value."""
    return unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def plain(value: object) -> Any:
    """Dataclasses of `document` as JSON values: dicts, lists, ISO dates."""
    return _converter.unstructure(value)


def sha256(text: str) -> str:
    """The hash of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
