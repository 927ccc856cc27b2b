"""Small numbers: hidden, and not to be computed. Random tables by a fixed seed, against an attacker who tries everything."""

import itertools
import random
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from sagsgang.equality.rules.protection import LEAST, Protected, computable, protect, with_totals


def possible(protected: Protected, most: int) -> dict[tuple[int, int], set[int]]:
    """Every value of each hidden cell, over all tables of heads up to `most` that show what is shown. Tries them all."""
    rows, columns = len(protected.rows) - 1, len(protected.rows[0]) - 1
    choices: list[Iterable[int]] = [
        [stated] if (stated := protected.rows[r][c]) is not None else range(most + 1)
        for r in range(rows)
        for c in range(columns)
    ]
    found: dict[tuple[int, int], set[int]] = {cell: set() for cell in protected.hidden}
    for values in itertools.product(*choices):
        table = with_totals([values[r * columns : (r + 1) * columns] for r in range(rows)])
        shown = zip(itertools.chain(*table), itertools.chain(*protected.rows), strict=True)
        if all(wanted is None or wanted == figure for figure, wanted in shown):
            for r, c in found:
                found[r, c].add(table[r][c])
    return found


@pytest.mark.parametrize("seed", range(24))
def test_no_hidden_cell_of_a_random_table_can_be_computed(seed: Any) -> None:
    drawn = random.Random(seed)
    rows, columns = drawn.choice([(2, 2), (2, 2), (3, 2), (2, 3)])
    inner = [[drawn.choice([0, 1, 2, 3, 3, 4]) for _column in range(columns)] for _row in range(rows)]
    protected = protect(inner)
    for r, row in enumerate(with_totals(inner)):
        for c, figure in enumerate(row):
            assert protected.rows[r][c] in (None, figure)
            assert figure >= LEAST or protected.rows[r][c] is None
    for cell, values in possible(protected, 5).items():
        assert len(values) > 1, (inner, protected.rows, cell)


def test_tables_as_large_as_a_report_are_safe() -> None:
    drawn = random.Random(7)
    for _round in range(150):
        inner = [
            [drawn.choice([0, 1, 2, 3, 7, 40, 900]) for _column in range(3)] for _row in range(drawn.choice([3, 4]))
        ]
        protected = protect(inner)
        assert not computable(with_totals(inner), protected.hidden), inner


def test_what_is_computable_is_what_an_attacker_computes() -> None:
    drawn = random.Random(11)
    for _round in range(60):
        inner = [[drawn.randint(0, 3) for _column in range(2)] for _row in range(2)]
        table = with_totals(inner)
        hidden = {(r, c) for r in range(3) for c in range(3) if drawn.random() < 0.5}
        rows = tuple(
            tuple(None if (r, c) in hidden else figure for c, figure in enumerate(row)) for r, row in enumerate(table)
        )
        tried = {cell for cell, values in possible(Protected(rows), 5).items() if len(values) == 1}
        assert computable(table, hidden) == tried, (inner, hidden)


def test_versions_give_nothing_away() -> None:
    drawn = random.Random(3)
    for _round in range(100):
        inner = [[drawn.choice([1, 2, 4, 9, 30]) for _column in range(2)] for _row in range(3)]
        versions = [protect(inner)]
        for _version in range(3):
            inner = [[max(0, figure + drawn.choice([0, 0, 0, 1, -1, 2, 5])) for figure in row] for row in inner]
            new = protect(inner, versions)
            assert not computable(with_totals(inner), new.hidden)
            for old in versions:
                assert old.hidden <= new.hidden
                for before, after in zip(itertools.chain(*old.rows), itertools.chain(*new.rows), strict=True):
                    assert before is None or after is None or abs(before - after) not in (1, 2)
            versions.append(new)


def test_the_same_again_is_the_same_and_no_further_cell_could_be_shown() -> None:
    drawn = random.Random(5)
    for _round in range(120):
        inner = [[drawn.choice([0, 1, 2, 3, 5, 9, 40]) for _column in range(2)] for _row in range(drawn.choice([2, 3]))]
        table, protected = with_totals(inner), protect(inner)
        assert protect(inner, [protected]) == protected == protect(inner)
        for r, c in protected.hidden:
            if table[r][c] >= LEAST:
                assert computable(table, protected.hidden - {(r, c)}), (inner, protected.rows, (r, c))


def test_shares_of_what_is_shown_tell_nothing_more() -> None:
    """A whole per cent is told where women and all of the level are shown alone, so it follows from what stands beside it."""
    drawn = random.Random(13)
    for _round in range(40):
        inner = [[drawn.choice([0, 1, 2, 3, 4]) for _column in range(2)] for _row in range(2)]
        protected = protect(inner)
        told = {at: row[0] / row[2] for at, row in enumerate(protected.rows) if row[0] is not None and row[2]}
        for cell, values in possible(protected, 5).items():
            assert len(values) > 1, (inner, protected.rows, cell, told)
            assert cell[0] not in told or cell[1] != 0


def test_large_figures_are_shown_as_they_are() -> None:
    assert protect([[10, 20], [30, 40]]).rows == ((10, 20, 30), (30, 40, 70), (40, 60, 100))


def test_one_small_figure_takes_what_it_could_be_subtracted_from() -> None:
    protected = protect([[2, 20, 5], [30, 40, 6], [70, 50, 8]])
    assert protected.rows[0][0] is None
    assert len(protected.hidden) >= 4
    assert protected.rows[-1][-1] == 231


def test_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        protect([[1, 2]], [protect([[1, 2], [3, 4]])])
    with pytest.raises(ValueError, match="levels"):
        protect([[1, 2], [3, 4]], [protect([[1, 2], [3, 4]], levels=(1, 2))], levels=(2, 3))


def possible_of_all(releases: Sequence[Protected], most: int) -> dict[int, set[tuple[int, int]]]:
    """What is possible of each level that all releases of one day tell of together. Tries everything."""
    levels = sorted({level for one in releases for level in one.levels})
    values = list(itertools.product(range(most + 1), range(most + 1)))
    found: dict[int, set[tuple[int, int]]] = {level: set() for level in levels}
    for drawn in itertools.product(values, repeat=len(levels)):
        by_level: dict[int, tuple[int, int]] = dict(zip(levels, drawn, strict=True))
        if all(_shows(one, [by_level[level] for level in one.levels]) for one in releases):
            for level in levels:
                found[level].add(by_level[level])
    return found


def _shows(protected: Protected, inner: Sequence[tuple[int, int]]) -> bool:
    pairs = zip(itertools.chain(*with_totals(inner)), itertools.chain(*protected.rows), strict=True)
    return all(wanted is None or wanted == figure for figure, wanted in pairs)


def test_releases_of_different_shapes_would_give_a_level_away_and_are_refused() -> None:
    whole = protect([[2, 4], [5, 4], [3, 5]], levels=(1, 2, 3))
    alone = protect([[2, 4], [5, 4]], levels=(1, 2))
    assert all(len(values) > 1 for level, values in possible_of_all([whole], 5).items() if level != 2)
    assert possible_of_all([whole, alone], 5)[3] < possible_of_all([whole], 5)[3]  # each is safe, both are not
    with pytest.raises(ValueError, match="shape"):
        protect([[2, 4], [5, 4]], [whole], levels=(1, 2))
    # A level without leaders is stated with 0, and then nothing follows.
    corrected = protect([[2, 4], [5, 4], [0, 0]], [whole], levels=(1, 2, 3))
    assert not computable(with_totals([[2, 4], [5, 4], [0, 0]]), corrected.hidden)
