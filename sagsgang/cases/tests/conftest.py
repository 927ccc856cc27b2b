"""What the tests of cases share."""

import pytest

from sagsgang.cases.tests.factories import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    return make_town()
