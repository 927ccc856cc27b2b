"""What the tests of the staff site's pages share."""

import pytest
from django.test import Client
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.meetings.tests.factories import House, make_house


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture
def client() -> Client:
    return Client()


def signed_in_as(user: User) -> Client:
    """A client whose user has logged in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings) -> None:
    """Static files by their plain names: the manifest is made when the site is installed."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
