"""Goals leave by a release of their own: what is open and released is counted and found, and goes when either goes."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from sagsgang.core.errors import RuleBrokenError
from sagsgang.goals.models import (
    GoalTag,
    Indicator,
    IndicatorLink,
    IndicatorValue,
    Project,
    ProjectNote,
    WorkLink,
)
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.factories import CLOSED_WORDS, HELD_ON, House, closed_item, meeting_with, open_item
from sagsgang.publication.actions import release_meeting, withdraw_release
from sagsgang.publication.actions.figures import (
    outgoing_figures,
    prepare_figures,
    release_figures,
    withdraw_figures,
)
from sagsgang.publication.figures import goals
from sagsgang.publication.figures.places import worn_figures
from sagsgang.publication.figures.tree import FiguresDocument, FiguresReport
from sagsgang.publication.models import ItemGoal, PublicFigures, Release

YEAR = date(2026, 1, 1), date(2026, 12, 31)
REASON = "Kun til huset"


def assess(house: House, goal: int, direction: str = "furthers", target: str = "", **matter: object) -> GoalTag:
    return GoalTag.objects.create(
        goal=goal, target=target, relevance="high", direction=direction, reason=REASON, author=house.secretary, **matter
    )


def assessed_meeting(house: House) -> Meeting:
    """An open item that furthers 11 and counters 13, a closed one of 16, and work with figures around them."""
    meeting = meeting_with(house, open_item(), closed_item())
    authority = house.body.authority
    item = meeting.items.get(parent=None, access="open")
    closed = meeting.items.get(parent=None, access="closed")
    assess(house, 11, case=item.case, target="11.2")
    assess(house, 13, "counters", case=item.case)
    assess(house, 16, case=closed.case)
    for place, name in enumerate(("Cykelplan", "Salg af jord")):
        project = Project.objects.create(authority=authority, name=name, is_public=place == 0)
        ProjectNote.objects.create(project=project, on=HELD_ON, state="running", author=house.secretary)
        # One that may be told is told whatever it is linked to; the other is told by nobody.
        WorkLink.objects.create(project=project, item=closed, author=house.secretary)
    indicator = Indicator.objects.create(
        authority=authority,
        name="Cykelture",
        measured_in="ture",
        better="higher",
        source="Transportvaneundersøgelsen",
        is_public=True,
    )
    Indicator.objects.create(authority=authority, name="Salg af jord", better="higher", source="Kun til huset")
    IndicatorValue.objects.create(
        indicator=indicator, period="2025", on=date(2025, 12, 31), value=4, version=1, author=house.secretary
    )
    for row in (item, closed):
        IndicatorLink.objects.create(indicator=indicator, item=row, on=HELD_ON, expected=REASON, author=house.secretary)
    return meeting


def out(house: House, meeting: Meeting) -> Release:
    return release_meeting(meeting, kind="archive", prepared_by=house.secretary, released_by=house.secretary)


def let_out(house: House) -> PublicFigures:
    prepared = prepare_figures(house.body.authority, "goals", *YEAR, actor=house.secretary)
    return release_figures(prepared, actor=house.director)


def told(row: PublicFigures) -> FiguresReport:
    return FiguresDocument.from_text(row.document or "").report


def test_what_is_open_and_released_is_told_and_found_until_it_is_taken_back(house: House) -> None:
    meeting = assessed_meeting(house)
    with pytest.raises(RuleBrokenError):  # nothing is out yet
        outgoing_figures(house.body.authority, "goals", *YEAR)
    release = out(house, meeting)
    assert [offer.period_start for offer in goals.offers(house.body.authority)] == [YEAR[0]]

    row = let_out(house)
    report = told(row)
    words = row.document or ""
    assert [word for word in (*CLOSED_WORDS, REASON, "Salg af jord", open_item().title) if word in words] == []
    assert "Cykelplan" in words
    heat = report.sections[0].plot
    assert heat is not None and heat.heat is not None
    assert {line.label[:2]: line.values for line in heat.heat.rows if any(line.values)} == {"11": (1,), "13": (1,)}
    assert len(report.sections) == 6  # map, goals, items, the item in conflict with itself, projects, the indicator
    lines = report.sections[-1].plot
    assert lines is not None and lines.lines is not None
    assert [event.href for event in lines.lines.events] == [report.goals[0].link]
    assert [(one.goal, one.target, one.direction) for one in report.goals] == [
        (11, "11.2", "furthers"), (13, "", "counters"),
    ]  # fmt: skip
    assert sorted(ItemGoal.objects.values_list("goal", "title")) == [
        (11, "Bæredygtige byer og lokalsamfund"), (13, "Klimaindsats"),
    ]  # fmt: skip

    assert worn_figures([row], "default") == set()
    withdraw_release(release.pk, reason="Fejl", actor=house.secretary)
    row.refresh_from_db()
    assert worn_figures([row], "default") == {row.pk}  # counted still, and said to be taken back
    assert not ItemGoal.objects.exists()
    out(house, meeting)
    assert ItemGoal.objects.count() == 2
    AgendaItem.objects.filter(meeting=meeting, parent=None, access="open").update(
        access="closed", ground="personal", public_title="Sag"
    )
    withdraw_release(Release.objects.get(state="current").pk, reason="Fejl", actor=house.secretary)
    out(house, meeting)
    assert not ItemGoal.objects.exists()
    withdraw_figures(row.pk, reason="Fejl", actor=house.director)
    assert not ItemGoal.objects.exists()


def test_a_second_person_lets_them_out_on_another_day(house: House) -> None:
    out(house, assessed_meeting(house))
    prepared = prepare_figures(house.body.authority, "goals", *YEAR, actor=house.secretary)
    with time_machine.travel(now() + timedelta(days=2)):
        assert release_figures(prepared, actor=house.director).number == 1


def test_a_name_in_something_closed_stops_them(house: House) -> None:
    meeting = assessed_meeting(house)
    out(house, meeting)
    Project.objects.filter(name="Cykelplan").update(name="Haven ved Karla Birkedal")
    prepared = prepare_figures(house.body.authority, "goals", *YEAR, actor=house.secretary)
    meeting.items.filter(access="closed").update(closing_reason="Nabo er Karla Birkedal.")
    with pytest.raises(RuleBrokenError, match="navn fra et lukket punkt") as refusal:
        release_figures(prepared, actor=house.director)
    assert "Birkedal" not in str(refusal.value)
    Project.objects.filter(name__startswith="Haven").update(name="Udfyld her: [navn]")
    with pytest.raises(RuleBrokenError):
        prepare_figures(house.body.authority, "goals", *YEAR, actor=house.secretary)
