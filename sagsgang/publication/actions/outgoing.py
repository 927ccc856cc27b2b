"""What would go out as a release: the words, what kind of release they make, and how they differ from what is out."""

from dataclasses import dataclass
from uuid import UUID

from sagsgang.publication import rules
from sagsgang.publication.actions.snapshot import Snapshot, take_snapshot
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.changed import Change, News
from sagsgang.publication.comparison import changes_between, has_supplement, is_correction, told_changes
from sagsgang.publication.document import MeetingDocument
from sagsgang.publication.models import Release, ReleaseKind, ReleaseState


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A snapshot with its kind and its news. `since` is the number of the release it would take the place of."""

    snapshot: Snapshot
    kind: str
    changes: tuple[Change, ...]
    since: int | None
    public_reason: str

    @property
    def document(self) -> MeetingDocument:
        """The public words."""
        return self.snapshot.document

    @property
    def news(self) -> News:
        """What the public is told of the release itself; a reason only of a correction."""
        is_corrected = self.kind == ReleaseKind.CORRECTION
        return News(self.changes, self.since, self.public_reason if is_corrected else "")


def outgoing_of(meeting_id: UUID, asked: str, public_reason: str = "") -> Outgoing:
    """Take a snapshot and say what kind of release it is (`rules.kind_of`).

    Raises `RuleBrokenError` as `take_snapshot` does, for a draft that the body does not publish, and for a correction
    without a reason for the public.
    """
    snapshot = take_snapshot(meeting_id, asked)
    document = snapshot.document
    current = Release.objects.filter(meeting_id=document.public_id, state=ReleaseState.CURRENT).first()
    before = ReleaseDocument.from_text(current.document) if current is not None and current.document else None
    changes = changes_between(before.meeting, document) if before else ()
    kind = rules.kind_of(
        asked,
        has_supplement=has_supplement(document),
        is_unfinished=snapshot.is_unfinished,
        current=current.kind if current else "",
        is_correction=is_correction(changes),
    )
    rules.require_draft_allowed(document.body, kind, allowed=snapshot.publishes_draft)
    rules.require_public_reason(kind, public_reason)
    told = told_changes(changes, was=before.kind, now=kind) if before is not None else ()
    since = current.number if current is not None else None
    return Outgoing(snapshot, str(kind), told, since if told else None, public_reason.strip())
