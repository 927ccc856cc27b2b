"""What a command answers: JSON on standard output, sentences for people on standard error."""

import json
import sys
from collections.abc import Callable
from uuid import UUID


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def write_json(value: object) -> None:
    """One JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def answer(value: object, *, as_json: bool, lines: Callable[[], list[str]]) -> None:
    """The value as JSON where that was asked for, else as lines to read."""
    if as_json:
        write_json(value)
    else:
        sys.stdout.write("".join(line + "\n" for line in lines()))
