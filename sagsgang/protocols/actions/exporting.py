"""The municipality's own copy of each protocol, outside the database (R40, KSL § 13): PDF, and its links as JSON.

A file's name says the day and body of the meeting, the number of the newest entry in it, and the SHA-256 of its bytes;
nothing of what stands in it. Only the user of the house's processes reads folder and files.
"""

import hashlib
import json
import logging
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import override

from sagsgang.meetings.models import Meeting
from sagsgang.meetings.rendering import Reader
from sagsgang.protocols.models import ProtocolEntry
from sagsgang.protocols.queries.exporting import newest_entries
from sagsgang.protocols.queries.facts import facts_of
from sagsgang.protocols.queries.final import final_document
from sagsgang.protocols.queries.standing import entry_rows, standing_of
from sagsgang.protocols.rendering.paper_pdf import LANGUAGE, print_paper
from sagsgang.protocols.rendering.protocol_print import protocol_paper
from sagsgang.protocols.rendering.shown import access_now, shown_items

MOST_A_TIME = 20  # protocols a minute, so that the clock goes on
_FOLDER, _FILE = 0o700, 0o600
_log = logging.getLogger(__name__)


def export_missing() -> int:
    """Write each final protocol whose newest entry has no files in the folder yet; answers how many were written.

    Off without the setting. May run twice. What cannot be written is logged, and tried again the next time.
    """
    if not settings.PROTOCOL_EXPORT:
        return 0
    folder = Path(settings.PROTOCOL_EXPORT)
    written = 0
    try:
        folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        kept = {path.stem.rpartition("-")[0] + path.suffix for path in folder.iterdir()}
        for entry in newest_entries():
            stem = _stem(entry)
            if written == MOST_A_TIME:
                break
            if {f"{stem}.json", f"{stem}.pdf"} <= kept:
                continue
            export_protocol(entry.meeting_id, folder, stem)
            written += 1
    except OSError as error:
        _log.error("The protocols' folder %s cannot be written: %s", folder, error.strerror)
    return written


def export_protocol(meeting_id: UUID, folder: Path, stem: str) -> tuple[Path, Path]:
    """Write the links of a meeting's final protocol as JSON, and its printed form; answers both places.

    Closed items stand in them as in the protocol itself. Raises OSError.
    """
    facts = facts_of(meeting_id)
    standing = standing_of(facts.meeting, facts.roll)
    with override(LANGUAGE):
        document = final_document(facts.meeting)
        assert document is not None
        whole = Reader(closed_too=True)
        items = shown_items(document, whole, facts.notes, standing, access_now(facts.meeting), is_over=True)
        paper = protocol_paper(document, facts.meeting, standing, items)
        assert standing.final_at is not None
        pdf = print_paper(paper, made_at=standing.final_at).content
    return _keep(folder, stem, "json", _links(facts.meeting)), _keep(folder, stem, "pdf", pdf)


def _links(meeting: Meeting) -> bytes:
    """Every entry of the meeting's protocol with its hashes, so that the chain can be looked through without the house."""
    links = [
        {
            "number": row.number,
            "kind": row.kind,
            "at": row.at.isoformat(),
            "previous": row.previous,
            "sha256": row.sha256,
            "document": json.loads(row.document),
        }
        for row in entry_rows(meeting)
    ]
    whole = {"body": meeting.body.name, "meeting": str(meeting.pk), "held_on": meeting.held_on.isoformat()}
    return json.dumps(whole | {"entries": links}, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _stem(entry: ProtocolEntry) -> str:
    body = entry.meeting.body
    return f"{entry.meeting.held_on:%Y-%m-%d}-{slugify(body.code or body.name)}-{entry.meeting_id}-{entry.number}"


def _keep(folder: Path, stem: str, suffix: str, content: bytes) -> Path:
    """The whole file or none, read by nobody else, also while it is written."""
    place = folder / f"{stem}-{hashlib.sha256(content).hexdigest()}.{suffix}"
    with NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as part:
        os.fchmod(part.fileno(), _FILE)
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(place)
    return place
