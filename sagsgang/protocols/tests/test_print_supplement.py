"""A supplementary agenda prints what went out on its day, whatever was renewed, renamed or closed since."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Case, CaseAttachment, Section
from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.meetings import actions
from sagsgang.meetings.actions import SpeakerFacts
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Meeting, PlannedStep
from sagsgang.meetings.queries.as_sent import rows_as_sent
from sagsgang.meetings.rendering.decided import speakers_of
from sagsgang.meetings.tests.agenda import IN_TIME, MTU_DAY, approve, approved_case, attach, meeting_of
from sagsgang.protocols.queries.prints import new_in
from sagsgang.protocols.tests.test_prints import fetched, words_of_docx


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture
def late(town: Town, meeting: Meeting) -> AgendaItem:
    """An item that went out in the supplementary agenda no. 1."""
    actions.put_on_agenda(approved_case(town, "Første"), meeting=meeting, actor=town.secretary)
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    case = approved_case(town, "Sen sti")
    attach(case, "Første kort")
    meeting.refresh_from_db()
    item = actions.put_on_agenda(case, meeting=meeting, late_reason="Haster.", actor=town.secretary)
    actions.send_supplement(meeting, reason="Et hastende tilbud.", anyway=True, actor=town.secretary)
    item.refresh_from_db()
    return item


def renew(town: Town, item: AgendaItem, **facts: str) -> None:
    """New words, another name and another attachment go out."""
    draft = begin_draft(item.case, actor=town.writer)
    Section.objects.filter(presentation=draft, kind="presentation").update(
        html="<p>Stien er nu 900 m lang.</p>", **facts
    )
    Case.objects.filter(pk=item.case_id).update(title="Lang sti")
    CaseAttachment.objects.filter(case=item.case_id).update(title="Andet kort")
    approve(item.case, town)
    fresh = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    actions.renew_item(fresh, reason="Længere.", actor=town.secretary)


def printed(town: Town, number: int, user: str = "secretary") -> str:
    version = AgendaVersion.objects.get(number=number)
    return words_of_docx(fetched(getattr(town, user), "print-supplement", version, "docx")[0])


def test_it_prints_the_words_that_went_out(town: Town, late: AgendaItem) -> None:
    renew(town, late)

    first, second = printed(town, 2), printed(town, 3)

    assert [word in first for word in ("Sen sti", "400 m lang", "Første kort", "Haster.")] == [True] * 4
    assert [word in first for word in ("Lang sti", "900 m lang", "Andet kort", "Længere.")] == [False] * 4
    assert [word in second for word in ("Lang sti", "900 m lang", "Andet kort", "Længere.")] == [True] * 4


def test_it_prints_the_speakers_and_the_path_of_the_day_it_was_sent(town: Town, meeting: Meeting) -> None:
    actions.put_on_agenda(approved_case(town, "Første"), meeting=meeting, actor=town.secretary)
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    meeting.refresh_from_db()
    item = actions.put_on_agenda(
        approved_case(town, "Sen sti"), meeting=meeting, late_reason="Haster.", actor=town.secretary
    )
    PlannedStep.objects.create(item=item, position=9, stated_body="Borgermøde", planned_on=date(2026, 4, 7))
    bo = SpeakerFacts("Bo Friis", role="Teknisk chef", is_talk=True, minutes=5)
    speaker = actions.name_speaker(item, bo, actor=town.secretary)
    actions.send_supplement(meeting, reason="Et hastende tilbud.", anyway=True, actor=town.secretary)
    as_sent = printed(town, 2)

    actions.change_speaker(speaker, SpeakerFacts("Eva Eng", is_talk=True, minutes=9), actor=town.secretary)
    PlannedStep.objects.filter(item=item).update(stated_body="Et andet udvalg")

    words = ("Teknisk chef Bo Friis", "5 minutter", "Borgermøde", "Eva Eng", "Et andet udvalg")
    assert [word in as_sent for word in words] == [True, True, True, False, False]
    assert printed(town, 2) == as_sent
    AgendaItem.objects.filter(pk=item.pk).update(access="closed", ground="tender", closing_reason="Tilbud")
    assert [word in printed(town, 2, "auditor") for word in words] == [False] * 5


def test_a_version_that_did_not_keep_speakers_and_path_prints_those_of_now(town: Town, late: AgendaItem) -> None:
    version = AgendaVersion.objects.get(number=2)
    version.lines = [
        {name: value for name, value in line.items() if name not in {"speakers", "path"}} for line in version.lines
    ]
    actions.name_speaker(late, SpeakerFacts("Eva Eng"), actor=town.secretary)

    [item] = rows_as_sent(version, [late.pk]).items.all()

    assert [row.line for row in speakers_of(item)] == ["Eva Eng"]
    assert [step.stated_body for step in item.steps.all()] == [step.stated_body for step in late.steps.all()]


def test_what_was_closed_since_stays_closed_on_the_old_print(town: Town, late: AgendaItem) -> None:
    renew(town, late)
    AgendaItem.objects.filter(pk=late.pk).update(access="closed", ground="tender", closing_reason="Tilbud")

    hers, theirs = printed(town, 2), printed(town, 2, "auditor")

    assert "400 m lang" in hers
    assert [word in theirs for word in ("Sen sti", "400 m lang", "Første kort")] == [False] * 3


def test_an_attachment_or_a_section_that_was_closed_since_is_closed_on_the_old_print(
    town: Town, late: AgendaItem
) -> None:
    renew(town, late, access="closed", ground="tender")
    late.attachments.filter(withdrawn_at=None).update(access="closed", ground="tender")

    theirs = printed(town, 2, "auditor")

    assert [word in theirs for word in ("Sen sti", "400 m lang", "Første kort")] == [True, False, False]


def test_the_rows_of_an_old_version_cost_the_same_for_few_and_many(
    town: Town, late: AgendaItem, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = AgendaVersion.objects.get(number=2)

    for which in (new_in(version), [line["item"] for line in version.lines]):
        with django_assert_num_queries(12):
            rows_as_sent(version, which)
