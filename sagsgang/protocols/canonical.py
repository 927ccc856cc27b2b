"""The canonical JSON of a protocol and of what is added to it: the same tree gives the same bytes, everywhere."""

import hashlib
import json
import unicodedata
from datetime import date
from typing import Any
from uuid import UUID

import cattrs

from sagsgang.protocols.document import ProtocolDocument

_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(date, lambda value: value.isoformat())
_converter.register_unstructure_hook(UUID, str)
_converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
_converter.register_structure_hook(UUID, lambda value, _: UUID(value))


def to_text(document: ProtocolDocument) -> str:
    """The protocol as it is hashed and signed: keys sorted, no blanks, NFC."""
    return canonical_text(_converter.unstructure(document))


def from_text(text: str) -> ProtocolDocument:
    """Read a final protocol back; unknown keys raise, since nobody else writes this."""
    return _converter.structure(json.loads(text), ProtocolDocument)


def canonical_text(value: Any) -> str:
    """One spelling of a JSON value."""
    return unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def sha256(text: str) -> str:
    """The hash of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
