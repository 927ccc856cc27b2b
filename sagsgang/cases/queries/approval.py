"""Where a case stands in its approval: whose turn it is, what was said, which words were seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sagsgang.accounts.models import User
from sagsgang.cases.models import ApprovalEvent, ApprovalLevel, Case, Presentation, Verdict
from sagsgang.cases.permissions import levels_of, may_write_case
from sagsgang.cases.queries.journey import newest_version
from sagsgang.cases.queries.reading import ReadVersion, digest_of
from sagsgang.cases.rules.approval import CASEWORKER, EventFact, Standing, standing


def standing_of(case: Case) -> Standing:
    """Where the newest version stands: the draft, else the newest frozen one; without any words a draft. Two queries."""
    return standing_by(events_told(newest_version(case)), levels_of(case.unit))


def standing_by(events: Iterable[EventFact], levels: Iterable[ApprovalLevel]) -> Standing:
    """Where a version stands, of events and levels that were read already."""
    return standing(list(events), [level.position for level in levels])


def events_told(version: Presentation | None) -> list[EventFact]:
    """The events that `newest_version` brought with the version; no query."""
    return [EventFact(said["verdict"], said["level"]) for said in version.events] if version else []  # type: ignore[attr-defined]


def event_facts(events: Iterable[ApprovalEvent]) -> list[EventFact]:
    """Events as the rules see them."""
    return [EventFact(event.verdict, event.level) for event in events]


def whose_turn(case: Case) -> ApprovalLevel | None:
    """The level that the case waits for; None if it waits for none. Two queries."""
    levels = levels_of(case.unit)
    return level_at(levels, standing_by(events_told(newest_version(case)), levels).level)


def level_at(levels: Iterable[ApprovalLevel], position: int | None) -> ApprovalLevel | None:
    """The level of this position."""
    return next((level for level in levels if level.position == position), None)


def is_hers(level: ApprovalLevel | None, user: User) -> bool:
    """Does she speak at this level, as its approver or as the deputy?"""
    return level is not None and user.pk in (level.approver_id, level.deputy_id)


def corrects_now(user: User, case: Case) -> bool:
    """May she change the words now? The writers while it is written, in approval the one whose turn it is; then nobody."""
    version = newest_version(case)
    if version is not None and not version.is_draft:
        return False
    levels = levels_of(case.unit)
    stands = standing_by(events_told(version), levels)
    if stands.state == "in_approval":
        return is_hers(level_at(levels, stands.level), user)
    return stands.state == "draft" and may_write_case(user, case)


def content_digest(presentation: Presentation) -> str:
    """SHA-256 of everything that an approver reads: sections, points, access, economy lines, the files' own SHA-256."""
    return digest_of(presentation)


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One line of the approval's history. `corrected_by`: who changed the words since the event before.

    `is_changed` without names: something else than the sections' words was changed (attachments, economy).
    """

    event: ApprovalEvent
    is_final: bool
    is_changed: bool
    corrected_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnLevel:
    """A level as it is drawn: ``done`` (by whom, when), ``here`` (waits) or ``later``."""

    level: ApprovalLevel
    state: str
    event: ApprovalEvent | None


@dataclass(frozen=True, slots=True)
class ChangeSince:
    """The words have been changed since the last event, and by whom (empty where it was not a section's words)."""

    corrected_by: tuple[str, ...]


def shown_events(read: ReadVersion) -> tuple[list[ShownEvent], ChangeSince | None]:
    """The events, newest first, each with what was changed before it; and what was changed since the last."""
    shown = []
    for before, event in zip([None, *read.events], read.events, strict=False):
        changed = before is not None and before.digest != event.digest
        names = _between(read.saves, before.at, event.at) if before and changed else ()
        is_final = event.verdict == Verdict.APPROVED and event.level == CASEWORKER
        shown.append(ShownEvent(event, is_final, changed, names))
    since = None
    if read.events and read.events[-1].digest != read.digest:
        last = read.events[-1]
        since = ChangeSince(tuple(dict.fromkeys(name for at, name in read.saves if at > last.at)))
    return shown[::-1], since


def _between(saves: Sequence[tuple[datetime, str]], start: datetime, end: datetime) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for at, name in saves if start < at <= end))


def drawn_levels(
    levels: Iterable[ApprovalLevel], stands: Standing, events: Iterable[ApprovalEvent]
) -> list[DrawnLevel]:
    """The levels as they are now, each with the approval that was given at it since the last submission."""
    given: dict[int, ApprovalEvent] = {}
    for event in events:
        if event.verdict == Verdict.APPROVED:
            given[event.level] = event
        else:
            given = {}
    drawn = []
    for level in levels:
        said = given.get(level.position)
        state = "here" if level.position == stands.level else "done" if said else "later"
        drawn.append(DrawnLevel(level, state, said))
    return drawn
