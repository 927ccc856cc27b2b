"""Lines of words that were written in several pieces: what is shown, what is hidden, and what stands on a seam."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TAIL = re.compile(r"[\d\s.\-–‑­]{0,16}$")
_HEAD = re.compile(r"^[\d\s.\-–‑­]{0,16}")
# The two halves of a CPR number, in two cells or two lines.
_SIX = re.compile(r"(?<![\d.,])(\d{6})\s*[-–‑]?\s*$")
_FOUR = re.compile(r"^\s*[-–‑]?\s*(\d{4})(?![\d.,])")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `deleted` = tracked as deleted, `added` = tracked as inserted."""

    text: str
    hidden: bool = False
    deleted: bool = False
    added: bool = False

    @property
    def is_unseen(self) -> bool:
        """No reader of the finished page sees it."""
        return self.hidden or self.deleted


def shown(runs: Iterable[Run]) -> str:
    """What a reader sees."""
    return "".join(run.text for run in runs if not run.is_unseen)


def unseen(runs: list[Run]) -> Iterator[str]:
    """Each stretch that no reader sees, with the digits beside it: a number may be half hidden."""
    start = 0
    while start < len(runs):
        if not runs[start].is_unseen:
            start += 1
            continue
        end = start
        while end < len(runs) and runs[end].is_unseen:
            end += 1
        words = "".join(run.text for run in runs[start:end])
        if words.strip():
            before = _TAIL.search("".join(run.text for run in runs[:start] if not run.is_unseen))
            after = _HEAD.search("".join(run.text for run in runs[end:] if not run.is_unseen))
            assert before is not None
            assert after is not None
            yield _joined(before.group(), words, after.group())
        start = end


def _joined(before: str, words: str, after: str) -> str:
    """Digits beside hidden words belong to them only where the words themselves begin or end in digits."""
    if not words[:1].isdigit() and words[:1] not in "-–‑ ":
        before = ""
    if not words[-1:].isdigit() and words[-1:] not in "-–‑ ":
        after = ""
    return before + words + after


def seam(first: str, second: str) -> str | None:
    """The number that stands half at the end of one line or cell and half at the start of the next; None if none."""
    left, right = _SIX.search(first), _FOUR.search(second)
    if left is None or right is None:
        return None
    return f"{left.group(1)}-{right.group(1)}"
