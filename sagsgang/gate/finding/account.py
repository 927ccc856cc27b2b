"""Bank accounts: IBAN with a right check number, and Danish registration and account numbers that are said to be such."""

import re

from stdnum import iban

from sagsgang.gate.finding.folded import Found, folded
from sagsgang.gate.pieces import Kind

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{2,4}){3,8}(?![A-Za-z0-9])")
_BETWEEN = r"[^\w\n]{0,4}\s{0,3}"
_LABELLED = re.compile(
    rf"(?<!\w)(?:"
    rf"(?:bank\s?-?)?reg(?:istrerings)?\.?\s?-?(?:nr|nummer)?\.?{_BETWEEN}\d{{4}}[\s,;/·-]{{1,6}}(?:og\s)?"
    rf"(?:(?:bank)?konto\.?\s?-?(?:nr|nummer)?\.?{_BETWEEN})?"
    rf"|(?:bank|løn|nem|giro)?\s?konto(?:\s?-?(?:nr|nummer))?\.?{_BETWEEN}\d{{4}}[\s-]{{1,3}}"
    rf")\d(?:[ ]?\d){{5,9}}(?!\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[Kk][Oo][Nn][Tt][Oo]|[Rr][Ee][Gg]")
_LABEL = re.compile(r"^\D+")
_BARE = re.compile(r"(?<![\d.,/-])\d{4}[ ]?-[ ]?\d{10}(?![\d-])|(?<![\d.,/-])(?<!\d )\d{4} 000\d{7}(?! ?\d)")


def find(text: str) -> list[Found]:
    """The bank accounts in a text, in order."""
    return find_in(folded(text))


def find_in(plain: str) -> list[Found]:
    """The bank accounts in a text that is folded already."""
    found = [found for match in _IBAN.finditer(plain) if (found := _iban(match))]
    patterns = (_LABELLED, _BARE) if _WORD.search(plain) else (_BARE,)
    for pattern in patterns:
        for match in pattern.finditer(plain):
            start, end = match.end() - len(_LABEL.sub("", match[0], count=1)), match.end()
            if not any(one.start < end and start < one.end for one in found):
                found.append(Found(Kind.ACCOUNT, start, end))
    return sorted(found, key=lambda one: one.start)


def _iban(match: re.Match[str]) -> Found | None:
    """The longest beginning of the match that is an IBAN: the next word may have looked like a part of it."""
    words = match[0]
    while len(words) >= 15:
        if iban.is_valid(words.replace("-", " "), check_country=False):
            return Found(Kind.ACCOUNT, match.start(), match.start() + len(words))
        cut = max(words.rfind(" "), words.rfind("-"))
        words = words[:cut] if cut > 0 else ""
    return None
