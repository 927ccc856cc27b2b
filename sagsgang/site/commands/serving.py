"""`serve`, `worker`, `tick`, `migrate` and `manage`: an installation at work."""

import os
from argparse import Namespace

from django.conf import settings
from django.core.management import execute_from_command_line
from procrastinate.contrib.django.procrastinate_app import current_app

from sagsgang.core.errors import RuleBrokenError
from sagsgang.site.commands.output import answer
from sagsgang.site.due import run_due
from sagsgang.site.installation import home, prepare_static, say
from sagsgang.site.installation import migrate as migrate_all
from sagsgang.site.processes import line_command, running_processes, stop_on_sigterm, wait_for_one, web_command


def serve(arguments: Namespace) -> int:
    """Run the web server for the sites of SAGSGANG_SITE until it is told to stop."""
    stop_on_sigterm()
    static = prepare_static()
    host, port = arguments.host, arguments.port
    say(f"Sagsgang lytter på http://{host}:{port}/ (datamappe {home()})")
    commands, environment = [web_command(host, port, static=static)], {}
    if settings.SITE != "portal":
        line = arguments.line_port or port + 1
        commands.append(line_command(host, line))
        environment = {"SAGSGANG_LINE_URL": settings.LINE_URL or f"http://{host}:{line}/line"}
    with running_processes(commands, environment) as processes:
        return wait_for_one(processes)


def worker(arguments: Namespace) -> int:
    """Run jobs until told to stop."""
    app = current_app.with_connector(current_app.connector.get_worker_connector())  # type: ignore[attr-defined]
    app.run_worker(concurrency=1, listen_notify=True, delete_jobs="successful", wait=True)
    return 0


def tick(arguments: Namespace) -> int:
    """Do once what time demands."""
    done = run_due()
    answer(done, as_json=arguments.json, lines=lambda: [f"{name}: {count}" for name, count in done.items()])
    return 0


def migrate(arguments: Namespace) -> int:
    """Migrations and grants on the database of DATABASE_URL, whose role owns the tables."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        raise RuleBrokenError("Sæt DATABASE_URL til ejerens adresse; den indlejrede database gør sig selv klar.")
    migrate_all(address)
    return 0


def manage(arguments: Namespace) -> int:
    """Django's own commands, with the database at hand."""
    execute_from_command_line(["sagsgang manage", *arguments.rest])
    return 0
