"""What the tests of the meeting plan share."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import translation

from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.planning.tests.plans import NEW_YEAR


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The words as the code has them."""
    with translation.override("en"):
        yield


@pytest.fixture
def new_year() -> Iterator[None]:
    """The beginning of the year that is planned."""
    with time_machine.travel(NEW_YEAR, tick=False):
        yield


@pytest.fixture
def town(new_year: None, db: None) -> Town:
    """Egekøbing in small, at the beginning of the year."""
    return make_town()
