"""Questions that are made once for each user and kept: what they hang on is in their key, and no answer stays in them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

import pytest
import time_machine
from django.db import connection, connections
from django.db.models import F, QuerySet
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body
from sagsgang.cases.permissions import CaseRows, _rows_of
from sagsgang.cases.tests.factories import Town
from sagsgang.core.gathering import Part, Question, gathered
from sagsgang.meetings.called import _called_to, called_to
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.permissions import _granted_to, granted_to
from sagsgang.meetings.queries.pages import _AT_ITEM, _OF_MEETING
from sagsgang.meetings.tests.agenda import approved_case, meeting_of

type Build = Callable[[UUID], QuerySet[Any]]

# Each as it is made anew, past what is kept.
BUILDS: list[Build] = [
    lambda pk: _rows_of.__wrapped__(pk),
    lambda pk: _called_to.__wrapped__(pk, closed_too=False),
    lambda pk: _called_to.__wrapped__(pk, closed_too=True),
    lambda pk: _granted_to.__wrapped__(pk, date(2026, 3, 9)),
]
ASKED: list[Callable[[User], QuerySet[Any]]] = [CaseRows().visible_to, called_to, granted_to]


def said(rows: QuerySet[Any]) -> tuple[str, str]:
    words, values = rows.query.get_compiler("default").as_sql()
    return words, repr(values)


@pytest.mark.django_db
@pytest.mark.parametrize("build", BUILDS)
def test_it_hangs_on_no_language_no_clock_and_no_setting(build: Build) -> None:
    pk = uuid4()
    questions = set()
    for language, moment, zone in (("da", "2026-03-09", "Europe/Copenhagen"), ("en", "2031-12-31T23:59", "UTC")):
        with translation.override(language), time_machine.travel(moment), override_settings(TIME_ZONE=zone):
            questions.add(said(build(pk)))

    assert len(questions) == 1
    assert said(build(uuid4())) not in questions


@pytest.mark.django_db
@pytest.mark.parametrize("ask", ASKED)
def test_an_asking_leaves_nothing_in_what_is_kept(ask: Callable[[User], QuerySet[Any]]) -> None:
    user = User.objects.create_user("spørger")
    before = said(ask(user))

    assert list(ask(user).order_by("-pk").filter(pk=uuid4())) == list(ask(user)) == []

    assert said(ask(user)) == before
    assert ask(user)._result_cache is None


@pytest.mark.django_db
def test_the_next_asking_knows_what_has_changed(town: Town) -> None:
    case = approved_case(town, "Cykelsti")
    reader = User.objects.create_user("læser")
    before = list(CaseRows().visible_to(reader))

    role = Appointment.objects.create(user=reader, role="auditor")
    seen = list(CaseRows().visible_to(reader))
    role.delete()

    assert (before, seen, list(CaseRows().visible_to(reader))) == ([], [case], [])


@pytest.mark.django_db
@pytest.mark.parametrize("ask", ASKED)
def test_several_threads_may_ask_at_once(ask: Callable[[User], QuerySet[Any]]) -> None:
    """The web server has threads, and the copies of a question share its inner ones."""
    user = User(pk=uuid4())
    alone = said(ask(user))
    connection.ensure_connection()

    def many(_no: int) -> set[tuple[str, str]]:
        found = {said(ask(user)) for _ in range(15)}
        connections.close_all()
        return found

    with ThreadPoolExecutor(6) as threads:
        assert set().union(*threads.map(many, range(6))) == {alone}


def told(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: [row.__dict__ | {"_state": None} for row in rows] for name, rows in found.items()}


def parts_of(body: UUID, day: date) -> dict[str, Part]:
    rows = Meeting.objects.filter(body=body, held_on__gte=day).annotate(at=F("starts")).order_by("held_on")
    return {"meetings": Part(rows, ("body",)), "bodies": Part(Body.objects.filter(pk=body))}


@pytest.mark.django_db
def test_a_question_answers_as_if_it_were_asked_for_the_first_time(town: Town) -> None:
    meetings = [meeting_of(body, date(2026, 4, day)) for body in (town.mtu, town.dir) for day in (6, 7)]
    question = Question(Meeting, parts_of)

    for meeting in (*meetings, meetings[0]):
        for day in (date(2026, 4, 6), date(2026, 4, 7), date(2030, 1, 1)):
            asked = question.ask(meeting.pk, body=meeting.body_id, day=day)
            assert told(asked) == told(gathered(meeting, **parts_of(meeting.body_id, day)))
    first = question.ask(meetings[0].pk, body=town.mtu.pk, day=date(2026, 4, 7))
    assert [(row.held_on.day, row.body.pk) for row in first["meetings"]] == [(7, town.mtu.pk)]


@pytest.mark.django_db
def test_a_question_knows_what_has_changed_and_costs_one_query(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting, question = meeting_of(town.mtu, date(2026, 4, 6)), Question(Meeting, parts_of)
    facts: dict[str, Any] = {"body": town.mtu.pk, "day": date(2026, 4, 6)}
    question.ask(meeting.pk, **facts)
    Meeting.objects.update(place="Salen")

    with django_assert_num_queries(1):
        found = question.ask(meeting.pk, **facts)

    assert found["meetings"][0].place == "Salen"
    with pytest.raises(Meeting.DoesNotExist):
        question.ask(uuid4(), **facts)
    with pytest.raises(AssertionError):  # what the parts do not hang on is a mistake of who wrote them
        Question(Meeting, lambda body, day: {"all": Part(Meeting.objects.filter(body=body))}).ask(meeting.pk, **facts)


@pytest.mark.django_db
def test_a_kept_question_hangs_on_no_language_and_no_clock() -> None:
    made = set()
    for language, moment in (("da", "2026-03-09"), ("en", "2031-12-31T23:59")):
        with translation.override(language), time_machine.travel(moment):
            for kept in (_AT_ITEM, _OF_MEETING):
                names = ("anchor", "pk" if kept is _AT_ITEM else "meeting")
                words = kept._made_of({name: uuid5(NAMESPACE_OID, name) for name in names})
                made.add((words.sql, repr(words.values)))

    assert len(made) == 2
