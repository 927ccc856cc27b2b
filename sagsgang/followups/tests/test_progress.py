"""What happens to a follow-up: begun, noted on, done, dropped, opened again, changed; and who may."""

from datetime import date

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.followups import actions
from sagsgang.followups.models import FollowUp, FollowUpEvent
from sagsgang.followups.tests.factories import DUE, HEAD, dir_item, events_of, facts, give
from sagsgang.meetings.tests.agenda import verbs_of


def progress_of(row: FollowUp) -> str | None:
    progress: str | None = FollowUp.objects.with_standing().filter(pk=row.pk).values_list("progress", flat=True).get()
    return progress


def test_from_begun_to_done_and_open_again(town: Town) -> None:
    row = give(town, dir_item(town))

    actions.begin_follow_up(row, actor=town.writer)
    actions.note_follow_up(row, words="Har spurgt", actor=town.writer)
    begun = progress_of(row)
    actions.finish_follow_up(row, words=" Tallene er rettet ", actor=town.writer)
    actions.reopen_follow_up(row, actor=town.dir_secretary)

    assert (begun, progress_of(row)) == ("begun", "reopened")
    assert events_of(row) == [
        ("begun", "", town.writer),
        ("note", "Har spurgt", town.writer),
        ("done", "Tallene er rettet", town.writer),
        ("reopened", "", town.dir_secretary),
    ]
    assert verbs_of(row.case)[-4:] == ["begin_follow_up", "note_follow_up", "finish_follow_up", "reopen_follow_up"]


def test_the_same_act_twice_is_refused_and_the_same_note_is_one(town: Town) -> None:
    row = give(town, dir_item(town))
    for _ in range(2):
        actions.note_follow_up(row, words="Ringet", actor=town.writer)
    actions.begin_follow_up(row, actor=town.writer)
    with pytest.raises(RuleBrokenError):
        actions.begin_follow_up(row, actor=town.colleague)
    actions.finish_follow_up(row, words="Gjort", actor=town.writer)

    for act in (actions.finish_follow_up, actions.drop_follow_up):
        with pytest.raises(RuleBrokenError):
            act(row, words="Igen", actor=town.colleague)

    assert [event[0] for event in events_of(row)] == ["note", "begun", "done"]


@pytest.mark.parametrize("act", [actions.finish_follow_up, actions.drop_follow_up, actions.note_follow_up])
def test_each_says_its_words(town: Town, act: object) -> None:
    row = give(town, dir_item(town))

    with pytest.raises(RuleBrokenError):
        act(row, words="  ", actor=town.writer)  # type: ignore[operator]

    assert events_of(row) == []


def test_what_is_not_over_is_not_opened_again(town: Town) -> None:
    row = give(town, dir_item(town))

    with pytest.raises(RuleBrokenError):
        actions.reopen_follow_up(row, actor=town.writer)


def test_what_happened_is_only_added_to(town: Town) -> None:
    row = give(town, dir_item(town))
    actions.begin_follow_up(row, actor=town.writer)

    for statement in ("UPDATE followups_followupevent SET words = 'x'", "DELETE FROM followups_followupevent"):
        with pytest.raises((InternalError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert FollowUpEvent.objects.count() == 1


def test_a_change_names_its_parts_and_keeps_the_words_as_they_were(town: Town) -> None:
    row = give(town, dir_item(town), "Gamle ord")
    seen = actions.seen_stamp(row)

    actions.change_follow_up(
        row, facts("Nye ord", owner=town.manager, due_on=date(2026, 4, 17)), seen=seen, actor=town.dir_secretary
    )

    row.refresh_from_db()
    assert (row.words, row.owner, row.due_on) == ("Nye ord", town.manager, date(2026, 4, 17))
    assert events_of(row) == [("note", "Ordlyden var: Gamle ord", town.dir_secretary)]
    entry = AuditEntry.objects.get(verb="change_follow_up")
    assert entry.data == {"follow_up": str(row.pk), "parts": ["words", "owner", "due_on"]}


def test_two_who_change_at_once_do_not_overwrite_each_other(town: Town) -> None:
    row = give(town, dir_item(town))
    seen = actions.seen_stamp(row)
    actions.change_follow_up(row, facts("Den første"), seen=seen, actor=town.dir_secretary)
    client = signed_in_as(town.writer)
    said = {"words": "Den anden", "owner_role": HEAD, "due_on": DUE.isoformat(), "seen": seen}

    refused = client.post(reverse("followups:change-follow-up", args=[row.pk]), said)
    again = client.post(
        reverse("followups:change-follow-up", args=[row.pk]),
        said | {"seen": refused.context["form"]["seen"].value()},
    )

    page = refused.content.decode()
    assert (refused.status_code, again.status_code) == (422, 302)
    assert "Den første" in page and "Den anden" in page
    assert FollowUp.objects.get().words == "Den anden"


def test_a_day_that_has_passed_may_stand_but_not_be_chosen(town: Town) -> None:
    row = give(town, dir_item(town))
    FollowUp.objects.filter(pk=row.pk).update(due_on=date(2026, 3, 1))
    row.refresh_from_db()

    seen = actions.seen_stamp(row)
    with pytest.raises(RuleBrokenError):
        actions.change_follow_up(row, facts(due_on=date(2026, 3, 2)), seen=seen, actor=town.writer)
    actions.change_follow_up(row, facts("Nye ord", due_on=date(2026, 3, 1)), seen=seen, actor=town.writer)

    assert FollowUp.objects.get().words == "Nye ord"


def test_what_is_over_is_not_changed(town: Town) -> None:
    row = give(town, dir_item(town))
    actions.drop_follow_up(row, words="Ikke relevant", actor=town.writer)

    with pytest.raises(RuleBrokenError):
        actions.change_follow_up(row, facts("Nye"), seen=actions.seen_stamp(row), actor=town.writer)


def test_the_page_does_the_acts_and_keeps_what_was_refused(town: Town) -> None:
    row = give(town, dir_item(town), owner=town.stranger)
    client = signed_in_as(town.stranger)
    page = reverse("followups:follow-up", args=[row.pk])

    begun = client.post(reverse("followups:begin-follow-up", args=[row.pk]))
    refused = client.post(reverse("followups:finish-follow-up", args=[row.pk]), {"finish-words": " "})
    done = client.post(reverse("followups:finish-follow-up", args=[row.pk]), {"finish-words": "Rettet i tabel 2"})
    late = client.post(reverse("followups:finish-follow-up", args=[row.pk]), {"finish-words": "Også dette"})

    assert [(answer.status_code, answer.headers.get("Location")) for answer in (begun, done)] == [(302, page)] * 2
    assert (refused.status_code, late.status_code) == (422, 422)
    assert "Også dette" not in client.get(page).content.decode()
    assert "Rettet i tabel 2" in client.get(page).content.decode()


def test_who_may_do_what(town: Town) -> None:
    row = give(town, dir_item(town), owner=town.stranger, reports_to=town.mtu)
    users = {
        "owner": town.stranger, "caseworker": town.writer, "giver": town.dir_secretary, "approver": town.manager,
        "other secretary": town.secretary, "auditor": town.auditor, "member": town.member,
    }  # fmt: skip
    names = ("follow-up", "note-follow-up", "change-follow-up", "drop-follow-up", "report-follow-up")

    got = {
        who: [signed_in_as(user).get(reverse(f"followups:{name}", args=[row.pk])).status_code for name in names]
        for who, user in users.items()
    }

    assert got == {
        "owner": [200, 302, 403, 403, 403],
        "caseworker": [200, 302, 200, 302, 403],
        "giver": [200, 302, 200, 302, 403],
        "approver": [200, 403, 403, 403, 403],
        "other secretary": [200, 403, 403, 403, 200],
        "auditor": [200, 403, 403, 403, 403],
        "member": [404] * 5,
    }
