"""The day of what is due before a step follows the step."""

from datetime import date

from sagsgang.cases.models import PathStep
from sagsgang.cases.tests.factories import Town
from sagsgang.followups import actions, queries
from sagsgang.followups.due import follow_ups_due
from sagsgang.followups.models import FollowUp
from sagsgang.followups.tests.factories import dir_item, give, mtu_item
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.tests.agenda import MTU_DAY, meeting_of

BEFORE_MTU = date(2026, 4, 13)


def before_mtu(town: Town) -> tuple[FollowUp, PathStep]:
    item = dir_item(town)
    step = item.case.path.get(body=town.mtu)
    return give(town, item, before_step=step), step


def test_a_step_that_is_moved_moves_the_day_once(town: Town) -> None:
    row, step = before_mtu(town)
    PathStep.objects.filter(pk=step.pk).update(planned_on=date(2026, 6, 15))

    moved = [follow_ups_due(), follow_ups_due()]

    row.refresh_from_db()
    assert moved == [1, 0]
    assert row.due_on == date(2026, 6, 8)  # MTU on Monday 15 June: safe 9 June


def test_a_meeting_that_is_moved_moves_the_day(town: Town) -> None:
    row, _step = before_mtu(town)
    meeting = meeting_of(town.mtu, MTU_DAY)
    still = follow_ups_due()
    Meeting.objects.filter(pk=meeting.pk).update(held_on=date(2026, 4, 27), moved_from=MTU_DAY)

    moved = follow_ups_due()

    row.refresh_from_db()
    assert (still, moved, row.due_on) == (0, 1, date(2026, 4, 20))


def test_the_agenda_on_which_it_came_says_the_day(town: Town) -> None:
    row, _step = before_mtu(town)
    assert row.item is not None
    item = mtu_item(town, row.case)
    Meeting.objects.filter(pk=item.meeting_id).update(held_on=date(2026, 4, 22))

    follow_ups_due()

    row.refresh_from_db()
    assert row.due_on == date(2026, 4, 15)


def test_without_a_meeting_it_has_no_day_and_gets_one_when_a_meeting_is_chosen(town: Town) -> None:
    row, step = before_mtu(town)
    PathStep.objects.filter(pk=step.pk).update(planned_on=None)
    follow_ups_due()
    row.refresh_from_db()
    without = row.due_on
    PathStep.objects.filter(pk=step.pk).update(planned_on=MTU_DAY)
    follow_ups_due()

    row.refresh_from_db()
    assert (without, row.due_on) == (None, BEFORE_MTU)


def test_what_is_over_or_off_the_path_keeps_its_day(town: Town) -> None:
    row, step = before_mtu(town)
    PathStep.objects.filter(pk=step.pk).update(planned_on=date(2026, 6, 15), withdrawn_at="2026-04-01 10:00+02:00")
    off_the_path = follow_ups_due()
    PathStep.history.filter(pk=step.pk).update(withdrawn_at=None)
    actions.finish_follow_up(row, words="Gjort", actor=town.writer)

    assert (off_the_path, follow_ups_due()) == (0, 0)


def test_many_steps_are_asked_for_at_once(town: Town, django_assert_num_queries: object) -> None:
    _row, step = before_mtu(town)

    other = step.case.path.select_related("body").get(body=town.kb)
    step = step.case.path.select_related("body").get(pk=step.pk)

    with django_assert_num_queries(3):  # type: ignore[operator]
        days = queries.due_days([step, other])

    assert days == {step.pk: BEFORE_MTU, other.pk: date(2026, 5, 18)}
