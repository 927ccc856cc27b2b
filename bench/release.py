"""From click to visible: `python -m bench.release`.

An agenda of 40 items and 200 attachments is prepared by one person, looked through by the gate, and released by another. Each
phase is timed by itself; the yardstick is the same release when the gate has seen every file before, as it has when
they were uploaded. Jobs are run here, one after the other, as the worker does.
"""

import os
import sys
from functools import partial
from importlib import import_module
from tempfile import TemporaryDirectory

import django

from bench.first import machine, row, timed
from sagsgang.site.installation import database_at_hand, prepare_static

ITEMS, ATTACHMENTS = 40, 200


def main() -> None:
    """Run all of it."""
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        os.environ |= {
            "SAGSGANG_HOME": folder,
            "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings",
            "SAGSGANG_ALLOWED_HOSTS": "testserver,127.0.0.1",
        }
        with database_at_hand():
            django.setup()
            prepare_static()
            sys.stdout.write(f"{machine()}\n\n| What | Measured |\n|---|---|\n")
            _measure()


def _measure() -> None:
    meetings = import_module("bench.meetings")
    restore_meeting = import_module("sagsgang.meetings.actions").restore_meeting
    first, second = meetings.clerks()
    import_module("sagsgang.publication.indexing.word_list").word_list()
    for number, name in enumerate(("files new to the gate", "files seen before, as after an upload"), start=1):
        draft = meetings.meeting_of(ITEMS, ATTACHMENTS, number=number)
        meeting = restore_meeting(meetings.a_body(), draft, actor=first).meeting
        row(f"**{ITEMS} items, {ATTACHMENTS} attachments, {name}**", "")
        _released(meeting, first, second)


def _released(meeting: object, first: object, second: object) -> None:
    actions = import_module("sagsgang.publication.actions")
    tasks = import_module("sagsgang.publication.tasks")
    clock, cpu, preparation = timed(lambda: actions.prepare_release(meeting, kind="agenda", actor=first))
    row("prepare: snapshot, words looked through, files ordered", f"{clock:.2f} s ({cpu:.2f} s CPU here)")
    clock, cpu, _ = timed(lambda: tasks.look_through(preparation.pk))
    row("the gate's job over the files", f"{clock:.2f} s ({cpu:.2f} s CPU here)")
    clock, cpu, release = timed(lambda: actions.release_prepared(preparation, actor=second))
    row(
        "release: checked again, hashed, copied, indexed: visible (aim: 2 s after the gate)",
        f"{clock:.2f} s ({cpu:.2f} s CPU)",
    )
    for name, job in (
        ("PDF of the agenda", tasks.render_meeting_pdf),
        ("files read for page and search", tasks.read_released_files),
    ):
        clock, cpu, _ = timed(partial(job, str(release.pk)))
        row(f"afterwards: {name}", f"{clock:.2f} s ({cpu:.2f} s CPU)")


if __name__ == "__main__":
    main()
