"""Telephone numbers that somebody can be called at: Danish ones, and foreign ones with their country code.

Eight digits in a row are no telephone number in themselves: CVR numbers, file numbers and amounts have as many. They
need a word before them that says what they are, or the country code.
"""

import re
from itertools import pairwise

import phonenumbers

from sagsgang.gate.finding.folded import Found, folded
from sagsgang.gate.pieces import Kind

_PAIRS = r"\d\d[ .]\d\d[ .]\d\d[ .]\d\d"
_FORM = re.compile(
    rf"(?<![\d+.,/-])(?<!\d )(?:\(?(?P<code>\+|\b00)45\)?[ -]?)?"
    rf"(?P<number>{_PAIRS}|\d{{4}} \d{{4}}|\d\d \d{{3}} \d{{3}}|\d{{8}})(?![.,/-]?\d)(?! \d)"
)
_FOREIGN = re.compile(r"(?<![\w+])(?:\+|\b00)(?!45)[1-9]\d{0,2}[ (-]{0,2}\d[\d ()-]{5,14}\d")
_LABEL = re.compile(
    r"(?:tlf|telefon|mobil|\bmob|\btel|\bring|\bsms|kontakt|direkte|lokalnr|hotline|vagttelefon|\b[tm]:|☎|✆)"
    r"[^\d\n]{0,40}\n?[^\d\n]{0,20}$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:cvr|\bse[- ]?nr|ean|konto|reg\.?\s?nr|kr\.?|dkk|€|matr|sags?[- ]?(?:nr|id)|journal|dok|faktura|uge(?:r|rne)?"
    r"|kle|nr\.?|id)[^\w\n]{0,6}(?:nr\.?|nummer)?[^\w\n]{0,4}$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"tlf|telefon|mobil", re.IGNORECASE)
_HEAD_REACH = 3000  # signs: from the head of a table to its last row
_UNIT = re.compile(r"^\s?(?:kr\b|kroner|mio|mia|t\.?kr|%|m2|m²|kwh|mwh|ton\b|stk)", re.IGNORECASE)
_REACH = 70


def find(text: str) -> list[Found]:
    """The telephone numbers in a text, in order."""
    return find_in(folded(text))


def find_in(plain: str) -> list[Found]:
    """The telephone numbers in a text that is folded already."""
    found = [
        Found(Kind.PHONE, match.start(), match.end()) for match in _FORM.finditer(plain) if _is_danish(plain, match)
    ]
    if "+" in plain or " 00" in plain:
        found += [
            Found(Kind.PHONE, match.start(), match.end())
            for match in _FOREIGN.finditer(plain)
            if _is_number("+" + match[0].lstrip("+").removeprefix("00"))
        ]
    return sorted(found, key=lambda one: one.start)


def _is_danish(plain: str, match: re.Match[str]) -> bool:
    before = plain[max(0, match.start() - _REACH) : match.start()]
    if match["code"] or _LABEL.search(before) or _is_headed(plain, match):
        return match["number"][0] in "23456789"
    if not re.fullmatch(_PAIRS, match["number"]) or _is_other(plain, match, before):
        return False
    return _is_number("+45" + re.sub(r"\D", "", match["number"]))


def _is_headed(plain: str, match: re.Match[str]) -> bool:
    """Is it a cell of a table whose head speaks of telephones?"""
    if plain[max(0, match.start() - 1) : match.start()] not in ("\t", "\n", "|", ";"):
        return False
    if plain[match.end() : match.end() + 1] not in ("\t", "\n", "|", ";", ""):
        return False
    return bool(_HEAD.search(plain, max(0, match.start() - _HEAD_REACH), match.start()))


def _is_other(plain: str, match: re.Match[str], before: str) -> bool:
    """Four pairs that are something else: a CVR number, an amount, the numbers of weeks, a date."""
    pairs = [int(pair) for pair in re.findall(r"\d\d", match["number"])]
    in_order = all(later - earlier == pairs[1] - pairs[0] for earlier, later in pairwise(pairs))
    return in_order or bool(_OTHER.search(before)) or bool(_UNIT.match(plain[match.end() : match.end() + 10]))


def _is_number(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return False
