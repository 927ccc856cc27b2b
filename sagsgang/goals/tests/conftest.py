"""The town of the goals."""

import pytest

from sagsgang.goals.tests.factories import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """Nothing is written of goals yet."""
    return make_town()
