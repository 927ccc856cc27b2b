"""Postal addresses: a street, a number and a postal code; or a street, a number, a floor and a door.

Whether somebody lives there or the matter is about the building can only be judged by who reads it.
"""

import re

from sagsgang.gate.finding.folded import Found, folded
from sagsgang.gate.pieces import Kind

_FLOOR = r"(?:st|kl|mezz|\d{1,2})\.?,? ?(?:sal|tv|th|mf|dør|lejl)\.? ?(?:tv|th|mf|\d{1,3})?\b\.?"
_CODE = re.compile(
    rf"(?<![\d.,])(?P<number>\d{{1,3}} ?[A-Za-z]?)(?P<floor>,? {_FLOOR})?(?:\s?,\s?|\s+|\s?·\s?)"
    rf"(?:[A-ZÆØÅ][\wæøå.]+(?: [A-ZÆØÅa-zæøå][\wæøå.]+)?,\s)?(?:DK[- ]?)?(?P<code>[1-9]\d{{3}})\s(?=[A-ZÆØÅ][a-zæøå])"
)
_CITY = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅ.-]*(?: (?:[A-ZÆØÅ]{1,2}\b|[A-ZÆØÅ][a-zæøå]+))?")
_STREET = re.compile(
    r"(?:(?:[A-ZÆØÅ][\w.'´’-]*|[A-ZÆØÅ]\.|\d{1,2}\.) (?:(?:[a-zæøå]{1,4}|[A-ZÆØÅ][\w.'´’-]*) ){0,3}"
    r"|)(?P<last>[A-ZÆØÅ]?[\wæøåé.'´’-]{2,}) ?\n? ?$"
)
_HOME = re.compile(
    r"(?<!\w)[A-ZÆØÅ][\wæøåé.'´’-]*(?:vej|gade|all[eé]|stræde|vænget?|parken|park|torv|plads|haven?|bakken?|tofte?n?|marken?"
    r"|engen?|lunden?|krogen|bo|gårde?n?|by|dal|høj|kær|løkken?|skoven?|kaj|brygge|passage|stien?|skel|ager|huse)"
    rf" \d{{1,3}} ?[A-Z]?, ?{_FLOOR}"
)
_NO_STREET = frozenset(
    re.findall(
        r"\S+",
        "kl nr side punkt bilag pkt uge sag dato den d om i på til fra og eller § år ca kap afsnit stk figur tabel kr dok"
        " januar februar marts april maj juni juli august september oktober november december jan feb mar apr jun jul aug"
        " sep okt nov dec mandag tirsdag onsdag torsdag fredag lørdag søndag lov bekendtgørelse cirkulære vejledning rum"
        " lokale møde referat version sektion række kolonne beslutning budget regnskab etape fase mål niveau trin hold"
        " klasse boks byrådet kommunalbestyrelsen direktionen",
    )
)
_REACH = 45


def find(text: str) -> list[Found]:
    """The postal addresses in a text, in order."""
    return find_in(folded(text))


def find_in(plain: str) -> list[Found]:
    """The postal addresses in a text that is folded already."""
    found: list[Found] = []
    for match in _CODE.finditer(plain):
        if one := _with_code(plain, match, found[-1].end if found else 0):
            found.append(one)
    for match in _HOME.finditer(plain):
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(Found(Kind.ADDRESS, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def _with_code(plain: str, match: re.Match[str], after: int) -> Found | None:
    """The address whose number, code and city the match is, if a street goes before them and begins after `after`."""
    before = plain[max(after, match.start() - _REACH) : match.start()]
    line = before.rpartition("\n")[2] if not before.endswith("\n") else before
    street = _STREET.search(line)
    city = _CITY.match(plain, match.end())
    if street is None or city is None or (1900 <= int(match["code"]) <= 2099 and city[0].lower() in _NO_STREET):
        return None
    words = street[0].split()
    if not words or words[-1].rstrip(".").lower() in _NO_STREET or not (words[0][0].isupper() or words[0][0].isdigit()):
        return None
    return Found(Kind.ADDRESS, match.start() - len(line) + street.start(), city.end())
