"""When a text may be changed, what its points may ask for, and how two texts of one origin are laid together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

# What a point may ask for, the usual first; by `ItemKind`.
_VERBS: dict[str, tuple[str, ...]] = {
    "B": ("approve", "adopt", "recommend", "grant", "decide", "forward", "reject", "note"),
    "D": ("discuss", "note", "forward"),
    "O": ("note",),
}
_EVERY_VERB = ("approve", "adopt", "recommend", "grant", "decide", "discuss", "note", "forward", "reject")


@dataclass(frozen=True, slots=True)
class PointWords:
    """One point of a recommendation: a `Verb` value or "", and its words."""

    verb: str
    text: str


class StaleTextError(RuleBrokenError):
    """Somebody else saved first: nothing is overwritten, and what was refused is kept. `revision` now stands."""

    def __init__(self, sentence: str, *, revision: int) -> None:
        super().__init__(sentence)
        self.revision = revision


def require_editable(state: Literal["draft", "in_approval", "approved"], *, is_current_approver: bool) -> None:
    """Words change while they are written, or by the approver whose turn it is. `state` is that of the approval."""
    if state == "draft" or (state == "in_approval" and is_current_approver):
        return
    if state == "approved":
        raise RuleBrokenError(_("The text is approved. Open it for writing again before you change it."))
    raise RuleBrokenError(_("The text is in approval. Only the approver whose turn it is may change it."))


def require_draft(*, is_draft: bool) -> None:
    """A frozen version never changes."""
    if not is_draft:
        raise RuleBrokenError(_("This version is frozen. Begin a new version to change the words."))


def require_heading(heading: str) -> None:
    """A section is found by its heading."""
    if not heading.strip():
        raise RuleBrokenError(_("Write a heading for the section."))


def require_ground(access: str, ground: str) -> None:
    """A closed section carries the ground on which it is closed."""
    if access == "closed" and not ground:
        raise RuleBrokenError(_("Choose the ground on which the section is closed."))


def verbs_for(item_kind: str, kept: str = "") -> tuple[str, ...]:
    """The verbs that fit the kind of item, the usual first; `kept` (a verb that is there already) stays choosable."""
    fitting = _VERBS.get(item_kind, _EVERY_VERB)
    return fitting if not kept or kept in fitting else (*fitting, kept)


type Change = tuple[int, int, tuple[str, ...]]


def merged(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """Two texts made of `base`, laid together, block by block; None if both touched the same blocks."""
    changes = _changes(base, mine)
    changes += [change for change in _changes(base, theirs) if change not in changes]
    changes.sort(key=lambda change: change[:2])
    for (start, end, _blocks), (next_start, next_end, _next) in pairwise(changes):
        if next_start < end or (next_start, next_end) == (start, end):
            return None
    whole: list[str] = []
    at = 0
    for start, end, blocks in changes:
        whole += [*base[at:start], *blocks]
        at = end
    return [*whole, *base[at:]]


def _changes(base: Sequence[str], other: Sequence[str]) -> list[Change]:
    """What became of `base`: the blocks from-to that were replaced, and by which."""
    found = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [(i, j, tuple(other[k:m])) for tag, i, j, k, m in found if tag != "equal"]
