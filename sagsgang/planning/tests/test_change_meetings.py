"""Meetings moved, cancelled and called by hand, and where a cancelled meeting is no longer counted."""

from datetime import date, time

import pytest
import time_machine
from django.utils.timezone import now

from sagsgang.bodies.models import Body
from sagsgang.cases.models import PathStep
from sagsgang.cases.queries.plan import meeting_plan
from sagsgang.cases.tests.factories import Town, add_step, make_case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions as agenda
from sagsgang.meetings.drafts import MeetingDraft
from sagsgang.meetings.models import AgendaItem, Meeting, MeetingKind
from sagsgang.meetings.queries import meetings_without_decisions, next_meetings
from sagsgang.meetings.tests.agenda import verbs_of
from sagsgang.planning.actions import (
    call_extraordinary,
    cancel_meeting,
    change_meeting,
    move_meeting,
    remove_meeting,
    undo_cancellation,
)
from sagsgang.planning.queries.consequences import consequences_of
from sagsgang.planning.tests.plans import days, on, planned_year
from sagsgang.protocols.models import EntryKind, ProtocolEntry

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = date(2026, 2, 10), date(2026, 3, 10)


@pytest.fixture
def meeting(town: Town) -> Meeting:
    """The body's second meeting of the year."""
    planned_year(town.mtu, town.secretary)
    return on(town.mtu, FEBRUARY)


def decided(meeting: Meeting, town: Town) -> None:
    item = agenda.add_collective_item(meeting, title="Meddelelser", actor=town.secretary)
    agenda.record_decision(item, text="Orienteret.", outcome="noted", seen=0, dissent="", actor=town.secretary)


def test_a_moved_meeting_remembers_its_first_day_and_forgets_it_when_it_comes_back(
    meeting: Meeting, town: Town
) -> None:
    move_meeting(meeting, to=date(2026, 2, 17), notice="Vinterferie", actor=town.secretary)
    twice = move_meeting(meeting, to=date(2026, 2, 18), actor=town.secretary)
    assert (twice.held_on, twice.moved_from, twice.change_notice) == (date(2026, 2, 18), FEBRUARY, "")

    back = move_meeting(meeting, to=FEBRUARY, actor=town.secretary)

    assert (back.held_on, back.moved_from) == (FEBRUARY, None)
    assert verbs_of(meeting) == ["move_meeting"] * 3


def test_a_body_meets_once_a_day(meeting: Meeting, town: Town) -> None:
    with pytest.raises(RuleBrokenError, match="already meets on"):
        move_meeting(meeting, to=MARCH, actor=town.secretary)

    cancel_meeting(on(town.mtu, MARCH), actor=town.secretary)

    assert move_meeting(meeting, to=MARCH, actor=town.secretary).held_on == MARCH


def test_no_meeting_is_moved_into_the_past_or_to_its_own_day(meeting: Meeting, town: Town) -> None:
    for day in (date(2026, 1, 1), FEBRUARY):
        with pytest.raises(RuleBrokenError):
            move_meeting(meeting, to=day, actor=town.secretary)


def test_a_day_too_near_for_the_agenda_is_chosen_with_open_eyes(meeting: Meeting, town: Town) -> None:
    near = date(2026, 1, 6)

    with pytest.raises(RuleBrokenError, match="had to be out by"):
        move_meeting(meeting, to=near, actor=town.secretary)

    assert move_meeting(meeting, to=near, anyway=True, actor=town.secretary).held_on == near


def test_a_meeting_that_has_decided_is_neither_moved_nor_cancelled_nor_taken_out(meeting: Meeting, town: Town) -> None:
    decided(meeting, town)

    for act in (
        lambda: move_meeting(meeting, to=date(2026, 2, 17), actor=town.secretary),
        lambda: cancel_meeting(meeting, actor=town.secretary),
        lambda: remove_meeting(meeting, actor=town.secretary),
    ):
        with pytest.raises(RuleBrokenError, match="has been held"):
            act()


def test_a_meeting_that_was_opened_is_not_moved(meeting: Meeting, town: Town) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=now())

    with pytest.raises(RuleBrokenError, match="has been opened"):
        move_meeting(meeting, to=date(2026, 2, 17), actor=town.secretary)


def test_a_cancelled_meeting_is_taken_up_again_unless_another_is_held_then(meeting: Meeting, town: Town) -> None:
    cancel_meeting(meeting, notice="For få sager", actor=town.secretary)
    again = undo_cancellation(meeting, actor=town.secretary)
    assert (again.cancelled_at, again.change_notice) == (None, "")

    cancel_meeting(meeting, actor=town.secretary)
    move_meeting(on(town.mtu, MARCH), to=FEBRUARY, actor=town.secretary)

    with pytest.raises(RuleBrokenError, match="already meets on"):
        undo_cancellation(meeting, actor=town.secretary)
    assert verbs_of(meeting) == ["cancel_meeting", "undo_cancellation", "cancel_meeting"]


def test_cancelling_twice_leaves_one_trace(meeting: Meeting, town: Town) -> None:
    cancel_meeting(meeting, actor=town.secretary)
    cancel_meeting(meeting, actor=town.secretary)

    assert verbs_of(meeting) == ["cancel_meeting"]


def test_time_and_place_are_changed_and_the_same_again_changes_nothing(meeting: Meeting, town: Town) -> None:
    for _ in range(2):
        change_meeting(meeting, starts=time(15), place="Skolen", notice="Ny sal", actor=town.secretary)

    meeting.refresh_from_db()
    assert (meeting.starts, meeting.place, meeting.change_notice) == (time(15), "Skolen", "Ny sal")
    assert verbs_of(meeting) == ["change_meeting"]


def test_an_extraordinary_meeting_lies_on_any_day_with_its_reason(meeting: Meeting, town: Town) -> None:
    made = call_extraordinary(
        town.mtu, held_on=FEBRUARY, starts=time(8), place="Rådhuset", reason="Budgettet haster", actor=town.secretary
    )

    assert (made.kind, made.change_notice) == (MeetingKind.EXTRAORDINARY, "Budgettet haster")
    for reason, day in (("", date(2026, 2, 11)), ("Igen", FEBRUARY), ("Før", date(2026, 1, 1))):
        with pytest.raises(RuleBrokenError):
            call_extraordinary(town.mtu, held_on=day, reason=reason, actor=town.secretary)


def test_an_extraordinary_meeting_is_moved_beside_an_ordinary_one_and_keeps_its_reason(
    meeting: Meeting, town: Town
) -> None:
    called = call_extraordinary(town.mtu, held_on=date(2026, 2, 3), reason="Budget", actor=town.secretary)
    with pytest.raises(RuleBrokenError):
        move_meeting(called, to=MARCH, actor=town.secretary)
    with pytest.raises(RuleBrokenError):
        change_meeting(called, starts=None, place="Skolen", notice=" ", actor=town.secretary)

    assert move_meeting(called, to=meeting.held_on, notice="Budget", actor=town.secretary).held_on == meeting.held_on


def test_the_place_of_a_meeting_whose_protocol_is_final_stands(meeting: Meeting, town: Town) -> None:
    ProtocolEntry.objects.create(
        body=meeting.body, meeting=meeting, kind=EntryKind.FINAL, document="{}", entered_by=town.secretary
    )
    with pytest.raises(RuleBrokenError):
        change_meeting(meeting, starts=time(15), place="Skolen", actor=town.secretary)


def test_only_an_empty_meeting_is_taken_out_of_the_plan(meeting: Meeting, town: Town) -> None:
    agenda.add_collective_item(meeting, title="Meddelelser", actor=town.secretary)

    with pytest.raises(RuleBrokenError, match="Cancel it instead"):
        remove_meeting(meeting, actor=town.secretary)
    remove_meeting(on(town.mtu, MARCH), actor=town.secretary)

    assert FEBRUARY in days(town.mtu)
    assert MARCH not in days(town.mtu)


def test_the_cases_that_wait_for_the_meeting_are_told_and_closed_titles_are_not(meeting: Meeting, town: Town) -> None:
    for title, facts in (("Ny sti", {}), ("Køb af Møllevej 4", {"access": "closed", "ground": "property"})):
        add_step(make_case(town, title, **facts), town.mtu, FEBRUARY)
    add_step(make_case(town, "En anden dag"), town.mtu, MARCH)
    agenda.add_collective_item(meeting, title="Meddelelser", actor=town.secretary)

    found = consequences_of(meeting, town.secretary)
    unseen = consequences_of(meeting, town.stranger)

    assert sorted(case.title for case in found.cases) == ["Closed case", "Ny sti"]
    assert (found.steps, found.hidden, found.items, found.is_sent) == (2, 0, 1, False)
    assert (unseen.cases, unseen.hidden) == ((), 2)
    # What stands on a meeting of the day that was cancelled waits again.
    step = PathStep.objects.get(case__title="Ny sti")
    lost = Meeting.objects.create(body=town.mtu, held_on=FEBRUARY, kind="extraordinary", cancelled_at=now())
    AgendaItem.objects.create(meeting=lost, case=step.case, step=step, position=1, title="Ny sti", access="open")
    assert consequences_of(meeting, town.secretary).steps == 2


def test_a_cancelled_meeting_is_no_day_to_plan_for(meeting: Meeting, town: Town) -> None:
    cancel_meeting(meeting, actor=town.secretary)
    cancel_meeting(on(town.mtu, date(2026, 1, 13)), actor=town.secretary)
    bodies = Body.objects.filter(pk=town.mtu.pk)

    plan = meeting_plan(town.authority)

    assert FEBRUARY not in plan.meetings[town.mtu.name]
    assert plan.meetings[town.mtu.name][0] == MARCH
    assert plan.meetings[town.elders.name] == ()
    assert next(row.held_on for row in next_meetings(bodies, date(2026, 1, 2))) == MARCH


def test_a_cancelled_meeting_lacks_no_decisions(meeting: Meeting, town: Town) -> None:
    agenda.add_collective_item(meeting, title="Meddelelser", actor=town.secretary)
    cancel_meeting(meeting, actor=town.secretary)

    assert list(meetings_without_decisions(Body.objects.filter(pk=town.mtu.pk), MARCH)) == []


def test_minutes_that_come_for_the_day_of_a_cancelled_meeting_are_of_a_new_one(meeting: Meeting, town: Town) -> None:
    cancel_meeting(meeting, actor=town.secretary)

    with time_machine.travel("2026-02-11 09:00+01:00", tick=False):
        report = agenda.restore_meeting(town.mtu, MeetingDraft(held_on=FEBRUARY), actor=town.secretary)

    assert report.meeting_created
    assert report.meeting.pk != meeting.pk
