"""The secretary's one page while the meeting is held."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings import queries
from sagsgang.meetings import rendering as of_meetings
from sagsgang.meetings.forms.deciding import DecisionForm
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.deciding import phrases_of
from sagsgang.meetings.rendering import Reader, ShownItem
from sagsgang.meetings.views.item import written
from sagsgang.meetings.views.reader import reader_at
from sagsgang.sittings import rendering
from sagsgang.sittings.actions.reading import log_reading_once
from sagsgang.sittings.forms.polls import METHODS
from sagsgang.sittings.models import ProposalKind, TurnKind
from sagsgang.sittings.permissions import may_run_meeting
from sagsgang.sittings.queries.calling import calling_of
from sagsgang.sittings.queries.state import CurrentItem, state_of
from sagsgang.sittings.views.deciding import desk_form
from sagsgang.sittings.views.follow import line_of


@dataclass(frozen=True, slots=True)
class Part:
    """The current item, or a sub-item of it, with the form of its decision (None where she may not read it)."""

    item: ShownItem
    form: DecisionForm | None


@permitted(Meeting.objects, may_run_meeting)
@require_safe
def desk(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    state = state_of(meeting)
    reader = reader_at(request.user, meeting)
    current = state.current
    agenda = rendering.shown_agenda(state, reader)
    calling = calling_of(meeting, state)
    context = {
        "meeting": meeting,
        "state": state,
        "agenda": agenda,
        "blocks": rendering.waiting_blocks(state),
        "place": rendering.shown_place(current.line, reader) if current else None,
        "parts": _parts(request, meeting, current, reader) if current else (),
        "groups": rendering.groups_of(state.voters),
        "here": [member for member in state.members if member.is_here],
        "away": [member for member in state.members if not member.is_here],
        "waits": any(member.waits for member in state.members),
        "calls": calling.calls,
        "stand_ins": calling.stand_ins,
        "next": next((place for place in agenda if place.line.state == "waiting" and not place.is_sub), None),
        "methods": METHODS,
        "proposal_kinds": ProposalKind.choices,
        "turn_kinds": TurnKind.choices,
        "line": line_of(meeting, state.last_act),
        "shelf": f"{meeting.pk}:{request.user.pk}",
        "now": now(),
    }
    return render(request, "sittings/desk.html", context)


def _parts(request: StaffRequest, meeting: Meeting, current: CurrentItem, reader: Reader) -> tuple[Part, ...]:
    """The running item with its sub-items, and the rest of its block."""
    phrases = phrases_of(meeting.body.authority)
    shown: list[Part] = []
    for line in (current.line, *current.with_it):
        row = queries.item_rows(line.parent or line.pk)
        found = of_meetings.shown_item(row, row.meeting, reader)
        if found.has_closed_words:
            log_reading_once(row, since=current.line.began_at, actor=request.user)
        wanted = (
            [found, *found.subitems] if line.parent is None else [sub for sub in found.subitems if sub.pk == line.pk]
        )
        rows: dict[object, AgendaItem] = {one.pk: one for one in (row, *row.subitems.all())}
        shown += [
            Part(one, desk_form(rows[one.pk], phrases, initial=written(one.own)) if one.is_readable else None)
            for one in wanted
        ]
    return tuple(shown)
