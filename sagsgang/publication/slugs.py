"""The words in an address: decoration from the current public title; the id beside them is what is looked up."""

import re
import unicodedata

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa", "ß": "ss"})


def slug_of(*parts: str, longest: int = 80) -> str:
    """Small letters, figures and hyphens; never empty."""
    text = unicodedata.normalize("NFKD", " ".join(parts).translate(_DANISH)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:longest].rstrip("-") or "-"
