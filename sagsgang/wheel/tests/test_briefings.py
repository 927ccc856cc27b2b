"""Månedsgrebet comes by itself, once, and follows its meeting; what is made of its cards points back at them."""

from datetime import date

import pytest
import time_machine
from django.utils.timezone import now

from sagsgang.bodies.models import Person
from sagsgang.cases.actions.case import CaseFacts
from sagsgang.cases.actions.path import StepFacts
from sagsgang.core.errors import RuleBrokenError
from sagsgang.followups.actions import FollowUpFacts
from sagsgang.meetings.actions import take_off_agenda
from sagsgang.meetings.models import Meeting
from sagsgang.planning.actions import move_meeting
from sagsgang.wheel.actions.briefing import put_briefing
from sagsgang.wheel.actions.cards import (
    CardFacts,
    add_card,
    edit_card,
    give_follow_up_of_card,
    open_case_of_card,
    restore_card,
    state_card_outcome,
    withdraw_card,
)
from sagsgang.wheel.actions.wishes import YearWishes, wish_body_year
from sagsgang.wheel.due import briefings_due
from sagsgang.wheel.models import BriefingCard, CycleBriefing, FrozenWheel
from sagsgang.wheel.queries.briefings import briefing_view
from sagsgang.wheel.queries.year import year_of
from sagsgang.wheel.tests.conftest import Town

APRIL = date(2023, 4, 12)


@pytest.fixture(autouse=True)
def march() -> object:
    with time_machine.travel("2023-03-20 12:00"):
        yield


@pytest.fixture
def briefed(town: Town) -> Town:
    wish_body_year(town.bodies["DIR"], YearWishes(briefs_cycles=True), actor=town.secretary)
    return town


def put(town: Town, cycle: str) -> CycleBriefing:
    found = year_of(town.authority, 2023, entries=()).plan.cycles
    chosen = next(one for one in found if one.id == cycle)
    return put_briefing(town.meeting("DIR", chosen.start), chosen, actor=town.secretary)


def director(town: Town, name: str = "Vera Holm") -> Person:
    return Person.objects.create(authority=town.authority, name=name, title="Velfærdsdirektør")


def test_it_comes_on_the_first_agenda_of_the_cycle_once(briefed: Town) -> None:
    counts = [briefings_due(), briefings_due()]

    row = CycleBriefing.objects.get()
    assert (counts, row.cycle, row.item.meeting.held_on) == ([1, 0], "2023-05", APRIL)
    assert (row.item.kind, row.item.title, row.item.access) == ("D", "Månedsgrebet", "open")


def test_a_body_that_does_not_wish_it_gets_none(town: Town) -> None:
    assert briefings_due() == 0


def test_all_of_a_body_have_one_case(town: Town) -> None:
    first, second = put(town, "2023-05"), put(town, "2023-06")

    assert first.item_id != second.item_id
    assert first.item.case_id == second.item.case_id


def test_a_moved_meeting_takes_it_along(briefed: Town) -> None:
    briefings_due()
    move_meeting(briefed.meeting("DIR", APRIL), to=date(2023, 4, 13), notice="", actor=briefed.secretary)

    again = briefings_due()

    row = CycleBriefing.objects.get()
    assert (again, row.item.meeting.held_on) == (0, date(2023, 4, 13))


def test_it_follows_its_cycle_to_another_month(briefed: Town) -> None:
    briefings_due()
    move_meeting(briefed.meeting("KB", date(2023, 5, 23)), to=date(2023, 6, 1), notice="", actor=briefed.secretary)

    again = briefings_due()

    assert (again, CycleBriefing.objects.get().cycle) == (0, "2023-06")


def test_what_the_secretary_took_off_stays_off(briefed: Town) -> None:
    briefings_due()
    take_off_agenda(CycleBriefing.objects.get().item, actor=briefed.secretary)

    assert briefings_due() == 0


def test_one_whose_meeting_is_cancelled_is_put_anew_with_its_cards(briefed: Town) -> None:
    briefings_due()
    old = CycleBriefing.objects.get()
    card = add_card(old, CardFacts(director=director(briefed), theme="Ligestilling"), actor=briefed.secretary)
    Meeting.objects.filter(pk=old.item.meeting_id).update(cancelled_at=now())
    Meeting.objects.create(body=briefed.bodies["DIR"], held_on=date(2023, 4, 11))

    again = briefings_due()

    row = CycleBriefing.objects.get()
    assert (again, row.pk, row.item.meeting.held_on) == (1, old.pk, date(2023, 4, 11))
    assert list(row.cards.all()) == [card]


def test_a_frozen_wheel_comes_with_it_where_the_body_asks_for_it(town: Town) -> None:
    wish_body_year(town.bodies["DIR"], YearWishes(briefs_cycles=True, attaches_wheel=True), actor=town.secretary)

    briefings_due()
    briefings_due()

    frozen = FrozenWheel.objects.get()
    assert (frozen.year, frozen.attachment.item) == (2023, CycleBriefing.objects.get().item)


def test_an_agenda_that_has_gone_out_gets_none(briefed: Town) -> None:
    Meeting.objects.filter(body=briefed.bodies["DIR"]).update(agenda_sent_at=now())

    assert briefings_due() == 0


def test_after_the_deadline_it_comes_with_its_reason(briefed: Town) -> None:
    with time_machine.travel("2023-04-11 12:00"):
        briefings_due()

    assert CycleBriefing.objects.get(cycle="2023-05").item.late_reason != ""


def test_a_card_is_written_changed_withdrawn_and_put_back(town: Town) -> None:
    briefing, her = put(town, "2023-05"), director(town)
    card = add_card(briefing, CardFacts(director=her, theme="Ligestilling"), actor=town.secretary)
    facts = CardFacts(director=her, theme="Ligestilling 2023", why_now="Fristen", committee=town.bodies["ØK"])
    edit_card(card, facts, actor=town.secretary)
    withdraw_card(card, actor=town.secretary)

    with pytest.raises(RuleBrokenError):
        edit_card(card, facts, actor=town.secretary)
    away = briefing_view(briefing, town.secretary)
    restore_card(card, actor=town.secretary)
    back = briefing_view(briefing, town.secretary)

    assert (len(away.cards), [row.pk for row in away.withdrawn]) == (0, [card.pk])
    assert [(line.card.theme, line.card.committee, line.is_bare) for line in back.cards] == [
        ("Ligestilling 2023", town.bodies["ØK"], True)
    ]


def test_a_card_without_a_theme_is_refused(town: Town) -> None:
    with pytest.raises(RuleBrokenError):
        add_card(put(town, "2023-05"), CardFacts(director=director(town), theme=" "), actor=town.secretary)


def test_what_came_of_the_last_cards_is_shown_at_the_next_cycle(town: Town) -> None:
    card = add_card(put(town, "2023-05"), CardFacts(director=director(town), theme="Skoler"), actor=town.secretary)
    step = StepFacts(body=town.bodies["DIR"], purpose="discussion", planned_on=date(2023, 5, 10))
    case = open_case_of_card(card, CaseFacts(title="Skolestruktur"), steps=[step], actor=town.secretary)
    closed = open_case_of_card(
        card, CaseFacts(title="Hemmelig handel", access="closed", ground="tender"), actor=town.secretary
    )
    words = FollowUpFacts(words="Tal med skolerne", owner_role="Skolechef", due_on=date(2023, 5, 1))
    give_follow_up_of_card(card, words, actor=town.secretary)
    state_card_outcome(card, outcome="Sagen er rejst", actor=town.secretary)

    view = briefing_view(put(town, "2023-06"), town.secretary)

    (line,) = view.last
    assert (view.last_cycle, line.card.outcome, view.cards) == ("2023-05", "Sagen er rejst", ())
    assert {(one.pk, one.is_seen) for one in line.cases} == {(case.pk, True), (closed.pk, False)}
    assert "Hemmelig handel" not in {one.title for one in line.cases}  # it is on no path of hers
    assert [(one.words, one.owner_role) for one in line.follow_ups] == [("Tal med skolerne", "Skolechef")]
    assert BriefingCard.objects.get().follow_ups.get().item == card.briefing.item
