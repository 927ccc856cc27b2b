"""What the tests of the log share."""

import pytest

from sagsgang.meetings.tests.factories import House, make_house


@pytest.fixture
def house(db: None) -> House:
    return make_house()
