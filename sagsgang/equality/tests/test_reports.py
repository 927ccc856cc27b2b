"""A report's case: made with its path, held by an error in its figures, mended by a new version."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Person, Role, Seat, Unit, UnitStaff
from sagsgang.cases.actions.holds import lift_hold, raise_hold
from sagsgang.cases.models import CaseAttachment, Lifting
from sagsgang.core.errors import RuleBrokenError
from sagsgang.equality import actions
from sagsgang.equality.actions import CountFacts, ReportFacts
from sagsgang.equality.models import Count, DataIssue, Report
from sagsgang.equality.reading import read_headcount
from sagsgang.followups.actions import FollowUpFacts
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.actions import carry_forward, put_on_agenda, record_decision, send_agenda
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.wheel.models import EntryStep, WheelEntry

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 3)
HEAD = "medarbejdernr;navn;enhed;niveau;køn;status"


@dataclass(frozen=True)
class Town:
    directorate: Body
    council: Body
    unit: Unit
    duty: WheelEntry
    hr: User
    secretary: User


@pytest.fixture
def april() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2023, 4, 4, 8, tzinfo=UTC), tick=True) as clock:
        yield clock


@pytest.fixture
def town(settings: Settings, april: time_machine.Traveller) -> Town:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    directorate = Body.objects.create(authority=authority, code="DIR", name="Direktionen", kind=BodyKind.DIRECTORATE)
    council = Body.objects.create(authority=authority, code="KB", name="Kommunalbestyrelsen", kind=BodyKind.COUNCIL)
    for name, title in (("Ida Vang", "Kommunaldirektør"), ("Per Holm", "Velfærdsdirektør")):
        Seat.objects.create(body=directorate, person=Person.objects.create(authority=authority, name=name, title=title))
    unit = Unit.objects.create(authority=authority, name="Kommunaldirektørens Sekretariat")
    hr, secretary = (User.objects.create_user(name) for name in ("hr", "sekretær"))
    UnitStaff.objects.create(unit=unit, user=hr)
    Appointment.objects.create(user=hr, body=directorate, role=Role.HR)
    for body in (directorate, council):
        Appointment.objects.create(user=secretary, body=body, role=Role.SECRETARY)
    duty = WheelEntry.objects.create(authority=authority, title="Ligestillingsredegørelse", rule="x", opens_case=True)
    for position, (body, purpose) in enumerate(((directorate, "discussion"), (council, "decision")), start=1):
        EntryStep.objects.create(entry=duty, position=position, body=body, purpose=purpose)
    return Town(directorate, council, unit, duty, hr, secretary)


def kept(town: Town, top: int, below: int) -> Count:
    rows = [f"1;Ida Vang;Direktion;{top};k;fast", f"2;Per Holm;Direktion;{top};m;fast"]
    rows += [f"{10 + at};Chef {at};Miljø;{below};{'km'[at % 2]};fast" for at in range(4)]
    rows += [f"{20 + at};Leder {at};Skole;3;{'kkm'[at % 3]};fast" for at in range(9)]
    content = "\r\n".join([HEAD, *rows]).encode("cp1252")
    facts = CountFacts(snapshot_on=DAY, source_system="SD Løn")
    return actions.keep_count(town.unit.authority, facts, read_headcount(content), actor=town.hr)


def reported(town: Town, count: Count) -> Report:
    facts = ReportFacts(
        title="Ligestillingsredegørelse 2023", period_from=date(2020, 6, 1), period_to=date(2023, 5, 31),
        purposes="følge ligestillingen\nsamle god praksis", unit=town.unit, duty=town.duty,
    )  # fmt: skip
    return actions.make_report(count, facts, actor=town.hr)


def treated(town: Town, report: Report, clock: time_machine.Traveller) -> AgendaItem:
    """The directorate has the report on its agenda, and discusses it."""
    meeting = Meeting.objects.create(body=town.directorate, held_on=date(2023, 4, 12))
    item = put_on_agenda(report.case, meeting=meeting, anyway=True, actor=town.secretary)
    send_agenda(meeting, anyway=True, actor=town.secretary)
    clock.move_to(datetime(2023, 4, 12, 12, tzinfo=UTC))
    record_decision(item, text="Drøftet.", outcome="discussed", seen=0, actor=town.secretary)
    return item


def raised(town: Town, report: Report, count: Count) -> DataIssue:
    finding = count.findings.filter(is_error=True)[0]
    step = report.case.path.get(body=town.council)
    facts = FollowUpFacts("Ret tallene.", "Chef for Kommunaldirektørens Sekretariat", before_step=step)
    issue = actions.raise_issue(report, wrong=finding.message, facts=facts, finding=finding, actor=town.hr)
    assert actions.raise_issue(report, wrong=finding.message, facts=facts, finding=finding, actor=town.hr) == issue
    return issue


def test_an_error_holds_the_case_until_a_new_version_mends_it(
    client: Client, town: Town, april: time_machine.Traveller, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    wrong = kept(town, 2, 1)
    report = reported(town, wrong)
    assert [step.body for step in report.case.path.all()] == [town.directorate, town.council]
    assert "samle god praksis" in report.case.presentations.get().sections.get(kind="presentation").html
    with pytest.raises(RuleBrokenError):
        reported(town, wrong)
    item = treated(town, report, april)
    issue = raised(town, report, wrong)
    assert "Kommunaldirektør Ida Vang" in issue.words
    assert issue.follow_up.item == item

    council = Meeting.objects.create(body=town.council, held_on=date(2023, 5, 23))
    with pytest.raises(RuleBrokenError, match="Ida Vang"):
        carry_forward(item, meeting=council, actor=town.secretary)
    with pytest.raises(RuleBrokenError, match="Ida Vang"):
        put_on_agenda(report.case, meeting=council, anyway=True, actor=town.secretary)

    right = kept(town, 1, 2)
    with pytest.raises(RuleBrokenError):  # not signed off
        actions.renew_report(right, mends=[issue.pk], actor=town.hr)
    actions.sign_off(right, actor=town.hr)
    actions.renew_report(right, mends=[issue.pk], actor=town.hr)
    issue.refresh_from_db()
    assert issue.hold.lifting == Lifting.MENDED
    assert "2 → 1" in issue.hold.lifted_words
    assert FollowUp.objects.with_standing().get(pk=issue.follow_up_id).progress == "done"

    carried = carry_forward(item, meeting=council, actor=town.secretary)
    assert [row.version.number for row in (item.attachments.get(), carried.attachments.get()) if row.version] == [1, 2]
    client.force_login(town.secretary)
    pages = [client.get(reverse("meetings:item", args=[one.pk])).content.decode() for one in (item, carried)]
    assert ["erstattet</span>" in page for page in pages] == [True, False]
    assert all("2 → 1" in page for page in pages)
    assert "2 → 1" in client.get(reverse("cases:case", args=[report.case_id])).content.decode()
    assert told_openly(item) == [True]
    CaseAttachment.objects.update(
        access="closed", ground="tender"
    )  # what replaced it is closed: nothing is told outside
    assert told_openly(item) == [False]
    client.force_login(town.hr)
    for count in (wrong, right):
        with django_assert_max_num_queries(12):
            page = client.get(reverse("equality:count", args=[count.pk])).content.decode()
        assert "2 → 1" in page
        assert 'href="#rows"' in page  # the rows are gone: each figure leads to who deleted them when


def told_openly(item: AgendaItem) -> list[bool]:
    """Of each attachment of the item's meeting: may the public be told that it is replaced?"""
    rows = meeting_rows(item.meeting_id).items.all()
    return [getattr(row, "is_replaced_openly", False) for one in rows for row in one.attachments.all()]


def test_what_is_held_is_not_sent_and_is_let_go_with_a_reason(
    client: Client, town: Town, april: time_machine.Traveller
) -> None:
    wrong = kept(town, 2, 1)
    report = reported(town, wrong)
    meeting = Meeting.objects.create(body=town.directorate, held_on=date(2023, 4, 12))
    put_on_agenda(report.case, meeting=meeting, anyway=True, actor=town.secretary)
    issue = raised(town, report, wrong)
    with pytest.raises(RuleBrokenError, match="Ida Vang"):
        send_agenda(meeting, anyway=True, actor=town.secretary)
    client.force_login(town.secretary)
    page = client.get(reverse("meetings:send-agenda", args=[meeting.pk])).content.decode()
    assert "Ida Vang" in page
    assert reverse("cases:case", args=[report.case_id]) in page
    address = reverse("equality:accept-issue", args=[issue.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Niveau 1 er talt efter stilling, ikke efter navn."}).status_code == 302
    send_agenda(meeting, anyway=True, actor=town.secretary)
    client.force_login(town.hr)
    assert client.get(reverse("equality:accept-issue", args=[issue.pk])).status_code == 403  # she raised it


def test_an_attachment_is_mended_by_another_file_than_the_wrong_one(town: Town) -> None:
    report = reported(town, kept(town, 1, 2))
    hold = raise_hold(report.case, words="Forkert periode.", attachment=report.attachment, actor=town.hr)
    with pytest.raises(RuleBrokenError):
        lift_hold(hold, lifting=Lifting.MENDED, words="Rettet.", actor=town.hr)
    lift_hold(hold, lifting=Lifting.ACCEPTED, words="Perioden står rigtigt i sagen.", actor=town.hr)
    with pytest.raises(RuleBrokenError):
        lift_hold(hold, lifting=Lifting.ACCEPTED, words="Igen.", actor=town.hr)
