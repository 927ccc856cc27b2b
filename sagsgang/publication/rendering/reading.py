"""The words of a PDF's page as paragraphs: what the reading view shows and the search reads. Pure.

The text comes line by line, and a hyphen at a line's end as U+FFFE, with or without the line break. A word that was
parted is joined; a hyphen that stands for the rest of a word is kept before og, eller and samt.
"""

import re

HYPHEN = "\ufffe"
_KEPT_BEFORE = re.compile(r"(?:og|eller|samt|og/eller)\b")
_BROKEN_WORD = re.compile(rf"(\S*)[{HYPHEN}\u0002]\s*(\S*)")
_LAST_HYPHEN = re.compile(r"(\S*[^\W\d_])[-\u2010\u00ad]\n\s*(\S*)")
_OPENS = re.compile(r"(?:[-–•·*\u25aa\uf0b7]\s|\(?\d{1,3}[.)]\s|\(?[a-zæøå][.)]\s|§\s?\d)")
_CLOSES = re.compile(r"[.:;!?][)»\"”]?$")
SHORT = 0.7  # of the page's usual line: a line that ends before this ends its paragraph, if the words allow it


def joined_word(before: str, after: str) -> str:
    """Two parts of a word that a line's end has parted: "vej" + "belysning"; "børne-" + " og"."""
    if _KEPT_BEFORE.match(after):
        return f"{before}- {after}"
    keeps = not after or not after[0].isalpha() or after[0].isupper() or (len(before) > 1 and before.isupper())
    return f"{before}-{after}" if keeps else f"{before}{after}"


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a page, each on one line, in order; empty where the page has no text layer."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _BROKEN_WORD.sub(lambda match: joined_word(match[1], match[2]), text)
    text = _LAST_HYPHEN.sub(lambda match: joined_word(match[1], match[2]), text)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    usual = _usual_length([line for line in lines if line])
    found: list[str] = []
    last = ""  # the line before; "" = a paragraph begins
    for line in lines:
        if not line:
            last = ""
            continue
        if last and not _ends(last, line, usual):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
        last = line
    return found


def _usual_length(lines: list[str]) -> int:
    """How long a full line is on this page: three of four lines are no longer."""
    lengths = sorted(map(len, lines))
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def _ends(line: str, following: str, usual: int) -> bool:
    """Does a paragraph end with `line`, when `following` comes after it?"""
    if _OPENS.match(following):
        return True
    is_short = len(line) < SHORT * usual
    return is_short and (bool(_CLOSES.search(line)) or following[0].isupper() or following[0].isdigit())
