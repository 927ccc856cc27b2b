"""What the tests of follow-ups share."""

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import Settings

from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.meetings.tests.agenda import IN_TIME


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
