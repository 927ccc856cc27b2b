"""Cases that come on agendas, for tests: approved ones, with files, and the meetings they go to."""

from datetime import date

from sagsgang.bodies.models import Body
from sagsgang.cases.models import ApprovalEvent, Case, CaseAttachment, Presentation
from sagsgang.cases.tests.factories import Town, add_step, make_case
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.documents import storage
from sagsgang.documents.models import Document, DocumentVersion
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting

DIR_DAY, MTU_DAY, KB_DAY = date(2026, 4, 8), date(2026, 4, 20), date(2026, 5, 26)
IN_TIME = "2026-03-20 10:00+01:00"


def meeting_of(body: Body, held_on: date) -> Meeting:
    return Meeting.objects.create(body=body, held_on=held_on)


def approve(case: Case, town: Town) -> None:
    """The newest version is approved as a whole."""
    newest = case.presentations.filter(replaced_by=None).get()
    for number, verdict in enumerate(("submitted", "approved"), start=1):
        ApprovalEvent.objects.create(
            presentation=newest, verdict=verdict, by=town.chief, digest="0" * 64, number=number
        )


def approved_case(town: Town, title: str = "Ny sti ved åen", **facts: object) -> Case:
    """A case with the path DIR, MTU, KB, approved."""
    case = make_case(town, title, **facts)
    for body, day, purpose in (
        (town.dir, DIR_DAY, "recommendation"),
        (town.mtu, MTU_DAY, "recommendation"),
        (town.kb, KB_DAY, "decision"),
    ):
        add_step(case, body, day, purpose)
    approve(case, town)
    return case


def attach(case: Case, title: str, content: bytes = b"ord", **facts: object) -> CaseAttachment:
    """A file of the case in its first version."""
    document = Document.objects.create(authority=case.authority, title=title)
    add_version(document, content)
    position = case.attachments.count() + 1
    values: dict[str, object] = {"access": "open"} | facts
    return CaseAttachment.objects.create(case=case, file=document, position=position, title=title, **values)


def add_version(document: Document, content: bytes, size: int | None = None) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document,
        number=document.versions.count() + 1,
        sha256=storage.house().put(content),
        name="fil.txt",
        size=len(content) if size is None else size,
        media_type="text/plain",
    )


def decide(item: AgendaItem, town: Town, text: str = "Anbefales.", dissent: str = "") -> None:
    """The item's own meeting decides it."""
    actions.record_decision(item, text=text, outcome="recommended", seen=0, dissent=dissent, actor=town.dir_secretary)


def attachments_of(item: AgendaItem) -> list[tuple[int, str, str, int | None]]:
    """Position, title, access, and number of the version."""
    rows = Attachment.objects.filter(item=item, withdrawn_at=None).select_related("version")
    return [(row.position, row.title, row.access, row.version.number if row.version else None) for row in rows]


def verbs_of(row: AgendaItem | Case | Meeting) -> list[str]:
    """The acts in the row's trace, in order."""
    entries = AuditEntry.objects.filter(subject=subject_of(row)).order_by("number")
    return list(entries.values_list("verb", flat=True))


def html_of(presentation: Presentation) -> list[str]:
    return [section.html for section in presentation.sections.all()]
