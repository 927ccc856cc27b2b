"""How far a level is from its target: from heads, in people and in points. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sagsgang.equality.shapes import Figures, Sex

type State = Literal["reached", "under way", "missed", "uncounted"]


@dataclass(frozen=True, slots=True)
class Distance:
    """Where a target stands. `heads` and `share` are of its sex now (None: not counted, or nobody); what lacks is 0 or more."""

    state: State
    heads: int | None = None
    share: float | None = None
    lacking_heads: int | None = None
    lacking_points: int | None = None


def distance_of(figures: Figures | None, *, sex: str, number: int, share: int, due_on: date, today: date) -> Distance:
    """A target is reached when both its number and its share are; per cent are of women and men, as everywhere."""
    if figures is None or figures.share is None:
        return Distance("uncounted")
    is_woman = sex == Sex.WOMAN
    heads = figures.women if is_woman else figures.men
    now = figures.share if is_woman else 100 - figures.share
    people, points = max(number - heads, 0), max(share - round(now), 0)
    if not people and not points:
        state: State = "reached"
    else:
        state = "missed" if today > due_on else "under way"
    return Distance(state, heads, now, people, points)


def as_women(sex: str, share: int) -> int:
    """The target as a share of women, to be drawn beside the other shares."""
    return share if sex == Sex.WOMAN else 100 - share
