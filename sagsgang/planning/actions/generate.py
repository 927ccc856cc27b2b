"""Make the meetings of a year from its rules, without writing over anything that a hand has changed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.models import record
from sagsgang.meetings.actions.schedule import lock_meeting
from sagsgang.meetings.models import Meeting
from sagsgang.planning.actions.lock import lock_plan
from sagsgang.planning.actions.meetings import drop_meeting
from sagsgang.planning.models import PlannedMeeting, PlanRule
from sagsgang.planning.queries.outlook import RuleDay, outlook, year_rows
from sagsgang.planning.rules.acts import require_unchanged_plan


@dataclass(frozen=True, slots=True)
class Generated:
    """How many meetings came, how many were taken away, and how many got the hour and place of their changed rule."""

    created: int
    removed: int
    brought: int = 0


@transaction.atomic
def generate_year(
    body: Body,
    *,
    year: int,
    instead: Mapping[date, date] | None = None,
    remove: Collection[UUID] = (),
    bring: Collection[UUID] = (),
    actor: User,
) -> Generated:
    """Give each day of the rules that lacks one its meeting; done again, it changes nothing.

    `instead`: for a day on which nobody meets, the proposed day that was chosen in its place; other closed days get no
    meeting. `remove`: meetings that no rule has any more, to be taken away; only untouched and empty ones can be.
    `bring`: untouched meetings that get the hour and place that their rule has now.
    Days that are over get none. Raises `RuleBrokenError` if the plan is another than the one that was looked at.
    """
    lock_plan(body.pk)
    found = outlook(year_rows(body, year), localdate())
    proposals = {day.day: day for day in found.closed if day.proposed}
    chosen = dict(instead or {})
    leaving = {row.meeting_id for row in found.left}
    known = chosen.keys() <= proposals.keys() and all(proposals[day].proposed == to for day, to in chosen.items())
    behind = {row.meeting_id: (row, rule) for row, rule in found.behind}
    require_unchanged_plan(same=known and set(remove) <= leaving and behind.keys() >= set(bring))
    created = _create(
        body, [(day, day.day) for day in found.new] + [(proposals[day], to) for day, to in chosen.items()]
    )
    _adopt(body, found.adopted)
    for pk in remove:
        drop_meeting(pk)
    for pk in bring:
        _bring(*behind[pk], actor)
    if created or remove or bring:
        facts = {"created": created, "removed": len(remove)} | ({"brought": len(bring)} if bring else {})
        record(actor, "generate_year", body, year=year, **facts)
    return Generated(created, len(remove), len(bring))


def _bring(planned: PlannedMeeting, rule: PlanRule, actor: User) -> None:
    """The meeting as its rule has it now; it is the new rule's from here on."""
    assert planned.meeting is not None
    meeting = lock_meeting(planned.meeting)
    meeting.starts, meeting.place = rule.starts, rule.place
    meeting.save(update_fields=["starts", "place", "modified_at"])
    planned.rule = rule
    planned.save(update_fields=["rule", "modified_at"])
    record(actor, "change_meeting", meeting, parts=["starts", "place"])


def _create(body: Body, days: list[tuple[RuleDay, date]]) -> int:
    """A day on which somebody else has made a meeting in this moment (an import) is passed by."""
    pairs = [(day, Meeting(body=body, held_on=on, starts=day.rule.starts, place=day.rule.place)) for day, on in days]
    Meeting.objects.bulk_create([meeting for _, meeting in pairs], ignore_conflicts=True)
    made = set(Meeting.objects.filter(pk__in=[meeting.pk for _, meeting in pairs]).values_list("pk", flat=True))
    PlannedMeeting.objects.bulk_create(
        [
            PlannedMeeting(rule=day.rule, body=body, day=day.day, meeting=meeting)
            for day, meeting in pairs
            if meeting.pk in made
        ]
    )
    return len(made)


def _adopt(body: Body, pairs: Iterable[tuple[RuleDay, Meeting]]) -> None:
    """Tie meetings that were made by hand to the day of the rule they lie on: a day that is settled stays settled."""
    PlannedMeeting.objects.bulk_create(
        [PlannedMeeting(rule=day.rule, body=body, day=day.day, meeting=meeting) for day, meeting in pairs]
    )
