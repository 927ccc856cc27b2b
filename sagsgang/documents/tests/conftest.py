"""What the tests of files share."""

import shutil
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.documents import office


@pytest.fixture(autouse=True)
def no_scanner(settings: Settings) -> None:
    """Whatever scanner this machine may have, a test names its own."""
    settings.CLAMD = ""


@pytest.fixture
def authority(db: None) -> Authority:
    return Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")


@pytest.fixture
def writer(db: None) -> User:
    return User.objects.create_user("sagsbehandler", password=None)


@pytest.fixture
def without_office(settings: Settings) -> None:
    """A machine that has no LibreOffice."""
    settings.OFFICE_PYTHON = shutil.which("false")


@pytest.fixture
def libreoffice() -> Iterator[None]:
    """LibreOffice, ended with the test."""
    yield
    office.stop_office()
