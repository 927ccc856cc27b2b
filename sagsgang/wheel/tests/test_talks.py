"""Short talks: wished, placed before the committee, held, timed, and remembered."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from sagsgang.bodies.models import Person
from sagsgang.cases.models import Case, CaseRelation, PathStep
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.actions import add_collective_item, take_off_agenda
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.sittings.models import Turn
from sagsgang.wheel.actions.talks import (
    TalkFacts,
    edit_talk,
    keep_remarks,
    place_talk,
    take_talk_off,
    wish_talk,
    withdraw_talk,
)
from sagsgang.wheel.actions.wishes import YearWishes, wish_body_year
from sagsgang.wheel.due import talks_due
from sagsgang.wheel.models import Talk
from sagsgang.wheel.queries.talks import talks_of
from sagsgang.wheel.tests.conftest import Town

APRIL, MAY = date(2023, 4, 12), date(2023, 5, 10)


@pytest.fixture(autouse=True)
def march() -> object:
    with time_machine.travel("2023-03-20 12:00"):
        yield


@pytest.fixture
def matter(town: Town) -> Case:
    """A matter that MTU treats on 24 April."""
    case = Case.objects.create(authority=town.authority, title="Naturplan")
    PathStep.objects.create(
        case=case, body=town.bodies["MTU"], position=1, purpose="recommendation", planned_on=date(2023, 4, 24)
    )
    return case


def facts(town: Town, case: Case | None = None, **other: str) -> TalkFacts:
    speaker, _is_new = Person.objects.get_or_create(
        authority=town.authority, name="Bo Lund", defaults={"title": "Teknisk direktør"}
    )
    return TalkFacts(**({"speaker": speaker, "theme": "Natur i byen", "hook": "goal", "case": case} | other))  # type: ignore[arg-type]


def wished(town: Town, case: Case | None = None, **other: str) -> Talk:
    return wish_talk(town.bodies["DIR"], facts(town, case, **other), actor=town.secretary)


def test_it_is_placed_with_its_speaker_and_five_minutes(town: Town, matter: Case) -> None:
    talk = place_talk(wished(town, matter), meeting=town.meeting("DIR", APRIL), actor=town.secretary)

    item = AgendaItem.objects.get(pk=str(talk.item_id))
    speaker = item.speakers.get()
    assert (item.title, item.kind, item.case != matter) == ("Natur i byen", "O", True)
    assert (speaker.name, speaker.role, speaker.is_talk, speaker.minutes) == ("Bo Lund", "Teknisk direktør", True, 5)
    assert CaseRelation.objects.filter(case=item.case, other=matter).exists()


def test_it_can_stand_under_another_item(town: Town) -> None:
    meeting = town.meeting("DIR", APRIL)
    parent = add_collective_item(meeting, title="5 minutters oplæg", actor=town.secretary)

    talk = place_talk(wished(town), meeting=meeting, parent=parent, actor=town.secretary)

    assert talk.item is not None
    assert talk.item.parent_id == parent.pk


def test_after_the_committee_it_must_be_confirmed(town: Town, matter: Case) -> None:
    talk = wished(town, matter)

    with pytest.raises(RuleBrokenError) as refusal:
        place_talk(talk, meeting=town.meeting("DIR", MAY), actor=town.secretary)
    place_talk(talk, meeting=town.meeting("DIR", MAY), anyway=True, actor=town.secretary)

    assert "12. april 2023" in str(refusal.value)
    (line,) = talks_of(town.bodies["DIR"], town.secretary)
    assert (line.is_placed, line.comes_too_late, line.treated and line.treated.on) == (True, True, date(2023, 4, 24))


def test_a_meeting_has_no_more_talks_than_its_slots(town: Town) -> None:
    wish_body_year(town.bodies["DIR"], YearWishes(talk_slots=1), actor=town.secretary)
    place_talk(wished(town), meeting=town.meeting("DIR", APRIL), actor=town.secretary)

    with pytest.raises(RuleBrokenError):
        place_talk(wished(town), meeting=town.meeting("DIR", APRIL), actor=town.secretary)


def test_taken_off_it_can_be_placed_again_under_the_same_case(town: Town) -> None:
    talk = place_talk(wished(town), meeting=town.meeting("DIR", APRIL), actor=town.secretary)
    first = talk.item
    take_talk_off(talk, actor=town.secretary)

    again = place_talk(talk, meeting=town.meeting("DIR", MAY), actor=town.secretary)

    assert first is not None and again.item is not None
    assert (again.item.pk != first.pk, again.item.case_id) == (True, first.case_id)


def test_taken_off_at_the_agenda_it_is_placed_no_more(town: Town) -> None:
    talk = place_talk(wished(town), meeting=town.meeting("DIR", APRIL), actor=town.secretary)
    assert talk.item is not None
    with pytest.raises(RuleBrokenError):
        withdraw_talk(talk, actor=town.secretary)

    take_off_agenda(talk.item, actor=town.secretary)
    withdraw_talk(talk, actor=town.secretary)

    assert talks_of(town.bodies["DIR"], town.secretary) == []


def test_the_note_is_sanitised_and_fills_one_page(town: Town) -> None:
    talk = wished(town, note="Mål <script>alert(1)</script>\n- flere træer")

    assert talk.note == "<p>Mål &lt;script&gt;alert(1)&lt;/script&gt;</p><ul><li>flere træer</li></ul>"
    with pytest.raises(RuleBrokenError):
        edit_talk(talk, facts(town, note="x" * 3001), actor=town.secretary)


def test_a_talk_of_a_closed_matter_is_as_closed_as_that(town: Town, matter: Case) -> None:
    Case.objects.filter(pk=matter.pk).update(access="closed", ground="tender")
    matter.refresh_from_db()
    talk = wished(town, matter)

    with pytest.raises(RuleBrokenError):
        place_talk(talk, meeting=town.meeting("DIR", APRIL), actor=town.secretary)
    placed = place_talk(talk, meeting=town.meeting("DIR", APRIL), closing_reason="Udbud", actor=town.secretary)

    assert placed.item is not None
    assert (placed.item.is_closed, placed.item.case.is_closed) == (True, True)
    (line,) = talks_of(town.bodies["DIR"], town.secretary)
    assert line.is_readable is False  # the matter is on no path of hers


def test_remarks_are_kept_from_the_day_on_and_the_timer_tells_how_long(town: Town) -> None:
    talk = place_talk(wished(town), meeting=town.meeting("DIR", APRIL), actor=town.secretary)
    with pytest.raises(RuleBrokenError):
        keep_remarks(talk, remarks="Godt", actor=town.secretary)

    with time_machine.travel("2023-04-12 15:00"):
        assert talk.item is not None
        began = now()
        Turn.objects.create(
            item=talk.item, name="Bo Lund", kind="talk", position=1, began_at=began,
            ended_at=began + timedelta(seconds=290),
        )  # fmt: skip
        counts = [talks_due()]
        Meeting.objects.filter(pk=str(talk.meeting_id)).update(opened_at=began, adjourned_at=began + timedelta(hours=1))
        counts += [talks_due(), talks_due()]
        keep_remarks(talk, remarks="Godt", actor=town.secretary)

    talk.refresh_from_db()
    assert (counts, talk.seconds, talk.remarks) == ([0, 1, 0], 290, "Godt")


def test_placed_again_it_is_as_closed_as_its_matter_is_now(town: Town, matter: Case) -> None:
    talk = place_talk(wished(town, matter), meeting=town.meeting("DIR", APRIL), actor=town.secretary)
    first = Case.objects.get(agenda_items=talk.item)
    take_talk_off(talk, actor=town.secretary)
    Case.objects.filter(pk=matter.pk).update(access="closed", ground="tender")

    again = place_talk(talk, meeting=town.meeting("DIR", APRIL), closing_reason="Udbud", actor=town.secretary)

    assert again.item is not None
    assert (first.access, again.item.case.access, again.item.access) == ("open", "closed", "closed")
    take_talk_off(again, actor=town.secretary)
    edit_talk(again, facts(town, matter, theme="Ny overskrift"), actor=town.secretary)
    third = place_talk(again, meeting=town.meeting("DIR", APRIL), closing_reason="Udbud", actor=town.secretary)
    assert third.item is not None and third.item.title == "Ny overskrift"
