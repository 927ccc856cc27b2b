"""The grammar of the texts: variants in brackets, facts in braces, a few block marks.

`[den ny|en ny] skole` picks one; brackets may nest. `{school}` is a fact that the filler knows. Blocks are
parted by blank lines; lines that begin with "- " make a list, with "| " a table (its first row is the head);
`**word**` is strong.
"""

import re
from collections.abc import Callable
from html import escape
from random import Random

INNERMOST = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{([^{}]+)\}")
STRONG = re.compile(r"\*\*(.+?)\*\*")
FIRST_NUMBER = re.compile(r"(^|[.?] |\n|- )([2-9]|1[0-2]) (?=[a-zæøå])")
NUMBER_WORDS = ("To", "Tre", "Fire", "Fem", "Seks", "Syv", "Otte", "Ni", "Ti", "Elleve", "Tolv")
SPACES = re.compile(r"[ \n]+")


def expand(text: str, rng: Random, fill: Callable[[str], str]) -> str:
    """Choose the variants, fill in the facts, mend what the joints leave ("kr..", double spaces)."""
    while INNERMOST.search(text):
        text = INNERMOST.sub(lambda found: rng.choice(found[1].split("|")), text)
    return tidy(SLOT.sub(lambda found: fill(found[1]), text))


def tidy(text: str) -> str:
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r" +([.,;:?])", r"\1", text)
    text = FIRST_NUMBER.sub(_number_word, text)
    return re.sub(r"\.\.+", ".", text).strip()


def _number_word(found: re.Match[str]) -> str:
    """A sentence does not begin with a small figure."""
    return f"{found[1]}{NUMBER_WORDS[int(found[2]) - 2]} "


def one_line(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def blocks(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def to_html(text: str) -> str:
    """The sanitised subset that the house stores: p, ul, li, strong, table."""
    return "".join(_block(block) for block in blocks(text))


def to_paragraphs(text: str) -> tuple[str, ...]:
    """The same text for a file: tables left out, list points as paragraphs of their own."""
    lines: list[str] = []
    for block in blocks(text):
        if block.startswith("| "):
            continue
        parts = re.split(r"(?m)^- ", block) if block.startswith("- ") else [block]
        lines += [STRONG.sub(r"\1", one_line(part)) for part in parts if part.strip()]
    return tuple(lines)


def _block(block: str) -> str:
    if block.startswith("- "):
        points = re.split(r"(?m)^- ", block)[1:]
        return "<ul>" + "".join(f"<li>{_inline(point)}</li>" for point in points) + "</ul>"
    if block.startswith("| "):
        return _table(block.splitlines())
    return f"<p>{_inline(block)}</p>"


def _table(lines: list[str]) -> str:
    rows = [[_inline(cell) for cell in line.strip().strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    return STRONG.sub(r"<strong>\1</strong>", escape(one_line(text), quote=False))
