"""The commands that scripts call: users, releases and their ends, with the shapes and exit codes of the contract."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from sagsgang.bodies.models import Body, PublishPolicy
from sagsgang.publication.models import PublicItem, PublicMeeting, Release, ReleaseRecord
from sagsgang.site.cli import main

TWIN = Path(__file__).parents[2] / "sagsgang/exchange/minutes/tests/twin.txt"

type Run = Callable[..., Any]


@pytest.fixture
def run(wall: None, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        answered = main([*words, "--json"])
        out, sentence = capsys.readouterr()
        assert answered == code, sentence
        return json.loads(out) if out else sentence

    return call


@pytest.fixture
def meeting(run: Run) -> str:
    """A meeting of a body that publishes, with two users."""
    imported = run("import-minutes", str(TWIN))
    Body.objects.update(publish_policy=PublishPolicy.MINUTES)
    run("user", "add", "anna", "--role", "secretary", "--body", "Direktionen")
    run("user", "add", "bo", "--role", "manager", "--body", "Direktionen")
    return str(imported["meeting"])


def test_users_are_made_once_and_get_roles(run: Run, meeting: str) -> None:
    run("user", "add", "anna", "--role", "chair", "--body", "Direktionen")
    run("user", "add", "anna", "--role", "auditor")

    anna = next(user for user in run("users") if user["name"] == "anna")
    assert sorted((row["role"], row["body"]) for row in anna["roles"] if row["body"]) == [
        ("chair", "Direktionen"),
        ("secretary", "Direktionen"),
    ]
    assert {"role": "auditor", "body": None} in anna["roles"]


@pytest.mark.parametrize(
    "words",
    [
        ["user", "add", "x", "--role", "member"],
        ["user", "add", "x", "--role", "member", "--body", "Intet udvalg"],
        ["release", str(uuid4()), "--kind", "minutes", "--as", "ingen"],
        ["withdraw", str(uuid4()), "--reason", "x", "--as", "ingen"],
        ["print-minutes", str(uuid4()), "--format", "text", "-o", "/tmp/x"],
    ],
)
def test_what_is_not_there_gets_a_sentence(run: Run, meeting: str, words: list[str]) -> None:
    sentence = run(*words, code=2)

    assert sentence.strip().endswith(".") and "Traceback" not in sentence


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["release", "not-a-uuid", "--kind", "minutes", "--as", "x"], ["demo", "--x"]]
)
def test_wrong_words_leave_with_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)

    assert left.value.code == 2


def test_one_person_cannot_release_alone(run: Run, meeting: str) -> None:
    sentence = run("release", meeting, "--kind", "minutes", "--as", "anna", code=2)

    assert "to forskellige personer" in sentence.casefold()
    assert Release.objects.count() == 0


def test_agenda_then_minutes_are_a_chain(run: Run, meeting: str) -> None:
    agenda = run("release", meeting, "--kind", "agenda", "--as", "anna", "--second", "bo")
    minutes = run("release", meeting, "--kind", "minutes", "--as", "anna", "--second", "bo")
    again = run("release", meeting, "--kind", "minutes", "--as", "anna", "--second", "bo")

    assert set(agenda) == {"id", "body", "number", "kind", "sha256", "previous", "state", "at"}
    assert (agenda["number"], agenda["previous"]) == (1, None)
    assert (minutes["number"], minutes["previous"]) == (2, agenda["sha256"])
    assert again == minutes
    assert [(row["number"], row["state"]) for row in run("releases", "--body", "Direktionen")] == [
        (1, "superseded"),
        (2, "current"),
    ]


def test_an_agenda_holds_no_decision(run: Run, meeting: str) -> None:
    run("release", meeting, "--kind", "agenda", "--as", "anna", "--second", "bo")

    assert [item.content["decisions"] for item in PublicItem.objects.all()] == [[]] * 7
    assert PublicMeeting.objects.get().absent is None


def test_a_withdrawn_release_leaves_a_tombstone_and_its_link_in_the_chain(run: Run, meeting: str) -> None:
    first = run("release", meeting, "--kind", "minutes", "--as", "anna", "--second", "bo")

    ended = run("withdraw", first["id"], "--reason", "Forkert bilag", "--as", "anna")
    run("withdraw", first["id"], "--reason", "Igen", "--as", "anna", code=2)

    assert (ended["state"], ended["sha256"], ended["number"]) == ("withdrawn", first["sha256"], 1)
    assert Release.objects.get().document is None
    assert PublicItem.objects.count() == 0
    shown = PublicMeeting.objects.get()
    assert (shown.state, shown.place, shown.present, shown.pdf_sha256) == ("withdrawn", "", None, "")


def test_after_a_withdrawal_the_next_release_takes_the_same_address(run: Run, meeting: str) -> None:
    first = run("release", meeting, "--kind", "minutes", "--as", "anna", "--second", "bo")
    address = PublicMeeting.objects.get().pk
    run("withdraw", first["id"], "--reason", "Forkert", "--as", "anna")

    second = run("release", meeting, "--kind", "minutes", "--as", "anna", "--second", "bo")

    assert (second["number"], second["previous"]) == (2, first["sha256"])
    assert PublicMeeting.objects.get().pk == address
    assert PublicItem.objects.count() == 7


def test_what_is_shown_is_what_is_current_after_any_life(run: Run, meeting: str) -> None:
    for kind in ("agenda", "minutes", "agenda", "minutes"):
        release = run("release", meeting, "--kind", kind, "--as", "anna", "--second", "bo")
        assert [str(row.release_id) for row in PublicMeeting.objects.all()] == [release["id"]]
        assert Release.objects.exclude(document=None).count() == 1
        assert PublicItem.objects.exclude(meeting__release_id=release["id"]).count() == 0
    assert ReleaseRecord.objects.count() == Release.objects.count() == 4
    assert ReleaseRecord.objects.filter(prepared_by__username="anna", released_by__username="bo").count() == 4
