"""A member's packet: what is in it, where its links lead, whose it is, and what becomes of a file that is broken."""

import io
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.models import AuditEntry
from sagsgang.documents import storage
from sagsgang.documents.access import Access, Ground
from sagsgang.documents.joining import Piece, join_pieces
from sagsgang.documents.kinds import DOCX
from sagsgang.documents.tests.files import locked_pdf, long_pdf
from sagsgang.meetings.drafts import AttachmentDraft, FileDraft, ItemDraft
from sagsgang.meetings.models import AgendaVersion, ConflictOfInterest, Meeting
from sagsgang.meetings.tests.factories import (
    House,
    closed_item,
    htmx,
    item_of,
    make_house,
    meeting_with,
    plain_item,
    signed_in_as,
)
from sagsgang.protocols.actions.prints import order_packet
from sagsgang.protocols.models import Packet
from sagsgang.protocols.queries.prints import GIVEN_UP, packet_path, word_path
from sagsgang.protocols.tasks import make_packet


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Any) -> None:
    """The house's files of this test alone, and static files by their plain names."""
    settings.HOUSE_FILES = tmp_path / "house"
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = {**settings.STORAGES, **storages}


def pdf_file(content: bytes) -> FileDraft:
    return FileDraft(storage.house().put(content), "bilag.pdf", len(content), "application/pdf")


def item_with(number: int, *attachments: AttachmentDraft) -> ItemDraft:
    return replace(plain_item(number), attachments=attachments)


def attached(position: int, title: str, content: bytes, *, closed: bool = False) -> AttachmentDraft:
    access, ground = (Access.CLOSED, Ground.TENDER) if closed else (Access.OPEN, "")
    return AttachmentDraft(position, title, access, ground=ground, file=pdf_file(content))


@pytest.fixture
def meeting(house: House) -> Meeting:
    first = item_with(
        1,
        attached(1, "Kort", long_pdf("Kortets side", "Anden side")),
        attached(2, "Tilbud", long_pdf("Pris 7"), closed=True),
    )
    second = item_with(2, attached(1, "Notat", long_pdf("Notatets ord")))
    closed = replace(closed_item(), number="3", attachments=(attached(1, "Vurdering", long_pdf("Huset er vurderet")),))
    return meeting_with(house, first, second, closed)


def made(meeting: Meeting, user: User) -> Packet:
    packet = order_packet(meeting, actor=user)
    make_packet(packet)
    return packet


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]


def content_of(packet: Packet) -> bytes:
    return packet_path(packet).read_bytes()


def outline_of(content: bytes) -> list[tuple[str, list[str]]]:
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        return [(str(item.title), [str(child.title) for child in item.children]) for item in outline.root]


def test_a_packet_holds_the_agenda_and_behind_each_item_its_attachments(meeting: Meeting, house: House) -> None:
    packet = made(meeting, house.member)

    content = content_of(packet)
    assert outline_of(content) == [
        ("Dagsorden med bilag", []),
        ("1. Punkt 1", ["Bilag 1: Kort", "Bilag 2: Tilbud"]),
        ("2. Punkt 2", ["Bilag 1: Notat"]),
        ("3. Køb af Møllevej 4", ["Bilag 1: Vurdering"]),
    ]
    pages = pages_of(content)
    assert [(number, f"Side {number} af {len(pages)}" in words) for number, words in enumerate(pages, 1)] == [
        (number, True) for number in range(1, 10)
    ]
    assert [number for number, words in enumerate(pages, 1) if "Pris 7" in words] == [5]
    assert (packet.pages, packet.problems, packet.is_ready) == (9, [], True)
    assert (packet.done, packet.total) == (8, 8)


def test_the_lists_of_attachments_and_the_contents_lead_into_the_packet(meeting: Meeting, house: House) -> None:
    content = content_of(made(meeting, house.member))

    with pikepdf.open(io.BytesIO(content)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        links = {}
        for number, sheet in enumerate(opened.pages, start=1):
            notes = [note for note in sheet.obj.get("/Annots", []) if "/Dest" in note]
            if notes:
                links[number] = sorted({numbers[note.Dest[0].objgen] for note in notes})
        actions = [note for sheet in opened.pages for note in sheet.obj.get("/Annots", []) if "/A" in note]
    assert links == {1: [2, 3, 5, 6, 7, 8, 9], 2: [3, 5], 6: [7], 8: [9]}
    assert actions == []


def test_a_packet_is_read_aloud_as_its_pieces_were_and_claims_no_archive(meeting: Meeting, house: House) -> None:
    content = content_of(made(meeting, house.member))

    with pikepdf.open(io.BytesIO(content)) as opened:
        [document] = opened.Root.StructTreeRoot.K
        parts = [str(part.T) for part in document.K]
        claims = opened.Root.Metadata.read_bytes()
    assert parts == ["Dagsorden med bilag", "1. Punkt 1", "2. Punkt 2", "3. Køb af Møllevej 4"]
    assert b"pdfaid:part" not in claims
    assert b"pdfuaid:part" not in claims


def test_a_conflict_of_interest_leaves_the_closed_material_out_of_her_packet(meeting: Meeting, house: House) -> None:
    person = house.body.seats.get(person__name="Dina Toft").person
    person.user = house.member
    person.save()
    for number in ("1", "3"):
        ConflictOfInterest.objects.create(item=item_of(meeting, number), person=person, noted_by=house.secretary)

    words = " ".join(pages_of(content_of(made(meeting, house.member))))

    assert [word for word in ("Pris 7", "Huset er vurderet", "Skødet koster") if word in words] == []
    assert "Kortets side" in words


def test_who_reads_no_closed_material_gets_a_packet_without_it(meeting: Meeting, house: House) -> None:
    packet = made(meeting, house.hr)

    words = " ".join(pages_of(content_of(packet)))
    assert [word for word in ("Pris 7", "Huset er vurderet", "Møllevej", "Tilbud") if word in words] == []
    assert packet.holds_closed is False


@pytest.mark.parametrize(
    "content, said",
    [
        (b"%PDF-1.7 i stykker", "Filen er beskadiget eller låst"),
        (locked_pdf(), "Filen er beskadiget eller låst"),
    ],
)
def test_a_broken_attachment_becomes_a_page_that_says_so(content: bytes, said: str, house: House) -> None:
    meeting = meeting_with(house, item_with(1, attached(1, "Kort", content), attached(2, "Notat", long_pdf("Ordene"))))

    packet = made(meeting, house.member)

    pages = pages_of(content_of(packet))
    assert "Bilag 1: Kort" in pages[2]
    assert said in pages[2]
    assert "Ordene" in pages[3]
    assert [row["problem"] for row in packet.problems] == ["broken"]


def test_a_file_that_is_gone_or_has_no_pdf_is_named_too(house: House) -> None:
    gone = FileDraft("0" * 64, "væk.pdf", 3, "application/pdf")
    letter = FileDraft(storage.house().put(b"ord"), "ord.docx", 3, DOCX)
    attachments = (
        AttachmentDraft(1, "Væk", Access.OPEN, file=gone), AttachmentDraft(2, "Brev", Access.OPEN, file=letter)
    )  # fmt: skip
    meeting = meeting_with(house, item_with(1, *attachments))

    packet = made(meeting, house.member)

    assert [row["problem"] for row in packet.problems] == ["missing", "waiting"]


def test_a_text_and_a_picture_become_pages(house: House) -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (60, 20), (200, 0, 0, 255)).save(drawn, "PNG")
    contents = (
        ("tekst.txt", "Første linje\nÆrø – €".encode(), "text/plain"), ("gammel.txt", "Årø".encode("cp1252"), "text/plain"),
        ("kort.png", drawn.getvalue(), "image/png"), ("halv.png", drawn.getvalue()[:40], "image/png"),
    )  # fmt: skip
    attachments = tuple(
        AttachmentDraft(
            number, name, Access.OPEN, file=FileDraft(storage.house().put(content), name, len(content), media_type)
        )
        for number, (name, content, media_type) in enumerate(contents, start=1)
    )
    meeting = meeting_with(house, item_with(1, *attachments))

    packet = made(meeting, house.member)

    pages = pages_of(content_of(packet))
    assert [row["problem"] for row in packet.problems] == ["broken"]
    assert len(pages) == 6
    assert [word in pages[2] for word in ("tekst.txt", "Første linje", "Ærø – €")] == [True] * 3
    assert "Årø" in pages[3]
    with pikepdf.open(packet_path(packet)) as opened:
        assert [round(float(side)) for side in opened.pages[4].mediabox[2:]] == [842, 595]


def test_ordering_twice_makes_one_packet_and_one_job(meeting: Meeting, house: House) -> None:
    first = order_packet(meeting, actor=house.member)
    second = order_packet(meeting, actor=house.member)

    assert first == second
    jobs = ProcrastinateJob.objects.filter(task_name="sagsgang.protocols.tasks.build_packet")
    assert [job.args for job in jobs] == [{"packet_id": str(first.pk)}]
    assert list(AuditEntry.objects.filter(verb="order_packet").values_list("actor__username", flat=True)) == ["medlem"]


def test_a_packet_whose_job_is_lost_is_ordered_anew(meeting: Meeting, house: House) -> None:
    lost = order_packet(meeting, actor=house.member)
    Packet.objects.filter(pk=lost.pk).update(created_at=lost.created_at - GIVEN_UP)
    client = signed_in_as(house.member)

    page = client.get(reverse("protocols:prints", args=[meeting.pk])).content.decode()
    client.post(reverse("protocols:order-packet", args=[meeting.pk]))

    assert "Den samlede dagsorden kunne ikke dannes." in page
    assert Packet.objects.count() == 2


def test_a_packet_is_ordered_watched_and_fetched_by_her_alone(meeting: Meeting, house: House) -> None:
    client = signed_in_as(house.member)
    client.post(reverse("protocols:order-packet", args=[meeting.pk]))
    packet = Packet.objects.get()
    waiting = htmx(house.member).get(reverse("protocols:packet", args=[packet.pk])).content.decode()
    make_packet(packet)

    ready = htmx(house.member).get(reverse("protocols:packet", args=[packet.pk])).content.decode()
    response = client.get(reverse("protocols:packet-file", args=[packet.pk]))

    assert 'hx-trigger="every 2s"' in waiting
    assert 'hx-trigger="every 2s"' not in ready
    assert b"".join(response).startswith(b"%PDF")
    assert response["Content-Disposition"] == 'attachment; filename="MTU-2026-03-09-samlet-dagsorden.pdf"'
    assert AuditEntry.objects.filter(verb="read_closed", actor=house.member).count() == 1
    for other in (house.secretary, house.stranger):
        assert signed_in_as(other).get(reverse("protocols:packet-file", args=[packet.pk])).status_code == 404


def test_a_packet_made_before_a_conflict_of_interest_is_not_handed_out_after_it(meeting: Meeting, house: House) -> None:
    packet = made(meeting, house.member)
    person = house.body.seats.get(person__name="Dina Toft").person
    person.user = house.member
    person.save()
    ConflictOfInterest.objects.create(item=item_of(meeting, "3"), person=person, noted_by=house.secretary)

    response = signed_in_as(house.member).get(reverse("protocols:packet-file", args=[packet.pk]), follow=True)

    assert response["Content-Type"].startswith("text/html")
    assert "Den samlede dagsorden skal dannes igen, før du kan hente den." in response.content.decode()


def test_a_packet_made_before_the_agenda_went_out_anew_is_not_the_current_one(meeting: Meeting, house: House) -> None:
    packet = made(meeting, house.member)
    fetch, show = reverse("protocols:packet-file", args=[packet.pk]), reverse("protocols:prints", args=[meeting.pk])
    first = {"meeting": meeting, "sent_by": house.secretary, "lines": []}
    AgendaVersion.objects.create(number=1, sent_at=packet.created_at - GIVEN_UP, **first)
    client = signed_in_as(house.member)
    assert b"".join(client.get(fetch)).startswith(b"%PDF")
    assert fetch in client.get(show).content.decode()

    AgendaVersion.objects.create(number=2, sent_at=now(), reason="Nyt bilag.", **first)

    said = _("The agenda has gone out anew since the packet was made. Make it again.")
    part = htmx(house.member).get(reverse("protocols:packet", args=[packet.pk])).content.decode()
    for page in (client.get(show).content.decode(), part):
        assert (said in page, fetch in page) == (True, False)
    assert client.get(fetch)["Location"] == show
    again = made(meeting, house.member)
    assert reverse("protocols:packet-file", args=[again.pk]) in client.get(show).content.decode()


def test_what_a_foreign_file_could_start_does_not_come_along(house: House) -> None:
    pdf = pikepdf.open(io.BytesIO(long_pdf("Forside")))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.OpenAction = script
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=script
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
    out = io.BytesIO()
    pdf.save(out)
    own = Piece(long_pdf("Vores"), "Vores", "own")

    joined = join_pieces(
        [own, Piece(out.getvalue(), "Deres", "x", depth=1, is_ours=False)],
        title="T",
        claims=False,
        stamp="{page}/{pages}",
    )

    with pikepdf.open(io.BytesIO(joined.content)) as opened:
        assert "/OpenAction" not in opened.Root
        assert "/A" not in opened.pages[1].obj.Annots[0]
    assert (joined.pages, joined.starts) == (2, {"own": 1, "x": 2})


def word_lines(content: bytes) -> list[str]:
    """Paragraphs and cells of a Word file, in their order."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(run.text or "" for run in row.iter(f"{space}t")) for row in root.iter(f"{space}p")]


def test_the_word_file_of_a_packet_lists_the_attachments_with_their_pages(meeting: Meeting, house: House) -> None:
    packet = made(meeting, house.member)

    response = signed_in_as(house.member).get(reverse("protocols:packet-file", args=[packet.pk]), {"as": "docx"})

    lines = word_lines(b"".join(response))
    assert response["Content-Disposition"] == 'attachment; filename="MTU-2026-03-09-samlet-dagsorden.docx"'
    assert [lines[lines.index(title) + 2] for title in ("Kort", "Tilbud", "Notat")] == ["3", "5", "7"]
    assert "Pris 7" not in " ".join(lines)
    hidden = made(meeting, house.hr)
    words = " ".join(word_lines(word_path(hidden).read_bytes()))
    assert [word for word in ("Tilbud", "Møllevej") if word in words] == []


def test_the_secretary_orders_a_members_packet_with_that_members_rights(meeting: Meeting, house: House) -> None:
    person = house.body.seats.get(person__name="Dina Toft").person
    person.user = house.member
    person.save()
    ConflictOfInterest.objects.create(item=item_of(meeting, "3"), person=person, noted_by=house.secretary)
    own = order_packet(meeting, actor=house.member)
    make_packet(own)
    client = signed_in_as(house.secretary)
    address = reverse("protocols:order-packet-for", args=[meeting.pk])
    assert client.get(reverse("protocols:packet-file", args=[own.pk])).status_code == 404

    client.post(address, {"member": str(house.hr.pk)})  # holds no seat
    client.post(address, {"member": str(house.member.pk)})
    packet = Packet.objects.exclude(pk=own.pk).get()
    make_packet(packet)
    page = client.get(reverse("protocols:prints", args=[meeting.pk])).content.decode()
    response = client.get(reverse("protocols:packet-file", args=[packet.pk]))

    words = " ".join(pages_of(b"".join(response)))
    assert reverse("protocols:packet-file", args=[packet.pk]) in page
    assert ("Pris 7" in words, "Huset er vurderet" in words) == (True, False)
    assert AuditEntry.objects.filter(verb="order_packet_for", actor=house.secretary).count() == 2
    assert AuditEntry.objects.filter(verb="read_closed", actor=house.secretary).exists()
    hers = signed_in_as(house.member).get(reverse("protocols:packet-file", args=[packet.pk]))
    assert b"".join(hers).startswith(b"%PDF")
    assert signed_in_as(house.hr).get(reverse("protocols:packet-file", args=[packet.pk])).status_code == 404
    assert (
        address not in signed_in_as(house.member).get(reverse("protocols:prints", args=[meeting.pk])).content.decode()
    )
    boss = Person.objects.create(authority=house.body.authority, name="Sanne Skov", user=house.secretary)
    ConflictOfInterest.objects.create(item=item_of(meeting, "1"), person=boss, noted_by=house.member)
    assert client.get(reverse("protocols:packet-file", args=[packet.pk])).status_code == 302
