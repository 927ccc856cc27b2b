"""Kill -9 at every named point of an import, a release and a withdrawal: afterwards all of it is there, or nothing."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from sagsgang.bodies.models import Body, Person
from sagsgang.core.models import AuditEntry
from sagsgang.exchange.models import ImportedDocument
from sagsgang.meetings.models import AgendaItem, Decision, Meeting
from sagsgang.publication.models import PublicItem, PublicMeeting, Release, ReleaseRecord, ReleaseState

ROOT = Path(__file__).parents[2]
TWIN = ROOT / "sagsgang/exchange/minutes/tests/twin.txt"
FAMILIES = ("import", "release", "restore", "withdraw")  # the agenda's points have a test of their own
POINTS = sorted(
    {
        point
        for path in (ROOT / "sagsgang").rglob("*.py")
        for point in re.findall(r'\breached\("([^"]+)"\)', path.read_text())
        if "tests" not in path.parts and point.startswith(FAMILIES)
    }
)

pytestmark = pytest.mark.long


def run(*words: str, kill_at: str = "") -> subprocess.CompletedProcess[str]:
    facts = connection.settings_dict
    address = make_conninfo(
        host=facts["HOST"],
        port=facts["PORT"],
        dbname=facts["NAME"],
        user=facts["USER"],
        password=facts["PASSWORD"],
    )
    environment = os.environ | {
        "DATABASE_URL": address,
        "SAGSGANG_KILL_AT": kill_at,
        "SAGSGANG_HOME": str(settings.HOUSE_FILES.parent),
    }
    command = [sys.executable, "-m", "sagsgang.site.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)


def rows() -> dict[str, int]:
    inside = (Body, Person, Meeting, AgendaItem, Decision, ImportedDocument, ReleaseRecord)
    return {model.__name__: model.objects.count() for model in (*inside, Release, PublicMeeting, PublicItem)} | {
        "audit": AuditEntry.objects.exclude(verb="appoint").count()
    }


def test_the_points_are_named() -> None:
    assert len(POINTS) >= 8
    assert {point.partition(".")[0] for point in POINTS} == set(FAMILIES)


@pytest.mark.parametrize("point", [point for point in POINTS if not point.startswith("withdraw")])
def test_an_import_with_release_is_all_or_nothing(wall: None, point: str) -> None:
    killed = run("import-minutes", str(TWIN), "--release", kill_at=point)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert set(rows().values()) == {0}

    again = run("import-minutes", str(TWIN), "--release")

    assert again.returncode == 0, again.stderr
    assert rows()["Meeting"] == rows()["PublicMeeting"] == rows()["Release"] == 1
    assert rows()["PublicItem"] == rows()["AgendaItem"] == 7
    assert Release.objects.get().number == 1


@pytest.mark.parametrize("point", [point for point in POINTS if point.startswith("withdraw")])
def test_a_withdrawal_is_all_or_nothing(wall: None, point: str) -> None:
    assert run("import-minutes", str(TWIN), "--release").returncode == 0
    run("user", "add", "revisor", "--role", "auditor")
    words = ("withdraw", str(Release.objects.get().pk), "--reason", "Forkert bilag", "--as", "revisor")

    killed = run(*words, kill_at=point)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Release.objects.get().state == PublicMeeting.objects.get().state == ReleaseState.CURRENT
    assert PublicItem.objects.count() == 7

    assert run(*words).returncode == 0
    assert Release.objects.get().state == PublicMeeting.objects.get().state == ReleaseState.WITHDRAWN
    assert PublicItem.objects.count() == 0
