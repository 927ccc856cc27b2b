"""The way of a case: what was planned, and what became of it."""

from datetime import date

from django.utils.timezone import now

from sagsgang.cases.queries.journey import newest_version, path_codes, stops_of, treatments
from sagsgang.cases.queries.versions import own_versions
from sagsgang.cases.tests.factories import Town, add_step, make_case


def test_a_step_meets_its_item_by_name_by_day_or_by_body(town: Town) -> None:
    case = make_case(town)
    named = add_step(case, town.dir, date(2026, 2, 4))
    dated = add_step(case, town.mtu, date(2026, 3, 9))
    moved = add_step(case, town.fin, date(2026, 3, 17))
    waiting = add_step(case, town.kb, date(2026, 4, 28))
    for body, day, step in (
        (town.dir, date(2026, 2, 11), named), (town.mtu, date(2026, 3, 9), None), (town.fin, date(2026, 3, 24), None),
    ):  # fmt: skip
        meeting = body.meetings.create(held_on=day)
        item = meeting.items.create(case=case, position=1, access="open", step=step, number="4")
        item.decisions.create(
            body=body, decided_on=day, stated_body=body.name, outcome="recommended", recorded_by=town.secretary
        )

    stops = stops_of(case.path.all(), treatments(case))

    assert [(stop.step, stop.on, stop.state) for stop in stops] == [
        (named, date(2026, 2, 11), "done"), (dated, date(2026, 3, 9), "done"),
        (moved, date(2026, 3, 24), "done"), (waiting, date(2026, 4, 28), "planned"),
    ]  # fmt: skip
    assert [stop.treatment.outcome_words for stop in stops if stop.treatment] == ["anbefalet"] * 3


def test_what_was_treated_outside_the_path_stands_by_its_day(town: Town) -> None:
    case = make_case(town)
    add_step(case, town.mtu, date(2026, 3, 9))
    add_step(case, town.kb, date(2026, 4, 28))
    meeting = town.hu.meetings.create(held_on=date(2026, 4, 1))
    meeting.items.create(case=case, position=1, access="open")

    stops = stops_of(case.path.select_related("body"), treatments(case))

    assert [(stop.body.code, stop.state) for stop in stops] == [("MTU", "planned"), ("HU", "here"), ("KB", "planned")]


def test_a_correction_is_the_outcome_that_counts(town: Town) -> None:
    case = make_case(town)
    meeting = town.mtu.meetings.create(held_on=date(2026, 3, 9))
    item = meeting.items.create(case=case, position=1, access="open")
    for version, outcome in ((1, "approved"), (2, "postponed")):
        item.decisions.create(
            body=town.mtu, decided_on=meeting.held_on, stated_body="MTU", version=version, outcome=outcome,
            recorded_by=town.secretary,
        )  # fmt: skip

    assert [(found.outcome, found.is_decided) for found in treatments(case)] == [("postponed", True)]


def test_the_path_is_printed_as_codes(town: Town) -> None:
    case = make_case(town)
    for body, parallel in ((town.dir, False), (town.hu, False), (town.mtu, True), (town.kb, False)):
        step = add_step(case, body, None)
        step.is_parallel = parallel
        step.save()

    assert path_codes(case.path.select_related("body")) == "DIR, HU/MTU, KB"


def test_the_words_of_a_promoted_sub_item_are_not_the_collective_cases_own(town: Town) -> None:
    collective, promoted = make_case(town, "Øvrige punkter"), make_case(town, "Delsag")
    old = collective.presentations.create(frozen_at=now(), frozen_by="imported")
    meeting = town.dir.meetings.create(held_on=date(2026, 2, 4))
    top = meeting.items.create(case=collective, position=1, access="open")
    meeting.items.create(case=promoted, parent=top, presentation=old, position=1, access="open")

    assert old not in own_versions(collective)
    assert newest_version(collective) == collective.presentations.get(frozen_at=None)
