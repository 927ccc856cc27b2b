"""Remarks on a version: made, taken back, answered, made a task, and done in a version."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.calendar import deadline
from sagsgang.cases.actions.remarks import answer_remark, finish_task, give_task, make_remark, withdraw_remark
from sagsgang.cases.models import Case, ChangeTask, Presentation, Remark, Section
from sagsgang.cases.queries.reading import read_version
from sagsgang.cases.queries.remarks import shown_remarks
from sagsgang.cases.tests.factories import Town, add_step, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


@pytest.fixture
def section(case: Case) -> Section:
    return case.presentations.get().sections.get(position=1)


@pytest.fixture
def remark(case: Case, section: Section, town: Town) -> Remark:
    return make_remark(case, text="Skriv kilden.", section=section, quote="400 m", actor=town.director)


def states(case: Case, user: User) -> list[tuple[str, str, bool]]:
    read = read_version(case)
    remarks = shown_remarks(case, user, read.sections if read else (), localdate())
    return [(remark.row.text, remark.state, remark.is_gone) for remark in remarks]


def approval(case: Case) -> str:
    return reverse("cases:approval", args=[case.pk])


def post(user: User, name: str, row: Case | Remark | ChangeTask, **words: object) -> tuple[int, str]:
    response = signed_in_as(user).post(reverse(f"cases:{name}", args=[row.pk]), words)
    return response.status_code, response.content.decode()


def test_a_remark_is_on_a_passage_of_a_version_and_from_a_meeting(town: Town, case: Case, section: Section) -> None:
    step = add_step(case, town.dir, localdate().replace(year=2023, month=4, day=12), "discussion")
    words = {
        "remark-section": section.pk, "remark-quote": "400 m", "remark-step": step.pk, "remark-text": "Mål efter.",
    }  # fmt: skip

    status, _page = post(town.dir_secretary, "make-remark", case, **words)

    assert status == 302
    remark = Remark.objects.get()
    assert (remark.presentation, remark.section, remark.step, remark.quote) == (
        section.presentation, section, step, "400 m",
    )  # fmt: skip
    page = signed_in_as(town.writer).get(approval(case)).content.decode()
    assert "DIR 12-04-2023" in page
    entry = AuditEntry.objects.get(verb="make_remark")
    assert entry.data == {"remark": str(remark.pk), "version": 1}


@pytest.mark.parametrize(
    "words",
    [
        {"remark-text": "  "},
        {"remark-text": "Hej", "remark-section": "nonsense"},
        {"remark-text": "Hej", "remark-quote": "x" * 501},
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(town: Town, case: Case, words: dict[str, str]) -> None:
    status, page = post(town.manager, "make-remark", case, **words)

    assert (status, Remark.objects.count()) == (422, 0)
    assert "error-summary" in page


def test_a_passage_that_is_no_longer_there_is_marked(town: Town, case: Case, section: Section, remark: Remark) -> None:
    assert states(case, town.writer) == [("Skriv kilden.", "open", False)]
    Section.objects.filter(pk=section.pk).update(html="<p>Stien bliver 900 m lang.</p>")

    assert states(case, town.writer) == [("Skriv kilden.", "open", True)]


def test_a_remark_follows_its_section_into_the_next_version(
    town: Town, case: Case, section: Section, remark: Remark
) -> None:
    old = case.presentations.get()
    Presentation.objects.filter(pk=old.pk).update(frozen_at="2026-04-01T10:00Z", frozen_by="sent")
    new = Presentation.objects.create(case=case, replaces=old, number=2, created_by=town.writer)
    Section.objects.create(
        presentation=new, position=1, kind=section.kind, heading="Sagsfremstilling", lineage=section.lineage,
        html="<p>Stien bliver\n 400 m lang.</p>",
    )  # fmt: skip

    assert states(case, town.writer) == [("Skriv kilden.", "open", False)]


def test_open_ones_stand_first_and_what_is_over_last(town: Town, case: Case) -> None:
    made = [make_remark(case, text=str(n), actor=town.manager) for n in range(6)]
    answer_remark(made[0], answer="Nej, fordi …", actor=town.writer)
    withdraw_remark(made[1], actor=town.manager)
    done = give_task(made[2], owner=town.writer, due_on=localdate(), actor=town.manager)
    finish_task(done, actor=town.writer)
    late = give_task(made[3], owner=town.writer, due_on=localdate(), actor=town.manager)
    ChangeTask.objects.filter(pk=late.pk).update(due_on=localdate() - timedelta(days=1))
    give_task(made[4], owner=town.writer, due_on=localdate(), actor=town.manager)

    assert [(text, state) for text, state, _gone in states(case, town.writer)] == [
        ("5", "open"), ("3", "late"), ("4", "task"), ("2", "done"), ("0", "answered"), ("1", "withdrawn"),
    ]  # fmt: skip


def test_a_remark_that_was_taken_back_is_not_read_any_more(town: Town, case: Case, remark: Remark) -> None:
    assert post(town.director, "withdraw-remark", remark)[0] == 302

    page = signed_in_as(town.writer).get(approval(case)).content.decode()

    assert "Skriv kilden." not in page


def test_only_her_own_and_only_while_it_is_unanswered(town: Town, remark: Remark) -> None:
    post(town.writer, "withdraw-remark", remark)
    remark.refresh_from_db()
    assert remark.answered_at is None
    give_task(remark, owner=town.writer, due_on=localdate(), actor=town.writer)

    for act in (
        lambda: withdraw_remark(remark, actor=town.director),
        lambda: answer_remark(remark, answer="Nej", actor=town.writer),
        lambda: give_task(remark, owner=town.writer, due_on=localdate(), actor=town.writer),
    ):
        with pytest.raises(RuleBrokenError):
            act()


def test_a_remark_becomes_a_task_with_owner_and_day_and_is_done_in_a_version(
    town: Town, case: Case, remark: Remark
) -> None:
    day = localdate() + timedelta(days=3)
    words = {"task-owner": town.colleague.pk, "task-due_on": day.isoformat(), "task-text": "Find kilden"}
    status, _page = post(town.director, "give-task", remark, **words)
    assert status == 302
    task = ChangeTask.objects.get()
    assert (task.owner, task.due_on, task.given_by) == (town.colleague, day, town.director)

    assert post(town.stranger, "finish-task", task)[0] == 404
    assert post(town.director, "finish-task", task)[0] == 403
    assert post(town.colleague, "finish-task", task, **{"finish-note": "Kilden er skrevet."})[0] == 302

    task.refresh_from_db()
    assert (task.done_by, task.done_in, task.done_note) == (
        town.colleague, case.presentations.get(), "Kilden er skrevet.",
    )  # fmt: skip
    page = signed_in_as(town.director).get(approval(case)).content.decode()
    assert "Kilden er skrevet." in page
    with pytest.raises(RuleBrokenError):
        finish_task(task, actor=town.writer)


def test_a_task_is_for_those_on_the_case_and_for_a_day_to_come(town: Town, remark: Remark) -> None:
    yesterday = localdate() - timedelta(days=1)

    refused = [
        post(town.writer, "give-task", remark, **{"task-owner": owner.pk, "task-due_on": day})[0]
        for owner, day in (
            (town.stranger, localdate().isoformat()), (town.writer, yesterday.isoformat()), (town.writer, "i morgen"),
        )
    ]  # fmt: skip

    assert refused == [422, 422, 422]
    assert ChangeTask.objects.count() == 0


def test_the_proposed_day_is_the_safe_deadline_of_the_next_step(town: Town, case: Case, remark: Remark) -> None:
    meeting_on = localdate() + timedelta(days=40)
    add_step(case, town.mtu, meeting_on)

    page = signed_in_as(town.writer).get(approval(case), {"task": str(remark.pk)}).content.decode()

    assert f'value="{deadline(meeting_on, days=4).safe.isoformat()}"' in page
    assert page.count("give-task") == 1 or page.count("/task/") == 1


def test_an_answer_says_why_nothing_is_changed(town: Town, case: Case, remark: Remark) -> None:
    assert post(town.writer, "answer-remark", remark, **{"answer-answer": " "})[0] == 422

    assert post(town.writer, "answer-remark", remark, **{"answer-answer": "Kilden står i bilag 2."})[0] == 302

    remark.refresh_from_db()
    assert (remark.answer, remark.answered_by) == ("Kilden står i bilag 2.", town.writer)


def test_a_reader_of_a_copy_remarks_and_decides_nothing(town: Town, case: Case, remark: Remark) -> None:
    case.review_copies.create(reader=town.stranger, asked_by=town.writer)

    assert post(town.stranger, "make-remark", case, **{"remark-text": "God sag."})[0] == 302
    assert post(town.stranger, "answer-remark", remark, **{"answer-answer": "Nej"})[0] == 403
    assert post(town.stranger, "give-task", remark)[0] == 403


def test_who_reads_no_drafts_makes_no_remarks(town: Town, case: Case, remark: Remark) -> None:
    assert post(town.auditor, "make-remark", case, **{"remark-text": "Hej"})[0] == 403
    assert post(town.admin, "withdraw-remark", remark)[0] == 403
    assert post(town.admin, "answer-remark", remark)[0] == 403


def test_nonsense_in_the_address_opens_nothing(town: Town, case: Case, remark: Remark) -> None:
    client = signed_in_as(town.writer)

    for query in ("task=", "task=1", f"finish={remark.pk}", "answer=' OR 1=1"):
        page = client.get(f"{approval(case)}?{query}")
        assert page.status_code == 200
        assert "at-remark" not in page.content.decode()


def test_a_remark_belongs_to_its_case(town: Town, case: Case) -> None:
    other = make_case(town, "En anden").presentations.get()

    with pytest.raises(RuleBrokenError, match=gettext("The remark belongs to another case.")):
        make_remark(case, text="Hej", version=other, actor=town.writer)
