"""What the tests of the login share."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings) -> None:
    """Static files by their plain names: the manifest is made when the site is installed."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
