"""A substitute without a role in the body reads the items at which she sits in, from when she was called, and no more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.actions import note_conflict, send_agenda
from sagsgang.meetings.actions.absences import report_absence, withdraw_absence
from sagsgang.meetings.models import AgendaItem, AgendaReceipt, Attachment, Meeting, Substitution
from sagsgang.meetings.tests.agenda import attach
from sagsgang.members.tests.factories import KB_DAY, Hall, closed_on, item_called, item_on, meeting_on
from sagsgang.protocols.actions import make_final
from sagsgang.protocols.actions.final import digest_of
from sagsgang.protocols.queries.standing import standing_of
from sagsgang.sittings import actions

EVENING = "2026-05-26 17:00+02:00"
SECRET = "Køb af Møllevej 4"


@pytest.fixture
def ejner(hall: Hall) -> User:
    """First on the list F: he logs in, and has no role and no seat."""
    user = User.objects.create_user("ejner")
    hall.ejner.user = user
    hall.ejner.save()
    return user


@pytest.fixture
def meeting(hall: Hall, ejner: User) -> Meeting:
    """A council meeting that was sent out, with a case, a second one and a closed one."""
    meeting = meeting_on(hall, KB_DAY, hall.town.kb)
    for title in ("Første sag", "Anden sag"):
        attach(item_on(meeting, hall, title).case, f"Bilag til {title}")
    attach(closed_on(meeting, hall, SECRET).case, "Vurdering")
    return send_agenda(meeting, anyway=True, actor=hall.town.secretary)


@pytest.fixture
def evening(meeting: Meeting, hall: Hall) -> Iterator[Meeting]:
    """The meeting is held: Dina is away, the first case is treated."""
    with time_machine.travel(EVENING, tick=True):
        actions.open_meeting(meeting, present=[hall.bo.pk], **typed(hall))
        actions.take_up_item(item_called("Første sag"), **typed(hall))
        actions.end_item(item_called("Første sag"), **typed(hall, 1))
        with time_machine.travel(datetime.fromisoformat(EVENING) + timedelta(minutes=5), tick=True):
            yield meeting


def typed(hall: Hall, seconds: float = 0) -> dict[str, Any]:
    return {"key": uuid4(), "at": now() + timedelta(seconds=seconds), "actor": hall.town.secretary}


def call(meeting: Meeting, hall: Hall, *, approved: bool = True) -> Substitution:
    act = actions.call_substitute(meeting, absent=hall.dina, substitute=hall.ejner, is_approved=approved, **typed(hall))
    return Substitution.objects.get(pk=act.key)


def reads(client: Client) -> list[str]:
    """The titles of the items whose page is hers."""
    rows = AgendaItem.objects.top().order_by("position")
    return [row.title for row in rows if client.get(reverse("members:read-item", args=[row.pk])).status_code == 200]


def opens(client: Client) -> list[str]:
    """The attachments that she can fetch."""
    found = []
    for row in Attachment.objects.filter(withdrawn_at=None).order_by("item__position"):
        response = client.get(reverse("meetings:attachment", args=[row.pk]))
        if response.status_code == 200:
            assert b"".join(response.streaming_content) == b"ord"  # type: ignore[attr-defined]
            found.append(row.title)
    return found


def test_before_she_is_called_nothing_is_hers(evening: Meeting, ejner: User) -> None:
    client = signed_in_as(ejner)

    assert client.get(reverse("members:material", args=[evening.pk])).status_code == 404
    assert (reads(client), opens(client)) == ([], [])


def test_she_reads_what_is_treated_from_then_on(evening: Meeting, hall: Hall, ejner: User) -> None:
    call(evening, hall)
    client = signed_in_as(ejner)

    agenda = client.get(reverse("members:material", args=[evening.pk])).content.decode()
    listed = client.get(reverse("members:my-meetings")).content.decode()

    assert reverse("members:material", args=[evening.pk]) in listed
    assert [title in agenda for title in ("Første sag", "Anden sag", SECRET)] == [False, True, True]
    assert reads(client) == ["Anden sag", SECRET]
    assert opens(client) == ["Bilag til Anden sag", "Vurdering"]
    assert {row.actor for row in AuditEntry.objects.filter(verb="read_closed")} == {ejner}


def test_no_other_page_of_the_body_is_hers(evening: Meeting, hall: Hall, ejner: User) -> None:
    call(evening, hall)
    client = signed_in_as(ejner)
    item = item_called("Anden sag")

    for name, row in (
        ("meetings:body", evening.body), ("meetings:meeting", evening), ("meetings:item", item),
        ("sittings:desk", evening), ("protocols:prints", evening),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[row.pk])).status_code == 404
    hers = client.get(reverse("members:read-item", args=[item.pk])).content.decode()
    assert reverse("followups:at-item", args=[item.pk]) not in hers


def test_closed_material_waits_for_the_councils_approval(evening: Meeting, hall: Hall, ejner: User) -> None:
    call(evening, hall, approved=False)
    client = signed_in_as(ejner)

    agenda = client.get(reverse("members:material", args=[evening.pk])).content.decode()
    before = opens(client)
    actions.approve_substitutes(evening, **typed(hall))

    assert SECRET not in agenda
    assert (before, opens(client)) == (["Bilag til Anden sag"], ["Bilag til Anden sag", "Vurdering"])


def test_a_conflict_of_interest_shuts_her_out_too(evening: Meeting, hall: Hall, ejner: User) -> None:
    call(evening, hall)
    note_conflict(item_called(SECRET), person=hall.ejner, actor=hall.town.secretary)

    assert opens(signed_in_as(ejner)) == ["Bilag til Anden sag"]


def test_when_her_call_is_ended_nothing_is_hers_any_more(evening: Meeting, hall: Hall, ejner: User) -> None:
    called = call(evening, hall)
    actions.dismiss_substitute(called, **typed(hall, 1))
    client = signed_in_as(ejner)

    assert (reads(client), opens(client)) == ([], [])
    assert client.get(reverse("members:material", args=[evening.pk])).status_code == 404


def test_called_because_of_a_conflict_she_reads_that_item_alone(evening: Meeting, hall: Hall, ejner: User) -> None:
    actions.note_arrival(evening, person=hall.dina, **typed(hall))
    item = item_called(SECRET)
    actions.take_up_item(item, **typed(hall))
    actions.declare_conflict(item, person=hall.dina, by_self=True, substitute=hall.ejner, **typed(hall, 1))
    client = signed_in_as(ejner)

    agenda = client.get(reverse("members:material", args=[evening.pk])).content.decode()

    assert [title in agenda for title in ("Første sag", "Anden sag", SECRET)] == [False, False, True]
    assert (reads(client), opens(client)) == ([SECRET], ["Vurdering"])
    assert opens(signed_in_as(hall.member)) == ["Bilag til Første sag", "Bilag til Anden sag"]


def a_subitem(meeting: Meeting, hall: Hall, title: str) -> AgendaItem:
    """A second part of the second case, sent with it, with its own paper."""
    above = item_called("Anden sag")
    sub = AgendaItem.objects.create(
        meeting=meeting, case=above.case, parent=above, position=1, number="1", title=title, access="open",
        first_sent_in=1,
    )  # fmt: skip
    file = above.attachments.get().version
    Attachment.objects.create(item=sub, version=file, position=1, title="Bilag til delpunktet", access="open")
    return sub


def test_called_because_of_a_conflict_at_a_sub_item_she_reads_that_sub_item_alone(
    evening: Meeting, hall: Hall, ejner: User
) -> None:
    actions.note_arrival(evening, person=hall.dina, **typed(hall))
    sub = a_subitem(evening, hall, "Valg af entreprenør")
    actions.take_up_item(sub, **typed(hall))
    actions.declare_conflict(sub, person=hall.dina, by_self=True, substitute=hall.ejner, **typed(hall, 1))
    client = signed_in_as(ejner)

    agenda = client.get(reverse("members:material", args=[evening.pk])).content.decode()
    page = client.get(reverse("members:read-item", args=[sub.pk]))

    assert [words in agenda for words in ("Valg af entreprenør", "Anden sag", SECRET)] == [True, False, False]
    assert page.status_code == 200
    assert "Bilag til delpunktet" in page.content.decode()
    assert (reads(client), opens(client)) == ([], ["Bilag til delpunktet"])
    assert signed_in_as(hall.member).get(reverse("members:read-item", args=[sub.pk])).status_code == 404


def test_under_a_closed_item_she_reads_it_once_the_council_has_approved_her(
    evening: Meeting, hall: Hall, ejner: User
) -> None:
    AgendaItem.objects.filter(title="Anden sag", parent=None).update(access="closed", ground="tender")
    actions.note_arrival(evening, person=hall.dina, **typed(hall))
    sub = a_subitem(evening, hall, "Valg af entreprenør")
    actions.take_up_item(sub, **typed(hall))
    actions.declare_conflict(sub, person=hall.dina, by_self=True, substitute=hall.ejner, **typed(hall, 1))
    client = signed_in_as(ejner)

    page = client.get(reverse("members:read-item", args=[sub.pk]))

    assert page.status_code == 200
    assert {row.actor for row in AuditEntry.objects.filter(verb="read_closed")} == {ejner}


def test_she_follows_the_meeting_and_signs_for_the_part_that_she_took_part_in(
    evening: Meeting, hall: Hall, ejner: User
) -> None:
    follow, protocol = (reverse(name, args=[evening.pk]) for name in ("sittings:follow", "protocols:protocol"))
    client = signed_in_as(ejner)
    before = client.get(follow).status_code
    call(evening, hall)
    during = client.get(follow)
    secret = item_called(SECRET)
    for item in (item_called("Anden sag"), secret):
        actions.take_up_item(item, **typed(hall, 2))
        actions.end_item(item, **typed(hall, 3))
    actions.adjourn_meeting(evening, **typed(hall, 5))
    evening.refresh_from_db()
    make_final(evening, digest=digest_of(evening.pk), anyway=True, actor=hall.town.secretary)

    page = client.get(protocol).content.decode()
    client.post(reverse("protocols:sign-protocol", args=[evening.pk]), {"reserves": ""})

    assert (before, during.status_code) == (404, 200)
    assert [title in page for title in ("Første sag", "Anden sag", SECRET)] == [False, True, True]
    assert [row.name for row in standing_of(evening).signers if row.at] == [hall.ejner.name]
    assert client.get(reverse("protocols:print-protocol", args=[evening.pk])).status_code == 404


def test_called_before_the_meeting_she_gets_the_agenda_when_it_is_sent(hall: Hall, ejner: User) -> None:
    meeting = meeting_on(hall, KB_DAY, hall.town.kb)
    item_on(meeting, hall, "Første sag")
    closed_on(meeting, hall, SECRET)
    secretary = signed_in_as(hall.town.secretary)
    page = reverse("members:absences", args=[meeting.pk])
    call_her = reverse("members:call-ahead", args=[meeting.pk])
    sent = {"absent": str(hall.dina.pk), "substitute": str(hall.freja.pk), f"skipped_{hall.ejner.pk}": "syg"}
    client = signed_in_as(ejner)

    assert secretary.post(call_her, sent).status_code == 422  # nobody has reported absence
    report_absence(meeting, person=hall.dina, actor=hall.member)
    refused = secretary.post(call_her, sent)
    assert (refused.status_code, 'value="syg"' in refused.content.decode()) == (422, True)
    for _twice in range(2):
        assert secretary.post(call_her, sent | {"substitute": str(hall.ejner.pk)}).status_code == 302
    assert f'action="{call_her}"' not in secretary.get(page).content.decode()
    assert reads(client) == []
    follow = reverse("sittings:follow", args=[meeting.pk])
    assert "Første sag" not in client.get(follow).content.decode()
    send_agenda(meeting, anyway=True, actor=hall.town.secretary)

    assert "Første sag" in client.get(follow).content.decode()
    approval = AgendaItem.objects.get(title__startswith="Godkendelse af indkaldte")
    assert (approval.first_sent_in, approval.late_reason) == (1, "")
    assert AgendaReceipt.objects.filter(person=hall.ejner).count() == 1
    assert reverse("members:material", args=[meeting.pk]) in client.get(reverse("members:my-meetings")).content.decode()
    assert "Første sag" in reads(client)
    assert SECRET not in client.get(reverse("members:material", args=[meeting.pk])).content.decode()
    withdraw_absence(meeting, person=hall.dina, actor=hall.member)
    assert reads(client) == []
    report_absence(meeting, person=hall.dina, actor=hall.member)
    secretary.post(call_her, sent | {"substitute": str(hall.ejner.pk)})
    assert AgendaReceipt.objects.filter(person=hall.ejner).count() == 1
    secretary.post(reverse("members:cancel-call", args=[meeting.pk]), {"person": str(hall.dina.pk)})
    assert Substitution.history.filter(withdrawn_at=None).count() == 0
