"""Collect the words of the screens into locale/da, and compile them. `--check` says what is missing and writes nothing.

Needs gettext's xgettext (apt install gettext) to collect; compiling and reading are Babel's.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "locale/da/LC_MESSAGES/django.po"
IGNORED = ("*/tests/*",)

type Key = tuple[str, str | None]


def key_of(message_id: object, context: str | None) -> Key:
    """A plural message goes by its singular."""
    return (str(message_id[0] if isinstance(message_id, tuple | list) else message_id), context)


def collected() -> Catalog:
    """Every word that the code and the templates ask to have translated, without translations."""
    with TemporaryDirectory() as folder:
        locale = Path(folder) / "locale"
        (locale / "da/LC_MESSAGES").mkdir(parents=True)
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "da", "--no-location", "--no-wrap"]
        command += [word for pattern in IGNORED for word in ("--ignore", pattern)]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sagsgang.site.settings", "SAGSGANG_LOCALE": str(locale)}
        subprocess.run(command, cwd=ROOT / "sagsgang", env=environment, check=True, capture_output=True)
        return read(locale / "da/LC_MESSAGES/django.po")


def read(path: Path) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file, locale="da", domain="django")


def is_translated(string: object) -> bool:
    """All forms of it have words."""
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main() -> int:
    """Answers 0 if the Danish catalogue is complete."""
    if shutil.which("xgettext") is None:
        sys.stderr.write("xgettext mangler: apt install gettext\n")
        return 2
    known = {key_of(m.id, m.context): m for m in read(PO) if m.id and not m.fuzzy} if PO.exists() else {}
    new = collected()
    for message in new:
        old = known.get(key_of(message.id, message.context))
        if message.id and old is not None:
            message.string = old.string
        message.flags.discard("fuzzy")
    missing = [message.id for message in new if message.id and not is_translated(message.string)]
    if "--check" not in sys.argv:
        PO.parent.mkdir(parents=True, exist_ok=True)
        with PO.open("wb") as file:
            write_po(file, new, width=0, sort_output=True, omit_header=False)
        with PO.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(PO))
    for message_id in missing:
        sys.stderr.write(f"uden dansk: {message_id!r}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
