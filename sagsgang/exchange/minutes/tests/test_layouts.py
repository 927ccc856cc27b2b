"""Invented documents, one for each way of printing (layouts page, section 10); expected.json is what a person reads."""

import json

import pytest

from sagsgang.exchange.minutes.reading import read_file
from sagsgang.exchange.minutes.tests.outline import outline
from sagsgang.exchange.minutes.tests.shared import LAYOUTS

EXPECTED = json.loads((LAYOUTS / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_layout_is_read_as_a_person_reads_it(name: str) -> None:
    assert outline(read_file(LAYOUTS / name)) == EXPECTED[name]


def test_every_layout_has_its_expectation() -> None:
    assert sorted(path.name for path in LAYOUTS.glob("*.txt")) == sorted(EXPECTED)
