"""Closed follow-ups: who reads the words, whom a conflict of interest shuts out, what others see; and the log of it.

Two houses that differ in closed words alone look the same to who may not read them.
"""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role
from sagsgang.cases.actions.remarks import make_remark
from sagsgang.cases.models import Case, Section
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.models import AuditEntry
from sagsgang.followups import actions, queries
from sagsgang.followups.models import FollowUp
from sagsgang.followups.permissions import FollowUpRows, eyes_of
from sagsgang.followups.tests.factories import CLOSED, conflict, dir_item, facts, give, mtu_item
from sagsgang.meetings.models import AgendaItem

WORDS = "Byd højst 2 mio. kr."


def user_in(town: Town, body: Body | None, role: str, name: str) -> User:
    user = User.objects.create_user(name, first_name=name.capitalize(), last_name="Prøve")
    Appointment.objects.create(user=user, body=body, role=role)
    return user


def reads(row: FollowUp, *users: User) -> list[bool | None]:
    """Whether each reads the words; None for who does not see it."""
    found = [
        FollowUpRows().seen_by(eyes_of(user)).filter(pk=row.pk).values_list("may_read", flat=True).first()
        for user in users
    ]
    return list(found)


def test_an_open_one_is_read_by_all_who_see_the_item_and_by_nobody_else(town: Town) -> None:
    row = give(town, dir_item(town))
    hr = user_in(town, town.dir, Role.HR, "hr")
    other = user_in(town, town.kb, Role.MEMBER, "fremmed")

    assert reads(row, town.dir_secretary, town.writer, hr, town.auditor, town.manager) == [True] * 5
    assert reads(row, town.stranger, other) == [None, None]


def test_a_closed_one_is_read_by_who_reads_the_case_or_the_closed_item(town: Town) -> None:
    row = give(town, dir_item(town, **CLOSED))
    director, hr, member = (
        user_in(town, town.dir, role, name)
        for role, name in ((Role.DIRECTOR, "dirigent"), (Role.HR, "hr"), (Role.MEMBER, "ordinær"))
    )

    assert reads(row, town.dir_secretary, town.writer, town.manager, director, member) == [True] * 5
    assert reads(row, hr, town.auditor, town.admin) == [False] * 3
    assert reads(row, town.stranger) == [None]


def test_a_later_closed_item_brings_it_along_and_an_open_one_only_that_it_is_there(town: Town) -> None:
    item = dir_item(town, **CLOSED)
    row = give(town, item)
    before = reads(row, town.member)
    later = mtu_item(town, item.case)
    at_closed = reads(row, town.member)
    AgendaItem.objects.filter(pk=later.pk).update(access="open", ground="")

    assert (before, at_closed, reads(row, town.member)) == ([None], [True], [False])


def test_what_a_later_body_gives_closed_is_not_read_at_the_earlier_one(town: Town) -> None:
    item = dir_item(town, **CLOSED)
    later = mtu_item(town, item.case)
    row = actions.give_follow_up(item.case, facts(WORDS), item=later, actor=town.secretary)
    human = user_in(town, town.dir, Role.MEMBER, "ordinær")

    assert reads(row, town.member, human) == [True, False]


def test_the_works_council_reads_nothing_closed(town: Town) -> None:
    row = give(town, dir_item(town, **CLOSED))
    assert row.item_id is not None
    AgendaItem.objects.filter(pk=row.item_id).update(meeting=_council_meeting(town))
    FollowUp.objects.filter(pk=row.pk).update(body=town.hu)
    member = user_in(town, town.hu, Role.MEMBER, "medarbejder")

    assert reads(row, member) == [False]


def _council_meeting(town: Town) -> object:
    return town.hu.meetings.create(held_on="2026-04-08", agenda_sent_at="2030-01-01 00:00+00:00").pk


def test_whom_it_is_given_to_by_name_reads_it_and_her_unit_does_not(town: Town) -> None:
    row = give(town, dir_item(town, **CLOSED), unit=town.other_unit)
    by_unit = reads(row, town.stranger)
    FollowUp.objects.filter(pk=row.pk).update(owner=town.stranger)

    assert (by_unit, reads(row, town.stranger)) == ([False], [True])


@pytest.mark.parametrize("who", ["dir_secretary", "writer", "stranger"])
def test_a_conflict_of_interest_shuts_each_of_them_out(town: Town, who: str) -> None:
    row = give(town, dir_item(town, **CLOSED), owner=town.stranger)
    user: User = getattr(town, who)
    assert row.item is not None
    before = reads(row, user)

    conflict(row.item, user, town)

    client = signed_in_as(user)
    page = client.get(reverse("followups:follow-up", args=[row.pk])).content.decode()
    note = client.post(reverse("followups:note-follow-up", args=[row.pk]), {"note-words": "Ord"}).status_code
    change = client.get(reverse("followups:change-follow-up", args=[row.pk])).status_code
    assert (before, reads(row, user)) == ([True], [False])
    assert (row.words in page, note, change) == (False, 403, 403)


def test_a_conflict_at_a_later_body_shuts_out_of_the_earlier_one_too(town: Town) -> None:
    item = dir_item(town, **CLOSED)
    row = give(town, item)
    conflict(mtu_item(town, item.case), town.dir_secretary, town)

    assert reads(row, town.dir_secretary) == [False]


def test_a_remark_on_a_closed_passage_is_closed_and_stays_in_the_house(town: Town) -> None:
    item = dir_item(town)
    section = Section.objects.filter(presentation__case=item.case).first()
    assert section is not None
    Section.objects.filter(pk=section.pk).update(access="closed", ground="tender")
    remark = make_remark(item.case, text="Prisen", section=section, actor=town.writer)
    row = actions.give_follow_up(item.case, facts(WORDS), remark=remark, actor=town.writer)
    hr = user_in(town, town.dir, Role.HR, "hr")

    assert FollowUpRows().seen_by(eyes_of(town.writer)).values_list("is_closed", flat=True).get(pk=row.pk) is True
    assert reads(row, town.writer, town.manager, hr, town.auditor) == [True, True, None, None]


def test_words_on_an_agenda_that_is_not_sent_are_for_who_prepares_it(town: Town) -> None:
    row = give(town, dir_item(town))
    member = user_in(town, town.dir, Role.MEMBER, "ordinær")
    sent = reads(row, member)
    assert row.item is not None
    type(row.item.meeting).objects.filter(pk=row.item.meeting_id).update(agenda_sent_at=None)

    assert (sent, reads(row, member), reads(row, town.dir_secretary)) == ([True], [None], [True])


def pages(user: User, row: FollowUp, town: Town) -> list[str]:
    """Every page on which it may stand, with the tokens of the form taken out; searched and sorted too."""
    client = signed_in_as(user)
    assert row.item is not None
    addresses = [
        reverse("followups:follow-up", args=[row.pk]),
        reverse("followups:at-item", args=[row.item_id]),
        reverse("followups:body-follow-ups", args=[town.dir.pk]),
        reverse("followups:body-follow-ups", args=[town.dir.pk]) + "?sort=owner",
        reverse("followups:body-follow-ups", args=[town.dir.pk]) + "?words=mio&show=all",
        reverse("followups:follow-ups"),
    ]
    return [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(url).content.decode()) for url in addresses
    ]


@pytest.mark.parametrize("who", ["hr", "auditor", "conflicted"])
def test_two_houses_that_differ_in_closed_words_look_the_same(town: Town, who: str) -> None:
    first = give(town, dir_item(town, "Åben sag"), "Åbne ord", owner_role="M")
    row = give(town, dir_item(town, "Køb af Møllevej 4", **CLOSED), WORDS, owner_role="A", unit=town.other_unit)
    actions.finish_follow_up(row, words="Købt for 1,9 mio.", actor=town.dir_secretary)
    actions.reopen_follow_up(row, words="Sælger fortrød", actor=town.dir_secretary)
    user = town.auditor if who == "auditor" else user_in(town, town.dir, Role.HR if who == "hr" else Role.MEMBER, who)
    assert row.item is not None
    if who == "conflicted":
        conflict(row.item, user, town)
    one = pages(user, row, town)

    Case.objects.filter(pk=row.case_id).update(title="Salg af Åvej 9")
    FollowUp.objects.filter(pk=row.pk).update(
        words="Noget helt andet", owner_role="Z", unit=town.unit, owner=town.manager
    )

    assert pages(user, row, town) == one
    assert [
        word for word in (WORDS, "Møllevej", "1,9 mio", "fortrød", "Børn og Skole") if any(word in page for page in one)
    ] == []
    assert all("Lukket sag" in page for page in (one[0], one[2], one[3]))
    assert "Åbne ord" in one[2] and first.words == "Åbne ord"
    assert FollowUpRows().seen_by(eyes_of(user)).filter(pk=row.pk).exists()


def test_each_showing_of_closed_words_is_logged_and_no_other(town: Town) -> None:
    row = give(town, dir_item(town, **CLOSED))
    hr = user_in(town, town.dir, Role.HR, "hr")
    began = now()

    for user in (town.dir_secretary, hr):
        pages(user, row, town)

    entries = AuditEntry.objects.filter(verb="read_closed", at__gte=began).select_related("actor").order_by("at")
    assert [(entry.actor, entry.subject.split(":")[0]) for entry in entries] == [
        (town.dir_secretary, "meetings.AgendaItem"),
        (town.dir_secretary, "meetings.AgendaItem"),
        (town.dir_secretary, "bodies.Body"),
        (town.dir_secretary, "bodies.Body"),
    ]
    assert {tuple(entry.data["follow_ups"]) for entry in entries} == {(str(row.pk),)}


def test_a_protocol_of_an_open_item_prints_nothing_closed(town: Town) -> None:
    opened, closed = give(town, dir_item(town, "Åben")), give(town, dir_item(town, "Lukket", **CLOSED), WORDS)
    assert opened.item is not None and closed.item_id is not None
    meeting = opened.item.meeting
    before = queries.given_from(queries.given_rows(meeting))
    AgendaItem.objects.filter(pk=closed.item_id).update(access="open", ground="")

    lines = {opened.item_id: [(opened.words, opened.owner_role, opened.due_on)]}
    assert before == lines | {closed.item_id: [(WORDS, closed.owner_role, closed.due_on)]}
    assert queries.given_from(queries.given_rows(meeting)) == lines
