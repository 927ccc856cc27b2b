"""The next body's draft on an item: a link to the draft itself for who may read it, a title for the others (row 36)."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.cases.actions.attachments import link_draft
from sagsgang.cases.models import Case
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.models import AuditEntry
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.tests.agenda import DIR_DAY, IN_TIME, MTU_DAY, approved_case, decide, meeting_of


def on_agenda(town: Town, case: Case) -> AgendaItem:
    with time_machine.travel(IN_TIME):
        meeting = meeting_of(town.mtu, MTU_DAY)
        item = actions.put_on_agenda(case, meeting=meeting, actor=town.secretary)
        actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    return item


def title_of(case: Case) -> str:
    return gettext("{title} (draft)").format(title=case.title)


def link_to(case: Case) -> str:
    return f'<a href="{reverse("cases:presentation", args=[case.pk])}">{title_of(case)}</a>'


def page(client: Client, item: AgendaItem) -> str:
    return client.get(reverse("meetings:item", args=[item.pk])).content.decode()


def read_by(user: User, item: AgendaItem) -> str:
    return page(signed_in_as(user), item)


@pytest.fixture
def linked(town: Town) -> Case:
    """A case of another unit, whose draft is written for the council."""
    return make_case(town, "Regulativ til byrådet", caseworker=town.stranger, unit=town.other_unit)


@pytest.fixture
def case(town: Town, linked: Case) -> Case:
    case = approved_case(town)
    link_draft(case, draft=linked.presentations.get(), actor=town.writer)
    return case


def test_the_item_links_to_the_draft_for_who_may_read_it(town: Town, case: Case, linked: Case) -> None:
    item = on_agenda(town, case)

    without = read_by(town.secretary, item)
    linked.review_copies.create(reader=town.secretary, asked_by=town.stranger)
    within = read_by(town.secretary, item)

    assert item.attachments.get().presentation == linked.presentations.get()
    assert (title_of(linked) in without, link_to(linked) in without) == (True, False)
    assert link_to(linked) in within
    assert (title_of(linked) in read_by(town.member, item), link_to(linked) in read_by(town.member, item)) == (
        True,
        False,
    )


def test_a_closed_draft_has_not_even_a_title_for_who_reads_nothing_closed(town: Town, linked: Case) -> None:
    Case.objects.filter(pk=linked.pk).update(access="closed", ground="tender")
    linked.refresh_from_db()
    case = approved_case(town)
    link_draft(case, draft=linked.presentations.get(), actor=town.writer)
    item = on_agenda(town, case)

    assert linked.title not in read_by(town.auditor, item)
    assert title_of(linked) in read_by(town.member, item)
    assert AuditEntry.objects.filter(verb="read_closed", actor_id=town.member.pk).count() == 1


def test_the_link_goes_with_the_case_to_the_next_body(town: Town, case: Case, linked: Case) -> None:
    town.kb.appointments.create(user=town.dir_secretary, role="secretary")
    with time_machine.travel(IN_TIME):
        item = actions.put_on_agenda(case, meeting=meeting_of(town.dir, DIR_DAY), actor=town.dir_secretary)
        decide(item, town)
        later = actions.carry_forward(item, meeting=meeting_of(town.mtu, MTU_DAY), actor=town.dir_secretary)

    assert later.attachments.get().presentation == linked.presentations.get()


def test_the_page_costs_the_same_for_many_links(
    town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = approved_case(town, "Få"), approved_case(town, "Mange")
    for case, count in ((few, 1), (many, 20)):
        for number in range(count):
            link_draft(case, draft=make_case(town, f"Udkast {number}").presentations.get(), actor=town.writer)
    with time_machine.travel(IN_TIME):
        meeting = meeting_of(town.mtu, MTU_DAY)
        items = [actions.put_on_agenda(case, meeting=meeting, actor=town.secretary) for case in (few, many)]
    client = signed_in_as(town.secretary)
    page(client, items[0])

    counted = []
    for item in items:
        with django_assert_max_num_queries(12) as asked:
            page(client, item)
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_a_sub_item_that_becomes_a_case_keeps_its_links(town: Town, case: Case, linked: Case) -> None:
    with time_machine.travel(IN_TIME):
        meeting = meeting_of(town.mtu, MTU_DAY)
        gathering = actions.add_collective_item(meeting, title="Øvrige punkter", actor=town.secretary)
        sub = actions.put_on_agenda(case, meeting=meeting, parent=gathering, actor=town.secretary)
        AgendaItem.objects.filter(pk=sub.pk).update(case=gathering.case)  # a part of its item's case, with a link
        promoted = actions.promote_subitem(sub, title="Ny sti", actor=town.secretary)

    kept = promoted.attachments.get()
    assert (kept.presentation, kept.file, kept.title) == (linked.presentations.get(), None, linked.title)
