"""A matter comes again: which step of its path is the return, and which is another step of its own."""

from datetime import date

import pytest
import time_machine

from sagsgang.cases.models import PathStep
from sagsgang.cases.tests.factories import Town, add_step
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Decision, Meeting
from sagsgang.meetings.queries import item_rows
from sagsgang.meetings.queries.deciding import returning_step
from sagsgang.meetings.queries.waiting import waiting_cases
from sagsgang.meetings.rendering.decided import decision_facts
from sagsgang.meetings.tests.agenda import KB_DAY, MTU_DAY, approved_case, meeting_of

LATER = date(2026, 6, 16)


@pytest.fixture(autouse=True)
def in_time() -> object:
    with time_machine.travel("2026-03-20 10:00+01:00", tick=True):
        yield


def put(town: Town, step: PathStep, meeting: Meeting) -> AgendaItem:
    return actions.put_on_agenda(step.case, meeting=meeting, step=step, late_reason="Prøve", actor=town.secretary)


def comes_again(item: AgendaItem) -> str:
    row = item_rows(item.pk)
    own: Decision | None = row.decisions.last()
    return decision_facts(row, row.meeting, own, held_back=False).returns


def path_of(item: AgendaItem) -> list[tuple[str, int | None]]:
    return [(step.body.code, step.reading) for step in item.case.path.select_related("body")]


def test_the_second_reading_is_no_return_of_the_first(town: Town) -> None:
    case = approved_case(town)
    first = case.path.get(body=town.kb)
    PathStep.objects.filter(pk=first.pk).update(reading=1)
    PathStep.objects.filter(pk=add_step(case, town.kb, LATER).pk).update(reading=2)
    item = put(town, case.path.get(reading=1), meeting_of(town.kb, KB_DAY))
    assert (returning_step(item), comes_again(item)) == (None, "")

    again = actions.return_item(item, day=None, actor=town.secretary)
    assert path_of(item) == [("DIR", None), ("MTU", None), ("KB", 1), ("KB", 1), ("KB", 2)]
    assert actions.return_item(item, day=None, actor=town.secretary) == again
    with pytest.raises(RuleBrokenError):
        actions.return_item(item, day=LATER, actor=town.secretary)
    assert comes_again(item)
    assert [line.step for line in waiting_cases(town.kb, town.secretary)] == [again]

    # On a meeting that is cancelled it stands nowhere, and can be taken back.
    lost = put(town, again, meeting_of(town.kb, date(2026, 6, 2)))
    Meeting.objects.filter(pk=lost.meeting_id).update(cancelled_at="2026-03-20T11:00Z")
    assert (returning_step(item), bool(comes_again(item))) == (again, True)
    actions.withdraw_return(item, actor=town.secretary)
    assert path_of(item)[2:] == [("KB", 1), ("KB", 2)]


def test_an_item_without_a_step_comes_again_only_when_it_is_said(town: Town) -> None:
    case = approved_case(town)
    meeting = meeting_of(town.mtu, MTU_DAY)
    item = put(town, case.path.get(body=town.mtu), meeting)
    AgendaItem.objects.filter(pk=item.pk).update(step=None)  # as a notice, and what was imported
    item.refresh_from_db()
    assert (returning_step(item), comes_again(item)) == (None, "")

    actions.return_item(item, day=LATER, actor=town.secretary)
    actions.return_item(item, day=LATER, actor=town.secretary)
    item.refresh_from_db()
    assert len(path_of(item)) == 5
    assert comes_again(item)
    actions.withdraw_return(item, actor=town.secretary)
    assert comes_again(item) == ""


def test_a_body_that_only_postponed_it_has_not_treated_it(town: Town) -> None:
    case = approved_case(town)
    PathStep.objects.filter(case=case, body=town.dir).update(is_parallel=False, withdrawn_at="2026-01-01T00:00Z")
    item = put(town, case.path.get(body=town.mtu), meeting_of(town.mtu, MTU_DAY))

    said = {}
    for seen, outcome in enumerate(("postponed", "returned", "approved")):
        actions.record_decision(item, text=outcome, outcome=outcome, seen=seen, actor=town.secretary)
        said[outcome] = waiting_cases(town.kb, town.secretary)[0].blocked_by
    assert said["approved"] == ""
    assert "MTU" in said["postponed"]
    assert "MTU" in said["returned"]


def test_a_halt_after_a_cancelled_council_meeting_brings_no_second_step(town: Town) -> None:
    case = approved_case(town)
    council = meeting_of(town.kb, KB_DAY)
    put(town, case.path.get(body=town.kb), council)
    Meeting.objects.filter(pk=council.pk).update(cancelled_at="2026-03-20T11:00Z")
    item = put(town, case.path.get(body=town.mtu), meeting_of(town.mtu, MTU_DAY))
    actions.record_decision(item, text="Ja.", outcome="approved", seen=0, actor=town.secretary)
    from sagsgang.meetings.tests.test_deciding import seated

    actions.halt_decision(item, person=seated(town, "Bo Friis"), power="member", actor=town.secretary)
    assert [code for code, _reading in path_of(item)] == ["DIR", "MTU", "KB"]
