"""Starting and stopping the server of one cluster. The caller holds the start lock."""

import time
from pathlib import Path

from sagsgang.site.postgres.account import run_as
from sagsgang.site.postgres.cluster import Cluster, make_own_folder
from sagsgang.site.postgres.errors import PostgresError, explain_output
from sagsgang.site.postgres.locks import Say
from sagsgang.site.postgres.postmaster import Postmaster, drop_stale_number, is_running, postmaster_of
from sagsgang.site.postgres.socket_folder import (
    PORT,
    fresh_socket_folder,
    is_own_socket_folder,
    list_entry,
    remove_socket_folder,
)

ORPHANS = 20.0  # seconds for the backends of a killed server to notice and let go of the shared memory
RECOVERY = 300.0  # seconds for a server to replay its log after a crash, or to finish stopping
STOPPING = 10.0  # seconds for a fast stop before a harder one
SILENCE = 2.0  # seconds before a wait is worth a word
LOG_AGE = 6 * 24 * 3600.0  # seconds; the name of a log file is a weekday and comes again after seven

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "cluster_name": "sagsgang",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "max_logical_replication_workers": "0",
    # Log: a file a weekday.
    "logging_collector": "on",
    "log_destination": "stderr",
    "log_checkpoints": "off",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_file_mode": "0600",
    "lc_messages": "C",
    # No closed word may reach the log: no statements, no parameters, no errors (they quote what was typed;
    # the program that made the error hears them), and terse, since the detail of a crash quotes the running
    # statement.
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def ensure_started(cluster: Cluster, *, fast: bool, is_alone: bool, say: Say) -> Postmaster:
    """Start the server unless it runs, and wait until it is ready.

    `fast` counts only for the one that starts it. Raises PostgresError if it does not come up.
    """
    server = _settled(cluster, say=say)
    if server is not None and not is_own_socket_folder(server.socket_folder, owner=cluster.account.uid):
        if not is_alone:
            raise PostgresError(
                f"Databasens forbindelsesmappe {server.socket_folder} er væk, og andre kommandoer bruger "
                "stadig databasen. Luk dem, og prøv igen."
            )
        stop(cluster)
        server = None
    return server if server is not None else _start(cluster, fast=fast, say=say)


def stop(cluster: Cluster) -> None:
    """Stop the server if it runs, and remove its socket folder; raises PostgresError if it will not stop.

    First fast; if that hangs then immediately, which loses nothing either: the next start replays the log.
    """
    _outlast_start(cluster)
    for mode in ("fast", "immediate"):
        if postmaster_of(cluster.data) is None:
            break
        said = _asked_to_stop(cluster, mode)
    else:
        if postmaster_of(cluster.data) is not None:
            reason = explain_output(said, cluster.place)
            raise PostgresError(f"Databasen i {cluster.place} ville ikke standse: {reason}")
    remove_socket_folder(cluster.socket_file, cluster.data, owner=cluster.account.uid)


def _outlast_start(cluster: Cluster) -> None:
    """Let a start or recovery under way finish: PostgreSQL 18.6, told to stop in it, was seen to hang."""
    deadline = time.monotonic() + STOPPING
    while (server := postmaster_of(cluster.data)) is not None and server.state == "starting":
        if time.monotonic() > deadline:
            return
        time.sleep(0.02)


def _asked_to_stop(cluster: Cluster, mode: str) -> str:
    """Have pg_ctl stop the server and wait for it; what it said."""
    command: list[str | Path] = [cluster.programs / "pg_ctl", "stop", "-D", cluster.data]
    return run_as(cluster.account, [*command, "-m", mode, "-w", "-t", f"{STOPPING:.0f}"]).stderr


def _settled(cluster: Cluster, *, say: Say) -> Postmaster | None:
    """The server when it is ready, None when there is none; waits for one that starts or stops just now."""
    began = time.monotonic()
    has_said = False
    while (server := postmaster_of(cluster.data)) is not None and server.state != "ready":
        waited = time.monotonic() - began
        if waited > RECOVERY:
            raise PostgresError(f"Databasen blev ikke klar på {RECOVERY:.0f} sekunder. Se loggen i {cluster.log}.")
        if waited > SILENCE and not has_said:
            say("Venter på, at databasen bliver klar …")
            has_said = True
        time.sleep(0.02)
    return server


def _start(cluster: Cluster, *, fast: bool, say: Say) -> Postmaster:
    """Start the server, again and again while the backends of a killed one still hold its memory."""
    make_own_folder(cluster.log, cluster)
    _drop_old_logs(cluster.log)
    command = _command(cluster, fresh_socket_folder(cluster), fast=fast)
    began, began_at = time.monotonic(), time.time()
    has_said = False
    while (server := _launched(cluster, command, say=say)) is None:
        said = cluster.start_log.read_text(errors="replace")
        is_held = "shared memory block" in said or "lock file" in said
        if not is_held or time.monotonic() - began > ORPHANS:
            reason = explain_output(said + _newest_log(cluster.log, began_at), cluster.place)
            raise PostgresError(f"Databasen i {cluster.place} kunne ikke starte: {reason} (Loggen: {cluster.log})")
        if not has_said:
            say("Venter på, at en afbrudt database slipper sin hukommelse …")
            has_said = True
        time.sleep(0.3)
    return server


def _command(cluster: Cluster, socket_folder: Path, *, fast: bool) -> list[str | Path]:
    settings = SETTINGS | (FAST_SETTINGS if fast else {})
    settings["unix_socket_directories"] = list_entry(socket_folder)
    settings["log_directory"] = str(cluster.log)
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [cluster.programs / "postgres", "-D", cluster.data, *options]


def _launched(cluster: Cluster, command: list[str | Path], *, say: Say) -> Postmaster | None:
    """Try one start and wait for its outcome: the ready server, or None. Its words are in start.log.

    The shell goes at once, so the server is no child of ours: it outlives us and leaves no zombie. `pg_ctl
    start` would do the same, but pastes the paths unquoted into a shell line.
    """
    drop_stale_number(cluster.data)
    with cluster.start_log.open("wb") as words:
        answer = run_as(
            cluster.account,
            ["/bin/sh", "-c", '{ exec "$@" >&2; } & echo $!', "sagsgang", *command],
            stderr=words,
            own_session=True,  # Ctrl-C in our terminal is not for the server
        )
    pid = int(answer.stdout)
    while is_running(pid):
        server = _settled(cluster, say=say)
        if server is not None and server.pid == pid:
            return server
        time.sleep(0.02)
    return None


def _newest_log(folder: Path, since: float) -> str:
    """The end of what the server logged after `since` (seconds of the epoch); empty if it came to nothing."""
    written = [(file.stat().st_mtime, file) for file in folder.glob("postgresql-*.log")]
    newest = max(written, default=None)
    if newest is None or newest[0] < since - 1:
        return ""
    return newest[1].read_text(errors="replace")[-4000:]


def _drop_old_logs(folder: Path) -> None:
    """Delete last week's files: the server empties one only when the day changes while it runs."""
    for file in folder.glob("postgresql-*.log"):
        if time.time() - file.lstat().st_mtime > LOG_AGE:
            file.unlink(missing_ok=True)
