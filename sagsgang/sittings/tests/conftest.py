"""What the tests of the room share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def danish() -> Iterator[None]:
    """Words as a secretary reads them."""
    with translation.override("da"):
        yield
