"""Typed reading of the environment: the only place where a setting's text becomes a value."""

import os
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict


def text(name: str, default: str = "") -> str:
    """The variable as it stands, or `default`."""
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    """True for "1"; anything else is false."""
    return os.environ.get(name) == "1"


def count(name: str, default: int) -> int:
    """A whole number of at least 1. Raises ValueError for anything else."""
    value = int(text(name) or default)
    if value < 1:
        raise ValueError(f"{name}: 1 or more")
    return value


def day(name: str) -> date | None:
    """A day as ``2026-11-23``; none without one."""
    value = os.environ.get(name)
    return date.fromisoformat(value) if value else None


def folder(name: str, default: Path) -> Path:
    """An absolute folder; a relative one counts from where the command was started."""
    return Path(os.environ.get(name) or default).absolute()


def words(name: str, default: list[str]) -> list[str]:
    """A list, comma between the words."""
    value = os.environ.get(name, "")
    return [word.strip() for word in value.split(",") if word.strip()] or default


def origins(address: str) -> list[str]:
    """The origin of an absolute address, for a content security policy; none for a path of our own."""
    facts = urlsplit(address)
    return [f"{facts.scheme}://{facts.netloc}"] if facts.netloc else []


def database(name: str) -> dict[str, Any]:
    """A libpq address (``postgresql://…``) as Django's settings; without one, an address that leads nowhere."""
    facts = conninfo_to_dict(os.environ.get(name, "") or "host=/nonexistent dbname=unset user=unset")
    known = {key: str(facts.pop(key, "") or "") for key in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": known["dbname"],
        "USER": known["user"],
        "PASSWORD": known["password"],
        "HOST": known["host"],
        "PORT": known["port"],
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(facts),
    }
