"""Random ids that are not random in a test: those of `pub` from one source, those of the house from another."""

import uuid
from collections.abc import Callable
from random import Random
from types import SimpleNamespace

import pytest
from django.apps import apps

from sagsgang.following import tasks as letters
from sagsgang.publication import identity

_OF_THE_PUBLIC = ("sagsgang.following",)  # ids of letters are seen by those who get them


class Chance:
    """Two sources. The public one begins anew with each public act, so that no closed act between them moves it."""

    def __init__(self) -> None:
        self._public, self._closed = Random(0), Random(0)

    def begin(self, act: str) -> None:
        """The public source for this act."""
        self._public.seed(act)

    def begin_closed(self, seed: int) -> None:
        """The source of everything inside."""
        self._closed.seed(f"inside {seed}")

    def public_bytes(self, count: int = 32) -> bytes:
        """As `secrets.token_bytes`."""
        return self._public.randbytes(count)

    def public_hex(self, count: int = 32) -> str:
        """As `secrets.token_hex`, and good enough for `token_urlsafe`."""
        return self._public.randbytes(count).hex()

    def public_uuid(self) -> uuid.UUID:
        """As `uuid.uuid4`, for a row the public sees."""
        return uuid.UUID(bytes=self._public.randbytes(16), version=4)

    def closed_uuid(self) -> uuid.UUID:
        """As `uuid.uuid4`, for every other row."""
        return uuid.UUID(bytes=self._closed.randbytes(16), version=4)


CHANCE = Chance()


def tame_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put `CHANCE` where the system's random source is asked: under the ids, salts and secrets, not in their stead."""
    source = SimpleNamespace(
        token_bytes=CHANCE.public_bytes, token_hex=CHANCE.public_hex, token_urlsafe=CHANCE.public_hex
    )
    monkeypatch.setattr(identity, "secrets", source)
    monkeypatch.setattr(letters, "secrets", source)
    for model in apps.get_models(include_auto_created=True):
        is_public = model._meta.db_table.startswith('pub"') or model.__module__.startswith(_OF_THE_PUBLIC)
        made: Callable[[], uuid.UUID] = CHANCE.public_uuid if is_public else CHANCE.closed_uuid
        for field in model._meta.concrete_fields:
            if field.default is uuid.uuid4:
                monkeypatch.setitem(vars(field), "_get_default", made)
