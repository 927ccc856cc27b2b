"""`import-minutes` and `print-minutes`."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import subject_of
from sagsgang.exchange.actions import UNKNOWN_AUTHORITY, ImportReport, items_of
from sagsgang.exchange.actions import import_minutes as take_in
from sagsgang.exchange.minutes.errors import UnreadableError
from sagsgang.exchange.minutes.reading import read_file
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.document import MeetingDocument
from sagsgang.publication.internal import internal_document
from sagsgang.publication.models import PublicIdentity, PublicMeeting, Release, ReleaseState
from sagsgang.publication.rendering.html import meeting_html
from sagsgang.publication.rendering.pdf import meeting_pdf
from sagsgang.publication.rendering.text import meeting_text
from sagsgang.site.commands.output import answer
from sagsgang.site.commands.releases import as_json
from sagsgang.site.commands.users import system_user, user_named
from sagsgang.site.installation import say


def import_minutes(arguments: Namespace) -> int:
    """Take one file in; prints what became of it. A file that cannot be used gives one sentence and nothing else."""
    actor = user_named(arguments.user) if arguments.user else system_user()
    try:
        document = read_file(arguments.file)
        report = take_in(
            arguments.file.read_bytes(),
            document,
            authority_name=arguments.authority,
            body_name=arguments.body,
            release=arguments.release,
            actor=actor,
        )
    except (UnreadableError, RuleBrokenError) as refusal:
        raise RuleBrokenError(f"{arguments.file}: {refusal}") from refusal
    if report.authority_was_unknown:
        say(f"Dokumentet nævner ingen myndighed; den er indtil videre »{UNKNOWN_AUTHORITY}«.")
    facts = _facts(report)
    answer(facts, as_json=arguments.json, lines=lambda: _lines(report, facts))
    return 0


def _facts(report: ImportReport) -> dict[str, object]:
    restored = report.restored
    changed = restored.changed if restored else {}
    return {
        "meeting": report.meeting.pk,
        "items": [item.pk for item in items_of(report.meeting)],
        "created": {
            "bodies": report.bodies_created,
            "persons": report.persons_created,
            "items": restored.items_created if restored else [],
        },
        "changed": [{"item": item, "parts": parts} for item, parts in changed.items()],
        "release": as_json(report.release) if report.release else None,
        "urls": _urls(report),
        "unread": [{"line": row.line, "text": row.text} for row in report.unread],
    }


def _urls(report: ImportReport) -> list[str]:
    paths = [reverse("meetings:meeting", args=[report.meeting.pk])]
    if report.release:
        shown = PublicMeeting.objects.get(release=report.release)
        paths.append(reverse("portal:meeting", args=[shown.pk, shown.slug]))
    return [settings.BASE_URL + path for path in paths]


def _lines(report: ImportReport, facts: dict[str, object]) -> list[str]:
    restored = report.restored
    what = (
        "uændret"
        if restored is None or not restored.is_changed
        else "oprettet"
        if restored.meeting_created
        else "ændret"
    )
    lines = [f"{report.meeting} er {what}.", f"Møde: {report.meeting.pk}"]
    lines += [f"Nyt udvalg: {name}" for name in report.bodies_created]
    lines += [f"Ny person: {name}" for name in report.persons_created]
    for item, parts in (restored.changed if restored else {}).items():
        lines.append(f"Ændret i {item or 'mødet'}: {', '.join(parts)}")
    if report.release:
        lines.append(f"Frigivet som nr. {report.release.number}: {report.release.pk} (SHA-256 {report.release.sha256})")
    lines += [f"Ikke forstået, linje {row.line}: {row.text[:80]}" for row in report.unread]
    return lines + [str(url) for url in facts["urls"]]  # type: ignore[attr-defined]


def print_minutes(arguments: Namespace) -> int:
    """Write a meeting to a file: what is released, or (`--internal`) all of it."""
    document, made_at = _internal(arguments.meeting) if arguments.internal else _released(arguments.meeting)
    if arguments.format == "pdf":
        pdf = meeting_pdf(document, made_at=made_at, public=not arguments.internal, base_url=settings.BASE_URL)
        content = pdf.content
    else:
        write = meeting_text if arguments.format == "text" else meeting_html
        content = write(document).encode()
    _write(arguments.output, content)
    answer({"file": str(arguments.output), "bytes": len(content)}, as_json=arguments.json, lines=list)
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RuleBrokenError(_("%(file)s cannot be written.") % {"file": path}) from error


def _meeting(meeting_id: UUID) -> Meeting:
    """The meeting of this id, the house's or the public one."""
    identity = PublicIdentity.objects.filter(public_id=meeting_id, source__startswith="meetings.Meeting:").first()
    wanted = identity.source.partition(":")[2] if identity else meeting_id
    found = Meeting.objects.filter(pk=wanted).first()
    if found is None:
        raise RuleBrokenError(_("There is no meeting %(id)s.") % {"id": meeting_id})
    return found


def _internal(meeting_id: UUID) -> tuple[MeetingDocument, datetime]:
    return internal_document(meeting_rows(_meeting(meeting_id).pk)), now()


def _released(meeting_id: UUID) -> tuple[MeetingDocument, datetime]:
    identity = PublicIdentity.objects.filter(source=subject_of(_meeting(meeting_id))).first()
    current = Release.objects.filter(state=ReleaseState.CURRENT)
    release = current.filter(meeting_id=identity.public_id).first() if identity else None
    if release is None:
        raise RuleBrokenError(_("The meeting is not released. Print it with --internal, or release it first."))
    content = ReleaseDocument.from_text(release.document or "")
    return content.meeting, content.released_at
