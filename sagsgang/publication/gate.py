"""The check before a release. Until it grows it asks one thing: is there a CPR number in what would leave?

Findings carry the place and never the words: they are stored, logged and shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

# With hyphen or blank, or split by a line break; not inside a longer number.
_CANDIDATE = re.compile(r"(?<![\d.,/-])(\d{6})(?:\s?[-\u2010-\u2013]?\s?)(\d{4})(?![\d/])")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its kind, and the place in words that a secretary understands."""

    kind: str
    place: str


def has_cpr(text: str) -> bool:
    """Is there a number that is a CPR number by form and date? Modulus 11 is not asked: there are some without."""
    return any(_is_cpr(match[1] + match[2]) for match in _CANDIDATE.finditer(text))


def _is_cpr(digits: str) -> bool:
    try:
        cpr.get_birth_date(digits)
    except ValidationError:
        return False
    return True


def check(texts: Iterable[tuple[str, str]]) -> list[Finding]:
    """Look through (place, text) pairs and answer what was found, in their order."""
    return [Finding("cpr", place) for place, text in texts if has_cpr(text)]


# Random ids and hashes are no words, and ten figures in a row do occur in them.
_MACHINE_MADE = {"public_id", "body_id", "case_id", "sha256"}


def words_of(value: object) -> Iterator[str]:
    """Every string in a tree of dicts and lists: what a released document says anywhere."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _MACHINE_MADE:
                yield from words_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_of(part)
