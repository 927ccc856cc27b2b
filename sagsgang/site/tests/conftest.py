"""Homes of clusters, made, new and closed, and users that come and go."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sagsgang.site.postgres import destroy, running
from sagsgang.site.tests.clusters import User


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can enter; pytest's tmp_path is closed to all but its owner."""
    made = Path(tempfile.mkdtemp(prefix="sag-test-"))
    made.chmod(0o755)
    yield made
    for pidfile in made.rglob("postmaster.pid"):
        destroy(pidfile.parents[2])
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def made_home() -> Iterator[Path]:
    """A home with a new cluster, to copy: ten times as quick as making one."""
    made = Path(tempfile.mkdtemp(prefix="sag-test-"))
    made.chmod(0o755)
    with running(made, fast=True):
        pass
    yield made
    shutil.rmtree(made)


@pytest.fixture
def home(folder: Path, made_home: Path) -> Path:
    """A home whose cluster is made, but does not run."""
    subprocess.run(["/bin/cp", "-a", str(made_home), str(folder / "home")], check=True)
    return folder / "home"


@pytest.fixture
def new_home(folder: Path) -> Path:
    """A home that does not exist yet."""
    return folder / "home"


@pytest.fixture
def closed_home(tmp_path: Path) -> Iterator[Path]:
    """A home in a folder that only its owner can enter."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    yield closed / "home"
    destroy(closed / "home")


@pytest.fixture
def start_user() -> Iterator[Callable[..., User]]:
    """Starts a User; all that still live at the end are let go."""
    users: list[User] = []

    def start(home: Path, uid: int | None = None) -> User:
        users.append(User(home, uid))
        return users[-1]

    yield start
    for user in users:
        if user.process.stdin is not None and not user.process.stdin.closed:
            user.leave()
