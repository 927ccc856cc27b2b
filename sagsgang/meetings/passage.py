"""Where an item comes from and where it goes: frozen values for its page, made from fetched rows. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from sagsgang.cases.models import PathStep
from sagsgang.meetings.models import AgendaItem, Meeting, own_decision


@dataclass(frozen=True, slots=True)
class Place:
    """An item of the same case at another body, in words."""

    pk: UUID
    words: str


@dataclass(frozen=True, slots=True)
class NextStop:
    """Where the path sends the case after this item; `step` is None where only the item's printed path says so."""

    body_id: UUID | None
    code: str
    on: date | None
    step: PathStep | None

    @property
    def words(self) -> str:
        """The act in words: "Send on to ØK 16 May 2023"."""
        if self.on is None:
            return gettext("Send on to {body}").format(body=self.code)
        return gettext("Send on to {body}, {day}").format(body=self.code, day=date_format(self.on, "DATE_FORMAT"))


@dataclass(frozen=True, slots=True)
class Passage:
    """What ties an item to its case's way, and which acts are possible now."""

    came_from: Place | None
    went_to: tuple[Place, ...]
    changed_since: bool  # the text is another one than at the body before
    changed_after_sending: bool
    added_after_sending: bool
    has_words: bool
    next_stop: NextStop | None
    conflicts: tuple[tuple[UUID, str], ...]
    is_sent: bool
    is_decided: bool
    is_sub: bool
    has_own_case: bool
    may_be_promoted: bool
    case_id: UUID

    @property
    def is_movable(self) -> bool:
        """Has this body decided, so that the case can go on?"""
        return self.is_decided and self.has_own_case


def passage_of(item: AgendaItem, meeting: Meeting, parent: AgendaItem | None) -> Passage:
    """The passage of an item of `meetings.queries.item_rows`; `parent` is the item above a sub-item."""
    words, earlier = item.presentation, item.carried_from
    has_own_case = parent is None or parent.case_id != item.case_id
    sent_at = meeting.agenda_sent_at
    return Passage(
        came_from=_place(earlier) if earlier else None,
        went_to=tuple(_place(later) for later in item.carried_to.all()),
        changed_since=earlier is not None and earlier.presentation_id != item.presentation_id,
        changed_after_sending=bool(
            sent_at and words and words.frozen_at and words.frozen_at > sent_at > item.created_at
        ),
        added_after_sending=bool(sent_at and item.created_at > sent_at),
        has_words=words is not None,
        next_stop=next_stop(item, meeting),
        conflicts=tuple((row.person_id, row.person.name) for row in item.conflicts.all()),
        is_sent=item.is_sent(sent_at),
        is_decided=own_decision(item.decisions.all(), meeting) is not None,
        is_sub=parent is not None,
        has_own_case=has_own_case,
        may_be_promoted=parent is not None and (not has_own_case or item.case.parent_id is not None),
        case_id=item.case_id,
    )


def _place(item: AgendaItem) -> Place:
    body = item.meeting.body
    return Place(item.parent_id or item.pk, f"{body.name}, {date_format(item.meeting.held_on, 'DATE_FORMAT')}")


def next_stop(item: AgendaItem, meeting: Meeting) -> NextStop | None:
    """The first step after this one that stands on no agenda; else what the item's printed path says comes next."""
    steps = list(item.case.path.all())
    if steps:
        found = next((step for step in _after(steps, item, meeting) if not step.agenda_items.all()), None)
        return NextStop(found.body_id, str(found), found.planned_on, found) if found else None
    stated = list(item.steps.all())
    here = [n for n, step in enumerate(stated) if step.body_id == meeting.body_id]
    left = stated[here[0] + 1 :] if here else []
    return NextStop(left[0].body_id, left[0].stated_body, left[0].planned_on, None) if left else None


def _after(steps: Iterable[PathStep], item: AgendaItem, meeting: Meeting) -> list[PathStep]:
    """The steps that come after the item's own; all of them where it has none."""
    ordered = list(steps)
    own = [n for n, step in enumerate(ordered) if step.pk == item.step_id]
    own = own or [n for n, step in enumerate(ordered) if (step.body_id, step.planned_on) == _here(meeting)]
    return ordered[own[0] + 1 :] if own else ordered


def _here(meeting: Meeting) -> tuple[UUID, date]:
    return meeting.body_id, meeting.held_on
