"""The printed agenda, protocol and extract: what each reader gets, as PDF and as Word; page by page."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
import page
import pikepdf
import pypdfium2
import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import User
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.actions import record_decision
from sagsgang.meetings.models import AgendaItem, AgendaVersion, ConflictOfInterest, Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.meetings.tests.factories import (
    CLOSED_WORDS,
    House,
    closed_item,
    item_of,
    make_house,
    meeting_with,
    open_item,
    plain_item,
    signed_in_as,
)
from sagsgang.meetings.views.reader import reader_at
from sagsgang.protocols.actions.final import make_final
from sagsgang.protocols.canonical import sha256, to_text
from sagsgang.protocols.models import ProtocolEntry
from sagsgang.protocols.queries.facts import facts_of
from sagsgang.protocols.rendering.agenda_print import agenda_paper, shown_agenda
from sagsgang.protocols.rendering.compose import compose_protocol
from sagsgang.protocols.rendering.paper import Paper
from sagsgang.protocols.rendering.paper_pdf import print_paper

MADE = datetime(2026, 3, 1, 9, tzinfo=UTC)
# page-validation takes a carriage return at the end of compressed bytes for a part of the line end; qpdf counts right.
MISTAKEN = "PDFA2A-STREAM-LENGTH-001"


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Any) -> None:
    """Printed parts of this test alone, and static files by their plain names."""
    settings.HOUSE_FILES = tmp_path / "house"
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = {**settings.STORAGES, **storages}


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item(), closed_item())


def words_in(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())


def failures(content: bytes) -> dict[str, list[str]]:
    reports = {name: page.validate_pdf_bytes(content, profile=name) for name in ("ua1", "2a")}
    with pikepdf.open(io.BytesIO(content)) as opened:
        mistaken = set() if opened.check_pdf_syntax() else {MISTAKEN}
    return {name: [f.rule_id for f in report.failures if f.rule_id not in mistaken] for name, report in reports.items()}


def fetched(user: User, name: str, row: Any, form: str = "") -> tuple[bytes, str]:
    response = signed_in_as(user).get(reverse(f"protocols:{name}", args=[row.pk]), {"as": form} if form else {})
    assert response.status_code == 200
    return response.content, response["Content-Disposition"]


def agenda_for(user: User, meeting: Meeting) -> Paper:
    rows = meeting_rows(meeting.pk)
    return agenda_paper(rows, shown_agenda(rows, reader_at(user, rows)))


def bookmarks(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def test_the_protocol_is_accessible_and_fit_for_the_archive(meeting: Meeting, house: House) -> None:
    record_decision(item_of(meeting, "1"), text="Stien anlægges.", outcome="approved", seen=0, actor=house.secretary)

    content, disposition = fetched(house.secretary, "print-protocol", meeting)

    assert failures(content) == {"ua1": [], "2a": []}
    assert disposition == 'attachment; filename="MTU-2026-03-09-protokol.pdf"'
    assert [title.split(".")[0] for title in bookmarks(content)] == ["Protokol", "1", "2"]
    words = words_in(content)
    assert "Stien anlægges." in words
    assert "Købet blev godkendt." in words
    assert "Side 1 af 3" in words
    assert "Side 3 af 3" in words


def test_the_agenda_is_accessible_and_fit_for_the_archive(meeting: Meeting, house: House) -> None:
    content, disposition = fetched(house.secretary, "print-agenda", meeting)

    assert failures(content) == {"ua1": [], "2a": []}
    assert disposition == 'attachment; filename="MTU-2026-03-09-dagsorden.pdf"'
    words = words_in(content)
    assert "Stien er 400 m lang." in words
    assert "1. at stien anlægges" in words
    assert "Kort over stien" in words
    assert "Anbefales." in words  # what the body before recommended
    assert "Købet blev godkendt" not in words  # what this meeting decided stands in the protocol


@pytest.mark.parametrize("name", ["print-agenda", "print-protocol"])
@pytest.mark.parametrize("form", ["", "docx"])
def test_closed_words_are_printed_for_their_readers_alone_and_every_print_of_them_is_logged(
    name: str, form: str, meeting: Meeting, house: House
) -> None:
    said = {"print-agenda": CLOSED_WORDS[:1], "print-protocol": ("Køb af Møllevej 4", "Købet blev godkendt")}[name]

    content, _name = fetched(house.member, name, meeting, form)

    words = words_of_docx(content) if form else words_in(content)
    assert [word for word in said if word not in words] == []
    [entry] = AuditEntry.objects.filter(verb="read_closed")
    assert (entry.actor, entry.subject) == (house.member, f"meetings.Meeting:{meeting.pk}")


def words_of_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("form", ["", "docx"])
def test_who_reads_no_closed_material_prints_the_public_face_of_it(form: str, meeting: Meeting, house: House) -> None:
    content, _name = fetched(house.hr, "print-agenda", meeting, form)

    words = words_of_docx(content) if form else words_in(content)
    assert [word for word in CLOSED_WORDS if word in words] == []
    assert "Køb af ejendom" in words
    assert "Lukket bilag" in words
    assert AuditEntry.objects.filter(verb="read_closed").count() == 0


def test_who_does_not_see_the_body_gets_no_print_of_it(meeting: Meeting, house: House) -> None:
    client = signed_in_as(house.stranger)

    for name, row in (
        ("prints", meeting), ("print-agenda", meeting), ("print-protocol", meeting), ("order-packet", meeting),
        ("print-extract", item_of(meeting, "1")),
    ):  # fmt: skip
        assert client.get(reverse(f"protocols:{name}", args=[row.pk])).status_code == 404


def test_human_resources_get_no_protocol_and_no_extract(meeting: Meeting, house: House) -> None:
    client = signed_in_as(house.hr)

    assert client.get(reverse("protocols:print-protocol", args=[meeting.pk])).status_code == 403
    assert client.get(reverse("protocols:print-extract", args=[item_of(meeting, "1").pk])).status_code == 403


def test_an_extract_is_one_item_of_the_protocol(meeting: Meeting, house: House) -> None:
    record_decision(item_of(meeting, "1"), text="Stien anlægges.", outcome="approved", seen=0, actor=house.secretary)

    content, disposition = fetched(house.member, "print-extract", item_of(meeting, "1"))

    assert failures(content) == {"ua1": [], "2a": []}
    assert disposition == 'attachment; filename="MTU-2026-03-09-udskrift-1.pdf"'
    words = words_in(content)
    assert "Udskrift af beslutningsprotokollen" in words
    assert "Stien anlægges." in words
    assert "Køb af Møllevej 4" not in words
    typed, name = fetched(house.member, "print-extract", item_of(meeting, "1"), "docx")
    assert name == 'attachment; filename="MTU-2026-03-09-udskrift-1.docx"'
    lines = words_of_docx(typed)
    assert ["Udskrift af beslutningsprotokollen" in lines, "Stien anlægges." in lines] == [True, True]
    assert "Køb af Møllevej 4" not in lines


def test_the_extract_of_a_sub_item_is_that_part_alone(meeting: Meeting, house: House) -> None:
    """Six cases under one item: a party gets hers, and nothing of the others, nor of a closed item above."""
    above, closed = item_of(meeting, "1"), item_of(meeting, "2")
    first, second, undecided, hidden = (
        AgendaItem.objects.create(
            meeting=meeting, parent=parent, case=above.case, position=number, number=str(number), title=title, access="open"
        )
        for parent, number, title in (
            (above, 7, "Dispensation til Ask"), (above, 8, "Påbud til Birk"), (above, 9, "Endnu åben"), (closed, 7, "Skjult køb")
        )
    )  # fmt: skip
    for sub, text in ((first, "Ask får lov."), (second, "Birk får påbud."), (hidden, "Der købes.")):
        record_decision(sub, text=text, outcome="approved", seen=0, actor=house.secretary)

    content, disposition = fetched(house.member, "print-extract", second, "docx")

    assert disposition == 'attachment; filename="MTU-2026-03-09-udskrift-1-8.docx"'
    lines = words_of_docx(content)
    assert [words in lines for words in ("Birk får påbud.", "Påbud til Birk", "Ask", "Endnu", "Ny cykelsti")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert "Ask får lov." in words_in(fetched(house.member, "print-extract", above)[0])
    client, page = signed_in_as(house.member), reverse("protocols:prints", args=[meeting.pk])
    listed = client.get(page).content.decode()
    assert [words in listed for words in ("1.8. Påbud til Birk", "2.7. Skjult køb", "Endnu åben")] == [
        True,
        True,
        False,
    ]
    assert client.get(reverse("protocols:print-extract", args=[undecided.pk])).status_code == 404
    person = house.body.seats.get(person__name="Dina Toft").person
    person.user = house.member
    person.save()
    ConflictOfInterest.objects.create(item=closed, person=person, noted_by=house.secretary)
    listed = client.get(page).content.decode()
    assert [words in listed for words in ("1.8. Påbud til Birk", "Skjult køb")] == [True, False]
    assert client.get(reverse("protocols:print-extract", args=[hidden.pk])).status_code in (403, 404)


def test_an_extract_of_a_closed_item_tells_nothing_in_its_name_and_title(meeting: Meeting, house: House) -> None:
    content, disposition = fetched(house.member, "print-extract", item_of(meeting, "2"))

    assert disposition == 'attachment; filename="MTU-2026-03-09-udskrift-2.pdf"'
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert (
            str(opened.docinfo.Title) == "Udskrift af beslutningsprotokollen: Miljø- og Teknikudvalget, 9. marts 2026"
        )
    assert "Købet blev godkendt." in words_in(content)


def test_a_conflict_of_interest_shuts_the_closed_item_on_the_agenda(meeting: Meeting, house: House) -> None:
    person = house.body.seats.get(person__name="Dina Toft").person
    person.user = house.member
    person.save()
    ConflictOfInterest.objects.create(item=item_of(meeting, "2"), person=person, noted_by=house.secretary)

    words = words_in(fetched(house.member, "print-agenda", meeting)[0])

    assert [word for word in CLOSED_WORDS[1:5] if word in words] == []
    assert "Du deltager ikke i punktet." in words


def test_a_late_change_of_one_item_prints_one_part(house: House) -> None:
    meeting = meeting_with(house, *(plain_item(number) for number in range(1, 6)))
    first = print_paper(agenda_for(house.secretary, meeting), made_at=MADE)
    again = print_paper(agenda_for(house.secretary, meeting), made_at=MADE)
    item = item_of(meeting, "3")
    item.title = "Et nyt navn"
    item.save()

    changed = print_paper(agenda_for(house.secretary, meeting), made_at=MADE)

    assert (first.compiled, again.compiled, changed.compiled) == (5, 0, 1)
    assert first.content == again.content
    assert "Et nyt navn" in words_in(changed.content)


def test_readers_share_no_part_of_which_they_are_shown_different_words(meeting: Meeting, house: House) -> None:
    print_paper(agenda_for(house.secretary, meeting), made_at=MADE)

    theirs = print_paper(agenda_for(house.hr, meeting), made_at=MADE)

    assert theirs.compiled == 2
    assert [word for word in CLOSED_WORDS if word in words_in(theirs.content)] == []


def test_a_supplement_prints_what_is_new_and_why(meeting: Meeting, house: House) -> None:
    old, new = item_of(meeting, "1"), item_of(meeting, "2")
    new.first_sent_in, new.access, new.ground = 2, "open", ""
    new.save()
    Meeting.objects.filter(pk=meeting.pk).update(agenda_sent_at=MADE)
    lines: list[dict[str, Any]] = [
        {"item": str(item.pk), "parent": None, "title": item.title, "attachments": []} for item in (old, new)
    ]
    for number, shown, reason in ((1, lines[:1], ""), (2, lines, "Sælger venter ikke.")):
        version = AgendaVersion.objects.create(
            meeting=meeting, number=number, sent_by=house.secretary, sent_at=MADE, reason=reason, lines=shown
        )

    content, disposition = fetched(house.hr, "print-supplement", version)

    assert disposition == "attachment; filename*=utf-8''MTU-2026-03-09-till%C3%A6gsdagsorden-1.pdf"
    words = words_in(content)
    assert "Tillægsdagsorden nr. 1" in words
    assert "Sælger venter ikke." in words
    assert "Køb af Møllevej 4" in words
    assert "Ny cykelsti" not in words
    assert failures(content) == {"ua1": [], "2a": []}


def test_closed_titles_on_the_page_of_prints_are_a_reading(meeting: Meeting, house: House) -> None:
    url = reverse("protocols:prints", args=[meeting.pk])

    theirs = signed_in_as(house.hr).get(url).content.decode()
    hers = signed_in_as(house.member).get(url).content.decode()

    assert ("Køb af Møllevej 4" in theirs, "Køb af Møllevej 4" in hers) == (False, True)
    assert [entry.actor for entry in AuditEntry.objects.filter(verb="read_closed")] == [house.member]


def test_a_final_protocol_says_so_and_who_vouches_for_it(meeting: Meeting, house: House) -> None:
    digest = sha256(to_text(compose_protocol(facts_of(meeting.pk))))
    entry = make_final(meeting, digest=digest, anyway=True, actor=house.secretary)

    content, _name = fetched(house.secretary, "print-protocol", meeting)
    again, _name = fetched(house.secretary, "print-protocol", meeting)

    words = words_in(content)
    assert "Protokollen blev gjort endelig den" in words
    assert "Udkast" not in words
    assert ProtocolEntry.objects.get(pk=entry.pk).sha256 in words.replace(" ", "")
    assert content == again


@pytest.mark.parametrize("count", [3, 12])
def test_the_page_of_prints_asks_the_database_the_same_for_few_and_for_many(
    count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = meeting_with(house, *(plain_item(number) for number in range(1, count + 1)))
    client = signed_in_as(house.secretary)
    url = reverse("protocols:prints", args=[meeting.pk])

    with django_assert_num_queries(10):  # two of them of the packets for members
        response = client.get(url)

    assert response.content.decode().count("?as=docx") == count + 2
