"""The press has no login: it gets the released PDF, and of a meeting nothing else that the house prints."""

import io

import pypdfium2
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sagsgang.accounts.models import User
from sagsgang.documents import storage
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.portal.tests.factories import make_body, make_draft, release
from sagsgang.protocols.models import Packet
from sagsgang.protocols.tasks import make_packet
from sagsgang.publication.models import PublicMeeting
from sagsgang.publication.tasks import render_meeting_pdf

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

SECRET = ("Hemmelig Hansen", "Hemmelig begrundelse", "Hemmelig advarsel", "Hemmelig Larsen", "Tilbud fra entreprenør")


def words_of(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(pdf)))


def test_the_press_gets_the_released_pdf_and_nothing_else(client: Client) -> None:
    public = release(make_body(), make_draft())
    render_meeting_pdf(str(public.release_id))
    meeting = Meeting.objects.get()
    packet = Packet.objects.create(meeting=meeting, ordered_by=User.objects.get())
    make_packet(packet)
    item = AgendaItem.objects.top().first()
    assert item is not None

    answer = client.get(f"/moeder/{public.pk}/referat.pdf")
    pdf = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    inside = [
        *(
            reverse(f"protocols:{name}", args=[meeting.pk])
            for name in ("prints", "print-agenda", "print-protocol", "order-packet", "order-packet-for", "protocol")
        ),
        reverse("protocols:print-extract", args=[item.pk]),
        reverse("protocols:packet-file", args=[packet.pk]),
        reverse("members:material", args=[meeting.pk]),
    ]
    turned_away = [client.get(address, {"as": "docx"}) for address in inside]

    assert pdf == storage.released().get(PublicMeeting.objects.get().pdf_sha256)
    assert [word for word in SECRET if word in words_of(pdf)] == []
    assert {(one.status_code, "login" in one.headers.get("Location", "")) for one in turned_away} == {(302, True)}
    assert mail.outbox == []
    for name in (packet.pk, meeting.pk):  # what the house keeps lies under no public address
        assert client.get(f"/bilag/{name}/").status_code == 404
