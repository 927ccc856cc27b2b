"""CPR numbers: six digits of a date and four more, however they are set, and none of the other long numbers.

The date must be one on which somebody alive or dead can be born; the check digit (modulus 11) is not demanded, since
numbers without it have been given out since 2007. It only decides where a number stands among others that make it
unlikely: after the word invoice, in a web address, in a row of figures.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.dk import cpr

from sagsgang.gate.finding.folded import INVISIBLE, Found, folded
from sagsgang.gate.pieces import Kind

_TOKEN = re.compile(rf"[0-9]+(?:{INVISIBLE}+\s*[0-9]+)*")
_GAP = re.compile(rf"[\s{INVISIBLE}|;]*[-./,:_·]?[\s{INVISIBLE}|;]*")
_HINT = re.compile(
    r"cpr|c\.p\.r|person\s?-?\s?n(?:umme)?r|pers\.?\s?-?nr|\bfødt\b|\bfødsels|\bf\.\s?d|\bp\.?nr\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"(?:faktura|ordre|rekvisition|\bean|gln|\bp[- ]?n(?:umme)?r|p-enhed|produktionsenhed|bilags?nr|journal|løbenr|isbn"
    r"|issn|varenr|dok(?:ument)?\.?[- ]?(?:nr|id|nummer)|sags?[- ]?(?:nr|id|nummer)|konto|tinglys|bfe|\bref|\bid\b|cvr"
    r"|tlf|telefon|gironr|kreditor|licens)[^\d\n]{0,14}$",
    re.IGNORECASE,
)
# Businesses' production units have numbers from 1 000 000 000 on, of which many begin like a birthday in winter.
_UNIT = re.compile(r"(?:\bp-n(?:umme)?r|\bp-enhed|produktionsenhed)[^\d\n]{0,14}$", re.IGNORECASE)
_FIGURE_BEFORE = re.compile(r"[0-9][0-9.,%]*[ \t|;]+$")
_FIGURE_AFTER = re.compile(r"^[ \t|;]+-?[0-9]")
HINT_REACH = 2000  # signs: the head of a table speaks for its rows
_LONGEST_GAP = 12
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits that stand together; `soft` where something unseen parts them."""

    start: int
    end: int
    digits: str
    soft: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Ten digits that would be a number: the lengths of their runs, and what stands between them."""

    start: int
    end: int
    digits: str
    lengths: tuple[int, ...]
    gaps: str
    soft: bool

    @property
    def has_check_digit(self) -> bool:
        return bool(cpr.checksum(self.digits) == 0)


def find(text: str) -> list[Found]:
    """The CPR numbers in a text, in order."""
    return find_in(folded(text))


def find_in(plain: str) -> list[Found]:
    """The CPR numbers in a text that is folded already."""
    runs = [
        _Run(match.start(), match.end(), digits, len(digits) != match.end() - match.start())
        for match in _TOKEN.finditer(plain)
        if len(digits := "".join(sign for sign in match[0] if sign.isdigit())) <= 2 * _DIGITS
    ]
    if sum(len(run.digits) for run in runs) < _DIGITS:
        return []
    hints: list[int] | None = None
    found: list[Found] = []
    position = 0
    while position < len(runs):
        step = 1
        for taken, candidate in _candidates(plain, runs, position):
            if not _may_be_date(candidate.digits):
                continue
            if hints is None:
                hints = [match.start() for match in _HINT.finditer(plain)]
            hinted = _is_hinted(hints, candidate.start)
            listed = bool(found) and candidate.start - found[-1].end <= 2
            if _is_date(candidate.digits, hinted=hinted and candidate.gaps in ("-", "w")) and _stands(
                plain, candidate, hinted=hinted, listed=listed
            ):
                found.append(Found(Kind.CPR, candidate.start, candidate.end))
                step = taken
                break
        position += step
    return found


def _candidates(plain: str, runs: list[_Run], first: int) -> Iterator[tuple[int, _Candidate]]:
    """Runs from the first on that make ten digits, or twelve with the century: how many, and what they make."""
    if runs[first].digits[0] not in "01236789":
        return
    digits, lengths, gaps, soft = "", [], "", False
    for taken, run in enumerate(runs[first : first + _DIGITS], start=1):
        if taken > 1:
            sign = _gap_sign(plain, runs[first + taken - 2].end, run.start)
            if not sign:
                return
            gaps += sign
        digits += run.digits
        lengths.append(len(run.digits))
        soft = soft or run.soft
        if len(digits) == _DIGITS:
            yield taken, _Candidate(runs[first].start, run.end, digits, tuple(lengths), gaps, soft)
        elif len(digits) == _DIGITS + 2 and digits[4:6] in ("19", "20"):
            short = digits[:4] + digits[6:]
            yield taken, _Candidate(runs[first].start, run.end, short, tuple(lengths), gaps, soft)
        elif len(digits) > _DIGITS + 2:
            return


def _gap_sign(plain: str, start: int, end: int) -> str:
    """What parts two runs: `-` `.` `/` `o`ther, `b`lank, `n`ewline, `w`rapped hyphen; "" if it parts them for good."""
    if end - start > _LONGEST_GAP:
        return ""
    gap = plain[start:end]
    if not _GAP.fullmatch(gap):
        return ""
    sign = next((sign for sign in gap if sign in "-./,:_·"), "")
    if sign == "-" and "\n" in gap.partition("-")[2]:
        return "w"
    if sign:
        return sign if sign in "-./" else "o"
    if "\n" in gap:
        return "n" if gap.count("\n") <= 2 else ""
    return "b"


def _is_hinted(hints: list[int], start: int) -> bool:
    place = bisect_left(hints, start)
    return place > 0 and start - hints[place - 1] <= HINT_REACH


def _may_be_date(digits: str) -> bool:
    return digits[0] in "01236789" and "00" < digits[2:4] <= "12" and digits[:2] != "00"


def _is_date(digits: str, *, hinted: bool) -> bool:
    """Is it somebody's birthday? A number given out for want of one has 60 more in its day."""
    if hinted and digits[0] in "6789":
        digits = f"{int(digits[0]) - 6}{digits[1:]}"
    return bool(cpr.is_valid(digits))


def _stands(plain: str, one: _Candidate, *, hinted: bool, listed: bool) -> bool:
    """Can what is round the digits, and between them, be a person's number?"""
    if not _is_shaped(plain, one, hinted=hinted):
        return False
    if hinted or listed:
        return not _is_decimal(plain, one)
    return not _is_glued(plain, one)


def _is_decimal(plain: str, one: _Candidate) -> bool:
    return one.lengths == (_DIGITS,) and bool(re.match(r"[.,]\d", plain[one.end : one.end + 2]))


def _is_glued(plain: str, one: _Candidate) -> bool:
    """Is it a part of a longer number? A sign and a digit go before it, or a hyphen and digits that are no CPR follow."""
    before = plain[max(0, one.start - 2) : one.start]
    if re.fullmatch(r"\d[-./,_]", before):
        return True
    after = plain[one.end : one.end + 12]
    if re.match(r"-\d", after):
        return not re.match(r"-\d{6}-?\d{4}", after)
    return _is_decimal(plain, one)


def _is_shaped(plain: str, one: _Candidate, *, hinted: bool) -> bool:
    lengths, gaps = one.lengths, one.gaps.replace("w", "-")
    if lengths == (_DIGITS,):
        if one.digits.startswith(("100", "101", "102", "103")) and _UNIT.search(
            plain[max(0, one.start - 40) : one.start]
        ):
            return False
        return hinted or one.soft or _stands_alone(plain, one)
    if lengths == (6, 4):
        return _is_pair(plain, one, hinted=hinted)
    if lengths in ((2, 2, 2, 4), (2, 2, 4, 4)) and len(set(gaps[:-1])) == 1:
        if gaps == "..-" and not hinted and one.digits[6:8] in ("19", "20"):
            return False  # a number of KLE and a year
        return gaps[-1] == "-" or hinted or (len(lengths) == 4 and gaps == "bbb" and lengths[2] == 2)
    if lengths == (8, 4):
        return gaps == "-" or hinted
    if lengths == (1,) * _DIGITS:
        return set(gaps) <= {"b", "-"}
    return _is_broken(one, hinted=hinted)


def _stands_alone(plain: str, one: _Candidate) -> bool:
    """Ten digits without a hyphen, and nobody says what they are."""
    if re.search(r"[^\W\d_]$", plain[max(0, one.start - 1) : one.start]):
        return False
    if re.match(r"[^\W\d_]", plain[one.end : one.end + 1]):
        return False
    if one.has_check_digit:
        return True
    before = plain[max(0, one.start - 60) : one.start]
    word = re.split(r"\s", before)[-1]
    return not (_OTHER.search(before) or "://" in word or word.startswith("www.") or re.search(r"\d{4}[ -]$", before))


def _is_pair(plain: str, one: _Candidate, *, hinted: bool) -> bool:
    """Six digits and four: a hyphen says enough; blanks and line ends may be chance, in a column of figures."""
    if hinted or one.gaps in "-./w" or (one.gaps in "bn" and one.has_check_digit):
        return True
    if one.gaps == "o":
        return False
    line_before = plain[max(0, one.start - 200) : one.start].rpartition("\n")[2]
    if one.gaps == "n":
        return bool(re.search(r"[^\W\d_]", line_before)) and one.digits[6:8] not in ("19", "20")
    return not (_FIGURE_BEFORE.search(line_before) or _FIGURE_AFTER.match(plain[one.end : one.end + 12]))


def _is_broken(one: _Candidate, *, hinted: bool) -> bool:
    """One line end within the digits, hyphenated or not, and a hyphen in its place; or somebody says what it is."""
    gaps, digits = "", 0
    for length, gap in zip(one.lengths, one.gaps, strict=False):
        digits += length
        gaps += gap if gap != "w" else "-" if digits == 6 else "n"
    if gaps.count("n") != 1 or sum(one.lengths) != _DIGITS:
        return False
    rest = gaps.replace("n", "")
    return sum(one.lengths[: gaps.index("-") + 1]) == 6 if rest == "-" else hinted and not rest
