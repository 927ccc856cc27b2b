"""`tally` from outside: what a vote comes to, and one sentence for whatever is wrong with the file."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sagsgang.site.cli import main

type Ask = Callable[..., dict[str, Any]]
type Refuse = Callable[..., str]

FROM, TO = "2026-03-09T19:00:00+01:00", "2026-03-09T19:30:00+01:00"
GROUPS = "AAAAAAAAAVVVVVVVVCCCCCFFFOO"  # 9 A, 8 V, 5 C, 3 F, 2 O: a council of 27


def council(**parts: Any) -> dict[str, Any]:
    """27 members, all there the whole evening, of whom 14 vote for and 11 against, and 2 abstain."""
    people = [{"id": f"m{number}", "group": group} for number, group in enumerate(GROUPS, start=1)]
    choices = ["for"] * 14 + ["imod"] * 11 + ["undlod"] * 2
    return {
        "members": people,
        "seats": 27,
        "present": [there(one["id"]) for one in people],
        "item": {"from": FROM, "to": TO},
        "conflicts": [],
        "substitutes": [],
        "ballots": {one["id"]: choice for one, choice in zip(people, choices, strict=True)},
        "secret": False,
    } | parts


def there(
    person: str, since: str = "2026-03-09T17:00:00+01:00", until: str | None = "2026-03-09T22:00:00+01:00"
) -> Any:
    return {"id": person, "from": since, "to": until}


def first(count: int) -> list[Any]:
    return [there(f"m{number}") for number in range(1, count + 1)]


def votes(**counts: int) -> dict[str, str]:
    """Votes of m1 and on: so many of each."""
    choices = [choice.rstrip("_") for choice, count in counts.items() for _ in range(count)]
    return {f"m{number}": choice for number, choice in enumerate(choices, start=1)}


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(**parts: Any) -> dict[str, Any]:
        path = tmp_path / "stemmer.json"
        path.write_text(json.dumps(council(**parts), ensure_ascii=False))
        code = main(["tally", str(path), "--json"])
        out, sentence = capsys.readouterr()
        assert code == 0, sentence
        found: dict[str, Any] = json.loads(out)
        return found

    return asked


@pytest.fixture
def refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Refuse:
    def refused(text: str | None = None, **parts: Any) -> str:
        path = tmp_path / "stemmer.json"
        path.write_text(json.dumps(council(**parts), ensure_ascii=False) if text is None else text)
        code = main(["tally", str(path), "--json"])
        out, sentence = capsys.readouterr()
        assert (code, out) == (2, ""), out
        return sentence.strip().removeprefix(f"{path}: ")

    return refused


def test_a_council_votes(ask: Ask) -> None:
    assert ask() == {
        "present": 27,
        "quorate": True,
        "needed": 14,
        "for": 14,
        "against": 11,
        "abstained": 2,
        "blank": 0,
        "outcome": "vedtaget",
        "sentence": "Vedtaget med 14 stemmer for og 11 imod; 2 undlod at stemme. For stemte: A (9), V (m10, m11, m12, m13, m14). "
        "Imod stemte: V (m15, m16, m17), C (5), F (3). Undlod at stemme: O (2).",
    }


@pytest.mark.parametrize(
    ("ballots", "outcome", "sentence"),
    [
        (votes(for_=27), "vedtaget", "Enstemmigt vedtaget med 27 stemmer."),
        (votes(for_=1), "vedtaget", "Enstemmigt vedtaget med 1 stemme."),
        (votes(imod=3), "forkastet", "Forkastet med 3 stemmer imod og 0 for."),
        (
            votes(for_=2, imod=2),
            "bortfaldet",
            "Bortfaldet ved stemmelighed med 2 stemmer for og 2 imod. For stemte: m1 (A), m2 (A). "
            "Imod stemte: m3 (A), m4 (A).",
        ),
        (
            votes(undlod=1, blank=2),
            "bortfaldet",
            "Bortfaldet ved stemmelighed med 0 stemmer for og 0 imod; 1 undlod at stemme; 2 stemte blankt. "
            "Undlod at stemme: m1 (A). Blankt stemte: m2 (A), m3 (A).",
        ),
        ({}, "bortfaldet", "Bortfaldet ved stemmelighed med 0 stemmer for og 0 imod."),
        (
            votes(for_=1, blank=1),
            "vedtaget",
            "Vedtaget med 1 stemme for og 0 imod; 1 stemte blankt. For stemte: m1 (A). Blankt stemte: m2 (A).",
        ),
    ],
)
def test_the_majority_of_those_cast_decides(ask: Ask, ballots: dict[str, str], outcome: str, sentence: str) -> None:
    found = ask(ballots=ballots)

    assert (found["outcome"], found["sentence"]) == (outcome, sentence)


@pytest.mark.parametrize(("seats", "needed"), [(27, 14), (28, 14), (31, 16), (5, 3), (9, 5), (1, 1), (2, 1)])
def test_half_of_the_seats_are_needed(ask: Ask, seats: int, needed: int) -> None:
    people = [{"id": f"m{number}"} for number in range(1, seats + 1)]
    enough = ask(members=people, seats=seats, present=first(needed), ballots={"m1": "for"})
    too_few = ask(members=people, seats=seats, present=first(needed)[1:], ballots={})

    assert (enough["needed"], enough["quorate"], enough["outcome"]) == (needed, True, "vedtaget")
    assert (too_few["needed"], too_few["quorate"], too_few["outcome"]) == (needed, False, "ikke beslutningsdygtig")


def test_without_a_quorum_the_votes_are_counted_and_decide_nothing(ask: Ask) -> None:
    found = ask(present=first(13), ballots=votes(for_=13))

    assert (found["present"], found["for"], found["outcome"]) == (13, 13, "ikke beslutningsdygtig")
    assert found["sentence"] == "Ikke beslutningsdygtig: 13 af 27 pladser er besat, der kræves 14."


def test_a_conflict_takes_its_member_out_of_those_present_and_not_out_of_the_seats(ask: Ask) -> None:
    assert ask(present=first(14), ballots={"m1": "for"})["quorate"] is True

    found = ask(present=first(14), conflicts=["m14"], ballots={"m1": "for"})

    assert (found["present"], found["needed"], found["outcome"]) == (13, 14, "ikke beslutningsdygtig")


def test_a_substitute_takes_the_seat_of_an_absent_member(ask: Ask) -> None:
    found = ask(
        present=[*first(26), there("s27")],
        substitutes=[{"for": "m27", "id": "s27"}],
        ballots={"s27": "imod", "m1": "for", "m2": "for"},
    )

    assert (found["present"], found["for"], found["against"]) == (27, 2, 1)
    assert found["sentence"].endswith("Imod stemte: s27 (O).")


def test_a_substitute_sits_in_for_one_with_a_conflict(ask: Ask) -> None:
    found = ask(
        present=[*first(27), there("s27")],
        substitutes=[{"for": "m27", "id": "s27"}],
        conflicts=["m27"],
        ballots={"s27": "imod"},
    )

    assert (found["present"], found["against"], found["outcome"]) == (27, 1, "forkastet")


def test_who_is_present_without_a_seat_counts_for_nothing(ask: Ask) -> None:
    assert ask(present=[*first(13), there("kommunaldirektør")], ballots={})["present"] == 13


@pytest.mark.parametrize(
    ("since", "until", "present"),
    [
        ("17:00:00", "18:59:00", 13),  # gone before the item
        ("17:00:00", "19:00:00", 13),  # gone when it began
        ("17:00:00", "19:10:00", 13),  # gone before the vote
        ("17:00:00", "19:30:00", 14),  # stayed to its end
        ("19:20:00", "22:00:00", 14),  # came while it was treated
        ("19:30:00", "22:00:00", 13),  # came when it was over
    ],
)
def test_who_is_there_when_the_item_ends_counts(ask: Ask, since: str, until: str, present: int) -> None:
    stretch = there("m14", f"2026-03-09T{since}+01:00", f"2026-03-09T{until}+01:00")

    assert ask(present=[*first(13), stretch], ballots={})["present"] == present


def test_a_vote_says_that_its_voter_was_there_when_it_was_taken(ask: Ask) -> None:
    stretch = there("m14", "2026-03-09T17:00:00+01:00", "2026-03-09T19:10:00+01:00")

    assert ask(present=[*first(13), stretch], ballots={"m14": "for"})["present"] == 14


def test_the_moment_of_the_vote_can_be_said(ask: Ask, refuse: Refuse) -> None:
    stretch = there("m14", "2026-03-09T17:00:00+01:00", "2026-03-09T19:10:00+01:00")
    item = {"from": FROM, "to": TO, "vote_at": "2026-03-09T19:05:00+01:00"}
    later = item | {"vote_at": "2026-03-09T19:20:00+01:00"}

    assert ask(present=[*first(13), stretch], item=item, ballots={})["present"] == 14
    assert ask(present=[*first(13), stretch], item=later, ballots={})["present"] == 13
    assert refuse(present=[*first(13), stretch], item=later, ballots={"m14": "for"}) == (
        "ballots: »m14« er ikke til stede, når der stemmes."
    )


def test_who_goes_and_comes_back_counts_once(ask: Ask) -> None:
    twice = [there("m14", until="2026-03-09T19:10:00+01:00"), there("m14", "2026-03-09T19:20:00+01:00")]

    assert ask(present=[*first(13), *twice, there("m1")], ballots={})["present"] == 14


@pytest.mark.parametrize(
    ("item", "until", "present"),
    [
        # The clock goes back from 3 to 2: 02:10 comes after 02:50.
        (("2026-10-25T02:30:00+02:00", "2026-10-25T02:10:00+01:00"), "2026-10-25T02:20:00+01:00", 14),
        (("2026-10-25T02:30:00+02:00", "2026-10-25T02:10:00+01:00"), "2026-10-25T02:50:00+02:00", 13),
        (("2026-10-25T02:30:00+01:00", "2026-10-25T02:50:00+01:00"), "2026-10-25T02:55:00+02:00", 13),
        (("2026-10-25T00:30:00Z", "2026-10-25T01:10:00Z"), "2026-10-25T02:15:00+01:00", 14),
        (("2026-10-25T02:50", "2026-10-25T02:10"), "2026-10-25T03:00", 14),
    ],
)
def test_the_hour_that_comes_twice(ask: Ask, item: tuple[str, str], until: str, present: int) -> None:
    evening = [there(f"m{number}", "2026-10-24T22:00", "2026-10-25T04:00") for number in range(1, 14)]
    stretch = there("m14", "2026-10-24T22:00", until)

    found = ask(present=[*evening, stretch], item={"from": item[0], "to": item[1]}, ballots={})

    assert found["present"] == present


def test_times_by_the_clock(ask: Ask) -> None:
    evening = [there(f"m{number}", "17:00", "22:00") for number in range(1, 15)]

    assert ask(present=evening, item={"from": "19:00", "to": "19.30"}, ballots={})["present"] == 14


def test_groups_are_counted(ask: Ask) -> None:
    found = ask(ballots=None, groups={"A": {"for": 8, "undlod": 1}, "V": {"for": 6, "imod": 2}, "C": {"imod": 5}})

    assert (found["for"], found["against"], found["abstained"]) == (14, 7, 1)
    assert found["sentence"] == (
        "Vedtaget med 14 stemmer for og 7 imod; 1 undlod at stemme. For stemte: A (8), V (6). "
        "Imod stemte: V (2), C (5). Undlod at stemme: A (1)."
    )


def test_a_secret_vote_names_nobody(ask: Ask) -> None:
    found = ask(secret=True)

    assert found["sentence"] == (
        "Vedtaget med 14 stemmer for og 11 imod; 2 undlod at stemme. Afstemningen var hemmelig."
    )


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"ballots": {"x9": "for"}}, "ballots: »x9« har ingen plads."),
        ({"present": first(26)}, "ballots: »m27« er ikke til stede ved punktet og kan ikke stemme."),
        ({"conflicts": ["m3"]}, "ballots: »m3« er inhabil og kan ikke stemme."),
        ({"conflicts": ["x9"]}, "conflicts: »x9« har ingen plads."),
        (
            {
                "substitutes": [{"for": "m27", "id": "s27"}],
                "present": [*first(27), there("s27")],
                "ballots": {"s27": "for"},
            },
            "ballots: »s27« kan ikke stemme, for det medlem, hun er stedfortræder for, stemmer selv.",
        ),
        ({"substitutes": [{"for": "x9", "id": "s1"}]}, "substitutes[0]: »x9« har ingen plads."),
        (
            {"substitutes": [{"for": "m1", "id": "m2"}]},
            "substitutes[0]: »m2« har allerede en plads og kan ikke være stedfortræder.",
        ),
        (
            {"substitutes": [{"for": "m1", "id": "s"}, {"for": "m2", "id": "s"}]},
            "substitutes[1]: »s« er stedfortræder for to medlemmer.",
        ),
        (
            {"substitutes": [{"for": "m1", "id": "s"}, {"for": "m1", "id": "t"}]},
            "substitutes[1]: »m1« har to stedfortrædere.",
        ),
        ({"ballots": {"m1": "ja"}}, "ballots.m1: her skal stå et af disse ord: for, imod, undlod, blank."),
        ({"groups": {}}, "der forventes enten »ballots« eller »groups«."),
        ({"ballots": None}, "der forventes enten »ballots« eller »groups«."),
        (
            {"ballots": None, "groups": {"A": {"for": 10}}},
            "Der er indtastet 10 stemmer for »A«, men kun 9 fra gruppen kan stemme.",
        ),
        (
            {"ballots": None, "groups": {"A": {"for": 9}}, "conflicts": ["m1"]},
            "Der er indtastet 9 stemmer for »A«, men kun 8 fra gruppen kan stemme.",
        ),
        ({"ballots": None, "groups": {"Ø": {"for": 1}}}, "Ingen fra »Ø« er til stede og kan stemme."),
        ({"ballots": None, "groups": {"A": {"for": -1}}}, "groups.A.for: her skal stå et helt tal fra 0 til 100000."),
        ({"seats": 26}, "seats: der er nævnt 27 medlemmer, men der er kun 26 pladser."),
        ({"seats": None}, "»seats« mangler."),
        ({"seats": 0}, "seats: her skal stå et helt tal fra 1 til 1000."),
        ({"seats": True}, "seats: her skal stå et helt tal fra 1 til 1000."),
        ({"members": [{"id": "m1"}, {"id": "m1"}]}, "members[1]: »m1« står to gange blandt medlemmerne."),
        ({"members": [{"group": "A"}]}, "members[0]: »id« mangler."),
        ({"members": "alle"}, "members: her skal stå en liste."),
        ({"present": [there("m1", "i går")]}, "present[0].from: et tidspunkt skrives som 2026-03-09T19:30 eller 19:30."),
        ({"present": [there("m1", TO, FROM)]}, "present[0]: »to« ligger før »from«."),
        ({"present": [there("m1", "0001-01-01T00:00")]}, "present[0].from: et tidspunkt skrives som 2026-03-09T19:30 eller 19:30."),
        ({"item": {"from": FROM}}, "item: »to« mangler."),
        ({"item": {"from": TO, "to": FROM}}, "item: »to« ligger før »from«."),
        ({"item": {"from": FROM, "to": TO, "vote_at": "2026-03-09T20:00:00+01:00"}}, "item.vote_at: afstemningen ligger uden for punktet."),
        (
            {"present": [there("m1", "17:00", "22:00")]},
            "present[0].from: tidspunkter skrives på samme måde i hele filen: med dag eller uden.",
        ),
        ({"secret": "ja"}, "secret: her skal stå true eller false."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(refuse: Refuse, parts: dict[str, Any], sentence: str) -> None:
    assert refuse(**parts) == sentence


def test_the_same_vote_entered_twice_is_refused(refuse: Refuse) -> None:
    text = json.dumps(council(ballots={})).replace('"ballots": {}', '"ballots": {"m1": "for", "m1": "imod"}')

    assert refuse(text) == "»m1« står to gange i filen."


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"seats": NaN', "\ufeff"])
def test_a_file_that_is_no_json(refuse: Refuse, text: str) -> None:
    assert refuse(text) == "Filen er ikke et JSON-dokument."


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["tally", str(tmp_path / "væk.json")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'væk.json'}: Filen kan ikke læses.\n"


def test_without_json_it_says_the_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stemmer.json"
    path.write_text(json.dumps(council(ballots=votes(for_=27))))

    assert main(["tally", str(path)]) == 0
    assert capsys.readouterr().out == "Enstemmigt vedtaget med 27 stemmer.\n"


def test_whatever_is_voted_the_numbers_hold_together(ask: Ask) -> None:
    chance = Random(20260309)
    for _ in range(150):
        here = [f"m{number}" for number in range(1, 28) if chance.random() < 0.7]
        conflicts = [person for person in here if chance.random() < 0.1]
        away = [f"m{number}" for number in range(1, 28) if f"m{number}" not in here]
        stand_ins = [{"for": person, "id": f"s{person}"} for person in away if chance.random() < 0.3]
        may = [person for person in here if person not in conflicts] + [one["id"] for one in stand_ins]
        ballots = {person: chance.choice(["for", "imod", "undlod", "blank"]) for person in may if chance.random() < 0.9}

        found = ask(
            present=[there(person) for person in [*here, *(one["id"] for one in stand_ins)]],
            conflicts=conflicts,
            substitutes=stand_ins,
            ballots=ballots,
        )

        cast = (found["for"], found["against"])
        assert found["present"] == len(may) <= 27
        assert sum(cast) + found["abstained"] + found["blank"] == len(ballots) <= found["present"]
        assert found["quorate"] == (2 * len(may) >= 27)
        expected = "vedtaget" if cast[0] > cast[1] else "forkastet" if cast[0] < cast[1] else "bortfaldet"
        assert found["outcome"] == (expected if found["quorate"] else "ikke beslutningsdygtig")
