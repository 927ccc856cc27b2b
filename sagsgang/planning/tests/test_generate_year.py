"""A year is generated from its rules, again and again, and what a hand has changed is never written over."""

from datetime import date, time
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection, connections

from sagsgang.bodies.models import ClosingDay
from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import Meeting, MeetingKind
from sagsgang.planning.actions import (
    add_rule,
    cancel_meeting,
    change_meeting,
    change_rule,
    generate_year,
    move_meeting,
    remove_meeting,
    remove_rule,
)
from sagsgang.planning.models import PlannedMeeting
from sagsgang.planning.queries.outlook import outlook, year_rows
from sagsgang.planning.tests.plans import YEAR, days, on, planned_year, second_tuesdays

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 2)


def test_each_day_gets_its_meeting(town: Town) -> None:
    rule = planned_year(town.mtu, town.secretary)

    assert len(days(town.mtu)) == 11
    first = on(town.mtu, date(2026, 1, 13))
    assert (first.starts, first.place, first.kind) == (time(17), "Rådhuset", MeetingKind.ORDINARY)
    assert PlannedMeeting.objects.get(meeting=first).rule == rule


def test_generated_again_nothing_happens(town: Town) -> None:
    planned_year(town.mtu, town.secretary)
    before = list(Meeting.objects.order_by("pk").values())
    traces = AuditEntry.objects.count()

    again = generate_year(town.mtu, year=YEAR, actor=town.secretary)

    assert (again.created, again.removed) == (0, 0)
    assert list(Meeting.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == traces


def test_what_a_hand_has_changed_is_not_written_over(town: Town) -> None:
    planned_year(town.mtu, town.secretary)
    move_meeting(on(town.mtu, date(2026, 2, 10)), to=date(2026, 2, 17), notice="Vinterferie", actor=town.secretary)
    cancel_meeting(on(town.mtu, date(2026, 3, 10)), actor=town.secretary)
    change_meeting(on(town.mtu, date(2026, 4, 14)), starts=time(15), place="Kulturhuset", actor=town.secretary)
    remove_meeting(on(town.mtu, date(2026, 5, 12)), actor=town.secretary)
    before = list(Meeting.objects.order_by("pk").values())

    found = outlook(year_rows(town.mtu, YEAR), TODAY)
    again = generate_year(town.mtu, year=YEAR, actor=town.secretary)

    assert (found.new, found.closed, found.left, found.settled) == ((), (), (), 11)
    assert again.created == 0
    assert list(Meeting.objects.order_by("pk").values()) == before


def test_a_changed_rule_adds_its_new_days_and_offers_the_empty_ones_it_left(town: Town) -> None:
    rule = planned_year(town.mtu, town.secretary)
    moved = move_meeting(on(town.mtu, date(2026, 2, 10)), to=date(2026, 2, 18), actor=town.secretary)
    changed = second_tuesdays(rule="FREQ=MONTHLY;BYDAY=2TU,4TU", except_months=(1, 2, 7))

    change_rule(rule, facts=changed, actor=town.secretary)
    found = outlook(year_rows(town.mtu, YEAR), TODAY)
    made = generate_year(
        town.mtu, year=YEAR, remove=[row.meeting_id for row in found.left if row.meeting_id], actor=town.secretary
    )

    assert [row.day for row in found.left] == [date(2026, 1, 13)]
    assert (made.created, made.removed) == (9, 1)
    assert days(town.mtu)[:3] == [moved.held_on, date(2026, 3, 10), date(2026, 3, 24)]


def test_a_rules_new_hour_and_place_are_offered_to_the_meetings_that_no_hand_has_changed(town: Town) -> None:
    rule = planned_year(town.mtu, town.secretary)
    change_meeting(on(town.mtu, date(2026, 4, 14)), starts=time(15), place="Kulturhuset", actor=town.secretary)
    change_rule(rule, facts=second_tuesdays(starts=time(18), place="Rådhuset"), actor=town.secretary)

    found = outlook(year_rows(town.mtu, YEAR), TODAY)
    choices = [row.meeting_id for row, _rule in found.behind if row.meeting_id]
    assert (len(choices), found.has_anything) == (10, True)
    made = generate_year(town.mtu, year=YEAR, bring=choices[:9], actor=town.secretary)
    assert (made.created, made.brought) == (0, 9)
    first, hand = on(town.mtu, date(2026, 2, 10)), on(town.mtu, date(2026, 4, 14))
    assert [(row.starts, row.place) for row in (first, hand)] == [(time(18), "Rådhuset"), (time(15), "Kulturhuset")]
    assert [row.meeting_id for row, _rule in outlook(year_rows(town.mtu, YEAR), TODAY).behind] == choices[9:]
    with pytest.raises(RuleBrokenError):
        generate_year(town.mtu, year=YEAR, bring=[hand.pk], actor=town.secretary)


def test_the_meetings_of_a_removed_rule_stay_until_they_are_taken_away(town: Town) -> None:
    rule = planned_year(town.mtu, town.secretary)

    remove_rule(rule, actor=town.secretary)
    made = generate_year(town.mtu, year=YEAR, actor=town.secretary)

    assert (made.created, made.removed, len(days(town.mtu))) == (0, 0, 11)
    assert len(outlook(year_rows(town.mtu, YEAR), TODAY).left) == 11


def test_a_meeting_with_an_agenda_is_never_offered_for_removal(town: Town) -> None:
    rule = planned_year(town.mtu, town.secretary)
    Meeting.objects.filter(held_on=date(2026, 6, 9)).update(agenda_sent_at="2026-06-01 10:00+02:00")

    remove_rule(rule, actor=town.secretary)
    left = outlook(year_rows(town.mtu, YEAR), TODAY).left

    assert date(2026, 6, 9) not in [row.day for row in left]
    with pytest.raises(RuleBrokenError):
        generate_year(town.mtu, year=YEAR, remove=[on(town.mtu, date(2026, 6, 9)).pk], actor=town.secretary)


def test_on_a_day_when_nobody_meets_the_secretary_decides(town: Town) -> None:
    ClosingDay.objects.create(authority=town.authority, day=date(2026, 10, 8), name="Personaledag")
    add_rule(town.kb, year=YEAR, facts=second_tuesdays(rule="FREQ=MONTHLY;BYDAY=2TH"), actor=town.secretary)

    found = outlook(year_rows(town.kb, YEAR), TODAY)
    generate_year(town.kb, year=YEAR, instead={date(2026, 5, 14): date(2026, 5, 15)}, actor=town.secretary)

    assert [(row.day, row.closed, row.proposed) for row in found.closed] == [
        (date(2026, 5, 14), "Kristi himmelfartsdag", date(2026, 5, 15)),
        (date(2026, 10, 8), "Personaledag", date(2026, 10, 9)),
    ]
    assert date(2026, 5, 15) in days(town.kb)
    assert not {date(2026, 5, 14), date(2026, 10, 8), date(2026, 10, 9)} & set(days(town.kb))
    left = outlook(year_rows(town.kb, YEAR), TODAY)
    assert [row.day for row in left.closed] == [date(2026, 10, 8)]
    assert left.left == ()


def test_a_proposal_that_is_no_longer_right_is_refused(town: Town) -> None:
    add_rule(town.kb, year=YEAR, facts=second_tuesdays(rule="FREQ=MONTHLY;BYDAY=2TH"), actor=town.secretary)

    with pytest.raises(RuleBrokenError):
        generate_year(town.kb, year=YEAR, instead={date(2026, 5, 14): date(2026, 5, 20)}, actor=town.secretary)

    assert days(town.kb) == []


def test_a_meeting_that_is_there_already_is_taken_into_the_plan_as_it_is(town: Town) -> None:
    mine = Meeting.objects.create(body=town.mtu, held_on=date(2026, 1, 13), starts=time(9), place="Havnen")

    planned_year(town.mtu, town.secretary)
    move_meeting(mine, to=date(2026, 1, 20), actor=town.secretary)
    again = generate_year(town.mtu, year=YEAR, actor=town.secretary)

    assert again.created == 0
    assert days(town.mtu)[0] == date(2026, 1, 20)
    mine.refresh_from_db()
    assert (mine.starts, mine.place) == (time(9), "Havnen")


def test_days_that_are_over_get_no_meeting(town: Town) -> None:
    with time_machine.travel("2026-09-20 12:00+02:00", tick=False):
        planned_year(town.mtu, town.secretary)

    assert days(town.mtu) == [date(2026, 10, 13), date(2026, 11, 10), date(2026, 12, 8)]


def test_an_extraordinary_meeting_does_not_stand_in_for_the_ordinary_one(town: Town) -> None:
    Meeting.objects.create(body=town.mtu, held_on=date(2026, 1, 13), kind=MeetingKind.EXTRAORDINARY)

    planned_year(town.mtu, town.secretary)

    assert Meeting.objects.filter(body=town.mtu, held_on=date(2026, 1, 13)).count() == 2


def test_the_same_rule_twice_and_a_rule_changed_meanwhile_are_refused(town: Town) -> None:
    rule = planned_year(town.mtu, town.secretary)

    with pytest.raises(RuleBrokenError):
        add_rule(town.mtu, year=YEAR, facts=second_tuesdays(), actor=town.secretary)
    new = change_rule(rule, facts=second_tuesdays(place="Havnen"), actor=town.secretary)
    with pytest.raises(RuleBrokenError):
        change_rule(rule, facts=second_tuesdays(place="Skolen"), actor=town.secretary)
    assert change_rule(new, facts=second_tuesdays(place="Havnen"), actor=town.secretary) == new


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_at_once_make_one_meeting_a_day(new_year: None) -> None:
    town = make_town()
    add_rule(town.mtu, year=YEAR, facts=second_tuesdays(), actor=town.secretary)
    start, made, failed = Barrier(4), [], []

    def generate() -> None:
        start.wait()
        try:
            made.append(generate_year(town.mtu, year=YEAR, actor=town.secretary).created)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=generate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (failed, sorted(made), len(days(town.mtu))) == ([], [0, 0, 0, 11], 11)
    assert connection.is_usable()
