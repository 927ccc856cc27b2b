"""`sagsgang policy-in-force`: the document's case day by day, and what it refuses."""

import json

import pytest

from sagsgang.policies import actions
from sagsgang.policies.tests.factories import NAME, Town, enter, make_town, seed
from sagsgang.site.cli import main

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> Town:
    return make_town()


def test_the_documents_case(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    policy = seed(town)
    actions.withdraw_policy(policy, on=policy.created_at.date().replace(year=2099), actor=town.keeper)
    found = {}
    for day in ("2021-01-26", "2021-01-27", "2022-06-01", "2023-04-11", "2023-04-12", "2026-01-01"):
        assert main(["policy-in-force", NAME.upper(), day, "--json"]) == 0
        found[day] = json.loads(capsys.readouterr().out)

    one, two = (str(item.decisions.get().pk) for item in (town.first, town.second))
    first = {"version": 1, "approved_on": "2021-01-27", "body": "Direktionen", "decision": one}
    second = {"version": 2, "approved_on": "2023-04-12", "body": "Direktionen", "decision": two}
    keys = ("version", "approved_on", "body", "decision")
    assert {day: value and {key: value[key] for key in keys} for day, value in found.items()} == {
        "2021-01-26": None, "2021-01-27": first, "2022-06-01": first, "2023-04-11": first, "2023-04-12": second,
        "2026-01-01": second,
    }  # fmt: skip
    assert main(["policy-in-force", NAME, "2023-04-12"]) == 0
    assert "version 2, gjaldt 12. april 2023: godkendt som helhed af Direktionen" in capsys.readouterr().out


def test_what_cannot_be_answered_is_refused(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    enter(town)
    for words in (
        ["policy-in-force", "retningslinjer for informationssikkerhed", "2023-04-12"],
        ["policy-in-force", NAME, "12-04-2023"],
        ["policy-in-force", NAME, "2023-02-30"],
        ["policy-in-force", NAME, "2023-04-12", "--authority", "Andeby"],
        ["policy-in-force", "", "2023-04-12"],
    ):
        assert main([*words, "--json"]) == 2, words
        answered = capsys.readouterr()
        assert answered.err and not answered.out
        if words[1].startswith("retning"):
            assert NAME in answered.err
