"""Goals that are offered, never set: what matters of an area usually touch."""

from collections.abc import Collection, Iterable, Mapping


def suggested(usual: Mapping[str, Collection[int]], names: Iterable[str], taken: Collection[int]) -> tuple[int, ...]:
    """The goals of the areas of these names (as written on the matter, in any case), without those that are there."""
    by_name = {name.casefold(): goals for name, goals in usual.items()}
    found = {goal for name in names for goal in by_name.get(name.strip().casefold(), ())}
    return tuple(sorted(found - set(taken)))
