"""Hearings: what a case's ticks demand, and how a council is asked, answers, is not waited for."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.calendar import deadline
from sagsgang.bodies.models import Appointment, Authority, Body
from sagsgang.cases.actions.hearings import ask_hearing, record_answer, skip_hearing, waive_hearing, withdraw_hearing
from sagsgang.cases.models import Case, Hearing
from sagsgang.cases.rules.hearings import HearingFact, MissingHearing, missing_hearings
from sagsgang.cases.tests.factories import Town, add_step, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry

TODAY = date(2026, 4, 14)
EARLIER, LATER = date(2026, 4, 13), date(2026, 4, 15)
QUERIES = 11


def fact(concern: str, answer_by: date = LATER, state: str = "") -> HearingFact:
    return HearingFact(concern, answer_by, is_answered=state == "answered", is_waived=state == "waived")


@pytest.mark.parametrize(
    ("ticks", "hearings", "missing"),
    [
        ((False, False, False), [], []),
        ((True, False, False), [], [MissingHearing("elderly", "not_asked", None, blocks=True)]),
        ((False, True, False), [fact("elderly")], [MissingHearing("disability", "not_asked", None, blocks=True)]),
        ((False, False, True), [], [MissingHearing("staff", "not_asked", None, blocks=False)]),
        ((True, False, False), [fact("elderly")], [MissingHearing("elderly", "not_answered", LATER, blocks=True)]),
        (
            (True, False, False),
            [fact("elderly", EARLIER)],
            [MissingHearing("elderly", "overdue", EARLIER, blocks=True)],
        ),
        (
            (True, False, False),
            [fact("elderly", TODAY)],
            [MissingHearing("elderly", "not_answered", TODAY, blocks=True)],
        ),
        ((True, False, False), [fact("elderly", EARLIER, "answered")], []),
        ((True, False, False), [fact("elderly", EARLIER, "waived")], []),
        # Two councils were asked: both answers are waited for.
        (
            (True, False, False),
            [fact("elderly", EARLIER, "answered"), fact("elderly")],
            [MissingHearing("elderly", "not_answered", LATER, blocks=True)],
        ),
        ((False, False, False), [fact("other", EARLIER)], []),
    ],
)
def test_the_ticks_demand_hearings(
    ticks: tuple[bool, bool, bool], hearings: list[HearingFact], missing: list[MissingHearing]
) -> None:
    assert missing_hearings(*ticks, hearings, TODAY) == missing


def test_every_gap_has_its_sentence() -> None:
    gaps = missing_hearings(True, True, True, [fact("elderly"), fact("disability", EARLIER)], TODAY)

    assert len({gap.sentence for gap in gaps}) == 3


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town, concerns_elderly=True)


@pytest.fixture
def hearing(case: Case, town: Town) -> Hearing:
    day = localdate() + timedelta(days=14)
    return ask_hearing(
        case, body=town.elders, concern="elderly", question="Hvad siger I?", answer_by=day, actor=town.writer
    )


def address(case: Case) -> str:
    return reverse("cases:hearings", args=[case.pk])


def post(user: User, name: str, row: Case | Hearing, **words: object) -> tuple[int, str]:
    response = signed_in_as(user).post(reverse(f"cases:{name}", args=[row.pk]), words)
    return response.status_code, response.content.decode()


def test_a_tick_without_a_hearing_is_said_with_a_way_to_ask(town: Town, case: Case) -> None:
    page = signed_in_as(town.writer).get(address(case)).content.decode()
    asking = signed_in_as(town.writer).get(address(case), {"ask": "elderly"}).content.decode()

    assert 'href="?ask=elderly#ask"' in page
    assert '<option value="elderly" selected>' in asking


def test_the_proposed_day_is_the_safe_deadline_of_the_first_deciding_body(town: Town, case: Case) -> None:
    meeting_on = localdate() + timedelta(days=40)
    add_step(case, town.dir, localdate() + timedelta(days=20), "discussion")
    add_step(case, town.mtu, meeting_on, "decision")

    page = signed_in_as(town.writer).get(address(case)).content.decode()

    assert f'value="{deadline(meeting_on, days=4).safe.isoformat()}"' in page


def test_a_council_is_asked_and_answers(town: Town, case: Case) -> None:
    day = localdate() + timedelta(days=14)
    words = {
        "ask-concern": "elderly", "ask-body": town.elders.pk, "ask-question": "Hvad siger I?", "ask-answer_by": day,
    }  # fmt: skip
    assert post(town.writer, "ask-hearing", case, **words)[0] == 302
    hearing = Hearing.objects.get()
    assert (hearing.body, hearing.concern, hearing.answer_by) == (town.elders, "elderly", day)

    answer = {"answer-answered_on": localdate().isoformat(), "answer-answer": "Ingen bemærkninger."}
    assert post(town.colleague, "record-answer", hearing, **answer)[0] == 302

    page = signed_in_as(town.writer).get(address(case)).content.decode()
    assert "Ingen bemærkninger." in page
    assert f"{reverse('cases:attachments', args=[case.pk])}?hearing={hearing.pk}" in page
    assert 'href="?ask=' not in page
    verbs = AuditEntry.objects.order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["ask_hearing", "record_answer"]


def test_files_of_the_answer_stand_at_the_hearing(town: Town, case: Case, hearing: Hearing) -> None:
    case.attachments.create(
        presentation=case.presentations.get(), position=1, title="Rådets svar", access="open", hearing=hearing
    )

    assert "Rådets svar" in signed_in_as(town.writer).get(address(case)).content.decode()


def test_who_keeps_the_councils_papers_records_its_answer_and_no_more(town: Town, case: Case, hearing: Hearing) -> None:
    Appointment.objects.create(user=town.secretary, body=town.elders, role="secretary")
    add_step(case, town.mtu, localdate())
    page = signed_in_as(town.secretary).get(address(case)).content.decode()

    assert f'href="?answer={hearing.pk}#hearing-{hearing.pk}"' in page
    assert "?waive=" not in page
    answer = {"answer-answered_on": localdate().isoformat(), "answer-answer": "Nej tak."}
    assert post(town.secretary, "record-answer", hearing, **answer)[0] == 302
    assert post(town.secretary, "waive-hearing", hearing)[0] == 403
    assert post(town.secretary, "ask-hearing", case)[0] == 403


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"answer-answered_on": "2026-02-31", "answer-answer": "Ja"},
        {"answer-answered_on": "2020-01-01", "answer-answer": "Ja"},
        {"answer-answered_on": "2099-01-01", "answer-answer": "Ja"},
        {"answer-answered_on": "2026-01-01", "answer-answer": "  "},
    ],
)
def test_a_wrong_answer_is_a_sentence_and_changes_nothing(town: Town, hearing: Hearing, words: dict[str, str]) -> None:
    status, page = post(town.writer, "record-answer", hearing, **words)

    hearing.refresh_from_db()
    assert (status, hearing.answered_on) == (422, None)
    assert "error-summary" in page


def test_a_wrong_question_is_a_sentence_and_asks_nobody(town: Town, case: Case) -> None:
    other = Authority.objects.create(name="Åby Kommune", slug="aaby")
    away = Body.objects.create(authority=other, kind="other", name="Ældrerådet", publish_policy="none")
    yesterday = localdate() - timedelta(days=1)
    good = {"ask-concern": "elderly", "ask-body": town.elders.pk, "ask-answer_by": localdate()}

    refused = [
        post(town.writer, "ask-hearing", case, **good | words)[0]
        for words in ({"ask-body": away.pk}, {"ask-body": ""}, {"ask-answer_by": yesterday}, {"ask-concern": "x"})
    ]

    assert refused == [422, 422, 422, 422]
    assert Hearing.objects.count() == 0


def test_the_same_body_is_asked_once_at_a_time(town: Town, case: Case, hearing: Hearing) -> None:
    again = {"body": town.elders, "concern": "elderly", "question": "", "answer_by": localdate(), "actor": town.writer}
    with pytest.raises(RuleBrokenError):
        ask_hearing(case, **again)  # type: ignore[arg-type]
    withdraw_hearing(hearing, actor=town.writer)

    ask_hearing(case, **again)  # type: ignore[arg-type]

    assert Hearing.objects.count() == 2


def test_what_is_over_is_over(town: Town, case: Case, hearing: Hearing) -> None:
    waive_hearing(hearing, reason="Rådet holder sommerferie.", actor=town.writer)

    acts: list[Callable[[], object]] = [
        lambda: waive_hearing(hearing, reason="Igen", actor=town.writer),
        lambda: record_answer(hearing, answer="Ja", answered_on=localdate(), actor=town.writer),
    ]
    for act in acts:
        with pytest.raises(RuleBrokenError):
            act()
    assert gettext("Why it is not waited for") in signed_in_as(town.writer).get(address(case)).content.decode()


def test_a_case_goes_on_without_a_hearing_when_it_says_why(town: Town, case: Case) -> None:
    assert post(town.writer, "skip-hearing", case, **{"waive-concern": "elderly", "waive-reason": " "})[0] == 422

    skip_hearing(case, concern="elderly", reason="Hørt om planen i 2024.", actor=town.writer)

    page = signed_in_as(town.writer).get(address(case)).content.decode()
    assert "Hørt om planen i 2024." in page
    assert 'href="?ask=' not in page


def test_others_are_kept_out(town: Town, case: Case, hearing: Hearing) -> None:
    assert signed_in_as(town.auditor).get(address(case)).status_code == 403
    assert signed_in_as(town.stranger).get(address(case)).status_code == 404
    assert post(town.manager, "ask-hearing", case)[0] == 403
    assert post(town.manager, "withdraw-hearing", hearing)[0] == 403


def test_the_page_asks_as_often_for_one_hearing_as_for_thirty(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = make_case(town, "Få"), make_case(town, "Mange")
    for case, count in ((few, 1), (many, 30)):
        add_step(case, town.mtu, localdate() + timedelta(days=40))
        for number in range(count):
            row = Hearing.objects.create(
                case=case, body=town.elders, concern="other", asked_on=localdate(), answer_by=localdate(),
                asked_by=town.writer,
            )  # fmt: skip
            case.attachments.create(
                presentation=case.presentations.get(), position=number, title="Svar", access="open", hearing=row
            )
    client = signed_in_as(town.writer)

    for case in (few, many):
        with django_assert_num_queries(QUERIES):
            client.get(address(case))
