"""The auditor's pages through the client: who gets in, what stands there, what is left behind in the log."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.models import Case, CaseAttachment
from sagsgang.core.models import AuditEntry, record, subject_of
from sagsgang.documents.models import Document
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.tests.factories import CLOSED_WORDS, House, closed_item, item_of, meeting_with, signed_in_as
from sagsgang.reports.tests.factories import make_admin, read_meeting

READINGS = "reports:closed-readings"
LOG = "reports:audit-log"


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html.replace("<", " <"))).strip()


def shown(response: HttpResponse) -> str:
    """The words of the page, each space one."""
    return plain(response.content.decode())


def rows(response: HttpResponse) -> list[str]:
    """The lines of the table in words."""
    body = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [plain(row) for row in body.split("</tr>")[:-1]]


def look(house: House, name: str, **asked: str) -> HttpResponse:
    answer = signed_in_as(house.auditor).get(reverse(name), asked)
    assert isinstance(answer, HttpResponse)
    return answer


def file(house: House, name: str, **asked: str) -> list[list[str]]:
    response = signed_in_as(house.auditor).get(reverse(name), asked)
    assert isinstance(response, StreamingHttpResponse)
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", [READINGS, LOG, "reports:closed-readings-file", "reports:audit-log-file"])
def test_auditor_and_administrator_get_in_and_nobody_else(house: House, name: str) -> None:
    users = {"revisor": house.auditor, "administrator": make_admin()} | {
        user.username: user for user in (house.secretary, house.director, house.member, house.hr, house.stranger)
    }

    answers = {name_: signed_in_as(user).get(reverse(name)).status_code for name_, user in users.items()}

    assert answers == dict.fromkeys(users, 403) | {"revisor": 200, "administrator": 200}


def test_who_is_not_signed_in_comes_to_the_login(house: House) -> None:
    answer = Client().get(reverse(READINGS))

    assert answer.headers["Location"] == f"{reverse('accounts:login')}?next={reverse(READINGS)}"


def test_a_reading_says_who_read_what(house: House) -> None:
    read_meeting(house)

    words = [row.partition(" Dina Toft medlem (MTU) ")[2] for row in rows(look(house, READINGS))]

    where = "(Miljø- og Teknikudvalget, 9. marts 2026)"
    assert [line.rpartition(" nr. ")[0] for line in words] == [
        f"Bilag 1 til punkt 2, Køb af Møllevej 4 {where}",
        f"Punkt 2, Køb af Møllevej 4 {where}",
        "Møde: Miljø- og Teknikudvalget, 9. marts 2026",
    ]


def test_no_words_of_closed_texts_stand_on_any_page(house: House) -> None:
    _meeting, item = read_meeting(house)
    auditor = signed_in_as(house.auditor)
    chain = reverse("reports:subject-chain", args=["meetings.AgendaItem", item.pk])

    pages: list[HttpResponse] = [look(house, READINGS), look(house, LOG)]
    files = [file(house, READINGS + "-file"), file(house, LOG + "-file")]
    of_item = auditor.get(chain).content.decode()
    everything = "".join([*(page.content.decode() for page in pages), of_item, str(files)])

    assert [word for word in CLOSED_WORDS if word in everything] == ["Køb af Møllevej 4"]  # the title
    assert "vurdering.txt" not in everything


def test_a_reading_of_a_cases_attachment_names_its_place_and_not_its_title(house: House) -> None:
    case = Case.objects.create(authority=house.body.authority, title="Ny skole", external_numbers=["17.02-1"])
    document = Document.objects.create(authority=house.body.authority, title="Hemmelig plan")
    paper = CaseAttachment.objects.create(case=case, file=document, position=3, title="Hemmelig plan", access="open")
    log_closed_reading(case, attachment=paper, actor=house.secretary)

    answer = look(house, READINGS)

    assert "Sag: 17.02-1 Ny skole, bilag 3" in shown(answer)
    assert "Hemmelig" not in shown(answer)
    assert reverse("cases:case", args=[case.pk]) in answer.content.decode()


def test_each_filter_finds_its_own(house: House) -> None:
    meeting, item = read_meeting(house)
    other = Case.objects.create(authority=house.body.authority, title="Ny skole", external_numbers=["17.02-1"])
    record(house.secretary, "read_closed", other)

    counts = {
        words: len(rows(look(house, READINGS, **asked)))
        for words, asked in {
            "all": {},
            "name": {"who": "dina toft"},
            "user name": {"who": "medlem"},
            "nobody": {"who": "Åse"},
            "body": {"body": str(house.body.pk)},
            "title": {"about": "møllevej"},
            "case number": {"about": "17.02"},
            "address of the item": {"about": f"https://sagsgang.example{reverse('meetings:item', args=[item.pk])}"},
            "address of the meeting": {"about": reverse("meetings:meeting", args=[meeting.pk])},
            "address of the case": {"about": str(item.case_id)},
            "tomorrow": {"since": (localdate() + timedelta(days=1)).isoformat()},
            "today": {"since": localdate().isoformat(), "until": localdate().isoformat()},
        }.items()
    }

    assert counts == {
        "all": 4, "name": 3, "user name": 3, "nobody": 0, "body": 3, "title": 2, "case number": 1,
        "address of the item": 2, "address of the meeting": 3, "address of the case": 2, "tomorrow": 0, "today": 4,
    }  # fmt: skip


def test_without_a_period_the_last_thirty_days_are_shown_and_an_emptied_one_shows_all(house: House) -> None:
    read_meeting(house)
    set_back(AuditEntry.objects.filter(verb="read_closed").order_by("at")[:1], days=40)

    assert [len(rows(look(house, READINGS, **asked))) for asked in ({}, {"since": "", "until": ""})] == [2, 3]


def set_back(entries: QuerySet[AuditEntry], *, days: int) -> None:
    """Entries cannot be changed but by a superuser, as somebody who tampers would be."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for entry in entries:
            cursor.execute(
                "UPDATE core_auditentry SET at = at - make_interval(days => %s) WHERE id = %s", [days, entry.pk]
            )
        cursor.execute("SET session_replication_role = origin")


def test_the_list_is_sorted_by_time_or_name(house: House) -> None:
    meeting = meeting_with(house, closed_item())
    for user in (house.secretary, house.member, house.second):
        record(user, "read_closed", meeting)

    def names(**asked: str) -> list[str]:
        found = [re.search("Sanne Skov|Dina Toft|Ida Bech", row) for row in rows(look(house, READINGS, **asked))]
        return [match[0] for match in found if match]

    assert names() == ["Ida Bech", "Dina Toft", "Sanne Skov"]
    assert names(sort="at", order="asc") == ["Sanne Skov", "Dina Toft", "Ida Bech"]
    assert names(sort="who", order="asc") == ["Dina Toft", "Ida Bech", "Sanne Skov"]
    assert names(sort="who", order="desc") == ["Sanne Skov", "Ida Bech", "Dina Toft"]


def test_a_filter_that_cannot_be_read_shows_no_entries(house: House) -> None:
    read_meeting(house)

    answer = look(house, READINGS, since="2026-05-02", until="2026-05-01", who="Dina")

    assert answer.status_code == 422
    assert "Perioden slutter, før den begynder." in shown(answer)
    assert 'value="Dina"' in answer.content.decode()
    assert rows(answer) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "31-02-2026"}, {"until": "x"}, {"body": "x"}, {"verb": "x"}, {"who": "\x00"}, {"about": "\x00"},
        {"page": "x"}, {"sort": "x"}, {"since": "0001-01-01", "until": "9999-12-31"}, {"about": "%_\\"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", [READINGS, LOG, "reports:closed-readings-file", "reports:audit-log-file"])
def test_no_address_breaks_a_page(house: House, name: str, asked: dict[str, str]) -> None:
    assert signed_in_as(house.auditor).get(reverse(name), asked).status_code in (200, 422)


def test_every_look_is_logged_without_what_was_typed(house: House) -> None:
    look(house, READINGS, who="Dina", about="Møllevej")
    file(house, LOG + "-file", verb="read_closed", since="", until="")

    entries = AuditEntry.objects.filter(verb="read_log").order_by("at")

    assert [(entry.actor, entry.subject, entry.data) for entry in entries] == [
        (
            house.auditor,
            subject_of(house.auditor),
            {"page": "closed-readings", "filters": ["who", "about", "since"], "as_file": False},
        ),
        (house.auditor, subject_of(house.auditor), {"page": "audit-log", "filters": ["verb"], "as_file": True}),
    ]


def test_the_log_tells_each_act_in_words(house: House) -> None:
    meeting = meeting_with(house, closed_item())
    record(house.secretary, "record_decision", item_of(meeting, "2"), version=2, outcome="approved")
    record(house.secretary, "edit_case", item_of(meeting, "2").case, parts=["title", "kle"])

    words = shown(look(house, LOG))

    assert "skrev en beslutning godkendt, version 2" in words
    assert "rettede sagens oplysninger titel, KLE-nummer" in words
    assert len(rows(look(house, LOG, verb="record_decision"))) == 1


def test_the_log_names_every_kind_of_row(house: House) -> None:
    document = Document.objects.create(authority=house.body.authority, title="Hemmelig plan")
    record(house.secretary, "appoint", house.member, role="member")
    record(house.secretary, "add_document", document)

    words = shown(look(house, LOG))

    assert "gav en bruger en rolle medlem Bruger: Dina Toft (medlem)" in words
    assert f"Dokument {str(document.pk)[:8]}" in words
    assert "Hemmelig" not in words


def test_fifty_entries_stand_on_a_page_and_the_filter_goes_with_the_pages(house: House) -> None:
    meeting = meeting_with(house, closed_item())
    for _ in range(51):
        record(house.member, "read_closed", meeting)

    first, second = (look(house, READINGS, who="medlem", page=page) for page in ("1", "2"))

    assert (len(rows(first)), len(rows(second))) == (50, 1)
    assert "who=medlem&amp;" in first.content.decode()
    assert "Side 1 af 2" in shown(first)


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(("name", "queries"), [(READINGS, 11), (LOG, 10)])
def test_a_page_asks_the_database_the_same_number_of_times(
    name: str, queries: int, count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    readings_of_each_kind(house, count)
    client = signed_in_as(house.auditor)

    with django_assert_num_queries(queries):
        answer = client.get(reverse(name))

    assert answer.status_code == 200


def readings_of_each_kind(house: House, count: int) -> list[AgendaItem]:
    items = []
    for number in range(count // 3):
        case = Case.objects.create(authority=house.body.authority, title=f"Sag {number}")
        item = AgendaItem.objects.create(
            meeting=house.body.meetings.create(held_on=localdate() + timedelta(days=number)), case=case, position=1,
            title=f"Punkt {number}", access="closed", ground="tender",
        )  # fmt: skip
        user = User.objects.create_user(f"bruger{number}")
        document = Document.objects.create(authority=house.body.authority, title="x")
        paper = CaseAttachment.objects.create(case=case, file=document, position=1, title="x", access="open")
        attachment = item.attachments.create(position=1, title="x", access="open")
        log_closed_reading(case, attachment=paper, actor=user)
        for row in (attachment, item, item.meeting):
            record(user, "read_closed", row)
        items.append(item)
    return items


def test_the_file_holds_what_is_filtered(house: House) -> None:
    read_meeting(house)
    record(house.secretary, "read_closed", item_of(meeting_with(house, closed_item()), "2"))

    head, *lines = file(house, READINGS + "-file", who="medlem")

    assert head == [
        "Tid", "Brugernavn", "Navn", "Roller i dag", "Hvad", "Udvalg", "Mødedato", "Punkt", "Titel", "Bilag",
        "Sagsnumre", "Emne", "Nummer i kæden", "SHA-256",
    ]  # fmt: skip
    assert [line[1:4] for line in lines] == [["medlem", "Dina Toft", "medlem (MTU)"]] * 3
    assert [line[5:11] for line in lines] == [
        ["Miljø- og Teknikudvalget", "2026-03-09", "2", "Køb af Møllevej 4", "1", "82.02.00-G10-1-26"],
        ["Miljø- og Teknikudvalget", "2026-03-09", "2", "Køb af Møllevej 4", "", "82.02.00-G10-1-26"],
        ["Miljø- og Teknikudvalget", "2026-03-09", "", "", "", ""],
    ]


def test_no_cell_of_the_file_is_a_formula(house: House) -> None:
    for title in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", 'Sti, "grus"\nog asfalt'):
        record(house.member, "read_closed", Case.objects.create(authority=house.body.authority, title=title))

    _head, *lines = file(house, READINGS + "-file", sort="at", order="asc")

    assert [line[8] for line in lines] == ["'=1+1", "'+1", "-1", "'@SUM(A1)", "'\t=1", 'Sti, "grus"\nog asfalt']


def test_the_file_of_the_log_says_what_and_with_which_particulars(house: House) -> None:
    record(house.secretary, "appoint", house.member, role="member")

    head, line = file(house, LOG + "-file", verb="appoint")

    assert head == [
        "Tid", "Brugernavn", "Navn", "Roller i dag", "Handling", "Handling, kode", "Hvad", "Dele", "Oplysninger",
        "Emne", "Nummer i kæden", "SHA-256",
    ]  # fmt: skip
    entry = AuditEntry.objects.get(verb="appoint")
    assert line[4:] == [
        "gav en bruger en rolle", "appoint", "Bruger: Dina Toft (medlem)", "medlem", '{"role": "member"}',
        f"accounts.User:{house.member.pk}", str(entry.number), entry.sha256,
    ]  # fmt: skip


def test_a_file_of_many_entries_takes_a_fixed_number_of_queries_for_each_batch(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    readings_of_each_kind(house, 300)
    client = signed_in_as(house.auditor)

    with django_assert_num_queries(9):
        answer = client.get(reverse(READINGS + "-file"))
        assert isinstance(answer, StreamingHttpResponse)
        assert len(b"".join(answer.streaming_content).splitlines()) == 401
