"""What is known of a meeting's releases inside the house, fetched at once for its page."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from sagsgang.core.gathering import Part, gathered
from sagsgang.gate.pieces import Kind
from sagsgang.meetings.models import Meeting
from sagsgang.publication.differences import KnownIds, identity_sources, known_ids
from sagsgang.publication.gatekeeping.result import GateResult, result_of
from sagsgang.publication.models import (
    Breach,
    FindingState,
    GateFinding,
    Preparation,
    PublicIdentity,
    Release,
    ReleaseRecord,
    ReleaseState,
    Withdrawal,
)

# Without the words themselves, which are large.
_RECORD = ("release_id", "meeting_id", "prepared_by_id", "released_by_id", "gate", "at")
_RELEASE = ("id", "number", "kind", "state", "sha256", "released_at", "body_id", "meeting_id")


@dataclass(frozen=True)
class ReleaseLine:
    """A link of the chain with who made it, and who took it back."""

    release: Release
    record: ReleaseRecord
    withdrawal: Withdrawal | None
    breach: Breach | None = None

    @cached_property
    def gate(self) -> GateResult | None:
        """What the gate said of it; None of a release from before there was one."""
        return result_of(self.record)

    @property
    def short_hash(self) -> str:
        return self.release.sha256[:12]

    @property
    def is_current(self) -> bool:
        return self.release.state == ReleaseState.CURRENT


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What has gone out of a meeting, the newest first, and what is out now; what is prepared of it and waits for a
    second person; the CPR findings that somebody has accepted, each by its item and digest; and its public ids.
    """

    lines: list[ReleaseLine]
    prepared: Preparation | None
    accepted: frozenset[tuple[UUID | None, str]] = frozenset()
    current: Release | None = None
    ids: KnownIds = field(default_factory=KnownIds)


def release_lines(meeting: Meeting) -> ReleaseFacts:
    """What has gone out and what is prepared; one query."""
    found = gathered(meeting, **_line_parts(meeting))
    return ReleaseFacts(_release_lines(found), next(iter(found["prepared"]), None))


def release_facts(meeting: Meeting) -> ReleaseFacts:
    """All that is known of the releases of a meeting (`meetings.queries.meeting_rows`); one query."""
    records = ReleaseRecord.objects.filter(meeting_id=meeting.pk)
    accepted = GateFinding.objects.filter(
        preparation__meeting_id=meeting.pk, kind=Kind.CPR, state=FindingState.ACCEPTED
    ).order_by()
    found = gathered(
        meeting,
        **_line_parts(meeting),
        current=Part(Release.objects.filter(pk__in=records.values("release_id"), state=ReleaseState.CURRENT)),
        accepted=Part(accepted, only=("id", "item_id", "digest")),
        ids=Part(PublicIdentity.objects.filter(source__in=identity_sources(meeting))),
    )
    return ReleaseFacts(
        lines=_release_lines(found),
        prepared=next(iter(found["prepared"]), None),
        accepted=frozenset((row.item_id, row.digest) for row in found["accepted"]),
        current=next(iter(found["current"]), None),
        ids=known_ids(meeting, found["ids"]),
    )


def _line_parts(meeting: Meeting) -> dict[str, Part]:
    records = ReleaseRecord.objects.filter(meeting_id=meeting.pk)
    ids = records.values("release_id")
    open_rows = Preparation.objects.filter(meeting_id=meeting.pk, ended_at=None)
    return {
        "records": Part(records, ("prepared_by", "released_by"), only=_RECORD),
        "releases": Part(Release.objects.filter(pk__in=ids).order_by("-number"), only=_RELEASE),
        "withdrawals": Part(Withdrawal.objects.filter(pk__in=ids), ("withdrawn_by",)),
        "breaches": Part(Breach.objects.filter(meeting_id=meeting.pk)),
        "prepared": Part(open_rows, ("prepared_by", "approved_by")),
    }


def _release_lines(found: dict[str, list[Any]]) -> list[ReleaseLine]:
    by_release = {row.release_id: row for row in found["records"]}
    taken_back = {row.release_id: row for row in found["withdrawals"]}
    breaches = {row.release_id: row for row in found["breaches"]}
    return [
        ReleaseLine(row, by_release[row.pk], taken_back.get(row.pk), breaches.get(row.pk)) for row in found["releases"]
    ]
