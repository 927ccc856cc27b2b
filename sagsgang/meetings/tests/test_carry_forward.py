"""When a body has decided, the case goes on with everything that was decided; nothing is retyped."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.bodies.models import Person, Seat
from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Section
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.drafts import CaseDraft, DecisionDraft, ItemDraft, MeetingDraft
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.agenda import (
    DIR_DAY,
    IN_TIME,
    KB_DAY,
    MTU_DAY,
    add_version,
    approve,
    approved_case,
    attach,
    attachments_of,
    decide,
    meeting_of,
    verbs_of,
)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


@pytest.fixture
def mtu(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture
def item(town: Town, mtu: Meeting) -> AgendaItem:
    """On the directorate's sent agenda, with a file."""
    case = approved_case(town)
    attach(case, "Kort")
    meeting = meeting_of(town.dir, DIR_DAY)
    item = actions.put_on_agenda(case, meeting=meeting, actor=town.dir_secretary)
    actions.send_agenda(meeting, actor=town.dir_secretary)
    item.refresh_from_db()
    return item


def carry(item: AgendaItem, meeting: Meeting, town: Town, late_reason: str = "") -> AgendaItem:
    return actions.carry_forward(item, meeting=meeting, late_reason=late_reason, actor=town.dir_secretary)


def decisions_of(item: AgendaItem) -> list[tuple[int, str, str, str, str, str, list[str]]]:
    return [
        (d.position, d.stated_body, str(d.decided_on), d.number, d.html, d.dissent, d.absent)
        for d in item.decisions.order_by("position")
    ]


def absent_chief(town: Town, item: AgendaItem) -> None:
    person = Person.objects.create(authority=town.authority, name="Kai Lyng", title="Kommunaldirektør")
    Seat.objects.create(body=town.dir, person=person, role="chair")
    actions.mark_absence(item.meeting, item=None, person=person, note="", actor=town.dir_secretary)


def test_the_decision_goes_on_with_dissent_and_absent(town: Town, item: AgendaItem, mtu: Meeting) -> None:
    absent_chief(town, item)
    decide(item, town, "Anbefales.", dissent="Direktøren for Teknik er imod.")

    carried = carry(item, mtu, town)

    assert decisions_of(carried) == [
        (
            1, "Direktionen", str(DIR_DAY), "1", "<p>Anbefales.</p>", "<p>Direktøren for Teknik er imod.</p>",
            [gettext("{name} ({role})").format(name="Kommunaldirektør Kai Lyng", role=gettext("chair"))],
        )
    ]  # fmt: skip
    assert (carried.carried_from, carried.case, carried.meeting) == (item, item.case, mtu)
    assert carried.step == item.case.path.get(body=town.mtu)
    assert (carried.presentation, carried.kind) == (item.presentation, "B")
    assert attachments_of(carried) == [(1, "Kort", "open", 1)]
    assert verbs_of(carried) == ["carry_forward"]
    assert verbs_of(item.case)[-1] == "carry_forward"


def test_through_three_bodies_the_decisions_stand_in_order(town: Town, item: AgendaItem, mtu: Meeting) -> None:
    decide(item, town)
    second = carry(item, mtu, town)
    decide(second, town, "Indstilles godkendt.")
    council = meeting_of(town.kb, KB_DAY)

    third = carry(second, council, town)
    decide(third, town, "Godkendt.")

    assert [(row[1], row[3], row[4]) for row in decisions_of(third)] == [
        ("Direktionen", "1", "<p>Anbefales.</p>"),
        ("Miljø- og Teknikudvalget", "1", "<p>Indstilles godkendt.</p>"),
        ("Kommunalbestyrelsen", "1", "<p>Godkendt.</p>"),
    ]
    assert [(s.stated_body, s.planned_on) for s in third.steps.all()] == [
        ("DIR", DIR_DAY),
        ("MTU", MTU_DAY),
        ("KB", KB_DAY),
    ]


def test_the_newest_files_go_on_and_approved_words(town: Town, item: AgendaItem, mtu: Meeting) -> None:
    file = item.case.attachments.get().file
    assert file is not None
    add_version(file, b"nyt")
    decide(item, town)
    draft = begin_draft(item.case, actor=town.writer)
    Section.objects.filter(presentation=draft, kind="presentation").update(html="<p>Stien bliver 600 m lang.</p>")
    approve(item.case, town)

    carried = carry(item, mtu, town)
    client = signed_in_as(town.secretary)
    page = client.get(reverse("meetings:item", args=[carried.pk])).content.decode()
    changes = client.get(reverse("meetings:compare-item", args=[carried.pk])).content.decode()

    assert (carried.presentation, attachments_of(carried)) == (draft, [(1, "Kort", "open", 2)])
    assert gettext("The text has been changed since.") in page
    assert reverse("meetings:compare-item", args=[carried.pk]) in page
    assert "600 </ins>" in changes


def test_words_that_are_still_written_stay_behind_until_they_are_approved(
    town: Town, item: AgendaItem, mtu: Meeting
) -> None:
    decide(item, town)
    draft = begin_draft(item.case, actor=town.writer)
    carried = carry(item, mtu, town)
    assert carried.presentation == item.presentation

    approve(item.case, town)
    actions.send_agenda(mtu, actor=town.secretary)

    carried.refresh_from_db()
    assert carried.presentation == draft


def test_without_a_decision_nothing_goes_on(town: Town, item: AgendaItem, mtu: Meeting) -> None:
    with pytest.raises(RuleBrokenError):
        carry(item, mtu, town)
    decide(item, town)
    with pytest.raises(RuleBrokenError):
        carry(item, item.meeting, town)
    carry(item, mtu, town)
    with pytest.raises(RuleBrokenError):
        carry(item, mtu, town)


def test_after_the_deadline_it_says_why(town: Town, item: AgendaItem, mtu: Meeting) -> None:
    decide(item, town)

    with time_machine.travel("2026-04-17 10:00+02:00", tick=False):
        with pytest.raises(RuleBrokenError):
            carry(item, mtu, town)
        carried = carry(item, mtu, town, "Fristen for tilbuddet udløber.")

    assert carried.late_reason == "Fristen for tilbuddet udløber."


def test_what_was_closed_at_one_body_is_closed_at_the_next(town: Town, item: AgendaItem, mtu: Meeting) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(
        access="closed", ground="personal", closing_reason="Navne", public_title="Personalesag"
    )
    decide(item, town)

    carried = carry(item, mtu, town)

    assert (carried.access, carried.ground) == ("closed", "personal")
    assert (carried.closing_reason, carried.public_title) == ("Navne", "Personalesag")


def test_an_item_from_outside_goes_on_with_what_lay_on_it(town: Town, mtu: Meeting) -> None:
    draft = MeetingDraft(
        held_on=DIR_DAY,
        items=(
            ItemDraft(
                "4", "Cykelsti", CaseDraft("Cykelsti"),
                decisions=(DecisionDraft("Direktionen", DIR_DAY, "<p>Anbefales.</p>", "recommended"),),
            ),
        ),
    )  # fmt: skip
    meeting = actions.restore_meeting(town.dir, draft, actor=town.dir_secretary).meeting
    item = AgendaItem.objects.get(meeting=meeting)

    carried = carry(item, mtu, town)

    assert [(row[1], row[3], row[4]) for row in decisions_of(carried)] == [
        ("Direktionen", "4", "<p>Anbefales.</p>"),
    ]


def test_the_page_offers_the_next_step_with_its_wished_meeting(town: Town, item: AgendaItem, mtu: Meeting) -> None:
    decide(item, town)
    client = signed_in_as(town.dir_secretary)
    url = reverse("meetings:carry-forward", args=[item.pk])

    page = client.get(reverse("meetings:item", args=[item.pk])).content.decode()
    form = client.get(url).content.decode()
    response = client.post(url, {"meeting": mtu.pk})
    after = client.get(reverse("meetings:item", args=[item.pk])).content.decode()

    assert gettext("Send on to {body}, {day}").format(body="MTU", day="20. april 2026") in page
    assert f'<option value="{mtu.pk}" selected>' in form
    assert response.status_code == 302
    assert reverse("meetings:item", args=[AgendaItem.objects.get(meeting=mtu).pk]) in after
    assert url not in after


def test_a_wrong_choice_is_answered(town: Town, item: AgendaItem, mtu: Meeting) -> None:
    decide(item, town)
    url = reverse("meetings:carry-forward", args=[item.pk])

    for chosen in ("", "nej", item.meeting_id):
        response = signed_in_as(town.dir_secretary).post(url, {"meeting": chosen, "late_reason": "Haster meget"})
        assert response.status_code == 422
        assert "Haster meget" in response.content.decode()


def test_the_dissent_is_written_with_the_decision_and_shown(town: Town, item: AgendaItem) -> None:
    client = signed_in_as(town.dir_secretary)
    decide(item, town, dissent="Liste Ø er imod.")

    page = client.get(reverse("meetings:item", args=[item.pk])).content.decode()

    assert item.decisions.get().dissent == "<p>Liste Ø er imod.</p>"
    assert "<p>Liste Ø er imod.</p>" in page
