"""Two houses that differ in closed content only look the same from outside: every byte, header and count.

Random ids and hashes are told apart by order of appearance alone, since they are made anew in each world; anything
else that differs, were it a comma or a length, is a leak. When something new is released, add its closed twin here.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

import pikepdf
import pypdfium2
import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.actions import found_authority, found_body
from sagsgang.documents import storage
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    FileDraft,
    ItemDraft,
    MeetingDraft,
    PersonDraft,
    SectionDraft,
    StepDraft,
)
from sagsgang.portal.pages import forget_pages
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicMeeting, Release
from sagsgang.publication.tasks import render_meeting_pdf
from tests.plugin import empty_tables

DAY = date(2026, 4, 14)
NOW = datetime(2026, 4, 15, 9, tzinfo=UTC)
UNDISCLOSED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{10,64}\b")


@dataclass(frozen=True)
class Secret:
    """What the closed parts of a world hold."""

    word: str
    file: bytes
    attachments: int
    extra_meeting: bool = False
    absent: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return f"{self.word} " * 3


POOR = Secret("Kvist", b"en", attachments=0)
RICH = Secret(
    "Hængebro-forhandling med Elverhøj",
    b"en meget lang og lukket fil" * 500,
    attachments=5,
    extra_meeting=True,
    absent=("Åge Ævlebæk",),
)


def closed_attachment(number: int, secret: Secret) -> AttachmentDraft:
    """Its place is public, and nothing else."""
    sha256 = storage.house().put(secret.file)
    return AttachmentDraft(
        number,
        f"{secret.word} bilag",
        "closed",
        ground="tender",
        document_id=str(100000 + len(secret.file)),
        document_number=f"{len(secret.word)}/23",
        file=FileDraft(sha256, f"{secret.word}.docx", len(secret.file), "application/msword"),
    )


def open_attachment(number: int) -> AttachmentDraft:
    content = pdf_bytes()
    file = FileDraft(storage.house().put(content), "internt-navn.pdf", len(content), "application/pdf")
    return AttachmentDraft(number, "Kort over stien", "open", document_id="3453832", document_number="1/23", file=file)


def closed_item(number: str, secret: Secret, *, subitems: int = 0) -> ItemDraft:
    return ItemDraft(
        number,
        f"Lukket sag om {secret.word}",
        CaseDraft(secret.word, numbers=(f"23/{len(secret.word):05}",), policy_area=secret.word),
        access="closed",
        ground="personal",
        closing_reason=secret.words,
        public_title="Personalesag",
        public_extract="Sagen blev afgjort.",
        path=(StepDraft(secret.word, DAY),),
        sections=(SectionDraft("presentation", "Sagsfremstilling", f"<p>{secret.words}</p>"),),
        decisions=(DecisionDraft("Udvalget", DAY, f"<p>{secret.words}</p>", "approved"),),
        absent=tuple(PersonDraft(name) for name in secret.absent),
        attachments=tuple(closed_attachment(n, secret) for n in range(1, secret.attachments + 1)),
        subitems=tuple(closed_item(str(n), secret) for n in range(subitems)),
    )


def open_item(number: str, secret: Secret) -> ItemDraft:
    return ItemDraft(
        number,
        "Ny cykelsti ved Åvej",
        CaseDraft("Ny cykelsti ved Åvej", numbers=("23/01234",)),
        path=(StepDraft("TMU", DAY), StepDraft("Byrådet")),
        sections=(SectionDraft("presentation", "Sagsfremstilling", "<p>Stien er 400 m lang.</p>"),),
        decisions=(DecisionDraft("Udvalget", DAY, "<p>Godkendt.</p>", "approved"),),
        attachments=(open_attachment(1), closed_attachment(2, secret), open_attachment(3)),
        subitems=(
            ItemDraft("1", "Belægning", CaseDraft("Belægning")),
            closed_item("2", secret, subitems=0),
        ),
    )


def build(secret: Secret) -> None:
    """A released meeting, its closed parts as the secret says; and round it, what has never been released."""
    clerk = User.objects.create_user("importør")
    authority = found_authority("Egekøbing Kommune", slug="egekoebing")
    body = found_body(authority, name="Teknik- og Miljøudvalget", kind="committee", code="TMU")
    items = (open_item("1", secret), closed_item("2", secret, subitems=secret.attachments), open_item("3", secret))
    draft = MeetingDraft(held_on=DAY, starts=time(16), place="Rådhuset", items=items)
    meeting = restore_meeting(body, draft, actor=clerk).meeting
    release_meeting(meeting, kind="minutes", prepared_by=clerk, released_by=User.objects.create_user("chef"), at=NOW)
    if secret.extra_meeting:
        later = MeetingDraft(held_on=date(2026, 5, 12), items=(closed_item("1", secret), open_item("2", secret)))
        restore_meeting(body, later, actor=clerk)
        quiet = found_body(authority, name=f"Udvalget for {secret.word}", kind="directorate")
        restore_meeting(quiet, draft, actor=clerk)
    render_meeting_pdf(str(Release.objects.get().pk))


def crawl() -> Iterator[tuple[str, object]]:
    """Everything that can be reached from the front page and the sitemap, and what does not exist."""
    client, waiting, seen = Client(), ["/", "/sitemap.xml", "/feed.atom", "/robots.txt", "/kalender/"], set()
    shown = PublicMeeting.objects.get()
    waiting += [f"/moeder/{shown.pk}/referat.pdf", f"/moeder/{DAY.year}/", "/kalender/2026-05/"]
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
        is_pdf = headers.get("Content-Type") == "application/pdf"
        yield path, (answer.status_code, headers, _pdf_words(content) if is_pdf else content.decode())
        if not is_pdf:
            links = [a or b for a, b in re.findall(r'(?:href|src)="([^"#]+)|<loc>([^<]+)', content.decode())]
            waiting += [
                urlsplit(link).path for link in links if not link.startswith(("/static", "mailto", "http://www"))
            ]


def _pdf_words(content: bytes) -> str:
    """Compressed bytes differ with the random ids in them; what a reader or a tool finds in the file may not."""
    document = pypdfium2.PdfDocument(content)
    words = "\f".join(page.get_textpage().get_text_bounded() for page in document)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        facts = {str(key): str(value) for key, value in pdf.docinfo.items()}
        return f"{words} {facts} {len(pdf.pages)} {len(pdf.objects)}"


def seen_from_outside(secret: Secret) -> list[str]:
    """What the public gets, with each random name replaced by the order of its first appearance."""
    forget_pages()
    with time_machine.travel(NOW, tick=False):
        build(secret)
        text = [f"{path} {answer!r}" for path, answer in crawl()]
    order: dict[str, str] = {}
    return [UNDISCLOSED.sub(lambda match: order.setdefault(match[0], f"<{len(order)}>"), page) for page in text]


def test_the_public_cannot_tell_the_two_worlds_apart(wall: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = "sagsgang.site.urls_all"

    poor = seen_from_outside(POOR)
    empty_tables()
    rich = seen_from_outside(RICH)

    assert len(poor) >= 15
    assert poor == rich


@pytest.mark.parametrize("word", ["Hængebro", "Elverhøj", "Ævlebæk", "internt-navn", "<p>Hænge"])
def test_the_words_of_the_closed_parts_appear_nowhere(wall: None, settings: Settings, word: str) -> None:
    settings.ROOT_URLCONF = "sagsgang.site.urls_all"

    pages = seen_from_outside(RICH)

    assert [page[:60] for page in pages if word.casefold() in page.casefold()] == []
    assert any("Personalesag" in page and "Sagen blev afgjort." in page for page in pages)
