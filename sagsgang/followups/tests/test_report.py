"""A finished follow-up comes back to the body: as an orientation on a later agenda, closed where it was closed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from sagsgang.cases.models import Case
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.followups import actions, queries
from sagsgang.followups.models import FollowUp
from sagsgang.followups.permissions import eyes_of
from sagsgang.followups.tests.factories import CLOSED, HEAD, dir_item, give, mtu_item
from sagsgang.meetings import actions as meeting_actions
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.agenda import MTU_DAY, meeting_of, verbs_of

LATER = date(2026, 5, 6)


def done(town: Town, item: AgendaItem, **more: Any) -> FollowUp:
    row = give(town, item, **({"reports_to": town.dir} | more))
    actions.finish_follow_up(row, words="Tallene er rettet", actor=town.writer)
    row.refresh_from_db()
    return row


def test_it_comes_on_a_later_agenda_as_an_orientation(town: Town) -> None:
    row = done(town, dir_item(town))
    meeting = meeting_of(town.dir, LATER)

    item = actions.report_follow_up(row, meeting=meeting, actor=town.dir_secretary)

    row.refresh_from_db()
    assert row.reported_in == item
    assert (item.meeting, item.case, item.kind) == (meeting, row.case, "O")
    assert item.step is not None
    assert (item.step.body, item.step.purpose, item.step.planned_on) == (town.dir, "orientation", LATER)
    lines = queries.reported_from(queries.reported_rows(meeting))
    assert lines == {item.pk: [("Følger op på tallene", HEAD, "Tallene er rettet", False)]}
    assert verbs_of(item)[-1] == verbs_of(row.case)[-1] == "report_follow_up"


def test_where_the_case_comes_anyway_the_report_is_tied_to_its_item(town: Town) -> None:
    item = dir_item(town)
    later = mtu_item(town, item.case)
    row = done(town, item, reports_to=town.mtu)
    steps = item.case.path.count()

    reported = actions.report_follow_up(row, meeting=later.meeting, actor=town.secretary)

    assert (reported, item.case.path.count()) == (later, steps)


def test_it_takes_a_step_that_waits_for_the_body(town: Town) -> None:
    item = dir_item(town)
    row = done(town, item, reports_to=town.mtu)
    steps = item.case.path.count()

    reported = actions.report_follow_up(row, meeting=meeting_of(town.mtu, MTU_DAY), actor=town.secretary)

    assert (reported.step, reported.kind) == (item.case.path.get(body=town.mtu), "B")
    assert item.case.path.count() == steps


def test_what_was_given_at_a_closed_item_is_reported_at_a_closed_one(town: Town) -> None:
    item = dir_item(town)
    AgendaItem.objects.filter(pk=item.pk).update(closing_reason="Pris", public_title="Køb", **CLOSED)
    item.refresh_from_db()
    row = done(town, item)

    reported = actions.report_follow_up(row, meeting=meeting_of(town.dir, LATER), actor=town.dir_secretary)

    assert (reported.access, reported.ground, reported.closing_reason, reported.public_title) == (
        "closed", "property", "Pris", "Køb",
    )  # fmt: skip


def test_what_is_closed_is_not_tied_to_an_open_item(town: Town) -> None:
    item = dir_item(town, **CLOSED)
    later = mtu_item(town, item.case)
    AgendaItem.objects.filter(pk=later.pk).update(access="open", ground="")
    row = done(town, item, reports_to=town.mtu)

    with pytest.raises(RuleBrokenError):
        actions.report_follow_up(row, meeting=later.meeting, actor=town.secretary)

    assert FollowUp.objects.get().reported_in is None


def test_what_is_not_done_or_wanted_is_not_reported_and_nothing_twice(town: Town) -> None:
    item = dir_item(town)
    meeting = meeting_of(town.dir, LATER)
    open_one, unwanted = give(town, item, "Åben", reports_to=town.dir), done(town, item, reports_to=None)
    row = done(town, item)
    actions.report_follow_up(row, meeting=meeting, actor=town.dir_secretary)

    for refused, where in ((open_one, meeting), (unwanted, meeting), (row, meeting), (row, item.meeting)):
        with pytest.raises(RuleBrokenError):
            actions.report_follow_up(refused, meeting=where, actor=town.dir_secretary)


def test_another_body_and_the_giving_meeting_are_refused(town: Town) -> None:
    item = dir_item(town)
    row = done(town, item)

    for meeting in (meeting_of(town.mtu, LATER), item.meeting):
        with pytest.raises(RuleBrokenError):
            actions.report_follow_up(row, meeting=meeting, actor=town.dir_secretary)


def test_it_is_reported_at_the_item_itself_or_under_the_chosen_one_and_never_at_the_meeting_that_gave_it(
    town: Town,
) -> None:
    given = dir_item(town)
    part = _under(given, given.case, 9)
    row = done(town, part, reports_to=town.dir)
    with pytest.raises(RuleBrokenError):
        actions.report_follow_up(row, meeting=given.meeting, actor=town.dir_secretary)
    meeting = meeting_of(town.dir, LATER)
    collective, third = (
        AgendaItem.objects.create(
            meeting=meeting, case=case, position=number, number=str(number), title=case.title, access="open"
        )
        for number, case in ((2, dir_item(town, "Øvrige").case), (3, given.case))
    )
    _under(third, given.case, 1)
    under = _under(collective, given.case, 2)

    assert actions.report_follow_up(row, meeting=meeting, actor=town.dir_secretary) == third
    again = done(town, given)
    assert actions.report_follow_up(again, meeting=meeting, parent=collective, actor=town.dir_secretary) == under


def _under(item: AgendaItem, case: Case, position: int) -> AgendaItem:
    return AgendaItem.objects.create(
        meeting=item.meeting, parent=item, case=case, position=position, number="1", title="Del", access="open"
    )


def test_taken_off_the_agenda_or_opened_again_it_waits_anew(town: Town) -> None:
    row = done(town, dir_item(town))
    meeting = meeting_of(town.dir, LATER)
    item = actions.report_follow_up(row, meeting=meeting, actor=town.dir_secretary)
    reported = list(queries.waiting_for_report(town.dir, eyes_of(town.dir_secretary)))
    meeting_actions.take_off_agenda(item, actor=town.dir_secretary)
    taken_off = list(queries.waiting_for_report(town.dir, eyes_of(town.dir_secretary)))
    again = actions.report_follow_up(row, meeting=meeting, actor=town.dir_secretary)
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at="2026-03-20T11:00Z")  # nobody was told there
    cancelled = list(queries.waiting_for_report(town.dir, eyes_of(town.dir_secretary)))
    later = meeting_of(town.dir, LATER + timedelta(days=7))
    assert actions.report_follow_up(row, meeting=later, actor=town.dir_secretary).meeting == later
    actions.reopen_follow_up(row, actor=town.dir_secretary)

    row.refresh_from_db()
    assert (reported, taken_off, cancelled) == ([], [row], [row])
    assert again != item
    assert row.reported_in is None


def test_the_page_puts_it_on_the_chosen_meeting(town: Town) -> None:
    row = done(town, dir_item(town))
    meeting = meeting_of(town.dir, LATER)
    client = signed_in_as(town.dir_secretary)
    url = reverse("followups:report-follow-up", args=[row.pk])

    listed = client.get(reverse("followups:body-follow-ups", args=[town.dir.pk])).content.decode()
    refused = client.post(url, {"place": "meeting:nej"})
    answer = client.post(url, {"place": f"meeting:{meeting.pk}"})

    item = AgendaItem.objects.get(meeting=meeting)
    shown = client.get(reverse("followups:at-item", args=[item.pk])).content.decode()
    assert url in listed
    assert (refused.status_code, answer["Location"]) == (422, reverse("meetings:item", args=[item.pk]))
    assert "Tallene er rettet" in shown
    assert Meeting.objects.get(pk=meeting.pk).items.count() >= 1
