"""No small figure follows from what is shown beside it (leak rule 9)."""

import random
from collections import defaultdict
from itertools import product

import pytest

from sagsgang.core.suppressing import LEAST, Column, suppressed
from sagsgang.portal.statistics import year_of
from sagsgang.publication.queries.counts import COUNTED


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        ((), Column((), 0)),
        ((7, 3, 0), Column((7, 3, 0), 10)),
        ((7, 2, 5), Column((7, None, None), 14)),  # 2 would be 14 - 7 - 5
        ((7, 2, 7), Column((None, None, None), 16)),  # which of the two sevens is left out would tell
        ((2, 0), Column((None, 0), None)),  # the total would be the figure
        ((1, 1, 1), Column((None, None, None), None)),
        ((9, 1), Column((None, None), 10)),
    ],
)
def test_a_small_figure_and_what_could_be_subtracted_are_left_out(figures: tuple[int, ...], shown: Column) -> None:
    assert suppressed(figures) == shown


def test_who_knows_the_rule_cannot_tell_any_figure_that_is_left_out() -> None:
    # Every column of at most four groups up to ten: those that are shown alike are what a reader must think possible.
    worlds: dict[Column, list[tuple[int, ...]]] = defaultdict(list)
    for size in range(1, 5):
        for figures in product(range(11), repeat=size):
            worlds[suppressed(figures)].append(figures)

    known = [
        (shown, place)
        for shown, possible in worlds.items()
        for place, figure in enumerate(shown.figures)
        if figure is None and len({figures[place] for figures in possible}) < 2
    ]
    known_totals = [
        shown for shown, possible in worlds.items() if shown.total is None and len({sum(row) for row in possible}) < 2
    ]

    assert (known, known_totals) == ([], [])


def test_no_small_figure_is_shown_in_any_table() -> None:
    chance = random.Random(5)
    for _ in range(2000):
        groups = [(f"b{no}", {name: chance.randrange(12) for name in COUNTED}) for no in range(chance.randrange(1, 9))]

        shown = year_of(2026, groups)

        for line, figures in [*zip(shown.lines, groups, strict=True), (shown.total, ("", {}))]:
            assert all(figure is None or figure == 0 or figure >= LEAST for figure in line.figures)
            if line.share_closed is not None:
                assert line.closed is not None and line.items
            if figures[1]:
                assert all(row in (None, figures[1][name]) for row, name in zip(line.figures, COUNTED, strict=True))
