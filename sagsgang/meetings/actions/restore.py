"""Take in a meeting from outside: create what is missing, add versions where the words differ, touch nothing else.

Rules of *now* (deadlines, who is in session) do not apply to what has already happened elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.faults import reached
from sagsgang.core.models import record
from sagsgang.meetings.actions import parts
from sagsgang.meetings.actions.people import People
from sagsgang.meetings.drafts import ItemDraft, MeetingDraft
from sagsgang.meetings.models import AgendaItem, Form, Meeting


@dataclass
class RestoreReport:
    """What a restore did: rows made, persons made, and for each changed item which parts changed."""

    meeting: Meeting
    meeting_created: bool = False
    items: list[AgendaItem] = field(default_factory=list)
    items_created: list[UUID] = field(default_factory=list)
    persons_created: list[str] = field(default_factory=list)
    changed: dict[UUID | None, list[str]] = field(default_factory=dict)

    def note(self, item: AgendaItem | None, *changed_parts: str) -> None:
        """Remember that these parts of the item (None = the meeting itself) are not what they were."""
        if changed_parts:
            self.changed.setdefault(item.pk if item else None, []).extend(changed_parts)

    @property
    def is_changed(self) -> bool:
        """Did anything at all change?"""
        return bool(self.meeting_created or self.items_created or self.changed)


@transaction.atomic
def restore_meeting(body: Body, draft: MeetingDraft, *, actor: User) -> RestoreReport:
    """Make the meeting what `draft` says. The same body, day and kind is the same meeting; the same words change
    nothing; other words become a new version, and what is no longer there is taken off, not deleted.
    """
    body = Body.objects.select_for_update().select_related("authority").get(pk=body.pk)
    meeting, created = Meeting.objects.select_for_update().get_or_create(
        body=body, held_on=draft.held_on, kind=draft.kind, cancelled_at=None, defaults=_meeting_facts(draft)
    )
    reached("restore.meeting")
    report = RestoreReport(meeting, meeting_created=created)
    run = Run(meeting, People(body.authority, report.persons_created), actor, report)
    if not created:
        report.note(None, *parts.overwrite(meeting, _meeting_facts(draft)))
    report.note(None, *parts.restore_attendance(meeting, None, draft.attendance, run.people))
    run.restore_items(None, draft.items)
    reached("restore.items")
    if report.is_changed:
        record(actor, "restore_meeting", meeting, items=len(report.items), created=len(report.items_created))
    return report


def _meeting_facts(draft: MeetingDraft) -> dict[str, object]:
    return {
        "form": draft.form,
        "starts": draft.starts,
        "ends": draft.ends,
        "place": draft.place,
        "number": draft.number,
        "stated_none": ["attendance"] if draft.attendance == () else [],
    }


@dataclass
class Run:
    """One restore under way: what its steps share."""

    meeting: Meeting
    people: People
    actor: User
    report: RestoreReport
    cases: parts.Cases = field(init=False)

    def __post_init__(self) -> None:
        self.cases = parts.Cases(self.meeting.body.authority)

    def restore_items(self, parent: AgendaItem | None, drafts: Sequence[ItemDraft]) -> None:
        """Make the items under `parent` (None = the agenda) what the drafts say, in their order."""
        known = list(
            AgendaItem.objects.filter(meeting=self.meeting, parent=parent, withdrawn_at=None).select_related("case")
        )
        pairs = [(draft, _take_match(draft, known)) for draft in drafts]
        # An extract of one item says nothing of the others on the agenda.
        if known and self.meeting.form == Form.MEETING:
            for gone in known:
                parts.overwrite(gone, {"withdrawn_at": now()})
                self.report.note(gone, "withdrawn")
        # Only those that move: who waits and is not written again would stand after all that come later.
        placed = list(enumerate((item for _, item in pairs), start=1))
        parts.make_room([item for position, item in placed if item is not None and item.position != position])
        for position, (draft, item) in enumerate(pairs, start=1):
            self._restore_item(parent, draft, item, position)

    def _restore_item(
        self, parent: AgendaItem | None, draft: ItemDraft, item: AgendaItem | None, position: int
    ) -> None:
        facts = parts.item_facts(draft, position)
        if item is None:
            case = parent.case if parent else self.cases.for_draft(draft.case)
            item = AgendaItem.objects.create(meeting=self.meeting, parent=parent, case=case, **facts)
            self.report.items_created.append(item.pk)
            self._restore_parts(item, draft)
        else:
            changed = [part for part in parts.overwrite(item, facts) if part != "position"]
            self.report.note(item, *changed, *self._restore_parts(item, draft))
        if parent is None:
            self.report.items.append(item)
        reached("restore.item")
        self.restore_items(item, draft.subitems)

    def _restore_parts(self, item: AgendaItem, draft: ItemDraft) -> list[str]:
        changed = [
            *parts.restore_presentation(item, draft.sections),
            *parts.restore_steps(item, draft.path or ()),
            *parts.restore_decisions(item, draft.decisions, self.actor),
            *parts.restore_attendance(self.meeting, item, draft.absent, self.people),
        ]
        if draft.attachments is not None:
            changed += parts.restore_attachments(item, draft.attachments)
        return changed


def _take_match(draft: ItemDraft, known: list[AgendaItem]) -> AgendaItem | None:
    """Find and take out the row that this draft is: by printed number, else by title, else the only unnamed one."""
    for same in (
        [row for row in known if draft.number and row.number == draft.number],
        [row for row in known if draft.title and row.title == draft.title],
        [row for row in known if not draft.number and not draft.title and not row.number and not row.title],
    ):
        if same:
            known.remove(same[0])
            return same[0]
    return None
