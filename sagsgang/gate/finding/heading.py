"""What stands over a column of a table, or to the left of a cell, and says what the figures in the cell are."""

import re

from sagsgang.gate.finding.folded import folded

PHONE, CPR, ACCOUNT, REGISTRATION = "Telefon: ", "CPR-nr.: ", "Kontonr.: ", "Reg.nr.: "
LONGEST = 40  # signs: what is longer is a sentence
_SAYS = (
    (CPR, re.compile(r"\bcpr|\bpersonn(?:umme)?r\b", re.IGNORECASE)),
    (PHONE, re.compile(r"\b(?:(?:mobil)?(?:tlf|telefon)|mobil|phone)(?:\.?\s?-?n(?:umme)?r)?\b", re.IGNORECASE)),
    (REGISTRATION, re.compile(r"\breg(?:istrerings)?\.?\s?-?n(?:umme)?r\b", re.IGNORECASE)),
    (
        ACCOUNT,
        re.compile(
            r"\b(?:bank|løn|nem|giro)?konto\.?\s?-?n(?:umme)?r\b|\b(?:bank|løn|nem|giro)konto\b|\biban\b", re.IGNORECASE
        ),
    ),
)
_AMOUNT = re.compile(
    r"%|\b(?:kr|t\.?kr|kroner|dkk|beløb|udgift\w*|budget\w*|antal|pris\w*|forbrug|regnskab|timer|procent|abonnement\w*)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d{4}")


def heading_of(words: str) -> str:
    """The words that speak for the cells under or beside these, in the house's own writing; "" if they are no heading.

    Figures under "Telefon (kr.)" are amounts: such a heading speaks for nothing.
    """
    if not words or len(words) > LONGEST:
        return ""
    plain = folded(words)
    if _FIGURES.search(plain) or _AMOUNT.search(plain):
        return ""
    return next((said for said, pattern in _SAYS if pattern.search(plain)), "")
