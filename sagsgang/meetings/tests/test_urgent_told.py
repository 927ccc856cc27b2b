"""A body is told what its chair decided for it, whatever becomes of the agenda on which it was to be told (R35)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from sagsgang.bodies.models import Person, Seat, SeatRole
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.due import urgent_notices_due
from sagsgang.meetings.models import Meeting, UrgentDecision
from sagsgang.meetings.tests.agenda import MTU_DAY, approved_case, meeting_of, verbs_of

FIRST, SECOND, THIRD = MTU_DAY, date(2026, 5, 4), date(2026, 5, 18)


@pytest.fixture(autouse=True)
def in_time() -> object:
    with time_machine.travel("2026-03-20 10:00+01:00", tick=True):
        yield


@pytest.fixture
def urgent(town: Town) -> UrgentDecision:
    """Decided before any meeting is planned: nobody is told yet."""
    chair = Person.objects.create(authority=town.authority, name="Åse Lund")
    Seat.objects.create(body=town.mtu, person=chair, role=SeatRole.CHAIR)
    return actions.record_urgent_decision(
        town.mtu, case=approved_case(town), decided_by=chair, decided_on=date(2026, 3, 19), ground="Hast.", words="Ja.",
        actor=town.secretary,
    )  # fmt: skip


def told_at(urgent: UrgentDecision) -> Meeting | None:
    urgent.refresh_from_db()
    return urgent.notice.meeting if urgent.notice else None


def test_the_notice_goes_out_under_its_own_title(town: Town, urgent: UrgentDecision) -> None:
    meeting = meeting_of(town.mtu, FIRST)
    urgent_notices_due()
    notice = meeting.items.get(case=urgent.case)
    title = notice.title
    assert title != urgent.case.title

    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    notice.refresh_from_db()
    assert (notice.title, notice.presentation, notice.kind) == (title, None, "O")
    with pytest.raises(RuleBrokenError):
        actions.renew_item(notice, reason="Nyere tekst.", actor=town.secretary)


def test_taken_off_or_cancelled_it_comes_on_the_next_agenda_and_once(town: Town, urgent: UrgentDecision) -> None:
    first = meeting_of(town.mtu, FIRST)
    urgent_notices_due()
    actions.take_off_agenda(first.items.get(case=urgent.case), actor=town.secretary)
    assert urgent_notices_due() == 0  # not on the agenda again from which she took it

    second = meeting_of(town.mtu, SECOND)
    assert (urgent_notices_due(), urgent_notices_due(), told_at(urgent)) == (1, 0, second)

    Meeting.objects.filter(pk=second.pk).update(cancelled_at="2026-03-20T11:00Z")
    Meeting.objects.filter(pk=first.pk).update(agenda_sent_at="2026-03-20T11:00Z")
    third = meeting_of(town.mtu, THIRD)
    assert (urgent_notices_due(), urgent_notices_due(), told_at(urgent)) == (1, 0, third)


def test_it_is_taken_back_with_a_reason_until_the_body_is_told(town: Town, urgent: UrgentDecision) -> None:
    meeting = meeting_of(town.mtu, FIRST)
    urgent_notices_due()
    notice = meeting.items.get(case=urgent.case)
    client = signed_in_as(town.secretary)
    page = reverse("meetings:withdraw-urgent-decision", args=[urgent.pk])
    recorded = reverse("meetings:record-urgent-decision", args=[town.mtu.pk])
    for shown in (recorded, reverse("meetings:item", args=[notice.pk])):
        assert page in client.get(shown).content.decode()
    assert urgent.case.title in client.get(page).content.decode()
    assert client.post(page, {"reason": " "}).status_code == 422

    assert client.post(page, {"reason": "Skrevet på forkert sag."}).status_code == 302
    actions.withdraw_urgent_decision(urgent, reason="Igen.", actor=town.secretary)
    urgent.refresh_from_db()
    notice.refresh_from_db()
    assert (urgent.withdrawn_reason, urgent.withdrawn_by) == ("Skrevet på forkert sag.", town.secretary)
    assert (notice.withdrawn_at is None, urgent_notices_due()) == (False, 0)
    assert verbs_of(urgent.case).count("withdraw_urgent_decision") == 1
    assert "Skrevet på forkert sag." in client.get(recorded).content.decode()
    assert page not in client.get(recorded).content.decode()
    with pytest.raises(RuleBrokenError):
        actions.put_back_on_agenda(notice, actor=town.secretary)

    # The same words anew are a new one, which stands when the body is told.
    again = actions.record_urgent_decision(
        town.mtu, case=urgent.case, decided_by=urgent.decided_by, decided_on=urgent.decided_on, ground="Hast.",
        words="Ja.", why_not_first="Fristen.", actor=town.secretary,
    )  # fmt: skip
    assert again != urgent
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    with pytest.raises(RuleBrokenError):
        actions.withdraw_urgent_decision(again, reason="For sent.", actor=town.secretary)


def test_who_presided_on_the_day_is_offered_and_the_vice_chair_decides_as_acting(
    town: Town, urgent: UrgentDecision
) -> None:
    day = urgent.decided_on
    Seat.objects.filter(body=town.mtu).update(held_to=day)  # the chair of that day; she has left since
    people = [Person.objects.create(authority=town.authority, name=name) for name in ("Bo Friis", "Ida Holm")]
    Seat.objects.create(body=town.mtu, person=people[0], role=SeatRole.VICE_CHAIR, held_to=day)
    Seat.objects.create(body=town.mtu, person=people[1], role=SeatRole.CHAIR, held_from=day + timedelta(days=1))
    page = reverse("meetings:record-urgent-decision", args=[town.mtu.pk])
    assert all(f"{name} (" in signed_in_as(town.secretary).get(page).content.decode() for name in people)

    facts = {"case": urgent.case, "decided_on": day, "ground": "Formanden er syg.", "words": "Nej."}
    with pytest.raises(RuleBrokenError):
        actions.record_urgent_decision(town.mtu, decided_by=people[1], actor=town.secretary, **facts)  # type: ignore[arg-type]
    done = actions.record_urgent_decision(town.mtu, decided_by=people[0], actor=town.secretary, **facts)  # type: ignore[arg-type]
    assert "Bo Friis" in done.ground
