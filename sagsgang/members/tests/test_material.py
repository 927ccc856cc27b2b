"""What reaches a member: the words that were sent, what is closed to her, and nothing of anybody else's."""

from datetime import date
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Appointment, Body, BodyKind, Role
from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Section
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.followups.models import FollowUp, FollowUpEvent, Progress
from sagsgang.meetings.actions import note_conflict, renew_item, restore_meeting, send_agenda
from sagsgang.meetings.actions.send import send_supplement
from sagsgang.meetings.drafts import MeetingDraft
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting, UrgentDecision
from sagsgang.meetings.permissions import may_read_closed
from sagsgang.meetings.tests.agenda import approve, attach
from sagsgang.meetings.tests.factories import closed_item, open_item
from sagsgang.members.permissions import closed_readers
from sagsgang.members.tests.factories import (
    MTU_DAY,
    Hall,
    closed_on,
    item_called,
    item_on,
    meeting_on,
    seat,
    sent_meeting,
)


def page(client: Client, name: str, row: Meeting | AgendaItem) -> str:
    response = client.get(reverse(f"members:{name}", args=[row.pk]))
    assert response.status_code == 200
    return str(response.content.decode())


def say(item: AgendaItem, words: str, hall: Hall) -> None:
    """The case's draft says this, in its presentation."""
    draft = begin_draft(item.case, actor=hall.town.writer)
    Section.objects.filter(presentation=draft, kind="presentation").update(html=f"<p>{words}</p>")


def test_a_member_reads_what_was_sent(hall: Hall) -> None:
    meeting = meeting_on(hall)
    item = item_on(meeting, hall)
    attach(item.case, "Kort over stien")
    attach(item.case, "Kun til huset", in_packet=False)
    send_agenda(meeting, anyway=True, actor=hall.town.secretary)

    agenda = page(signed_in_as(hall.member), "material", meeting)
    words = page(signed_in_as(hall.member), "read-item", item)

    assert "Ny sti ved åen" in agenda
    assert "Stien bliver 400 m lang." in words
    assert "at stien godkendes" in words
    assert "Kort over stien" in words
    assert "Kun til huset" not in words


def test_a_member_reads_what_the_chair_decided_and_what_was_reported_back(hall: Hall) -> None:
    sent_meeting(hall, "Hastesag om broen", "Køb af grund")
    item, closed = item_called("Hastesag om broen"), item_called("Køb af grund")
    for number, place in enumerate((item, closed)):
        UrgentDecision.objects.create(
            body=place.meeting.body, case=place.case, decided_by=hall.bo, decided_on=date(2026, 4, 10), notice=place,
            ground="Den bærer ikke", html=f"<p>Broen spærres {number}.</p>", recorded_by=hall.town.secretary,
        )  # fmt: skip
        row = FollowUp.objects.create(
            case=place.case, item=place, words=f"Ring til entreprenøren {number}.", owner_role="Vejchef",
            given_by=hall.town.secretary, reported_in=place,
        )  # fmt: skip
        FollowUpEvent.objects.create(follow_up=row, progress=Progress.DONE, words="Han kommer.", by=hall.town.secretary)
    AgendaItem.objects.filter(pk=closed.pk).update(access="closed", ground="property")
    client = signed_in_as(hall.member)

    words, shut = page(client, "read-item", item), page(client, "read-item", closed)

    urgent = "Besluttet af Bo Friis den 10. april 2026 mellem møderne: Broen spærres 0. Begrundelse: Den bærer ikke"
    assert urgent in words
    assert "Der er fulgt op af Vejchef: Ring til entreprenøren 0 – Han kommer." in words
    assert [word in shut for word in ("spærres 1", "entreprenøren 1")] == [True, True]
    follow_ups = reverse("followups:at-item", args=[item.pk])
    assert f'<a href="{follow_ups}">' in words
    assert "Ring til entreprenøren 0." in client.get(follow_ups, headers={"HX-Request": "true"}).content.decode()
    note_conflict(closed, person=hall.dina, actor=hall.town.secretary)
    barred, follow_ups = page(client, "read-item", closed), reverse("followups:at-item", args=[closed.pk])
    assert [word in barred for word in ("spærres", "entreprenøren", follow_ups)] == [False, False, False]


def test_before_it_is_sent_nothing_of_it_reaches_her(hall: Hall) -> None:
    meeting = meeting_on(hall)
    item = item_on(meeting, hall)

    agenda = page(signed_in_as(hall.member), "material", meeting)
    listed = signed_in_as(hall.member).get(reverse("members:my-meetings")).content.decode()

    assert "Ny sti ved åen" not in agenda + listed
    assert signed_in_as(hall.member).get(reverse("members:read-item", args=[item.pk])).status_code == 404


def test_what_comes_on_the_agenda_later_waits_for_its_supplement(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ny sti ved åen")
    item = item_on(meeting, hall, "Hastesag om broen")
    sub = item_on(meeting, hall, "Delsag om rækværk", parent=item_called("Ny sti ved åen"))
    client = signed_in_as(hall.member)

    before = page(client, "material", meeting) + page(client, "read-item", item_called("Ny sti ved åen"))

    assert "Hastesag om broen" not in before
    assert "Delsag om rækværk" not in before
    assert client.get(reverse("members:read-item", args=[item.pk])).status_code == 404

    send_supplement(meeting, reason="Broen er lukket.", anyway=True, actor=hall.town.secretary)

    after = page(client, "material", meeting)
    assert "Hastesag om broen" in after
    assert "Broen er lukket." in after
    assert sub.title in page(client, "read-item", item_called("Ny sti ved åen"))


def test_who_prepares_the_agenda_too_reads_here_only_what_was_sent(hall: Hall) -> None:
    Appointment.objects.create(user=hall.member, body=hall.town.mtu, role=Role.SECRETARY)
    meeting = sent_meeting(hall, "Ny sti ved åen")
    item_on(meeting, hall, "Hastesag om broen")

    assert "Hastesag om broen" not in page(signed_in_as(hall.member), "material", meeting)


def test_words_that_are_written_after_sending_wait_until_the_item_is_renewed(hall: Hall) -> None:
    sent_meeting(hall, "Ny sti ved åen")
    item = item_called("Ny sti ved åen")
    client = signed_in_as(hall.member)
    say(item, "Stien bliver 600 m lang.", hall)

    before = page(client, "read-item", item)
    approve(item.case, hall.town)
    renew_item(item, reason="Ny opmåling.", actor=hall.town.secretary)

    assert "600 m" not in before
    assert "Stien bliver 600 m lang." in page(client, "read-item", item)


def test_closed_words_are_for_the_bodys_readers_and_every_showing_is_logged(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ny sti ved åen", closed="Køb af Møllevej 4")
    item = item_called("Køb af Møllevej 4")
    client = signed_in_as(hall.member)

    agenda, words = page(client, "material", meeting), page(client, "read-item", item)

    assert "Køb af Møllevej 4" in agenda
    assert "Stien bliver 400 m lang." in words
    assert 'class="secrecy"' in words
    for row in (meeting, item):
        read = AuditEntry.objects.filter(verb="read_closed", subject=subject_of(row), actor=hall.member)
        assert read.count() == 1


def test_an_open_item_carries_no_banner_and_leaves_no_trace(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ny sti ved åen")
    count = AuditEntry.objects.count()

    words = page(signed_in_as(hall.member), "read-item", item_called("Ny sti ved åen"))
    page(signed_in_as(hall.member), "material", meeting)

    assert 'class="secrecy"' not in words
    assert AuditEntry.objects.count() == count


def test_a_conflict_of_interest_leaves_her_the_title_alone(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ny sti ved åen", closed="Køb af Møllevej 4")
    item = item_called("Køb af Møllevej 4")
    note_conflict(item, person=hall.dina, actor=hall.town.secretary)

    words = page(signed_in_as(hall.member), "read-item", item)

    assert "Køb af Møllevej 4" in words
    assert "Stien bliver 400 m lang." not in words
    assert "Prisen er ikke aftalt." not in words
    assert "at stien godkendes" not in words
    assert f"{reverse('members:mark-read', args=[item.pk])}" not in words
    assert "Køb af Møllevej 4" in page(signed_in_as(hall.member), "material", meeting)


def test_a_member_of_the_works_council_reads_no_closed_words(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ny sti ved åen", closed="Køb af Møllevej 4", body=hall.town.hu)
    client = signed_in_as(hall.outsider)

    words = page(client, "material", meeting) + page(client, "read-item", item_called("Køb af Møllevej 4"))

    assert "Køb af Møllevej 4" not in words
    assert "Stien bliver 400 m lang." not in words


def test_another_bodys_member_finds_nothing(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    client = signed_in_as(hall.outsider)
    addresses = [
        *(reverse(f"members:{name}", args=[meeting.pk]) for name in (
            "material", "mark-all-read", "undo-mark-all-read", "report-absence", "withdraw-absence", "absences",
            "withdraw-absence-for",
        )),
        *(reverse(f"members:{name}", args=[meeting.items.all()[0].pk]) for name in ("read-item", "mark-read", "mark-unread")),
    ]  # fmt: skip

    assert [client.get(address).status_code for address in addresses] == [404] * 10
    assert [client.post(address).status_code for address in addresses] == [404] * 10


def test_a_seat_gives_the_meetings_of_its_own_days(hall: Hall) -> None:
    hall.dina.seats.filter(body=hall.town.mtu).update(held_to=MTU_DAY.replace(day=1))
    meeting = sent_meeting(hall)

    assert signed_in_as(hall.member).get(reverse("members:material", args=[meeting.pk])).status_code == 404


def test_what_was_taken_in_from_outside_was_sent_there(hall: Hall) -> None:
    draft = MeetingDraft(held_on=MTU_DAY.replace(month=3), items=(open_item(), closed_item()))
    meeting = restore_meeting(hall.town.mtu, draft, actor=hall.town.secretary).meeting
    client = signed_in_as(hall.member)
    item = meeting.items.get(title="Ny cykelsti ved Lindevej")

    agenda, words = page(client, "material", meeting), page(client, "read-item", item)

    assert "Ny cykelsti ved Lindevej" in agenda
    assert "Stien er <strong>400 m</strong> lang." in words
    assert "Anbefales." in words
    assert "Asfalt eller grus." in words


def test_who_reads_closed_material_is_the_same_here_as_in_the_meetings(hall: Hall) -> None:
    user = hall.town.stranger
    pairs = list(product(BodyKind.values, Role.values))
    here, there = [], []

    for kind, role in pairs:
        body = Body.objects.create(
            authority=hall.town.authority, kind=kind, name=f"{kind} {role}", publish_policy="none"
        )
        Appointment.objects.create(user=user, body=body, role=role)
        here.append(closed_readers(user).filter(body=body).exists())
        there.append(may_read_closed(user, Meeting.objects.create(body=body, held_on=MTU_DAY)))

    assert here == there
    assert {True, False} == set(here)


MANY = [3, 120]


@pytest.mark.parametrize("count", MANY)
def test_the_material_costs_the_same_for_many_items(
    count: int, hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = many_items(hall, count)
    client = signed_in_as(hall.member)

    with django_assert_num_queries(8):
        client.get(reverse("members:material", args=[meeting.pk]))


@pytest.mark.parametrize("count", MANY)
def test_an_item_costs_the_same_among_many_and_with_many_sub_items(
    count: int, hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = many_items(hall, count)
    top = AgendaItem.objects.top().filter(meeting=meeting)[0]
    AgendaItem.objects.filter(meeting=meeting, position__gt=count // 2).update(parent=top)
    client = signed_in_as(hall.member)

    with django_assert_num_queries(12):
        response = client.get(reverse("members:read-item", args=[top.pk]))

    assert response.status_code == 200


def many_items(hall: Hall, count: int) -> Meeting:
    """A sent meeting with so many items, each with its words and an attachment."""
    meeting = sent_meeting(hall, "Ny sti ved åen")
    first = item_called("Ny sti ved åen")
    items = [
        AgendaItem(
            meeting=meeting, case=first.case, presentation=first.presentation, position=number, number=str(number),
            title=f"Punkt {number}", access="open", first_sent_in=1,
        )
        for number in range(2, count + 1)
    ]  # fmt: skip
    AgendaItem.objects.bulk_create(items)
    Attachment.objects.bulk_create([Attachment(item=item, position=1, title="Bilag", access="open") for item in items])
    return meeting


def test_a_seat_without_a_role_in_the_body_shows_nothing(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    seat(hall.town.mtu, hall.eva)
    Appointment.objects.filter(user=hall.outsider, body=hall.town.mtu).delete()

    assert signed_in_as(hall.outsider).get(reverse("members:material", args=[meeting.pk])).status_code == 404


def test_a_closed_sub_item_of_an_open_one_is_shut_with_it(hall: Hall) -> None:
    meeting = meeting_on(hall)
    item = item_on(meeting, hall)
    sub = closed_on(meeting, hall)
    AgendaItem.objects.filter(pk=sub.pk).update(parent=item)
    send_agenda(meeting, anyway=True, actor=hall.town.secretary)
    note_conflict(sub, person=hall.dina, actor=hall.town.secretary)

    words = page(signed_in_as(hall.member), "read-item", item)

    assert "Køb af Møllevej 4" in words
    assert "Prisen er ikke aftalt." not in words
