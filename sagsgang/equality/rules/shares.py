"""Percentages of heads: computed, never typed, and summing to 100."""

from collections.abc import Sequence


def percents_of(heads: Sequence[int]) -> tuple[int, ...]:
    """Whole percentages that sum to 100 (to 0 where there is nobody): the largest remainders are rounded up."""
    whole = sum(heads)
    if not whole:
        return tuple(0 for _head in heads)
    floors = [100 * head // whole for head in heads]
    order = sorted(range(len(heads)), key=lambda at: (-(100 * heads[at] % whole), at))
    for at in order[: 100 - sum(floors)]:
        floors[at] += 1
    return tuple(floors)
