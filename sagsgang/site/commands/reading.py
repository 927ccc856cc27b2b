"""`read-minutes`: what a document says, as JSON. Touches no database."""

from argparse import Namespace
from pathlib import Path

from sagsgang.exchange.minutes.as_json import to_json
from sagsgang.exchange.minutes.errors import UnreadableError
from sagsgang.exchange.minutes.reading import read_file
from sagsgang.site.commands.output import write_json
from sagsgang.site.installation import say


def read_minutes(arguments: Namespace) -> int:
    """One JSON array, one object a file in order; a file that cannot be read gives its sentence in its place."""
    answers = [_read(path) for path in arguments.files]
    write_json(answers)
    return 2 if all("error" in found for found in answers) else 0


def _read(path: Path) -> dict[str, object]:
    try:
        return {"file": str(path), **to_json(read_file(path))}
    except UnreadableError as refusal:
        say(f"{path}: {refusal}")
        return {"file": str(path), "error": str(refusal)}
