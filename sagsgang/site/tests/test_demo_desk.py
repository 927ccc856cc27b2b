"""The demo's cases in preparation: each shows what it is there to show, and a second loading doubles nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, ClosingDay, UnitStaff
from sagsgang.cases.models import (
    ApprovalEvent,
    Case,
    CaseAttachment,
    ChangeTask,
    Presentation,
    PresentationTemplate,
    Reference,
    Remark,
)
from sagsgang.cases.queries.approval import standing_of, whose_turn
from sagsgang.cases.queries.journey import stops_of, treatments
from sagsgang.cases.queries.lint import lints_of
from sagsgang.cases.queries.overview import findings_of
from sagsgang.cases.queries.readiness import economy_faults, lacks_in
from sagsgang.cases.queries.versions import newest_of, versions_of
from sagsgang.equality.models import Count, DataIssue
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries.waiting import waiting_cases
from sagsgang.publication.models import FiguresRecord
from sagsgang.site.demo import generate, shapes
from sagsgang.site.demo.tests.test_generate import MUNICIPALITIES
from sagsgang.site.demo_desk.scripts import TEXTS, citations, scripts, templates
from sagsgang.site.demo_loading import Loader

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAYS = (date(2026, 11, 23), date(2027, 3, 13), date(2027, 7, 15), date(2027, 12, 30))


def town_of(today: date) -> shapes.Municipality:
    """The municipality of this day with its meetings to come, which have no items: quick to load."""
    whole = generate(today)
    coming = (meeting for meeting in whole.meetings if meeting.held_on >= today)
    return replace(whole, meetings=tuple(replace(meeting, items=(), state="planned") for meeting in coming))


def load(today: date) -> None:
    Loader(town_of(today), password="en-lang-adgangskode", tell=lambda line: None).load()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Nobody logs in here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(params=DAYS, ids=str)
def loaded(request: pytest.FixtureRequest, wall: None) -> Iterator[date]:
    """The desks as they are filled, and the doors as they are opened, on that day."""
    today: date = request.param
    with time_machine.travel(datetime(today.year, today.month, today.day, 9, tzinfo=COPENHAGEN)):
        load(today)
        yield today


def case_of(title: str) -> Case:
    return Case.objects.get(title__startswith=title)


def rules_of(case: Case) -> set[str]:
    return {lint.rule for lint in lints_of(case)}


def found_on_path(case: Case) -> list[tuple[str, str]]:
    """Rule and severity of each finding, as the overview shows them."""
    stops = tuple(stops_of(case.path.select_related("body"), treatments(case)))
    return [(finding.rule, finding.severity) for _stop, finding in findings_of(case, stops)]


def test_every_text_is_read_and_names_what_exists() -> None:
    assert len(scripts()) == 18
    assert {template.item_kind for template in templates()} == {"B", "D", "O"}
    assert {code for template in templates() for code in template.bodies} >= {"DIR", "MTU", "ØK", "KB", "HU"}
    assert len(citations()) >= 12
    words = set(re.findall(r"\w+", " ".join(path.read_text("utf-8") for path in TEXTS.rglob("*.txt"))))
    assert words & MUNICIPALITIES == set()


@pytest.mark.long
def test_each_case_shows_what_it_is_there_for(loaded: date) -> None:
    """One test, since loading takes seconds."""
    _written_and_approved()
    _closed_heard_and_counted()
    _changed_after_the_meeting(loaded)
    _collected()
    _every_step_has_a_meeting(loaded)


def _written_and_approved() -> None:
    written, waiting, back = (case_of(title) for title in ("Fjernelse af to", "Plejeplan", "Nye regler for sejlads"))

    assert rules_of(written) >= {"past-tense", "attachment-missing", "at-missing", "residue", "date-no-meeting"}
    assert (turn := whose_turn(waiting)) is not None and turn.approver.username == "chef-natur"
    assert [copy.reader.username for copy in waiting.review_copies.all()] == ["sagsbehandler-plan"]
    assert standing_of(back).was_returned
    assert ChangeTask.objects.get(remark__case=back).owner.username == "sagsbehandler"

    approved = case_of("Strategi for vilde vejkanter")
    committee, secretary = Body.objects.get(code="MTU"), User.objects.get(username="sekretær-teknik")
    assert {lint.severity for lint in lints_of(approved)} <= {"hint"}
    assert [line.case for line in waiting_cases(committee, secretary) if not line.blocked_by] == [approved]
    assert found_on_path(approved) == []

    late = case_of("Klimatilpasning")
    assert standing_of(late).state == "approved"
    assert [step.body.code for step in late.path.all()] == ["DIR", "MTU", "ØK", "KB"]
    assert found_on_path(late) == [("R6", "warning")]


def _closed_heard_and_counted() -> None:
    bought, asked, unheard = (case_of(title) for title in ("Køb af areal", "Ny kvalitetsstandard", "Ændret levering"))

    assert (bought.access, bought.ground, standing_of(bought).state) == ("closed", "property", "in_approval")
    hearing, first = asked.hearings.get(), asked.path.earliest("position")
    assert hearing.body == Body.objects.get(code="ÆR")
    assert first.planned_on is not None and first.planned_on > hearing.answer_by
    assert found_on_path(asked) == []
    assert found_on_path(unheard) == [("R14", "error"), ("R14", "error")]
    draft = newest_of(unheard)
    assert draft is not None and len(lacks_in(unheard, draft)) == 2

    lacking, balanced = newest_of(case_of("Renovering af faglokaler")), newest_of(case_of("Vådområde i Ørum Enge"))
    assert lacking is not None and len(economy_faults(lacking)) == 1
    assert balanced is not None and balanced.appropriations.count() == 2 and economy_faults(balanced) == []

    files = CaseAttachment.objects.filter(case__title="Vådområde i Ørum Enge")
    assert files.count() == 12
    assert [file.title for file in files.filter(access="closed")] == ["Foreløbige aftaler med lodsejere"]
    assert files.exclude(replaced_by=None).count() == files.filter(on_web=False).count() == 1
    assert set(files.values_list("file__versions__media_type", flat=True)) == {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }


def _changed_after_the_meeting(loaded: date) -> None:
    analysis = case_of("Analyse af fælles maskinpark")

    lines = versions_of(analysis)
    assert [(line.number, line.is_draft, line.is_changed_after_meeting) for line in lines] == [
        (2, True, True),
        (1, False, False),
    ]
    assert analysis.analysis.budget_year == loaded.year + 2
    tasks = ChangeTask.objects.filter(remark__case=analysis)
    assert (tasks.count(), tasks.filter(done_at=None).count()) == (3, 1)
    assert Remark.objects.filter(case=analysis, step__body__code="DIR").count() == 4


def _collected() -> None:
    parts = case_of("Direktionens øvrige punkter").submatters.order_by("created_at")
    assert [(standing_of(part).state, [step.body.code for step in part.path.all()]) for part in parts] == [
        ("approved", ["DIR"]),
        ("draft", ["DIR", "ØK"]),
        ("in_approval", ["DIR", "HU"]),
        ("draft", ["DIR", "MTU"]),
    ]


def _every_step_has_a_meeting(loaded: date) -> None:
    for case in Case.objects.filter(unit__isnull=False):
        for step in case.path.select_related("body"):
            assert step.planned_on is not None, (case.title, step.body.code)
            assert step.planned_on >= loaded - timedelta(days=4)
            assert Meeting.objects.filter(body=step.body, held_on=step.planned_on).exists()


@pytest.mark.long
def test_loading_twice_doubles_nothing(wall: None) -> None:
    models = (
        ApprovalEvent, Body, Case, CaseAttachment, ChangeTask, ClosingDay, Count, DataIssue, FiguresRecord, Meeting, Presentation, PresentationTemplate,
        Reference, Remark, UnitStaff,
    )  # fmt: skip
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=COPENHAGEN)):
        load(DAYS[0])
        before = [model.objects.count() for model in models]
        load(DAYS[0])

    assert [model.objects.count() for model in models] == before
