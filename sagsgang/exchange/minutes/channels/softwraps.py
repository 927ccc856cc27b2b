"""Undo the rhythm of PDF text in which every printed line is followed by an empty one (layouts page, section 1).

A printed line ends with a blank and an empty line follows; a line that is blank only ends the paragraph; a page
break is one line feed and a leading blank, and may fall in the middle of a sentence.
"""

import re
from collections.abc import Callable

from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.vocabulary import starts_block

Cleaner = Callable[[str], tuple[str, bool]]
NUMBERED = re.compile(r"\d{1,3}\.\s+[A-ZÆØÅÉ\"”“»'(§0-9]")
ROW = re.compile(r"\d{1,3}\s+-(?:\s|$)")
NEARLY_FULL = 10  # so much shorter than the widest lines may a line be and still have been broken by the margin


def is_soft_wrapped(raw: list[str]) -> bool:
    """Nearly every line ends with a blank, and an empty line follows most of them."""
    full = [index for index, line in enumerate(raw) if line.strip()]
    if len(full) < 6:
        return False
    wrapped = sum(1 for i in full if raw[i].endswith(" ") and (i + 1 >= len(raw) or raw[i + 1] == ""))
    return wrapped >= 0.6 * len(full)


def unwrapped(raw: list[str], start: int, clean: Cleaner) -> list[Line]:
    """Paragraphs as lines; a paragraph has the number of its first printed line."""
    width = _width(raw[start:])
    lines: list[Line] = []
    last_raw = ""
    ended = True
    gap = 0
    for number, line in enumerate(raw[start:], start=start + 1):
        text, bullet = clean(line)
        if not text:
            ended = ended or line != ""
            gap += line != ""
            continue
        if not lines or ended or bullet or _breaks(lines[-1], last_raw, text, width):
            lines.append(Line(number, text, gap, bullet))
        else:
            lines[-1] = _longer(lines[-1], text)
        last_raw, ended, gap = line.strip(), False, 0
    return lines


def _width(raw: list[str]) -> int:
    lengths = sorted(len(line.strip()) for line in raw if line.strip())
    return lengths[int(len(lengths) * 0.85)] if lengths else 0


def _breaks(before: Line, last_raw: str, text: str, width: int) -> bool:
    """A new paragraph: a heading, a list number, or a sentence that ended well before the margin."""
    if starts_block(before.text) or starts_block(text) or NUMBERED.match(text) or ROW.match(text):
        return True
    room = width - NEARLY_FULL - len(last_raw)
    return last_raw.endswith((".", ":", "!", "?", ";")) and len(text.split(" ", 1)[0]) + 1 <= room


def _longer(line: Line, text: str) -> Line:
    return Line(line.number, f"{line.text} {text}", line.gap, line.bullet)
