"""E-mail addresses, but for those of the house's own domains."""

import re
from collections.abc import Collection

from sagsgang.gate.finding.folded import Found
from sagsgang.gate.pieces import Kind

_AT = r"(?:@|\s?[\[({](?:at|a|snabel-?a|@)[\])}]\s?)"
_ADDRESS = re.compile(
    rf"(?<![\w.+-])[\w.+%&'-]{{1,64}}{_AT}((?:[\w-]{{1,63}}\.)+[a-zæøå]{{2,12}})(?![\w@-])", re.IGNORECASE
)


def find(text: str, own_domains: Collection[str] = ()) -> list[Found]:
    """The addresses in a text; a domain of the house is one of `own_domains` or lies below it."""
    if "@" not in text and not re.search(r"[\[({](?:at|a|snabel)", text, re.IGNORECASE):
        return []
    own = tuple(domain.lower().lstrip("@.") for domain in own_domains)
    return [
        Found(Kind.EMAIL, match.start(), match.end())
        for match in _ADDRESS.finditer(text)
        if not any(match[1].lower() == domain or match[1].lower().endswith(f".{domain}") for domain in own)
    ]
