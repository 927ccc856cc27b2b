"""Closed material: hidden from who may not read it, shown to who may, and every showing is logged."""

import pypdfium2
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.core.models import AuditEntry
from sagsgang.documents import storage
from sagsgang.documents.kinds import PDF
from sagsgang.documents.models import DocumentVersion
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.meetings.models import Attachment, Meeting
from sagsgang.meetings.tests.factories import (
    CLOSED_WORDS,
    House,
    closed_item,
    item_of,
    meeting_with,
    open_item,
    plain_item,
    signed_in_as,
)


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item(), closed_item())


def pages(user: User, meeting: Meeting) -> str:
    """Everything that the user gets to read of the meeting."""
    client = signed_in_as(user)
    urls = [
        reverse("meetings:home"),
        reverse("meetings:body", args=[meeting.body_id]),
        reverse("meetings:meeting", args=[meeting.pk]),
        reverse("publication:releases", args=[meeting.pk]),
        *(reverse("meetings:item", args=[item.pk]) for item in meeting.items.all() if item.parent_id is None),
    ]
    return "".join(client.get(url).content.decode() for url in urls)


def readings() -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(verb="read_closed").order_by("at")
    return list(entries.values_list("actor__username", "subject"))


def test_closed_words_are_hidden_from_who_may_not_read_them(meeting: Meeting, house: House) -> None:
    for user in (house.hr, house.auditor):
        words = pages(user, meeting)

        assert [word for word in CLOSED_WORDS if word in words] == []
        assert "Køb af ejendom" in words

    assert readings() == []


def test_closed_words_are_shown_to_their_readers(meeting: Meeting, house: House) -> None:
    for user in (house.secretary, house.member, house.director):
        words = pages(user, meeting)

        assert [word for word in CLOSED_WORDS if word not in words] == []


def test_each_reading_of_a_closed_item_is_an_entry(meeting: Meeting, house: House) -> None:
    item = item_of(meeting, "2")
    client = signed_in_as(house.secretary)

    for _ in range(2):
        client.get(reverse("meetings:item", args=[item.pk]))

    assert readings() == [("sekretær", f"meetings.AgendaItem:{item.pk}")] * 2


def test_a_closed_attachment_of_an_open_item_is_a_reading_too(meeting: Meeting, house: House) -> None:
    item = item_of(meeting, "1")

    signed_in_as(house.member).get(reverse("meetings:item", args=[item.pk]))

    assert readings() == [("medlem", f"meetings.AgendaItem:{item.pk}")]


def test_closed_titles_on_the_agenda_are_logged_for_the_meeting(meeting: Meeting, house: House) -> None:
    signed_in_as(house.member).get(reverse("meetings:meeting", args=[meeting.pk]))

    assert readings() == [("medlem", f"meetings.Meeting:{meeting.pk}")]


def test_a_page_without_closed_words_is_not_logged(house: House) -> None:
    draft = plain_item(1)
    meeting = meeting_with(house, type(draft)(number="1", title="Budget", case=draft.case))
    client = signed_in_as(house.secretary)

    client.get(reverse("meetings:meeting", args=[meeting.pk]))
    client.get(reverse("meetings:item", args=[item_of(meeting, "1").pk]))

    assert readings() == []


@pytest.mark.parametrize("number, position, name", [("1", 2, "regneark.txt"), ("2", 1, "vurdering.txt")])
def test_a_closed_file_is_for_its_readers_and_logged(
    number: str, position: int, name: str, meeting: Meeting, house: House
) -> None:
    row = Attachment.objects.get(item=item_of(meeting, number), position=position)
    url = reverse("meetings:attachment", args=[row.pk])

    for user in (house.hr, house.auditor):
        assert signed_in_as(user).get(url).status_code == 403
    assert readings() == []

    response = signed_in_as(house.director).get(url)

    assert b"".join(response) == {"regneark.txt": b"tal", "vurdering.txt": b"vurdering"}[name]
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Cache-Control"] == "private, no-store"
    assert readings() == [("direktør", f"meetings.Attachment:{row.pk}")]


def test_an_open_file_is_for_all_who_see_the_body_and_not_logged(meeting: Meeting, house: House) -> None:
    row = Attachment.objects.get(item=item_of(meeting, "1"), position=1)

    response = signed_in_as(house.hr).get(reverse("meetings:attachment", args=[row.pk]))

    assert (b"".join(response), response["Content-Type"]) == (b"kort", "text/plain")
    assert readings() == []


def test_a_file_that_is_not_in_the_store_is_not_found_and_not_logged(meeting: Meeting, house: House) -> None:
    row = Attachment.objects.get(item=item_of(meeting, "1"), position=2)
    DocumentVersion.objects.filter(attachments=row).update(sha256="0" * 64)

    assert signed_in_as(house.secretary).get(reverse("meetings:attachment", args=[row.pk])).status_code == 404
    assert readings() == []


def test_a_closed_pdf_bears_its_reader_s_name_and_the_secretary_gets_it_as_it_is(
    meeting: Meeting, house: House
) -> None:
    attachment = Attachment.objects.get(title="Vurdering af Møllevej 4")
    content = pdf_bytes("Skøde")
    assert attachment.version
    DocumentVersion.objects.filter(pk=attachment.version.pk).update(
        sha256=storage.house().put(content), media_type=PDF, size=len(content), name="skøde.pdf"
    )
    url = reverse("meetings:attachment", args=[attachment.pk])

    read, kept = (signed_in_as(user).get(url) for user in (house.member, house.secretary))

    marked = b"".join(read.streaming_content)  # type: ignore[attr-defined]
    words = pypdfium2.PdfDocument(marked)[0].get_textpage().get_text_bounded()
    assert "Dina Toft" in words and str(localdate().year) in words and int(read["Content-Length"]) == len(marked)
    assert b"".join(kept.streaming_content) == content  # type: ignore[attr-defined]
    assert storage.house().get(storage.house().put(content)) == content
