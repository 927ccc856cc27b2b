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
    r"(?:tlf|telefon(?!i\b|iudgift|udgift|abonnement|regning)|mobil(?!ter|itet)|\bmob|\btel|\bring|\bsms|kontakt|direkte|lokalnr|hotline|vagttelefon|\b[tm]:|☎|✆)"
    r"[^\d\n]{0,40}\n?[^\d\n]{0,20}$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:cvr|\bse[- ]?nr|ean|konto|reg\.?\s?nr|kr\.?|dkk|€|matr|sags?[- ]?(?:nr|id)|journal|dok|faktura|uge(?:r|rne)?"
    r"|kle|nr\.?|id)[^\w\n]{0,6}(?:nr\.?|nummer)?[^\w\n]{0,4}$",
    re.IGNORECASE,
)
_SIDES = ("\t", "|", ";")
_DIVIDERS = ("\n", *_SIDES)
_HEAD = re.compile(r"tlf|telefon|mobil", re.IGNORECASE)
_HEAD_REACH = 3000  # signs: from the head of a table to its last row
_UNIT = re.compile(
    r"^\s?(?:kr\b|kroner|dkk|mio|mia|t\.?kr|%|pct|procent|m2|m²|m3|m³|kwh|mwh|ton\b|stk|timer?\b|dage?\b|år\b|børn\b"
    r"|elever\b|personer\b|borgere\b|point\b)",
    re.IGNORECASE,
)
_CELL = re.compile(r"(?<!\S)[2-9]\d{7}(?!\S)")
_COLUMN = re.compile(r"^(?:tlf|telefon|mobil(?:tlf|telefon)?)[^\s\d]{0,8}$", re.IGNORECASE)
_LONGEST_HEAD = 100  # signs
_MOST_ROWS = 60
_REACH = 70


def find(text: str) -> list[Found]:
    """The telephone numbers in a text, in order."""
    return find_in(folded(text))


def find_in(plain: str) -> list[Found]:
    """The telephone numbers in a text that is folded already."""
    found = [
        Found(Kind.PHONE, match.start(), match.end()) for match in _FORM.finditer(plain) if _is_danish(plain, match)
    ]
    if _HEAD.search(plain):
        taken = {one.start for one in found}
        found += [
            Found(Kind.PHONE, match.start(), match.end())
            for match in _CELL.finditer(plain)
            if match.start() not in taken and not _is_cell(plain, match) and _is_in_column(plain, match)
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
    if not match["code"] and _UNIT.match(plain[match.end() : match.end() + 10]):
        return False
    if _is_cell(plain, match):  # the words of the line above are the heads of other columns
        before = before.rpartition("\n")[2]
    if match["code"] or _LABEL.search(before) or _is_headed(plain, match):
        return match["number"][0] in "23456789"
    if not re.fullmatch(_PAIRS, match["number"]) or _is_other(plain, match, before):
        return False
    return _is_number("+45" + re.sub(r"\D", "", match["number"]))


def _is_cell(plain: str, match: re.Match[str]) -> bool:
    return plain[max(0, match.start() - 1) : match.start()] in _SIDES or plain[match.end() : match.end() + 1] in _SIDES


def _is_headed(plain: str, match: re.Match[str]) -> bool:
    """Is it a cell of a table whose head speaks of telephones: over its column, where the columns are known?"""
    before, after = plain[max(0, match.start() - 1) : match.start()], plain[match.end() : match.end() + 1]
    if before not in ("", *_DIVIDERS) or after not in ("", *_DIVIDERS):
        return False
    divider = next((sign for sign in (before, after) if sign in _SIDES), "")
    if not divider:
        return bool(_HEAD.search(plain, max(0, match.start() - _HEAD_REACH), match.start()))
    start = plain.rfind("\n", 0, match.start()) + 1
    column = plain.count(divider, start, match.start())
    for line in reversed(_lines_above(plain, start)):
        if _HEAD.search(line):
            cells = line.split(divider)
            return column < len(cells) and bool(_HEAD.search(cells[column]))
    return False


def _lines_above(plain: str, start: int) -> list[str]:
    """The whole lines before a line, as far back as a head reaches."""
    first = start - _HEAD_REACH
    if first > 0:
        first = plain.find("\n", first, start) + 1 or start
    return plain[max(0, first) : start].splitlines()


def _is_in_column(plain: str, match: re.Match[str]) -> bool:
    """Is it a cell of a table on a page, whose cells stand as words of a line under the words of its head?

    Counted from the right, or from the left, it has the place of the word that speaks of telephones; between the head
    and the line of the cell every line is a row with figures.
    """
    start = plain.rfind("\n", 0, match.start()) + 1
    end = plain.find("\n", match.end())
    left = len(plain[start : match.start()].split())
    right = len(plain[match.end() : end if end >= 0 else len(plain)].split())
    above = _lines_above(plain, start)[-_MOST_ROWS:]
    for line in reversed([line for line in above if line.strip()]):
        if any(sign.isdigit() for sign in line):
            continue
        words = line.split()
        places = [place for place, word in enumerate(words) if _COLUMN.match(word)]
        is_head = len(line) <= _LONGEST_HEAD and len(words) > 1
        return is_head and any(place == left or len(words) - 1 - place == right for place in places)
    return False


def _is_other(plain: str, match: re.Match[str], before: str) -> bool:
    """Four pairs that are something else: a CVR number, an amount, the numbers of weeks, a date."""
    pairs = [int(pair) for pair in re.findall(r"\d\d", match["number"])]
    in_order = all(later - earlier == pairs[1] - pairs[0] for earlier, later in pairwise(pairs))
    return in_order or bool(_OTHER.search(before))


def _is_number(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return False
