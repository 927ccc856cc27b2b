"""The command line: parses, brings up what a command needs, runs it, and answers with an exit code.

0 = done, 1 = done and something was found or is broken, 2 = bad input or use: one sentence, nothing changed.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

import django
from django.utils import translation

from sagsgang.core.errors import RuleBrokenError
from sagsgang.site.commands.arguments import parser
from sagsgang.site.installation import database_at_hand, say
from sagsgang.site.postgres import PostgresError


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit code."""
    arguments = parser().parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sagsgang.site.settings")
    try:
        return _run(arguments)
    except (RuleBrokenError, PostgresError) as refusal:
        say(str(refusal))
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(arguments: Namespace) -> int:
    if not arguments.needs_database:
        return _call(arguments)
    with database_at_hand():
        return _call(arguments)


def _call(arguments: Namespace) -> int:
    """Commands are loaded by name, after Django has its settings: their rows do not exist before."""
    if arguments.needs_django:
        django.setup()
        translation.activate("da")
    module = import_module(f"sagsgang.site.commands.{arguments.module}")
    answer: int = getattr(module, arguments.act)(arguments)
    return answer


def entry() -> None:
    """What the installed program calls."""
    sys.exit(main())


if __name__ == "__main__":
    entry()
