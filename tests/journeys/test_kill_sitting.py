"""Kill -9 between an act of the room, or of a protocol, and its answer: nothing is written; sent again, it is once."""

import json
import re
import signal
from datetime import timedelta
from typing import Any

import pytest

from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.protocols.models import EntryKind
from sagsgang.protocols.tests.meetings import council_room, held_meeting, member_user
from sagsgang.sittings.tests.rooms import TODAY, add_item
from tests.journeys.test_kill import ROOT, run

pytestmark = pytest.mark.long

CODE = "from tests.journeys.sitting_script import play; play({name!r})"


def played(name: str) -> list[dict[str, Any]]:
    done = run("manage", "shell", "-c", CODE.format(name=name))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def wrong(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    right = {"died": signal.SIGKILL, "ended": 0, "again": 0, "is_nothing": True, "is_done": True, "is_once": True}
    return [line for line in lines if line != {"point": line["point"]} | right]


def verbs() -> set[str]:
    source = "".join(path.read_text() for path in (ROOT / "sagsgang/sittings/actions").glob("*.py"))
    return set(re.findall(r'act_of\([^,]+, "([a-z_]+)"', source))


def test_an_act_of_the_room_is_all_or_nothing_and_once(wall: None) -> None:
    add_item(council_room(), "5")
    AgendaItem.objects.update(first_sent_in=1)
    AgendaItem.objects.filter(number__in=("2", "3", "5")).update(block=1)

    lines = played("sitting")

    assert wrong(lines) == []
    assert {line["point"] for line in lines} == {f"sitting.{verb}" for verb in verbs()}


def test_a_link_of_a_protocol_is_all_or_nothing_and_once(wall: None) -> None:
    room = held_meeting()
    member_user(room, 1)
    member_user(room, 2)
    Meeting.objects.create(body=room.body, held_on=TODAY + timedelta(days=28))

    lines = played("protocol")

    assert wrong(lines) == []
    assert [line["point"] for line in lines] == [
        f"protocol.{kind}"
        for kind in (
            EntryKind.FINAL, EntryKind.SIGNATURE, EntryKind.RESERVATION, EntryKind.REMINDER, EntryKind.AMENDMENT,
            EntryKind.APPROVAL,
        )
    ]  # fmt: skip
