"""The agenda as it goes out, kept: every sending writes a version, and a version never changes."""

from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.models import Plain
from sagsgang.meetings.actions.receipts import deliver
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Meeting
from sagsgang.meetings.queries.agenda_versions import sent_items
from sagsgang.meetings.queries.arranging import placed_rows


def next_version(meeting: Meeting) -> int:
    """The number of the version that goes out now: 1 = the agenda, more = a supplementary agenda.

    An agenda that went out before versions were kept counts as the first.
    """
    last = AgendaVersion.objects.filter(meeting=meeting).order_by("-number").first()
    return last.number + 1 if last else (2 if meeting.agenda_sent_at else 1)


def write_version(meeting: Meeting, *, number: int, reason: str = "", actor: User) -> AgendaVersion:
    """A part of other acts, after the items have their `first_sent_in`: keep the agenda as it goes out."""
    items = {item.pk: item for item in sent_items(meeting)}
    lines = [line_of(items[row.pk]) for row in placed_rows(meeting, items.values())]
    version = AgendaVersion.objects.create(
        meeting=meeting, number=number, sent_by=actor, sent_at=now(), reason=reason.strip(), lines=lines
    )
    deliver(version)
    return version


def line_of(item: AgendaItem) -> dict[str, Plain]:
    """An item as a version keeps it; of `queries.agenda_versions.sent_items`."""
    return {
        "item": str(item.pk),
        "parent": str(item.parent_id) if item.parent_id else None,
        "number": item.number,
        "title": item.title,
        "kind": item.kind,
        "access": item.access,
        "presentation": str(item.presentation_id) if item.presentation_id else None,
        "attachments": [str(row.pk) for row in item.attachments.all()],
        "late_reason": item.late_reason,
        "path": [
            {
                "name": step.stated_body,
                "body": str(step.body_id) if step.body_id else None,
                "on": step.planned_on.isoformat() if step.planned_on else None,
            }
            for step in item.steps.all()
        ],
        "speakers": [
            {"name": row.name, "role": row.role, "is_talk": row.is_talk, "minutes": row.minutes}
            for row in item.speakers.all()
        ],
    }
