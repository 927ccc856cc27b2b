"""What `verify` answers: one line a chain, the first broken link, and 1 where anything is broken."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.core.chains import HeadsFile, keep_head
from sagsgang.core.models import AuditEntry, record, subject_of
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.chains import PROTOCOLS, keep_head_of
from sagsgang.protocols.models import ProtocolEntry
from sagsgang.publication.models import Release
from sagsgang.site.cli import main
from sagsgang.site.due import run_due
from sagsgang.site.heads import verify_chains
from sagsgang.site.tests.chained import make_chains, make_protocol
from sagsgang.site.tests.tampering import as_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_danish() -> Any:
    with translation.override("da"):
        yield


def asked(capsys: pytest.CaptureFixture[str], code: int) -> dict[str, Any]:
    capsys.readouterr()
    answered = main(["verify", "--json"])
    out, _ = capsys.readouterr()
    assert answered == code
    found: dict[str, Any] = json.loads(out)
    return found


def execute(statement: str, *parameters: Any) -> None:
    with transaction.atomic(), as_superuser(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_whole_chains_are_answered_with_their_heads(capsys: pytest.CaptureFixture[str]) -> None:
    make_chains()

    found = asked(capsys, 0)

    assert found["ok"] is True
    assert [(line["kind"], line["body"], line["length"], line["broken"]) for line in found["chains"]] == [
        ("protocol", "Børneudvalget", 12, None),
        ("protocol", "Ældreudvalget", 12, None),
        ("release", "Børneudvalget", 6, None),
        ("release", "Ældreudvalget", 6, None),
        ("release", "Ø-udvalget", 6, None),
        ("figures_release", "figures", 6, None),
        ("figures_record", "records of figures", 6, None),
        ("figures_withdrawal", "withdrawals of figures", 1, None),
        ("release_record", "release records", 18, None),
        ("withdrawal", "withdrawals", 3, None),
        ("audit", "audit log", AuditEntry.objects.count(), None),
    ]
    last = Release.objects.filter(body__name="Ældreudvalget").order_by("-number")[0]
    assert found["chains"][3]["head"] == last.seal
    assert all(len(line["head"]) == 64 for line in found["chains"] if line["length"])


def test_the_first_broken_link_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    make_chains()
    execute("UPDATE protocols_protocolentry SET document = document || ' ' WHERE number IN (5, 9)")

    found = asked(capsys, 1)

    assert found["ok"] is False
    assert found["chains"][0]["broken"] == {
        "number": 5,
        "why": "Nr. 5 er ikke, som den var, da den blev forseglet.",
        "fault": "content",
    }


def test_the_log_has_one_line_and_one_for_each_broken_chain(capsys: pytest.CaptureFixture[str]) -> None:
    make_chains()
    bo = User.objects.get(username="bo")
    execute("UPDATE core_auditentry SET verb = 'other' WHERE subject = %s AND number = 2", subject_of(bo))

    lines = [line for line in asked(capsys, 1)["chains"] if line["kind"] == "audit"]

    assert [(line["body"], line["broken"]["number"], line["broken_chains"]) for line in lines] == [
        ("audit log", 2, 1),
        (subject_of(bo), 2, 1),
    ]


def test_a_person_reads_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    make_chains()
    main(["verify"])
    execute("DELETE FROM protocols_protocolentry WHERE number = 12")
    capsys.readouterr()

    code = main(["verify"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert lines[0] == (
        "Protokol, Børneudvalget: 11 led. BRUDT. Nr. 12 mangler: den var der, da kædens hoved sidst blev gemt."
    )
    assert lines[-1] == "Der er brudte kæder: se ovenfor."


def test_the_last_link_is_missed_only_when_the_heads_were_kept(capsys: pytest.CaptureFixture[str]) -> None:
    make_chains()
    with transaction.atomic():
        execute("DELETE FROM protocols_protocolentry WHERE number = 12")
        unknown = asked(capsys, 0)
        transaction.set_rollback(True)
    HeadsFile().path.unlink()
    asked(capsys, 0)
    execute("DELETE FROM protocols_protocolentry WHERE number = 12")

    known = asked(capsys, 1)

    assert unknown["warnings"] == [
        "Der var ingen gemte kædehoveder: om de sidste led i en kæde mangler, kan ikke ses denne gang."
    ]
    assert known["warnings"] == []


def test_a_chain_that_is_gone_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    make_chains()
    asked(capsys, 0)
    execute("DELETE FROM protocols_protocolentry")

    lines = [line for line in asked(capsys, 1)["chains"] if line["kind"] == "protocol"]

    assert [(line["body"], line["length"], line["head"], line["broken"]["number"]) for line in lines] == [
        ("Børneudvalget", 0, None, 1),
        ("Ældreudvalget", 0, None, 1),
    ]


def test_a_link_that_was_put_in_later_with_a_right_seal_and_an_old_time_is_found() -> None:
    make_chains()
    assert verify_chains().is_whole
    meeting = Meeting.objects.filter(body__name="Ø-udvalget")[0]
    make_protocol(meeting, User.objects.get(username="bo"), signatures=1)
    genuine = verify_chains()
    with transaction.atomic(), connection.cursor() as cursor:
        # The trigger itself seals it: nothing inside the chain can tell.
        cursor.execute(
            "INSERT INTO protocols_protocolentry (id, body_id, meeting_id, kind, document, entered_by_id, at, number,"
            " previous, sha256) SELECT gen_random_uuid(), body_id, meeting_id, 'approval', '{}', entered_by_id,"
            " at - interval '1 day', 0, '', '' FROM protocols_protocolentry WHERE meeting_id = %s LIMIT 1",
            [meeting.pk],
        )

    broken = [line for line in verify_chains().lines if line.broken]

    assert genuine.is_whole
    assert [(line.body, line.broken.number, line.broken.fault) for line in broken if line.broken] == [
        ("Ø-udvalget", 4, "backdated")
    ]


def test_broken_chains_never_replace_the_heads_that_show_it() -> None:
    make_chains()
    verify_chains()
    kept = HeadsFile().path.read_bytes()
    execute("DELETE FROM protocols_protocolentry WHERE number = 12")

    verdicts = [verify_chains().is_whole for _ in range(2)]

    assert verdicts == [False, False]
    assert HeadsFile().path.read_bytes() == kept


def test_after_an_act_its_own_chain_is_kept_beside_the_others() -> None:
    make_chains()
    verify_chains()
    before = HeadsFile().read()[0]
    meeting = Meeting.objects.filter(body__name="Ø-udvalget")[0]
    make_protocol(meeting, User.objects.get(username="bo"), signatures=0)

    done = keep_head(PROTOCOLS, str(meeting.body_id))

    kept, unreadable = HeadsFile().read()
    last = ProtocolEntry.objects.get(body=meeting.body_id, number=2)
    assert (done, unreadable) == (True, 0)
    assert set(kept["protocol"].heads) - set(before["protocol"].heads) == {str(meeting.body_id)}
    assert (kept["protocol"].heads[str(meeting.body_id)].number, kept["audit"]) == (2, before["audit"])
    assert kept["protocol"].heads[str(meeting.body_id)].seal == last.sha256
    execute("DELETE FROM protocols_protocolentry WHERE id = %s", last.pk)
    assert not verify_chains().is_whole
    assert keep_head(PROTOCOLS, str(meeting.body_id)) is False


def test_the_head_is_kept_when_the_act_is_committed_and_not_before(
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_chains()
    body = Meeting.objects.filter(body__name="Børneudvalget")[0].body

    with django_capture_on_commit_callbacks(execute=True):
        keep_head_of(body.pk)
        early = HeadsFile().read()

    assert early == ({}, 0)
    assert set(HeadsFile().read()[0]["protocol"].heads) == {str(body.pk)}


def test_the_clock_keeps_the_heads_once_a_day() -> None:
    anna = User.objects.create_user("anna")
    record(anna, "try", anna)

    counts = [run_due()["chains_looked_through"] for _ in range(2)]

    assert counts == [1, 0]
    assert HeadsFile().read()[0]["audit"].heads[subject_of(anna)].number == 1


def test_the_clock_says_once_a_day_which_chain_is_broken(caplog: pytest.LogCaptureFixture) -> None:
    anna = User.objects.create_user("anna")
    record(anna, "try", anna)
    execute("UPDATE core_auditentry SET verb = 'x'")

    run_due()
    run_due()

    assert [entry.getMessage() for entry in caplog.records if entry.levelname == "ERROR"] == [
        "chain broken: audit audit log no. 1: content",
        f"chain broken: audit {subject_of(anna)} no. 1: content",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "7", "null", '"x"', "\x00", "{}", '{"kind": "audit"}', '{"kind":"audit","at":"x","whole":true,"heads":{}}',
        '{"kind":"audit","at":"2026-01-01T00:00:00","whole":true,"heads":{}}',
        '{"kind":"audit","at":"2026-01-01T00:00:00Z","whole":true,"heads":[]}',
        '{"kind":"audit","at":"2026-01-01T00:00:00Z","whole":true,"heads":{"a":1}}',
        '{"kind":"audit","at":"2026-01-01T00:00:00Z","whole":true,"heads":{"a":["x","y"]}}',
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_said_and_the_others_are_used(line: str) -> None:
    make_chains()
    verify_chains()
    with HeadsFile().path.open("a") as file:
        file.write(line)
    keep_head(PROTOCOLS, str(ProtocolEntry.objects.all()[0].body_id))

    kept, unreadable = HeadsFile().read()
    verdict = verify_chains()

    assert (unreadable, len(kept)) == (1, 8)
    assert verdict.is_whole
    assert verdict.warnings == [
        f"1 af linjerne i {HeadsFile().path} kan ikke læses; det, de gemte, er ikke efterprøvet."
    ]


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "1e400"])
def test_a_head_with_an_impossible_number_is_a_line_that_cannot_be_read(number: str) -> None:
    HeadsFile().folder.mkdir()
    HeadsFile().path.write_text(
        f'{{"kind":"audit","at":"2026-01-01T00:00:00Z","whole":true,"heads":{{"a":[{number},"y"]}}}}\n'
    )

    verdict = verify_chains()

    assert len(verdict.warnings) == 1


def test_a_place_where_nothing_can_be_kept_is_said(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").write_text("")
    settings.HEADS = tmp_path / "file"
    anna = User.objects.create_user("anna")
    record(anna, "try", anna)

    verdict = verify_chains()

    assert verdict.is_whole
    assert len(verdict.warnings) == 2
    assert keep_head(PROTOCOLS, str(anna.pk)) is False


def test_nobody_else_reads_the_heads() -> None:
    make_chains()

    verify_chains()

    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in HeadsFile().folder.iterdir()}
    assert modes == {"heads.jsonl": "0o600", "lock": "0o600"}
    assert oct(HeadsFile().folder.stat().st_mode & 0o777) == "0o700"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can write for somebody else")
def test_what_root_keeps_belongs_to_whom_the_data_folder_belongs_to(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    make_chains()

    verify_chains()
    keep_head(PROTOCOLS, str(ProtocolEntry.objects.all()[0].body_id))

    assert {path.stat().st_uid for path in [HeadsFile().folder, *HeadsFile().folder.iterdir()]} == {65534}


def test_the_number_of_queries_does_not_grow_with_the_chains(django_assert_num_queries: Any) -> None:
    make_chains()
    verify_chains()

    with django_assert_num_queries(31):
        verify_chains()
    anna = User.objects.get(username="anna")
    for row in (*User.objects.all(), *Meeting.objects.all()):
        record(anna, "try", row)
    with django_assert_num_queries(31):
        verify_chains()
