"""Two houses that differ in closed content only look the same from outside: every byte, header and count.

Random ids and hashes are told apart by order of appearance alone, since they are made anew in each world; anything
else that differs, were it a comma or a length, is a leak. When something new is released, add its closed twin here.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from sagsgang.bodies.models import Authority, Person, Seat
from sagsgang.cases.models import (
    Analysis,
    ApprovalEvent,
    Case,
    CaseAttachment,
    ChangeTask,
    Hearing,
    PathStep,
    Presentation,
    PresentationTemplate,
    Remark,
    ReviewCopy,
    Section,
    TemplateSection,
)
from sagsgang.documents import storage
from sagsgang.documents.models import Document
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.equality.models import Count, CountFinding, LevelFigure
from sagsgang.goals.models import GoalTag, Indicator, IndicatorLink, IndicatorValue, Project, WorkLink
from sagsgang.meetings.actions import note_conflict, record_decision, restore_meeting
from sagsgang.meetings.actions.decide import PointFacts
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
from sagsgang.meetings.models import (
    AgendaItem,
    AgendaVersion,
    Attachment,
    Decision,
    DissentStatement,
    HaltRequest,
    ItemSpeaker,
    Meeting,
    StandingItem,
    UrgentDecision,
    own_decision,
)
from sagsgang.portal.pages import forget_pages
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.actions.figures import prepare_figures, release_figures
from sagsgang.publication.models import FiguresPreparation, PublicMeeting, Release
from sagsgang.publication.tasks import read_released_files, render_figures_pdf, render_meeting_pdf
from tests.plugin import empty_tables

DAY = date(2026, 4, 14)
HALF_CLOSED = "Udbud af vejbelysning"
HELD_BACK = "Byggetilladelse til Åvej 3"
BROUGHT = "Salg af Havnegade 7"
OFF_WEB = "Kun til mødepakken"
LATE = "Tilbuddet udløber fredag."
NOW = datetime(2026, 4, 15, 9, tzinfo=UTC)
_FORGERY = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')  # made anew for each look at a form
UNDISCLOSED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{10,64}\b")


@dataclass(frozen=True)
class Secret:
    """What the closed parts of a world hold."""

    word: str
    file: bytes
    attachments: int
    extra_meeting: bool = False
    absent: tuple[str, ...] = ()
    has_inside: bool = False  # what is never released at all: drafts, remarks, approvals, conflicts, off-web files

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
    has_inside=True,
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


def kept_off_the_web(number: int, secret: Secret) -> AttachmentDraft:
    """An open attachment that may not be seen on the web: not even that it is there. `build` sets the mark."""
    content = pdf_bytes()
    file = FileDraft(storage.house().put(content), f"{secret.word}.pdf", len(content), "application/pdf")
    return AttachmentDraft(number, f"{OFF_WEB} {secret.word}", "open", document_id="999", mark="(H)", file=file)


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


def attachments(secret: Secret) -> tuple[AttachmentDraft, ...]:
    """The same to the public in both worlds, wherever among them the one lies that it may not see."""
    if not secret.has_inside:
        return (open_attachment(1), closed_attachment(2, secret), open_attachment(3))
    return (open_attachment(1), kept_off_the_web(2, secret), closed_attachment(3, secret), open_attachment(4))


def open_item(number: str, secret: Secret) -> ItemDraft:
    return ItemDraft(
        number,
        "Ny cykelsti ved Åvej",
        CaseDraft("Ny cykelsti ved Åvej", numbers=("23/01234",)),
        path=(StepDraft("TMU", DAY), StepDraft("Byrådet")),
        sections=(SectionDraft("presentation", "Sagsfremstilling", "<p>Stien er 400 m lang.</p>"),),
        decisions=(DecisionDraft("Udvalget", DAY, "<p>Godkendt.</p>", "approved"),),
        attachments=attachments(secret),
        subitems=(
            ItemDraft(
                "1", "Belægning", CaseDraft("Belægning"),
                attachments=(kept_off_the_web(1, secret),) if secret.has_inside else None,
            ),
            closed_item("2", secret, subitems=0),
        ),
    )  # fmt: skip


def of_an_open_case(item: ItemDraft, secret: Secret) -> ItemDraft:
    """In one world a closed item is of the very case that open ones are of: its page may not know."""
    return replace(item, case=CaseDraft("Ny cykelsti ved Åvej", numbers=("23/01234",))) if secret.has_inside else item


def build(secret: Secret) -> None:
    """A released meeting, its closed parts as the secret says; and round it, what has never been released."""
    clerk = User.objects.create_user("importør")
    authority = found_authority("Egekøbing Kommune", slug="egekoebing")
    body = found_body(authority, name="Teknik- og Miljøudvalget", kind="committee", code="TMU")
    held_back = ItemDraft("4", HELD_BACK, CaseDraft(HELD_BACK))
    items = (
        open_item("1", secret), of_an_open_case(closed_item("2", secret, subitems=secret.attachments), secret),
        open_item("3", secret),
        held_back, ItemDraft("5", HALF_CLOSED, CaseDraft(HALF_CLOSED)), ItemDraft("6", BROUGHT, CaseDraft(BROUGHT)),
    )  # fmt: skip
    draft = MeetingDraft(held_on=DAY, starts=time(16), place="Rådhuset", items=items)
    meeting = restore_meeting(body, draft, actor=clerk).meeting
    decide_closed_points(meeting, secret, clerk)
    AgendaItem.objects.filter(meeting=meeting, access="open").update(late_reason=LATE, first_sent_in=2)
    if secret.has_inside:
        Attachment.objects.filter(title__startswith=OFF_WEB).update(on_web=False)
        work_inside(meeting, secret, clerk)
    hold_back(meeting, secret, clerk)
    brought = AgendaItem.objects.get(meeting=meeting, title=BROUGHT)
    record_decision(brought, text="Godkendt.", outcome="approved", seen=0, actor=clerk)
    bring_from_closed(brought, secret, clerk)
    release_meeting(meeting, kind="minutes", prepared_by=clerk, released_by=User.objects.create_user("chef"), at=NOW)
    if secret.extra_meeting:
        later = MeetingDraft(held_on=date(2026, 5, 12), items=(closed_item("1", secret), open_item("2", secret)))
        restore_meeting(body, later, actor=clerk)
        quiet = found_body(authority, name=f"Udvalget for {secret.word}", kind="directorate")
        restore_meeting(quiet, draft, actor=clerk)
    let_figures_out(authority, secret, clerk)
    render_meeting_pdf(str(Release.objects.get().pk))
    read_released_files(str(Release.objects.get().pk))


def let_figures_out(authority: Authority, secret: Secret, clerk: User) -> None:
    """Women and men, the same to the public; who is neither, what was found, and what is not signed off stay inside."""
    chief = User.objects.get(username="chef")
    for version, signed in ((1, True), (2, False))[: 2 if secret.has_inside else 1]:
        count = Count.objects.create(
            authority=authority, snapshot_on=DAY, version=version, made_by=clerk,
            source_system=secret.word if version == 2 else "Løn",
            **({"signed_off_at": NOW, "signed_off_by": clerk} if signed else {}),
        )  # fmt: skip
        for level, (women, men) in {1: (1, 4), 2: (21, 17), 3: (201, 64)}.items():
            LevelFigure.objects.create(count=count, level=level, women=women * version, men=men, other=len(secret.word))
        CountFinding.objects.create(count=count, position=1, check_number=5, message=secret.words, is_error=True)
    row = release_figures(prepare_figures(authority, "equality", DAY, DAY, actor=clerk), actor=chief)
    render_figures_pdf(str(row.pk))
    assess_goals(authority, secret, clerk)
    of_year = prepare_figures(authority, "goals", date(DAY.year, 1, 1), date(DAY.year, 12, 31), actor=clerk)
    render_figures_pdf(str(release_figures(of_year, actor=chief).pk))
    if secret.has_inside:
        FiguresPreparation.objects.create(
            authority_id=authority.pk, kind="goals", period_start=DAY, period_end=DAY, title=secret.words,
            digest="0" * 64, public_reason=secret.words, prepared_by=clerk,
        )  # fmt: skip


def assess_goals(authority: Authority, secret: Secret, clerk: User) -> None:
    """The open cases are assessed the same; closed ones, and work that belongs to them, in one world alone."""
    indicator = Indicator.objects.create(
        authority=authority,
        name="Cykelture",
        measured_in="ture",
        better="higher",
        source="Tælling",
        is_public=True,
    )
    told = Project.objects.create(authority=authority, name="Cykelplan", is_public=True)
    IndicatorValue.objects.create(indicator=indicator, period="2025", on=DAY, value=4, version=1, author=clerk)
    for item in AgendaItem.objects.filter(meeting__held_on=DAY):
        is_shut = item.is_closed or (item.parent is not None and item.parent.is_closed) or item.case.is_closed
        if is_shut and not secret.has_inside:
            continue
        if is_shut:
            project = Project.objects.create(authority=authority, name=f"{secret.word} {item.pk}")
            WorkLink.objects.create(project=project, item=item, author=clerk)
            WorkLink.objects.create(project=told, item=item, author=clerk)
        goal, reason = (16, secret.words) if is_shut else (11, "Stien er sikker.")
        GoalTag.objects.create(
            item=item, goal=goal, relevance="high", direction="counters" if is_shut else "furthers", reason=reason,
            author=clerk,
        )  # fmt: skip
        IndicatorLink.objects.create(indicator=indicator, item=item, on=DAY, expected=reason, author=clerk)


def work_inside(meeting: Meeting, secret: Secret, clerk: User) -> None:
    """What the house writes round its items and never releases."""
    member = Person.objects.create(authority=meeting.body.authority, name=f"Ulla {secret.word}", user=clerk)
    Seat.objects.create(body=meeting.body, person=member)
    template = PresentationTemplate.objects.create(body=meeting.body, item_kind="B", required_facts=["kle", "path"])
    TemplateSection.objects.create(template=template, position=1, kind="law", heading="Lov", help_text=secret.words)
    for item in AgendaItem.objects.filter(meeting=meeting):
        note_conflict(item, person=member, actor=clerk)
        # A late reason is public with an open item, and says nothing of a closed one, nor of what brought it.
        AgendaItem.objects.filter(pk=item.pk).update(closing_reason=secret.words)
        if item.is_closed:
            AgendaItem.objects.filter(pk=item.pk).update(late_reason=secret.words, first_sent_in=3, block=2)
            own = own_decision(item.decisions.all(), meeting)
            decide_inside(item, secret, clerk)
            record_decision(
                item,
                text=secret.words,
                outcome="noted",
                dissent=secret.words,
                points=(PointFacts(1, "1.", "rejected", secret.words),) if secret.has_inside else (),
                seen=own.version if own else 0,
                actor=clerk,
            )
    AgendaVersion.objects.create(
        meeting=meeting, number=1, sent_by=clerk, sent_at=NOW, reason=secret.words, lines=[{"title": secret.words}]
    )
    StandingItem.objects.create(body=meeting.body, title=secret.words)
    for case in Case.objects.all():
        write_inside(case, meeting, secret, clerk)


def decide_inside(item: AgendaItem, secret: Secret, clerk: User) -> None:
    """What hangs on a closed decision: speakers, dissent, halt, parties, an urgent decision it tells of."""
    person = Person.objects.create(authority=item.case.authority, name=f"{secret.word} Ringmose")
    if not secret.has_inside:
        return
    ItemSpeaker.objects.create(item=item, name=secret.word, role=secret.word, is_talk=True)
    DissentStatement.objects.create(item=item, person=person, party="Ø", words=secret.words, entered_by=clerk)
    HaltRequest.objects.create(item=item, person=person, power="mayor", order=secret.words, entered_by=clerk)
    UrgentDecision.objects.create(
        body=item.meeting.body, case=item.case, decided_by=person, decided_on=DAY, ground=secret.words,
        html=f"<p>{secret.words}</p>", recorded_by=clerk, notice=item,
    )  # fmt: skip
    AgendaItem.objects.filter(pk=item.pk).update(parties="some")


def hold_back(meeting: Meeting, secret: Secret, clerk: User) -> None:
    """An open item whose parties are not told yet: its decision, points and dissent stay in the house (R19)."""
    item = AgendaItem.objects.get(meeting=meeting, title=HELD_BACK)
    AgendaItem.objects.filter(pk=item.pk).update(parties="some")
    person = Person.objects.create(authority=item.case.authority, name=f"{secret.word} Strandby")
    if secret.has_inside:
        DissentStatement.objects.create(item=item, person=person, party="Ø", words=secret.words, entered_by=clerk)
        HaltRequest.objects.create(item=item, person=person, power="member", entered_by=clerk)
    outcome = "rejected" if secret.has_inside else "approved"
    points = (PointFacts(1, "1.", outcome, secret.words), PointFacts(2, "2.", "approved", secret.word))
    record_decision(
        item,
        text=secret.words,
        outcome=outcome,
        points=points[: 2 if secret.has_inside else 0],
        dissent=secret.words if secret.has_inside else "",
        all_agreed=secret.has_inside,
        seen=0,
        actor=clerk,
    )


def bring_from_closed(item: AgendaItem, secret: Secret, clerk: User) -> None:
    """An open item that was carried on from closed ones: in one world from none, in the other from two bodies' (R41)."""
    for number in range(1, 3 if secret.has_inside else 1):
        body = found_body(
            item.case.authority, name=f"{secret.word} {item.pk} {number}", kind="directorate", publish_policy="none"
        )
        held = Meeting.objects.create(body=body, held_on=date(DAY.year, 1, number))
        first = AgendaItem.objects.create(
            meeting=held, case=item.case, position=1, number="1", title=secret.words, access="closed", ground="property",
            carried_from=item.carried_from,
        )  # fmt: skip
        AgendaItem.objects.filter(pk=item.pk).update(carried_from=first)
        item.carried_from = first
        Decision.objects.create(
            item=item, position=90 + number, stated_body=body.name, body=body, decided_on=held.held_on, number="1",
            html=f"<p>{secret.words}</p>", dissent=f"<p>{secret.words}</p>", absent=[secret.word], recorded_by=clerk,
        )  # fmt: skip


def decide_closed_points(meeting: Meeting, secret: Secret, clerk: User) -> None:
    """The decision is open, and its points lie under a closed recommendation."""
    points = (PointFacts(1, "1.", "approved", secret.words), PointFacts(2, "2.", "rejected", secret.words))
    item = AgendaItem.objects.get(meeting=meeting, title=HALF_CLOSED)
    words = Presentation.objects.create(case=item.case, body=meeting.body)
    section = Section.objects.create(
        presentation=words, position=1, kind="recommendation", heading=secret.word, html=f"<p>{secret.words}</p>",
        access="closed", ground="tender",
    )  # fmt: skip
    for number in range(1, 3 if secret.has_inside else 2):
        section.points.create(position=number, marker=f"{number}.", text=secret.words)
    Presentation.objects.filter(pk=words.pk).update(frozen_by="imported", frozen_at=NOW)
    AgendaItem.objects.filter(pk=item.pk).update(presentation=words)
    record_decision(
        item,
        text="Godkendt.",
        outcome="approved",
        points=points if secret.has_inside else (),
        seen=0,
        actor=clerk,
    )


def write_inside(case: Case, meeting: Meeting, secret: Secret, clerk: User) -> None:
    """A case on its way: a new version in writing, remarks with tasks, approvals, hearings, path, attachments."""
    Case.objects.filter(pk=case.pk).update(kle="00.22.00", long_term_effect=secret.words, caseworker=clerk)
    step = PathStep.objects.create(case=case, body=meeting.body, position=1, purpose="decision", planned_on=DAY)
    newest = case.presentations.filter(replaced_by=None).first()
    draft = Presentation.objects.create(case=case, replaces=newest, number=9, body=meeting.body, item_kind="B")
    section = Section.objects.create(
        presentation=draft, position=1, kind="presentation", heading=secret.word, html=f"<p>{secret.words}</p>"
    )
    draft.appropriations.create(position=1, side="grant", account=secret.word, year=2026, amount=len(secret.word))
    remark = Remark.objects.create(
        case=case, presentation=draft, section=section, step=step, quote=secret.word, text=secret.words, author=clerk
    )
    ChangeTask.objects.create(remark=remark, owner=clerk, due_on=DAY, text=secret.words, given_by=clerk)
    ApprovalEvent.objects.create(
        presentation=draft, verdict="returned", comment=secret.words, by=clerk, digest="0" * 64, number=1
    )
    ReviewCopy.objects.create(case=case, reader=clerk, asked_by=clerk, message=secret.words)
    Hearing.objects.create(
        case=case,
        body=meeting.body,
        concern="elderly",
        question=secret.words,
        asked_on=DAY,
        answer_by=DAY,
        asked_by=clerk,
    )
    Analysis.objects.create(case=case, purpose=secret.words, owner=clerk, themes=[secret.word])
    document = Document.objects.create(authority=case.authority, title=secret.word)
    CaseAttachment.objects.create(case=case, file=document, position=1, title=secret.word, access="open")
    CaseAttachment.objects.create(case=case, presentation=draft, position=2, title=secret.word, access="open")


def crawl(year: int = DAY.year) -> Iterator[tuple[str, object]]:
    """Everything that can be reached from the front page and the sitemap, and what does not exist."""
    client, waiting, seen = Client(), ["/", "/sitemap.xml", "/feed.atom", "/robots.txt", "/kalender/"], set()
    shown = PublicMeeting.objects.get()
    waiting += [f"/moeder/{shown.pk}/referat.pdf", f"/moeder/{year}/", "/kalender/2026-05/"]
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
        is_pdf = headers.get("Content-Type") == "application/pdf"
        yield path, (answer.status_code, headers, _pdf_words(content) if is_pdf else _FORGERY.sub("", content.decode()))
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


@pytest.mark.parametrize("word", ["Hængebro", "Elverhøj", "Ævlebæk", "internt-navn", "<p>Hænge", "Kun til mødepakken"])
def test_the_words_of_the_closed_parts_appear_nowhere(wall: None, settings: Settings, word: str) -> None:
    settings.ROOT_URLCONF = "sagsgang.site.urls_all"

    pages = seen_from_outside(RICH)

    assert [page[:60] for page in pages if word.casefold() in page.casefold()] == []
    assert any("Personalesag" in page and "Sagen blev afgjort." in page for page in pages)
    assert any(LATE in page for page in pages)
    assert any(page.startswith("/tal/") and "tabel-1.csv" in page[:90] for page in pages)
    assert any(page.startswith("/maal/11/") and "cykelsti" in page for page in pages)
    assert not any(page.startswith("/maal/16/") for page in pages)
