"""The chain of one subject: whole as the database made it, broken where somebody with all rights has been."""

import pytest
from django.db import connection
from django.urls import reverse

from sagsgang.core.models import AuditEntry, record, subject_of
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.tests.factories import House, closed_item, meeting_with, signed_in_as
from sagsgang.reports.queries.chain import Chain, chain_of


@pytest.fixture
def meeting(house: House) -> Meeting:
    meeting = meeting_with(house, closed_item())
    record(house.member, "read_closed", meeting, note="æ|ø", parts=["b", "a"], n=2, nested={"z": None, "a": 1.5})
    record(house.second, "read_closed", meeting)
    return meeting


def tamper(statement: str, meeting: Meeting) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, [subject_of(meeting)])
        cursor.execute("SET session_replication_role = origin")


def test_a_chain_that_nobody_touched_is_whole(meeting: Meeting) -> None:
    assert chain_of(subject_of(meeting)) == Chain(length=3, broken=None)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE core_auditentry SET verb = 'x' WHERE subject = %s AND number = 2", Chain(3, 2)),
        ("UPDATE core_auditentry SET data = '{}' WHERE subject = %s AND number = 2", Chain(3, 2)),
        (
            "UPDATE core_auditentry SET at = at + interval '1 microsecond' WHERE subject = %s AND number = 3",
            Chain(3, 3),
        ),
        ("UPDATE core_auditentry SET sha256 = repeat('0', 64) WHERE subject = %s AND number = 1", Chain(3, 1)),
        ("UPDATE core_auditentry SET previous = '' WHERE subject = %s AND number = 3", Chain(3, 3)),
        ("DELETE FROM core_auditentry WHERE subject = %s AND number = 2", Chain(2, 2)),
        ("DELETE FROM core_auditentry WHERE subject = %s AND number = 1", Chain(2, 1)),
    ],
)
def test_a_chain_that_was_tampered_with_names_the_first_number(statement: str, broken: Chain, meeting: Meeting) -> None:
    tamper(statement, meeting)

    assert chain_of(subject_of(meeting)) == broken


def test_the_page_says_that_the_chain_is_whole_or_where_it_breaks(house: House, meeting: Meeting) -> None:
    client = signed_in_as(house.auditor)
    address = reverse("reports:subject-chain", args=["meetings.Meeting", meeting.pk])

    whole = client.get(address).content.decode()
    tamper("UPDATE core_auditentry SET verb = 'x' WHERE subject = %s AND number = 2", meeting)
    broken = client.get(address).content.decode()

    assert "Kæden er hel: 3 poster" in whole
    assert "Kæden er brudt ved nr. 2" in broken
    assert AuditEntry.objects.filter(verb="read_log").count() == 2


def test_a_subject_without_entries_is_not_found(house: House, meeting: Meeting) -> None:
    client = signed_in_as(house.auditor)

    answers = [
        client.get(reverse("reports:subject-chain", args=[label, house.body.pk])).status_code
        for label in ("meetings.Meeting", "x", "x.y.z", "bodies.Body")
    ]

    assert answers == [404, 404, 404, 404]
