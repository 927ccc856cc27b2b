"""Absence: reported and taken back until the meeting is opened, and what follows by the rules of substitutes."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Person, SubstitutePlace
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.meetings.actions import note_conflict
from sagsgang.meetings.actions.absences import report_absence, withdraw_absence
from sagsgang.meetings.models import AbsenceReport, Meeting, Substitution
from sagsgang.meetings.queries.absences import absences_of, consequence_of
from sagsgang.members.tests.factories import KB_DAY, Hall, closed_on, meeting_on, seat


def report(meeting: Meeting, person: Person, hall: Hall, reason: str = "Rejse") -> None:
    report_absence(meeting, person=person, reason=reason, actor=hall.member)


def verbs(meeting: Meeting) -> list[tuple[str, object]]:
    entries = AuditEntry.objects.filter(subject=subject_of(meeting)).order_by("number")
    return list(entries.values_list("verb", "data"))


def test_reporting_twice_is_reporting_once_and_the_log_holds_no_words(hall: Hall) -> None:
    meeting = meeting_on(hall)

    report(meeting, hall.dina, hall)
    report(meeting, hall.dina, hall)

    assert AbsenceReport.history.count() == 1
    assert verbs(meeting) == [("report_absence", {"person": str(hall.dina.pk)})]


def test_another_reason_changes_the_report(hall: Hall) -> None:
    meeting = meeting_on(hall)
    report(meeting, hall.dina, hall)

    report(meeting, hall.dina, hall, "Tjenesterejse")

    assert [line.reason for line in absences_of(meeting)] == ["Tjenesterejse"]


def test_taking_it_back_twice_is_once_and_the_report_stays_in_the_table(hall: Hall) -> None:
    meeting = meeting_on(hall)
    report(meeting, hall.dina, hall)

    withdraw_absence(meeting, person=hall.dina, actor=hall.member)
    withdraw_absence(meeting, person=hall.dina, actor=hall.member)

    assert absences_of(meeting) == []
    assert AbsenceReport.history.count() == 1
    assert [verb for verb, _data in verbs(meeting)] == ["report_absence", "withdraw_absence"]


@pytest.mark.parametrize("facts", [{"opened_at": now()}, {"cancelled_at": now()}])
def test_it_is_over_when_the_meeting_is_opened_or_cancelled(facts: dict[str, object], hall: Hall) -> None:
    meeting = meeting_on(hall)
    report(meeting, hall.dina, hall)
    Meeting.objects.filter(pk=meeting.pk).update(**facts)

    with pytest.raises(RuleBrokenError):
        report(meeting, hall.dina, hall, "Noget andet")
    with pytest.raises(RuleBrokenError):
        withdraw_absence(meeting, person=hall.dina, actor=hall.member)


def test_it_is_over_when_the_day_is(hall: Hall) -> None:
    meeting = meeting_on(hall)

    with time_machine.travel("2026-04-29 00:01+02:00"), pytest.raises(RuleBrokenError):
        report(meeting, hall.dina, hall)
    with time_machine.travel("2026-04-28 23:59+02:00"):
        report(meeting, hall.dina, hall)


def test_who_is_not_expected_cannot_be_absent(hall: Hall) -> None:
    with pytest.raises(RuleBrokenError):
        report(meeting_on(hall), hall.eva, hall)


def test_to_the_council_the_first_on_the_list_is_called(hall: Hall) -> None:
    council = meeting_on(hall, KB_DAY, hall.town.kb)
    report(council, hall.dina, hall)

    [line] = absences_of(council)

    assert (line.proposed, line.called, line.party) == (hall.ejner, None, "F")
    assert "Ejner Dam" in line.rule
    assert "§ 15" in line.rule


def test_nobody_is_proposed_twice_nor_who_is_there_or_absent(hall: Hall) -> None:
    council = meeting_on(hall, KB_DAY, hall.town.kb)
    third = Person.objects.create(authority=hall.town.authority, name="Grete Holm")
    SubstitutePlace.objects.create(body=hall.town.kb, party="F", position=3, person=third)
    gro = Person.objects.create(authority=hall.town.authority, name="Gro Vang")
    seat(hall.town.kb, gro, party="F")
    seat(hall.town.kb, hall.ejner, party="F")
    report(council, hall.dina, hall)
    report(council, gro, hall)
    report(council, hall.bo, hall)

    lines = absences_of(council)

    assert [(line.person, line.proposed) for line in lines] == [
        (hall.dina, hall.freja),
        (gro, third),
        (hall.bo, None),
    ]


def test_who_is_called_already_is_named(hall: Hall) -> None:
    council = meeting_on(hall, KB_DAY, hall.town.kb)
    report(council, hall.dina, hall)
    Substitution.objects.create(meeting=council, kind="council", absent=hall.dina, substitute=hall.freja)

    [line] = absences_of(council)

    assert (line.proposed, line.called) == (None, hall.freja)


def test_in_a_committee_the_group_chooses_and_elsewhere_the_bodys_own_rules_say(hall: Hall) -> None:
    works_council = meeting_on(hall, KB_DAY, hall.town.hu)

    committee, other = consequence_of(meeting_on(hall), hall.dina), consequence_of(works_council, hall.eva)

    assert (committee.proposed, "§ 28" in committee.rule) == (None, True)
    assert "§" not in other.rule


def test_no_substitute_for_a_conflict_of_who_is_absent_anyway(hall: Hall) -> None:
    meeting = meeting_on(hall)
    note_conflict(closed_on(meeting, hall), person=hall.dina, actor=hall.town.secretary)
    report(meeting, hall.dina, hall)
    report(meeting, hall.bo, hall)
    words = gettext(
        "A conflict of interest is noted here too. No substitute is called on that ground for who is absent anyway."
    )

    assert [words in line.rule for line in absences_of(meeting)] == [True, False]


@pytest.mark.parametrize("count", [1, 20])
def test_the_lines_cost_the_same_for_many(
    count: int, hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    council = meeting_on(hall, KB_DAY, hall.town.kb)
    for number in range(count):
        person = Person.objects.create(authority=hall.town.authority, name=f"Medlem {number}")
        seat(hall.town.kb, person, party="F")
        report(council, person, hall)

    with django_assert_num_queries(5):
        absences_of(council)


def test_a_member_reports_on_her_page_and_takes_it_back(hall: Hall) -> None:
    meeting = meeting_on(hall, KB_DAY, hall.town.kb)
    client = signed_in_as(hall.member)

    form = client.get(reverse("members:report-absence", args=[meeting.pk])).content.decode()
    sent = client.post(reverse("members:report-absence", args=[meeting.pk]), {"reason": "Rejse"})
    [line] = absences_of(meeting)
    client.post(reverse("members:withdraw-absence", args=[meeting.pk]))

    assert "Ejner Dam" in form
    assert sent["Location"] == reverse("members:my-meetings")
    assert (line.person, line.reason, line.reported_by) == (hall.dina, "Rejse", "")
    assert absences_of(meeting) == []


def test_a_reason_that_is_too_long_comes_back_as_it_was_typed(hall: Hall) -> None:
    meeting = meeting_on(hall)
    reason = "Æ" * 301

    response = signed_in_as(hall.member).post(reverse("members:report-absence", args=[meeting.pk]), {"reason": reason})

    assert response.status_code == 422
    assert reason in response.content.decode()
    assert absences_of(meeting) == []


def test_when_it_is_too_late_the_page_says_so(hall: Hall) -> None:
    meeting = meeting_on(hall)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=now() - timedelta(hours=1))
    address = reverse("members:report-absence", args=[meeting.pk])
    client = signed_in_as(hall.member)

    assert client.post(address, {"reason": ""}).status_code == 422
    assert 'name="reason"' not in client.get(address).content.decode()
    assert client.post(reverse("members:withdraw-absence", args=[meeting.pk])).status_code == 302


def test_the_secretary_reports_for_a_member_and_takes_it_back(hall: Hall) -> None:
    meeting = meeting_on(hall)
    client = signed_in_as(hall.town.secretary)
    address = reverse("members:absences", args=[meeting.pk])

    client.post(address, {"person": str(hall.bo.pk), "reason": "Ringede"})
    [line] = absences_of(meeting)
    page = client.get(address).content.decode()
    client.post(reverse("members:withdraw-absence-for", args=[meeting.pk]), {"person": str(hall.bo.pk)})

    assert (line.person, line.reported_by) == (hall.bo, str(hall.town.secretary))
    assert "Ringede" in page
    assert absences_of(meeting) == []


def test_the_list_alone_is_a_part_of_other_pages(hall: Hall) -> None:
    meeting = meeting_on(hall)
    client = signed_in_as(hall.town.secretary)

    part = client.get(reverse("members:absences", args=[meeting.pk]), headers={"HX-Request": "true"})

    assert "<h1>" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_a_member_does_not_see_the_reasons_of_others(hall: Hall) -> None:
    meeting = meeting_on(hall)
    report(meeting, hall.bo, hall, "Familien")
    client = signed_in_as(hall.member)

    assert client.get(reverse("members:absences", args=[meeting.pk])).status_code == 403
    assert client.post(reverse("members:withdraw-absence-for", args=[meeting.pk])).status_code == 403
    for name in ("report-absence", "material"):
        assert "Familien" not in client.get(reverse(f"members:{name}", args=[meeting.pk])).content.decode()


@pytest.mark.parametrize("person", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_the_secretary_cannot_report_for_just_anybody(person: str, hall: Hall) -> None:
    meeting = meeting_on(hall)
    client = signed_in_as(hall.town.secretary)

    assert client.post(reverse("members:absences", args=[meeting.pk]), {"person": person}).status_code == 422
    assert (
        client.post(reverse("members:withdraw-absence-for", args=[meeting.pk]), {"person": person}).status_code == 302
    )
