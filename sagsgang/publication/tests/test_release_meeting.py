"""What goes out passes the gate, carries no trace of its makers, and is what was prepared."""

import dataclasses
import io
from datetime import date

import docx
import pikepdf
import pytest
from django.conf import settings

from sagsgang.accounts.models import User
from sagsgang.bodies.actions import found_authority, found_body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import storage
from sagsgang.documents.kinds import DOCX, PDF
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.meetings.actions import record_decision, restore_meeting
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    FileDraft,
    ItemDraft,
    MeetingDraft,
    SectionDraft,
)
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.publication.actions import prepare_release, release_meeting, release_prepared
from sagsgang.publication.copies import public_copy, public_file_name
from sagsgang.publication.models import Preparation, PublicFile, PublicItem, Release

pytestmark = pytest.mark.django_db
ITEM = ItemDraft("1", "Cykelsti", CaseDraft("Cykelsti"))


def docx_bytes(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    document.core_properties.author = "Hemmelig Forfatter"
    document.core_properties.last_modified_by = "Hemmelig Retter"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    return out.getvalue()


def attachment(content: bytes, media_type: str, *, access: str = "open") -> AttachmentDraft:
    file = FileDraft(storage.house().put(content), "intern.bin", len(content), media_type)
    return AttachmentDraft(1, "Kort", access, ground="tender" if access == "closed" else "", file=file)


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def bo() -> User:
    return User.objects.create_user("bo")


def meeting_with(actor: User, *attachments: AttachmentDraft, policy: str = "minutes", **facts: object) -> Meeting:
    authority = found_authority("Egekøbing Kommune", slug="egekoebing")
    body = found_body(authority, name="Byrådet", kind="council", publish_policy=policy)
    item = dataclasses.replace(ITEM, attachments=attachments or None, **facts)  # type: ignore[arg-type]
    return restore_meeting(body, MeetingDraft(held_on=date(2026, 4, 14), items=(item,)), actor=actor).meeting


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf_bytes("Borger 010190-1234"), PDF),
        (docx_bytes("Borger 010190 1234"), DOCX),
        (b"cpr 0101901234", "text/plain"),
    ],
    ids=["pdf", "docx", "text"],
)
def test_a_cpr_number_in_an_open_attachment_stops_the_release(
    anna: User, bo: User, content: bytes, media_type: str
) -> None:
    meeting = meeting_with(anna, attachment(content, media_type))

    with pytest.raises(RuleBrokenError, match="punkt 1, bilag 1"):
        release_meeting(meeting, kind="minutes", prepared_by=anna, released_by=bo)

    assert Release.objects.count() == 0
    assert not (settings.RELEASED_FILES).exists()


def test_a_cpr_number_in_a_closed_attachment_stays_where_it_is(anna: User, bo: User) -> None:
    meeting = meeting_with(anna, attachment(pdf_bytes("Borger 010190-1234"), PDF, access="closed"))

    release_meeting(meeting, kind="minutes", prepared_by=anna, released_by=bo)

    assert PublicFile.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"%PDF-1.7 broken", PDF), (locked_pdf(), PDF), (b"PK\x03\x04 broken", DOCX), (b"", DOCX)],
    ids=["broken pdf", "locked pdf", "broken docx", "empty docx"],
)
def test_an_attachment_that_cannot_be_read_stops_the_release(
    anna: User, bo: User, content: bytes, media_type: str
) -> None:
    meeting = meeting_with(anna, attachment(content, media_type))

    with pytest.raises(RuleBrokenError, match="Punkt 1, bilag 1 kan ikke læses"):
        release_meeting(meeting, kind="minutes", prepared_by=anna, released_by=bo)

    assert Release.objects.count() == 0


@pytest.mark.parametrize(("policy", "kind"), [("none", "agenda"), ("none", "archive"), ("agenda", "minutes")])
def test_a_body_lets_out_what_its_policy_says(anna: User, bo: User, policy: str, kind: str) -> None:
    meeting = meeting_with(anna, policy=policy)

    with pytest.raises(RuleBrokenError, match="offentliggør ikke"):
        release_meeting(meeting, kind=kind, prepared_by=anna, released_by=bo)


def test_the_one_who_prepared_does_not_release(anna: User, bo: User) -> None:
    preparation = prepare_release(meeting_with(anna), kind="minutes", actor=anna)

    with pytest.raises(RuleBrokenError, match="forskellige personer"):
        release_prepared(preparation, actor=anna)
    release = release_prepared(preparation, actor=bo)

    assert release.number == 1
    assert Preparation.objects.filter(ended_at=None).count() == 0


def test_what_was_changed_after_the_preparation_is_prepared_again(anna: User, bo: User) -> None:
    meeting = meeting_with(anna)
    preparation = prepare_release(meeting, kind="minutes", actor=anna)
    record_decision(AgendaItem.objects.get(), text="Godkendt.", outcome="approved", seen=0, actor=anna)

    with pytest.raises(RuleBrokenError, match="ændret"):
        release_prepared(preparation, actor=bo)

    assert Release.objects.count() == 0


def test_a_released_pdf_says_its_public_title_and_nothing_of_its_makers() -> None:
    source = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        pdf.docinfo["/Author"] = "Hemmelig Forfatter"
        pdf.docinfo["/Title"] = "Internt arbejdsnavn"
        with pdf.open_metadata() as xmp:
            xmp["dc:creator"] = ["Hemmelig Forfatter"]
            xmp["dc:title"] = "Internt arbejdsnavn"
        pdf.save(source)

    copy = public_copy(source.getvalue(), media_type=PDF, title="Kort over stien")

    assert copy == public_copy(source.getvalue(), media_type=PDF, title="Kort over stien")
    with pikepdf.open(io.BytesIO(copy)) as pdf, pdf.open_metadata() as xmp:
        assert {str(key): str(value) for key, value in pdf.docinfo.items()} == {"/Title": "Kort over stien"}
        assert xmp["dc:title"] == "Kort over stien"
        assert "dc:creator" not in xmp
        assert b"Hemmelig" not in pdf.Root.Metadata.read_bytes()


def test_a_released_word_file_says_nothing_of_its_makers() -> None:
    copy = public_copy(docx_bytes("Tekst"), media_type=DOCX, title="Notat")

    facts = docx.Document(io.BytesIO(copy)).core_properties
    assert (facts.author, facts.last_modified_by, facts.title) == ("", "", "Notat")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Kort over stien", "Kort-over-stien.pdf"),
        ("Høring: æ/ø/å?", "Høring-æ-ø-å.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("   ", "bilag.pdf"),
        ("x" * 300, "x" * 100 + ".pdf"),
    ],
)
def test_a_public_file_is_named_by_its_public_title(title: str, name: str) -> None:
    assert public_file_name(title, PDF) == name


def test_no_script_goes_out_whatever_came_in(anna: User, bo: User) -> None:
    html = '<p onclick="x()">Stien<script>alert(1)</script></p><img src="https://spor.example/1.png">'
    section = SectionDraft("presentation", "Sagsfremstilling", html)
    decision = DecisionDraft("Byrådet", date(2026, 4, 14), html)

    release_meeting(
        meeting_with(anna, sections=(section,), decisions=(decision,)), kind="minutes", prepared_by=anna, released_by=bo
    )

    content = PublicItem.objects.get().content
    assert content["sections"][0]["html"] == content["decisions"][0]["html"] == "<p>Stien</p>"
