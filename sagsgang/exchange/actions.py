"""Take minutes from outside into the house: one file, one transaction, all or nothing."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.db import DataError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.actions import found_authority, found_body, give_seat, register_person
from sagsgang.bodies.models import Authority, Body, PublishPolicy, Seat
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.faults import reached
from sagsgang.core.models import record
from sagsgang.exchange.mapping import bare_name, body_kind, meeting_draft, seat_role
from sagsgang.exchange.minutes.parsed import UNKNOWN, ParsedDocument, ParsedPerson, Unread
from sagsgang.exchange.models import ImportedDocument
from sagsgang.meetings.actions import RestoreReport, restore_meeting
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import Release, ReleaseKind

UNKNOWN_AUTHORITY = "Ukendt myndighed"


@dataclass
class ImportReport:
    """What an import did, for the one who ran it."""

    meeting: Meeting
    restored: RestoreReport | None = None
    authority_was_unknown: bool = False
    bodies_created: list[str] = field(default_factory=list)
    persons_created: list[str] = field(default_factory=list)
    unread: tuple[Unread, ...] = ()
    release: Release | None = None


@transaction.atomic
def import_minutes(
    content: bytes,
    document: ParsedDocument,
    *,
    authority_name: str = "",
    body_name: str = "",
    release: bool = False,
    actor: User,
) -> ImportReport:
    """Make or change the meeting that `document` (read from `content`) tells of, and, if asked, release it as archive.

    The same bytes change nothing. Raises `RuleBrokenError` where the document does not say which body met, or when.
    """
    authority, was_unknown = _authority(authority_name, document)
    report = ImportReport(meeting=Meeting(), authority_was_unknown=was_unknown, unread=document.unread)
    body = _body(authority, body_name or document.body or "", release, report)
    if document.date is None:
        raise RuleBrokenError(_("The document does not say on which day the meeting was held."))
    digest = sha256(content).hexdigest()
    known = ImportedDocument.objects.filter(sha256=digest, meeting__body=body).select_related("meeting").first()
    try:
        report.meeting = known.meeting if known else _restore(body, document, digest, report, actor)
    except DataError as error:
        raise RuleBrokenError(_("Something in the document is too long for its field. Nothing is stored.")) from error
    reached("import.meeting")
    if release:
        report.release = release_meeting(report.meeting, kind=ReleaseKind.ARCHIVE, prepared_by=actor, released_by=actor)
    reached("import.before_commit")
    return report


def _restore(body: Body, document: ParsedDocument, digest: str, report: ImportReport, actor: User) -> Meeting:
    _take_seats(body, document, report.persons_created)
    restored = restore_meeting(body, meeting_draft(document), actor=actor)
    report.restored = restored
    report.persons_created += restored.persons_created
    ImportedDocument.objects.create(
        meeting=restored.meeting,
        sha256=digest,
        kind=document.kind or "",
        family=document.family,
        unread=[{"line": row.line, "text": row.text} for row in document.unread],
    )
    record(actor, "import_minutes", restored.meeting, sha256=digest, family=document.family)
    return restored.meeting


def _authority(name: str, document: ParsedDocument) -> tuple[Authority, bool]:
    """The named one; else the only one there is; else the one that the document names; else the unknown one."""
    if not name:
        known = list(Authority.objects.all()[:2])
        if len(known) == 1:
            return known[0], False
    chosen = name or document.authority or UNKNOWN_AUTHORITY
    found = Authority.objects.filter(name__iexact=chosen).first()
    slug = slugify(chosen.replace("ø", "oe").replace("å", "aa").replace("æ", "ae"))[:80] or "myndighed"
    return found or found_authority(chosen, slug=slug), chosen == UNKNOWN_AUTHORITY


def _body(authority: Authority, name: str, release: bool, report: ImportReport) -> Body:
    """The body of this name or code; one that an import to be released makes, publishes minutes."""
    if not name:
        raise RuleBrokenError(_("The document does not say which body met. Name it with --body."))
    found = Body.objects.filter(authority=authority, name__iexact=name).first()
    found = found or Body.objects.filter(authority=authority, code__iexact=name).first()
    if found:
        return found
    report.bodies_created.append(name)
    policy = PublishPolicy.MINUTES if release else ""
    return found_body(authority, name=name, kind=body_kind(name), publish_policy=policy)


def _take_seats(body: Body, document: ParsedDocument, created: list[str]) -> None:
    """Whoever the document names as a member, or as absent, has a seat; from when is not known."""
    rows: list[ParsedPerson] = []
    for people in (document.members, document.absent, *(item.absent for item in document.items)):
        if people is not None and people is not UNKNOWN:
            rows += people
    for row in rows:
        name = bare_name(row.name)
        person, is_new = register_person(body.authority, name=name, title=row.title or "")
        if is_new:
            created.append(name)
        if not Seat.objects.filter(body=body, person=person).exists():
            give_seat(body, person, role=seat_role(row.role), party=row.party or "")


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The items of the agenda in their order."""
    return list(AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None).top().order_by("position"))
