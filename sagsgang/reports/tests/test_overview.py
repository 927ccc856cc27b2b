"""The overview: what is due, late and blocked for each role, what is counted, and for whom."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role
from sagsgang.cases.actions.approval import submit_for_approval
from sagsgang.cases.models import Case
from sagsgang.cases.tests.factories import Town, add_step, make_case, make_town
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.models import AgendaItem, Decision, Meeting
from sagsgang.reports.queries.figures import MonthOfCases, figures_of, months_before
from sagsgang.reports.queries.overview import overview_of
from sagsgang.reports.rendering.figures import shown_figures
from sagsgang.reports.rendering.overview import Line, sections_of
from sagsgang.wheel.models import Occurrence, WheelEntry

TODAY = date(2026, 4, 14)


@pytest.fixture
def egekoebing(db: None, settings: Settings) -> Iterator[Town]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with time_machine.travel("2026-04-14 10:00+02:00"):
        yield make_town()


def lines(user: User, key: str) -> list[Line]:
    return [
        line for section in sections_of(overview_of(user, TODAY), TODAY) if section.key == key for line in section.lines
    ]


def keys(user: User) -> list[str]:
    return [section.key for section in sections_of(overview_of(user, TODAY), TODAY)]


def meet(body: Body, on: date, **facts: object) -> Meeting:
    return Meeting.objects.create(body=body, held_on=on, starts=time(16), **facts)


def duty(town: Town, on: date, **facts: object) -> Occurrence:
    values: dict[str, object] = {
        "authority": town.authority, "title": "Regnskab", "rule": "FREQ=YEARLY", "is_duty": True, "law": "§ 45",
        "lead_days": 30, "unit": town.unit,
    }  # fmt: skip
    return Occurrence.objects.create(entry=WheelEntry.objects.create(**values | facts), origin_day=on, day=on)


def late(case: Case, words: str = "Ring til ejeren", **facts: object) -> FollowUp:
    values: dict[str, object] = {"owner_role": "Leder", "due_on": TODAY - timedelta(days=3)}
    return FollowUp.objects.create(case=case, words=words, **values | facts)


def test_each_role_has_its_own_sections(egekoebing: Town) -> None:
    town = egekoebing

    assert keys(town.secretary) == ["agendas", "protocols", "releases", "extracts", "paths", "follow-ups", "wheel"]
    assert keys(town.manager) == ["approvals", "paths", "follow-ups", "wheel"]
    assert keys(town.writer) == ["paths", "follow-ups", "wheel"]
    assert keys(town.auditor) == ["follow-ups", "wheel"]


def test_an_agenda_counts_down_to_its_deadline(egekoebing: Town) -> None:
    soon, far = meet(egekoebing.mtu, date(2026, 4, 20)), meet(egekoebing.mtu, date(2026, 6, 20))
    meet(egekoebing.fin, date(2026, 4, 20))
    meet(egekoebing.mtu, date(2026, 4, 21), agenda_sent_at=now())

    [line] = lines(egekoebing.secretary, "agendas")

    assert line.address == reverse("meetings:meeting", args=[soon.pk])
    assert "14. april 2026" in line.why
    assert (line.tone, far.agenda_sent_at) == ("warning", None)


def test_a_protocol_that_is_not_final_and_an_agenda_that_was_not_released(egekoebing: Town) -> None:
    opened = datetime(2026, 4, 1, 14, tzinfo=UTC)
    held = meet(egekoebing.mtu, date(2026, 4, 1), opened_at=opened, agenda_sent_at=opened)
    meet(egekoebing.dir, date(2026, 4, 1), opened_at=opened, agenda_sent_at=opened)

    [protocol], [release] = lines(egekoebing.secretary, "protocols"), lines(egekoebing.secretary, "releases")

    assert protocol.address == reverse("protocols:protocol", args=[held.pk])
    assert release.address == reverse("publication:releases", args=[held.pk])
    assert lines(egekoebing.dir_secretary, "releases") == []  # the directorate lets the public read nothing
    assert lines(egekoebing.writer, "protocols") == []


def test_an_approval_tells_for_how_long_it_has_waited(egekoebing: Town) -> None:
    case = make_case(egekoebing)
    with time_machine.travel("2026-04-02 10:00+02:00"):
        submit_for_approval(case, actor=egekoebing.writer)

    [line] = lines(egekoebing.manager, "approvals")
    [for_deputy] = lines(egekoebing.deputy, "approvals")

    assert (line.what, line.tone) == ("Ny sti ved åen", "error")
    assert line.words.startswith("12 ")
    assert str(egekoebing.manager) in for_deputy.why
    assert lines(egekoebing.director, "approvals") == []  # not her turn yet


def test_a_path_that_cannot_be_followed_is_told_to_who_writes_the_case(egekoebing: Town) -> None:
    for body, on in ((egekoebing.mtu, date(2026, 5, 4)), (egekoebing.kb, date(2026, 5, 5))):
        meet(body, on)
    case = make_case(egekoebing)
    for body, on in ((egekoebing.mtu, date(2026, 5, 4)), (egekoebing.kb, date(2026, 5, 5))):
        add_step(case, body, on)

    [line] = lines(egekoebing.writer, "paths")

    assert (line.what, line.tone) == ("Ny sti ved åen", "error")
    assert line.address == reverse("cases:path", args=[case.pk])
    assert lines(egekoebing.stranger, "paths") == []
    assert [one.what for one in lines(egekoebing.secretary, "paths")] == ["Ny sti ved åen"]


def test_duties_are_told_on_their_lead_date_and_when_they_are_late_and_to_nobody_else(egekoebing: Town) -> None:
    over = duty(egekoebing, date(2026, 3, 31))
    duty(egekoebing, date(2026, 5, 1), title="Mødeplan")
    duty(egekoebing, date(2026, 6, 1), title="For tidligt")
    duty(egekoebing, date(2026, 4, 1), title="Gjort", unit=egekoebing.unit)
    Occurrence.objects.filter(entry__title="Gjort").update(done_on=TODAY, done_by=egekoebing.writer)

    told = lines(egekoebing.writer, "wheel")

    assert [(line.what, line.tone) for line in told] == [("Regnskab", "error"), ("Mødeplan", "warning")]
    assert told[0].address == reverse("wheel:duty", args=[over.entry_id])
    assert [line.what for line in lines(egekoebing.manager, "wheel")] == ["Regnskab", "Mødeplan"]
    assert [line.what for line in lines(egekoebing.dir_secretary, "wheel")] == ["Regnskab", "Mødeplan"]
    assert [lines(user, "wheel") for user in (egekoebing.secretary, egekoebing.stranger)] == [[], []]


def test_the_words_of_a_closed_follow_up_are_not_told_to_who_may_not_read_them(egekoebing: Town) -> None:
    closed = make_case(egekoebing, "Køb af Møllevej 4", access="closed", ground="property")
    late(closed, "Byd to millioner", unit=egekoebing.other_unit, given_by=egekoebing.writer)

    [line] = lines(egekoebing.stranger, "follow-ups")
    client = Client()
    client.force_login(egekoebing.stranger)
    said = client.get(reverse("reports:overview")).content.decode()
    said += client.get(reverse("reports:figures")).content.decode()

    assert line.address.startswith("/intern/follow-ups/")
    assert [word for word in ("millioner", "Møllevej") if word in said + line.what + line.why] == []


def test_only_what_she_sees_is_counted_and_a_closed_case_for_who_sees_that_it_is_there(egekoebing: Town) -> None:
    town = egekoebing
    case = make_case(town)
    make_case(town, "Køb af Møllevej 4", access="closed", ground="property")
    first, last = meet(town.mtu, date(2026, 3, 2)), meet(town.kb, date(2026, 4, 1))
    for meeting in (first, last):
        item = AgendaItem.objects.create(meeting=meeting, case=case, position=1, title="Ny sti", kind="B")
        Decision.objects.create(
            item=item, body=meeting.body, decided_on=meeting.held_on, position=1, version=1, recorded_by=town.secretary
        )
    late(case, unit=town.unit, given_by=town.writer)
    late(case, unit=town.unit, given_by=town.writer)

    hers, others, auditors = (figures_of(user, TODAY) for user in (town.writer, town.stranger, town.auditor))

    assert hers.cases[-1] == MonthOfCases(date(2026, 4, 1), written=1, on_agenda=0, decided=1)
    assert (hers.days[-1].cases, hers.days[-1].median) == (1, 30.0)
    assert [(row.unit, row.late) for row in hers.late] == [("Natur og Miljø", 2)]
    assert others.cases[-1] == MonthOfCases(date(2026, 4, 1), 0, 0, 0)
    assert (others.days[-1].cases, others.late) == (0, ())
    assert auditors.cases[-1].written == 1


def test_a_figure_is_a_picture_with_words_and_a_table_of_the_same_numbers(egekoebing: Town) -> None:
    make_case(egekoebing)
    client = Client()
    client.force_login(egekoebing.writer)

    page = client.get(reverse("reports:figures")).content.decode()
    part = client.get(reverse("reports:figures"), headers={"HX-Request": "true"}).content.decode()
    cases = shown_figures(figures_of(egekoebing.writer, TODAY))[0]

    assert all(page.count(f"<{tag}") == 1 for tag in ('svg class="plot"', "desc", "table"))
    assert "<html" not in part
    assert len(cases.rows) == len(cases.bars) == 12
    assert cases.rows[-1][1] == ("1", "0", "0")
    assert cases.bars[-1].said in cases.told


def test_the_months_go_back_over_the_new_year() -> None:
    assert months_before(date(2026, 2, 28))[0] == date(2025, 3, 1)
    assert months_before(date(2026, 12, 31))[0] == date(2026, 1, 1)
    assert len(set(months_before(TODAY))) == 12


@pytest.mark.parametrize("count", [3, 60])
def test_the_pages_cost_the_same_whatever_waits(
    count: int, egekoebing: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    town = egekoebing
    Appointment.objects.create(user=town.manager, body=town.mtu, role=Role.SECRETARY)
    for number in range(count):
        opened = datetime(2026, 2, 1, 14, tzinfo=UTC)
        meet(town.mtu, date(2026, 1, 2) + timedelta(days=number), opened_at=opened, agenda_sent_at=opened)
        case = make_case(town, f"Sag {number}")
        add_step(case, town.mtu, date(2026, 5, 1) + timedelta(days=number))
        add_step(case, town.kb, date(2026, 5, 1) + timedelta(days=number))
        late(case, unit=town.unit, owner=town.manager, given_by=town.writer)
        duty(town, date(2026, 4, 1) + timedelta(days=number % 20), title=f"Pligt {number}")
        submit_for_approval(case, actor=town.writer)
    client = Client()
    client.force_login(town.manager)

    with django_assert_max_num_queries(12) as overview:
        page = client.get(reverse("reports:overview"))
    with django_assert_max_num_queries(12) as figures:
        client.get(reverse("reports:figures"))
    client.force_login(town.writer)
    with django_assert_max_num_queries(12) as writers:
        client.get(reverse("reports:overview"))

    assert {section.key for section in page.context["sections"] if section.lines} >= {
        "approvals", "protocols", "releases", "paths", "follow-ups", "wheel",
    }  # fmt: skip
    assert (len(overview), len(figures), len(writers)) == (12, 12, 10)
