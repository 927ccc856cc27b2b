"""When an agenda was made available to each member, and when she first opened it: noted once, never changed (R7)."""

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from sagsgang.meetings.models import AgendaOpening, AgendaReceipt
from sagsgang.meetings.queries.receipts import recipients_of
from sagsgang.meetings.tests.factories import signed_in_as
from sagsgang.members.tests.factories import Hall, seat, sent_meeting


def test_a_receipt_for_each_member_and_the_first_opening(hall: Hall) -> None:
    seat(hall.town.mtu, hall.ejner)
    meeting = sent_meeting(hall)
    for day in ("2026-04-20 08:00+02:00", "2026-04-21 08:00+02:00"):
        with time_machine.travel(day):
            signed_in_as(hall.member).get(reverse("members:material", args=[meeting.pk]))

    found = {row.name: row for row in recipients_of(meeting)}

    assert {name: (row.has_login, len(row.deliveries)) for name, row in found.items()} == {
        "Bo Friis": (True, 1), "Dina Toft": (True, 1), "Ejner Dam": (False, 0)
    }  # fmt: skip
    opened = found["Dina Toft"].deliveries[0].opened_at
    assert opened is not None
    assert opened.isoformat().startswith("2026-04-20T06:00")
    assert found["Bo Friis"].deliveries[0].opened_at is None
    assert found["Bo Friis"].deliveries[0].available_at.date().isoformat() == "2026-04-14"


def test_the_secretary_sees_it_and_the_members_do_not(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    signed_in_as(hall.member).get(reverse("members:material", args=[meeting.pk]))
    address = reverse("meetings:agenda-versions", args=[meeting.pk])

    assert "Bo Friis" in signed_in_as(hall.town.secretary).get(address).content.decode()
    assert "Bo Friis" not in signed_in_as(hall.member).get(address).content.decode()


def test_nobody_changes_what_is_noted(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    signed_in_as(hall.member).get(reverse("members:material", args=[meeting.pk]))

    for rows in (AgendaReceipt.objects.all(), AgendaOpening.objects.all()):
        assert rows.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete("default")
