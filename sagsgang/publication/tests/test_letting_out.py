"""Kinds of release, the hour, and the checklist of what was taken back: the acts on real rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.bodies.models import Appointment, Body, Role
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.drafts import DecisionDraft, ItemDraft
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.factories import (
    HELD_ON,
    House,
    closed_item,
    htmx,
    item_of,
    meeting_with,
    open_item,
    plain_item,
    signed_in_as,
)
from sagsgang.publication import actions
from sagsgang.publication.actions import (
    approve_release,
    cancel_release,
    prepare_release,
    release_meeting,
    release_prepared,
    withdraw_release,
)
from sagsgang.publication.due import release_due
from sagsgang.publication.models import Breach, Preparation, PublicMeeting, Release, ReleaseRecord
from sagsgang.publication.rules.breach import Answers

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = datetime(2026, 11, 28, 8, tzinfo=UTC)  # 9.00 in Denmark


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, plain_item(1), closed_item())


def decided(words: str) -> ItemDraft:
    return replace(plain_item(1), decisions=(DecisionDraft("Miljø- og Teknikudvalget", HELD_ON, words, "approved"),))


def let_out(meeting: Meeting, house: House, kind: str = "minutes", reason: str = "") -> Release:
    return release_meeting(
        meeting, kind=kind, prepared_by=house.secretary, released_by=house.second, public_reason=reason
    )


def test_minutes_that_say_something_else_are_a_correction_with_a_reason(house: House) -> None:
    meeting = meeting_with(house, decided("<p>Godkendt.</p>"), closed_item())
    let_out(meeting, house)
    meeting = meeting_with(house, decided("<p>Afvist.</p>"), closed_item())

    with pytest.raises(RuleBrokenError):
        let_out(meeting, house)
    release = let_out(meeting, house, reason="Afstemningen var talt forkert.")

    shown = PublicMeeting.objects.get()
    assert (release.kind, shown.kind, shown.since) == ("correction", "correction", 1)
    assert shown.public_reason == "Afstemningen var talt forkert."
    assert [(row["number"], row["part"], row["how"]) for row in shown.changes] == [("1", "decision", "changed")]
    assert "Godkendt" not in str(shown.changes)
    assert let_out(meeting, house, reason="Igen") == release


def test_what_changes_at_a_closed_item_changes_nothing_for_the_public(meeting: Meeting, house: House) -> None:
    first = let_out(meeting, house)
    item = item_of(meeting, "2")
    AgendaItem.objects.filter(pk=item.pk).update(title="Salg af Møllevej 4", closing_reason="Andet", review_on=HELD_ON)
    item.attachments.all()[0].delete()

    again = let_out(meeting, house)

    assert again == first
    assert Release.objects.count() == 1


def test_an_agenda_with_a_supplement_says_so(meeting: Meeting, house: House) -> None:
    let_out(meeting, house, "agenda")
    AgendaItem.objects.filter(meeting=meeting, number="2").update(first_sent_in=2)
    assert let_out(meeting, house, "agenda").kind == "agenda"  # a closed item's supplement is not shown

    AgendaItem.objects.filter(meeting=meeting, number="1", parent=None).update(
        first_sent_in=2, late_reason="Tilbuddet udløber."
    )
    release = let_out(meeting, house, "agenda")

    shown = PublicMeeting.objects.get()
    assert (release.kind, shown.kind, shown.since) == ("supplement", "supplement", 1)
    assert [(row["number"], row["part"], row["how"]) for row in shown.changes] == [("1", "lateness", "came")]


def test_a_protocol_that_is_not_final_goes_out_as_a_draft_if_the_body_shows_drafts(
    meeting: Meeting, house: House
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=NOW)

    with pytest.raises(RuleBrokenError):
        let_out(meeting, house)
    Body.objects.update(publish_draft=True)
    release = let_out(meeting, house)

    assert (release.kind, PublicMeeting.objects.get().kind) == ("draft", "draft")


def test_a_release_waits_for_its_hour_and_goes_out_as_the_one_who_approved(
    meeting: Meeting, house: House, clock: time_machine.Traveller
) -> None:
    preparation = prepare_release(meeting, kind="minutes", release_at=HOUR, actor=house.secretary)
    with pytest.raises(RuleBrokenError):
        release_prepared(preparation, actor=house.second)
    with pytest.raises(RuleBrokenError):
        approve_release(preparation, actor=house.secretary)
    approve_release(preparation, actor=house.second)

    clock.move_to(HOUR - timedelta(seconds=1))
    assert (release_due(), Release.objects.count(), PublicMeeting.objects.count()) == (0, 0, 0)
    clock.move_to(HOUR)
    assert (release_due(), release_due()) == (1, 0)

    record = ReleaseRecord.objects.get()
    assert (record.prepared_by, record.released_by) == (house.secretary, house.second)
    assert Release.objects.get().released_at == HOUR
    assert AuditEntry.objects.get(verb="release_meeting").actor_id == house.second.pk


def test_words_that_change_before_the_hour_do_not_go_out_and_the_people_are_told(
    meeting: Meeting, house: House, clock: time_machine.Traveller
) -> None:
    preparation = prepare_release(meeting, kind="minutes", release_at=HOUR, actor=house.secretary)
    approve_release(preparation, actor=house.second)
    AgendaItem.objects.filter(meeting=meeting, number="1", parent=None).update(title="Ny titel")
    clock.move_to(HOUR)

    assert (release_due(), release_due(), Release.objects.count()) == (0, 0, 0)

    preparation.refresh_from_db()
    assert (preparation.approved_by, preparation.ended_at) == (None, None)
    said = gettext("The meeting has been changed since the release was prepared. Prepare it again.")
    assert preparation.refused == said
    assert said in htmx(house.second).get(reverse("publication:waiting")).content.decode()
    assert said in signed_in_as(house.second).get(reverse("publication:releases", args=[meeting.pk])).content.decode()


@pytest.mark.parametrize("case", ["nobody approved", "no longer a secretary", "called off"])
def test_nothing_goes_out_that_nobody_stands_for(
    case: str, meeting: Meeting, house: House, clock: time_machine.Traveller
) -> None:
    preparation = prepare_release(meeting, kind="minutes", release_at=HOUR, actor=house.secretary)
    if case != "nobody approved":
        approve_release(preparation, actor=house.second)
    if case == "no longer a secretary":
        Appointment.objects.filter(user=house.second).delete()
    if case == "called off":
        cancel_release(preparation, actor=house.director)
    clock.move_to(HOUR)

    assert (release_due(), Release.objects.count()) == (0, 0)
    assert bool(Preparation.objects.get().refused) == (case != "called off")


def test_what_was_taken_back_does_not_go_out_again_by_itself(
    meeting: Meeting, house: House, clock: time_machine.Traveller
) -> None:
    release = let_out(meeting, house, "agenda")
    approve_release(
        prepare_release(meeting, kind="minutes", release_at=HOUR, actor=house.secretary), actor=house.second
    )
    withdraw_release(release.pk, reason="Et CPR-nummer", actor=house.director)
    clock.move_to(HOUR)

    assert (release_due(), PublicMeeting.objects.get().state) == (0, "withdrawn")


def test_the_form_takes_day_and_hour_together(meeting: Meeting, house: House) -> None:
    client = signed_in_as(house.secretary)
    url = reverse("publication:prepare-release", args=[meeting.pk])

    for wrong in ({"release_on": "2026-11-28"}, {"release_time": "09:00"},
                  {"release_on": "2027-03-28", "release_time": "02:30"},
                  {"release_on": "2026-11-20", "release_time": "09:00"}):  # fmt: skip
        assert client.post(url, {"kind": "agenda"} | wrong).status_code == 422
    client.post(url, {"kind": "agenda", "release_on": "2026-11-28", "release_time": "09:00"})

    preparation = Preparation.objects.get()
    assert preparation.release_at == HOUR
    response = signed_in_as(house.second).post(reverse("publication:approve-release", args=[preparation.pk]))
    assert response.status_code == 302
    response = signed_in_as(house.second).post(reverse("publication:cancel-release", args=[preparation.pk]))
    assert Preparation.objects.filter(ended_at=None).count() == 0


def test_who_releases_sees_old_and_new_words_before(house: House) -> None:
    let_out(meeting_with(house, decided("<p>Godkendt.</p>"), closed_item()), house)
    meeting = meeting_with(house, decided("<p>Afvist.</p>"), closed_item())

    page = signed_in_as(house.second).get(reverse("publication:releases", args=[meeting.pk]) + "?kind=minutes")

    words = page.content.decode()
    assert "<del>" in words
    assert "<ins>" in words
    assert gettext("Something that the minutes said does not stand any more. The public must be told why.") in words


def test_the_breach_list_is_opened_with_the_withdrawal_and_closed_when_it_is_whole(
    meeting: Meeting, house: House, clock: time_machine.Traveller
) -> None:
    release = let_out(meeting, house)
    withdraw_release(release.pk, reason="Et navn", actor=house.director)
    breach = Breach.objects.get()
    url = reverse("publication:answer-breach", args=[release.pk])
    clock.shift(timedelta(hours=21))
    client = signed_in_as(house.secretary)

    assert "51" in client.get(url).content.decode()
    with pytest.raises(RuleBrokenError):
        actions.close_breach(breach, actor=house.secretary)
    assert client.post(url, {"discovered_on": "2027-01-01", "discovered_time": "09:00"}).status_code == 422
    answer = client.post(url, {"discovered_on": "2026-11-27", "discovered_time": "08:15", "personal": "no",
                               "measures": "Navnet er rettet."})  # fmt: skip
    assert answer.status_code == 302
    assert client.post(reverse("publication:close-breach", args=[release.pk])).status_code == 302

    breach.refresh_from_db()
    assert breach.discovered_at == datetime(2026, 11, 27, 7, 15, tzinfo=UTC)
    assert (breach.personal, breach.closed_by) == ("no", house.secretary)
    assert AuditEntry.objects.get(verb="answer_breach").data == {"parts": ["personal", "measures", "discovered_at"]}
    text = client.get(reverse("publication:print-breach", args=[release.pk])).content.decode()
    assert "Navnet er rettet." in text
    with pytest.raises(RuleBrokenError):
        actions.answer_breach(breach, discovered_at=NOW, answers=Answers(), actor=house.secretary)


def test_who_handles_a_breach(meeting: Meeting, house: House) -> None:
    release = let_out(meeting, house)
    url = reverse("publication:answer-breach", args=[release.pk])
    assert signed_in_as(house.secretary).get(url).status_code == 404
    withdraw_release(release.pk, reason="Et navn", actor=house.director)
    admin = type(house.second).objects.create_user("admin")
    Appointment.objects.create(user=admin, role=Role.ADMIN)

    seen = {user.username: signed_in_as(user).get(url).status_code
            for user in (house.secretary, house.director, admin, house.member, house.hr, house.auditor, house.stranger)}  # fmt: skip

    assert list(seen.values()) == [200, 200, 200, 403, 403, 403, 404]
    lists = reverse("publication:open-breaches")
    assert url in signed_in_as(admin).get(lists).content.decode()
    assert url not in signed_in_as(house.stranger).get(lists).content.decode()
    assert open_item().title not in signed_in_as(admin).get(lists).content.decode()
