"""Released meetings for the tests of the portal, made by the acts that make them in the house."""

from dataclasses import replace
from datetime import date, time

from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, BodyKind
from sagsgang.documents import storage
from sagsgang.documents.access import Access, Ground
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.equality.models import Count, LevelFigure
from sagsgang.meetings.actions import restore_meeting
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
    StepDraft,
)
from sagsgang.meetings.models import AttendanceState, Meeting
from sagsgang.publication.actions import release_meeting, withdraw_release
from sagsgang.publication.actions.figures import prepare_figures, release_figures
from sagsgang.publication.models import PublicCase, PublicFigures, PublicFile, PublicMeeting, Release
from sagsgang.publication.tasks import render_figures_pdf

DAY = date(2026, 4, 14)
FIGURES_DAY = date(2025, 12, 31)
PDF = "application/pdf"
PEOPLE = (
    PersonDraft("Anna Æbelø", title="Borgmester", role="formand", state=AttendanceState.PRESENT),
    PersonDraft("Åse Bæk", party="V", state=AttendanceState.PRESENT),
    PersonDraft("Karl Bøg", party="A", note="afbud"),
)


def clerk() -> User:
    """The one who imports and releases."""
    return User.objects.get_or_create(username="importør")[0]


def make_body(name: str = "Teknik- og Miljøudvalget", code: str = "TMU", authority: str = "Egekøbing Kommune") -> Body:
    """A body that publishes its minutes."""
    owner = Authority.objects.get_or_create(name=authority, defaults={"slug": authority.lower().replace(" ", "-")})[0]
    return Body.objects.create(authority=owner, kind=BodyKind.COMMITTEE, name=name, code=code, publish_policy="minutes")


def make_file(content: bytes, name: str = "hemmeligt-navn.pdf", media_type: str = PDF) -> FileDraft:
    """A file in the house's own store."""
    return FileDraft(storage.house().put(content), name, len(content), media_type)


def make_item(number: str = "1", title: str = "Ny cykelsti ved Åvej", **facts: object) -> ItemDraft:
    """An open item with a text and a decision."""
    draft = ItemDraft(
        number,
        title,
        CaseDraft(title),
        sections=(
            SectionDraft("presentation", "Sagsfremstilling", "<p>Stien er 400 m lang.</p>"),
            SectionDraft(
                "recommendation", "Indstilling", "<p>Det indstilles,</p>", (PointDraft("1.", "at stien anlægges"),)
            ),
        ),
        decisions=(DecisionDraft("Teknik- og Miljøudvalget", DAY, "<p>Godkendt.</p>", "approved"),),
    )
    return replace(draft, **facts)  # type: ignore[arg-type]


def make_full_item() -> ItemDraft:
    """An item that has everything: a path, sub-items, absentees, and attachments of each kind."""
    sub = ItemDraft(
        "1", "Belægning", CaseDraft("Belægning"), sections=(SectionDraft("presentation", "", "<p>Asfalt.</p>"),),
        decisions=(DecisionDraft("Teknik- og Miljøudvalget", DAY, "<p>Asfalt valgt.</p>"),),
    )  # fmt: skip
    closed_sub = ItemDraft(
        "2", "Jordkøb af Hemmelig Larsen", CaseDraft("Jordkøb"), access=Access.CLOSED, ground=Ground.PROPERTY,
        public_title="Køb af jord", withheld_reason="Forhandling er i gang.",
    )  # fmt: skip
    return make_item(
        path=(StepDraft("TMU", DAY), StepDraft("Økonomiudvalget", date(2026, 4, 21)), StepDraft("Byrådet")),
        case=CaseDraft("Ny cykelsti", numbers=("23/01234",)),
        absent=(PersonDraft("Karl Bøg", party="A"),),
        subitems=(sub, closed_sub),
        attachments=(
            AttachmentDraft(
                1, "Kort over stien", Access.OPEN, document_id="100001", document_number="7",
                file=make_file(pdf_bytes()),
            ),
            AttachmentDraft(
                2, "Tilbud fra entreprenør", Access.CLOSED, ground=Ground.TENDER, document_id="999666",
                document_number="31337", file=make_file(pdf_bytes("Tilbud paa 4 mio.")),
            ),
            AttachmentDraft(
                3, "Høringssvar", Access.CLOSED, ground=Ground.PERSONAL, document_id="888555", title_is_public=True
            ),
            AttachmentDraft(4, "Notat", Access.OPEN, document_number="8"),
            AttachmentDraft(
                5, "Æbletræer i vejkanten", Access.OPEN, file=make_file(b"ti traeer", "t.txt", "text/plain")
            ),
        ),
    )  # fmt: skip


def make_closed_item(number: str = "9") -> ItemDraft:
    """A closed item whose own words must never be seen."""
    return make_item(
        number,
        "Afskedigelse af Hemmelig Hansen",
        access=Access.CLOSED,
        ground=Ground.PERSONAL,
        public_title="Personalesag",
        public_extract="Sagen blev afgjort.",
        path=(StepDraft("Hemmeligudvalget", DAY),),
        case=CaseDraft("Afskedigelse", numbers=("66/6666",)),
        sections=(SectionDraft("presentation", "Sagsfremstilling", "<p>Hemmelig begrundelse.</p>"),),
        attachments=(AttachmentDraft(1, "Hemmelig advarsel", Access.OPEN, document_id="777444"),),
    )


def make_draft(*items: ItemDraft, held_on: date = DAY, **facts: object) -> MeetingDraft:
    """A meeting with these items."""
    draft = MeetingDraft(
        held_on=held_on, starts=time(16), ends=time(18, 30), place="Rådhuset, mødelokale 2", number="4",
        attendance=PEOPLE, items=items or (make_full_item(), make_closed_item()),
    )  # fmt: skip
    return replace(draft, **facts)  # type: ignore[arg-type]


def restore(body: Body, draft: MeetingDraft) -> Meeting:
    """Take the meeting into the house, and release nothing."""
    return restore_meeting(body, draft, actor=clerk()).meeting


def release(body: Body, draft: MeetingDraft) -> PublicMeeting:
    """Take the meeting into the house and release it as an archive copy; answers what the public sees."""
    released = release_meeting(restore(body, draft), kind="archive", prepared_by=clerk(), released_by=clerk())
    return PublicMeeting.objects.select_related("body", "release").get(release=released)


def withdraw(meeting: PublicMeeting) -> Release:
    """Take it back."""
    return withdraw_release(meeting.release_id, reason="Hemmelig grund", actor=clerk())


def release_figures_of(body: Body) -> PublicFigures:
    """Figures of women and men, as two persons let them out, with their print."""
    one, other = (User.objects.get_or_create(username=name)[0] for name in ("den ene", "den anden"))
    count = Count.objects.create(
        authority=body.authority, snapshot_on=FIGURES_DAY, version=1, made_by=one, source_system="=Løn",
        signed_off_at=now(), signed_off_by=one,
    )  # fmt: skip
    for level, women, men in ((1, 20, 5), (2, 21, 17), (3, 201, 64)):
        LevelFigure.objects.create(count=count, level=level, women=women, men=men)
    prepared = prepare_figures(body.authority, "equality", FIGURES_DAY, FIGURES_DAY, actor=one)
    row = release_figures(prepared, actor=other)
    render_figures_pdf(str(row.pk))
    return row


def addresses(meeting: PublicMeeting) -> list[str]:
    """Every address that answers with something of this meeting."""
    month = meeting.held_on.strftime("%Y-%m")
    body = f"/organer/{meeting.body_id}/"
    own = f"/moeder/{meeting.pk}/"
    items = [f"/punkter/{row.pk}/{row.slug}/" for row in meeting.items.order_by("pk")]
    rows = list(PublicFile.objects.filter(item__meeting=meeting).order_by("pk"))
    files = [f"/bilag/{row.pk}/{row.name}" for row in rows]
    files += [f"/bilag/{row.pk}/laes/" for row in rows if row.media_type == PDF and row.pages is not None]
    cases = list(PublicCase.objects.filter(items__meeting=meeting).order_by("pk"))
    files += [address for row in cases for address in (f"/sager/{row.pk}/{row.slug}/", f"/sager/{row.pk}/feed.atom")]
    files += ["/sager/sitemap-1.xml"] if cases else []
    return [
        "/", "/organer/", f"{body}{meeting.body.slug}/", f"{body}sitemap.xml", f"{body}{meeting.body.slug}/feed.atom",
        f"/kalender/{month}/", f"{own}{meeting.slug}/", f"{own}{meeting.slug}/udskriv/", f"{own}referat.pdf",
        *items, *files, "/sitemap.xml", "/feed.atom", "/robots.txt",
    ]  # fmt: skip


def bytes_of(response: object) -> bytes:
    """The body of an answer, streaming or not."""
    return response.whole  # type: ignore[attr-defined,no-any-return]
