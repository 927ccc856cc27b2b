"""What every test of the portal stands on: its own addresses, English words, and nothing kept from another test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from sagsgang.portal.pages import forget_pages


@pytest.fixture(autouse=True)
def portal(settings: Settings) -> Iterator[None]:
    """The portal alone, as its own process serves it, with its files unhashed."""
    settings.ROOT_URLCONF = "sagsgang.site.urls_portal"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.BASE_URL = "https://moeder.example"
    forget_pages()
    with translation.override("en"):
        yield


class Reader(Client):
    """A client that reads every answer to its end, as a browser does: `whole` holds its bytes."""

    def request(self, **request: Any) -> Any:
        answer: Any = super().request(**request)
        answer.whole = answer.getvalue()
        if answer.streaming:
            answer.close()
        return answer


@pytest.fixture
def client() -> Client:
    """Somebody who reads the portal."""
    return Reader()
