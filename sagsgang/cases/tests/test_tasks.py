"""My tasks: what waits for each, the late first; nothing that is another's; and an empty list that helps."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.cases.actions.approval import approve_case, give_review_copy, send_back, submit_for_approval
from sagsgang.cases.actions.hearings import ask_hearing
from sagsgang.cases.actions.remarks import finish_task, give_task, make_remark
from sagsgang.cases.models import Case, ChangeTask, Hearing
from sagsgang.cases.queries.approval import content_digest, whose_turn
from sagsgang.cases.queries.tasks import tasks_of
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as

QUERIES = 10


def lines(user: User) -> list[tuple[str, str, bool]]:
    return [(line.kind, line.case.title, line.is_late) for line in tasks_of(user)]


def approve(case: Case, actor: User) -> None:
    turn = whose_turn(case)
    approve_case(case, seen=content_digest(case.presentations.get()), level=turn.position if turn else 0, actor=actor)


def test_a_case_waits_for_one_level_at_a_time(town: Town) -> None:
    case = make_case(town, "Stien")
    submit_for_approval(case, actor=town.writer)
    first = {user.username: lines(user) for user in (town.manager, town.deputy, town.director, town.writer)}
    approve(case, town.manager)
    second = {user.username: lines(user) for user in (town.manager, town.deputy, town.director)}
    for approver in (town.director, town.chief):
        approve(case, approver)

    waits = [("approval", "Stien", False)]
    assert first == {"manager": waits, "deputy": waits, "director": [], "writer": []}
    assert second == {"manager": [], "deputy": [], "director": waits}
    assert [lines(user) for user in (town.director, town.chief)] == [[], []]


def test_a_deputy_is_told_for_whom(town: Town) -> None:
    submit_for_approval(make_case(town), actor=town.writer)

    (line,) = tasks_of(town.deputy)

    assert line.what == pgettext("task", "Approve as deputy")
    assert "Manager Prøve" in line.note


def test_late_ones_stand_first_then_those_with_a_day(town: Town) -> None:
    today = localdate()
    back, change, late, copy, heard = (make_case(town, name) for name in ("Tilbage", "Ret", "Sent", "Læs", "Hørt"))
    submit_for_approval(back, actor=town.writer)
    send_back(back, comment="Ret det", level=1, actor=town.manager)
    for case, day in ((change, today + timedelta(days=2)), (late, today)):
        remark = make_remark(case, text="Ret", actor=town.manager)
        give_task(remark, owner=town.writer, due_on=day, actor=town.manager)
    ChangeTask.objects.filter(remark__case=late).update(due_on=today - timedelta(days=1))
    give_review_copy(copy, reader=town.writer, actor=town.colleague)
    ask_hearing(heard, body=town.elders, concern="elderly", question="", answer_by=today, actor=town.writer)
    Hearing.objects.update(asked_on=today - timedelta(days=9), answer_by=today - timedelta(days=3))

    assert lines(town.writer) == [
        ("hearing", "Hørt", True), ("change", "Sent", True), ("change", "Ret", False), ("reading", "Læs", False),
        ("returned", "Tilbage", False),
    ]  # fmt: skip


def test_what_is_done_or_taken_back_waits_no_more(town: Town) -> None:
    case = make_case(town)
    task = give_task(
        make_remark(case, text="Ret", actor=town.manager), owner=town.stranger, due_on=localdate(), actor=town.manager
    )
    assert lines(town.stranger) == [("change", "Ny sti ved åen", False)]
    assert signed_in_as(town.stranger).get(reverse("cases:approval", args=[case.pk])).status_code == 200

    finish_task(task, actor=town.stranger)

    assert lines(town.stranger) == []


def test_the_page_leads_to_each_and_says_what_to_do_when_nothing_waits(town: Town) -> None:
    case = make_case(town, "Stien")
    submit_for_approval(case, actor=town.writer)

    page = signed_in_as(town.manager).get(reverse("cases:tasks")).content.decode()
    empty = signed_in_as(town.stranger).get(reverse("cases:tasks")).content.decode()

    assert f'href="{reverse("cases:approval", args=[case.pk])}"' in page
    assert "Stien" not in empty
    assert gettext("Nothing waits for you.") in empty
    assert f'href="{reverse("cases:cases")}"' in empty


def test_the_page_asks_as_often_for_three_tasks_as_for_sixty(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in_as(town.manager)
    for count in (1, 20):
        for number in range(count):
            case = make_case(town, f"Sag {number}")
            submit_for_approval(case, actor=town.writer)
            remark = make_remark(case, text="Ret", actor=town.director)
            give_task(remark, owner=town.manager, due_on=localdate(), actor=town.director)
            give_review_copy(make_case(town, f"Læs {number}"), reader=town.manager, actor=town.writer)
        with django_assert_num_queries(QUERIES):
            client.get(reverse("cases:tasks"))
