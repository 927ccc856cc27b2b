"""What the tests of a member's pages share."""

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import Settings

from sagsgang.members.tests.factories import TODAY, Hall, make_hall


@pytest.fixture
def hall(db: None) -> Iterator[Hall]:
    with time_machine.travel(TODAY):
        yield make_hall()


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings) -> None:
    """Static files by their plain names: the manifest is made when the site is installed."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
