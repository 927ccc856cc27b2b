"""Meetings of a wanted size for the measurements."""

from datetime import date, time, timedelta

from sagsgang.accounts.actions import add_user
from sagsgang.accounts.models import User
from sagsgang.bodies.actions import appoint, found_authority, found_body
from sagsgang.bodies.models import Body
from sagsgang.documents import storage
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    FileDraft,
    ItemDraft,
    MeetingDraft,
    PersonDraft,
    PointDraft,
    SectionDraft,
)
from sagsgang.meetings.models import AttendanceState
from sagsgang.site.demo.files import attachment_bytes, media_type
from sagsgang.site.demo.shapes import Attachment

FIRST_DAY = date(2026, 1, 6)
PARAGRAPH = (
    "<p>Forvaltningen har undersøgt tre løsninger og lagt vægt på anlægsudgift, drift og hensynet til naboerne. "
    "Den anbefalede løsning kan gennemføres inden for rammen og er drøftet med de berørte foreninger.</p>"
)


def clerks() -> tuple[User, User]:
    """One who prepares, one who releases."""
    found = {user.username: user for user in User.objects.filter(username__in=("forbereder", "frigiver"))}
    first, second = (found.get(name) or add_user(name) for name in ("forbereder", "frigiver"))
    return first, second


def a_body() -> Body:
    """The council of a municipality that does not exist."""
    authority = found_authority("Målekøbing Kommune", slug="maalekoebing")
    body = found_body(authority, name="Kommunalbestyrelsen", kind="council", code="KB")
    appoint(clerks()[0], role="secretary", body=body, actor=clerks()[0])
    return body


def meeting_of(items: int, attachments: int, *, number: int = 0) -> MeetingDraft:
    """A meeting with so many items, and so many attachments dealt out over them; each tenth of them closed."""
    shares = [attachments // items + (1 if n < attachments % items else 0) for n in range(items)]
    present = tuple(PersonDraft(f"Medlem Nr{n}", party="A", state=AttendanceState.PRESENT) for n in range(27))
    return MeetingDraft(
        held_on=FIRST_DAY + timedelta(days=7 * number),
        starts=time(17),
        place="Byrådssalen",
        attendance=present,
        items=tuple(_item(n + 1, share) for n, share in enumerate(shares)),
    )


def _item(number: int, attachments: int) -> ItemDraft:
    title = f"Anlægsbevilling til sti nr. {number}"
    return ItemDraft(
        str(number),
        title,
        CaseDraft(title, numbers=(f"26/{number:05}",)),
        sections=(
            SectionDraft("presentation", "Sagsfremstilling", PARAGRAPH * 6),
            SectionDraft("economy", "Økonomi", PARAGRAPH),
            SectionDraft(
                "recommendation",
                "Indstilling",
                "<p>Forvaltningen indstiller,</p>",
                tuple(PointDraft(f"{n}.", "at bevillingen gives") for n in range(1, 4)),
            ),
        ),
        decisions=(DecisionDraft("Kommunalbestyrelsen", FIRST_DAY, "<p>Godkendt.</p>", "approved"),),
        attachments=tuple(_attachment(number, n) for n in range(1, attachments + 1)),
    )


def _attachment(item: int, number: int) -> AttachmentDraft:
    closed = (item + number) % 10 == 0
    title = f"Bilag {number} til punkt {item}"
    return AttachmentDraft(
        number,
        title,
        "closed" if closed else "open",
        ground="tender" if closed else "",
        document_id=str(3_000_000 + item * 100 + number),
        document_number=f"{item * 100 + number}/26",
        mark="H",
        file=_file(f"bench-{(item + number) % 20}"),
    )


_files: dict[str, FileDraft] = {}


def _file(key: str) -> FileDraft:
    """Twenty different PDFs of a page or two, shared."""
    if key not in _files:
        shape = Attachment(1, "Notat", "open", key, "pdf", FIRST_DAY, (PARAGRAPH[3:-4], key) * 4)
        content = attachment_bytes(shape)
        _files[key] = FileDraft(storage.house().put(content), f"{key}.pdf", len(content), media_type(shape))
    return _files[key]
