"""The functions of the database that the portal's role may call: the only way from here to those who follow."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from sagsgang.publication.queries import WALL


@dataclass(frozen=True, slots=True)
class Following:
    """One thing that the holder of a letter follows; `address` is masked, `is_here`: the letter was about it."""

    id: UUID
    kind: str
    target: UUID | None
    words: str
    pace: str
    is_confirmed: bool
    is_here: bool
    address: str


def follow(kind: str, target: UUID | None, words: str, pace: str, language: str, address: str) -> bool:
    """Ask for letters; false if too many have asked within the hour. Never tells whether the address is known."""
    return bool(_written("pub.follow(%s, %s::uuid, %s, %s, %s, %s)", kind, target, words, pace, language[:2], address))


def followings(token: str) -> list[Following]:
    """What the holder of this secret follows; nothing for a secret that is none."""
    with connections[WALL].cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, target, words, pace, confirmed, here, address FROM pub.followings(%s)", [token]
        )
        return [Following(*row) for row in cursor.fetchall()]


def confirm(token: str) -> bool:
    """Confirm what the letter was about; false if it is ended, or older than 48 hours."""
    return bool(_written("pub.confirm_following(%s)", token))


def pace(token: str, following: UUID, value: str) -> bool:
    """How often letters come about one thing."""
    return bool(_written("pub.pace_following(%s, %s::uuid, %s)", token, following, value))


def end(token: str, following: UUID | None = None, *, everything: bool = False) -> bool:
    """End one thing, or what the letter was about, or everything."""
    return bool(_written("pub.end_following(%s, %s::uuid, %s)", token, following, everything))


def _written(call: str, *values: Any) -> Any:
    """The answer of a function that writes: for this one transaction the role is not read-only."""
    with transaction.atomic(using=WALL), connections[WALL].cursor() as cursor:
        cursor.execute("SET TRANSACTION READ WRITE")
        cursor.execute(f"SELECT {call}", values)
        row = cursor.fetchone()
        return row[0] if row else None
