"""The town of the policies."""

import pytest

from sagsgang.policies.tests.factories import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """The house; nothing in the register."""
    return make_town()
