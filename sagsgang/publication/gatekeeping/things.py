"""One thing that the gate found, with its place in what is prepared, and without its words."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from sagsgang.gate.examining import Finding
from sagsgang.gate.pieces import Kind

_NUMBERS = (Kind.CPR, Kind.PHONE, Kind.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a meeting it was found: a part of an item, or an attachment's copy. Nothing = the meeting's head."""

    item_id: UUID | None = None
    attachment_id: UUID | None = None
    sha256: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A finding at a spot. `box` is left, bottom, right, top in PDF points."""

    spot: Spot
    kind: str
    where: str
    page: int | None
    box: tuple[float, ...] | None
    place: str
    digest: str

    @property
    def key(self) -> str:
        """The same for the same thing, whoever finds it."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode()).hexdigest()


def digest_of(kind: str, text: str) -> str:
    """By this the same words are known again, and by nobody without the house's key; numbers by their figures."""
    plain = re.sub(r"\D", "", text) if kind in _NUMBERS else " ".join(text.casefold().split())
    return salted_hmac("sagsgang.publication.gate", f"{kind} {plain}", algorithm="sha256").hexdigest()


def stored(finding: Finding) -> dict[str, Any]:
    """A finding of a file as it is kept in `FileCheck.findings`."""
    box = finding.box
    return {
        "kind": str(finding.kind),
        "where": str(finding.where),
        "page": finding.page,
        "box": [box.left, box.bottom, box.right, box.top] if box else None,
        "place": finding.place,
        "digest": digest_of(finding.kind, finding.text),
    }


def thing_of(spot: Spot, kept: Mapping[str, Any]) -> Thing:
    """What is kept of a file's finding, at the attachment that has this file."""
    box = tuple(kept["box"]) if kept["box"] else None
    return Thing(spot, kept["kind"], kept["where"], kept["page"], box, kept["place"], kept["digest"])
