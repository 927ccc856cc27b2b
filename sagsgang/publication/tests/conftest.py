"""What the tests of the release pages share."""

import pytest
from pytest_django import Settings

from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.meetings.tests.factories import House, make_house


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings) -> None:
    """Static files by their plain names: the manifest is made when the site is installed."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def town(db: None) -> Town:
    return make_town()
