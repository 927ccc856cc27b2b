"""What everybody in the body follows while the meeting is held, and the number of its newest act."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.rendering import Reader
from sagsgang.meetings.views.reader import reader_at
from sagsgang.sittings import rendering
from sagsgang.sittings.permissions import FollowRows, may_follow_meeting, may_run_meeting
from sagsgang.sittings.queries.state import last_act, state_of
from sagsgang.sittings.shared import SharedPages
from sagsgang.sittings.tickets import make_ticket

_shared = SharedPages()


@permitted(FollowRows(), may_follow_meeting)
@require_safe
def follow(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    state = _state(meeting, reader_at(request.user, meeting))
    may_run = may_run_meeting(request.user, meeting)
    context = state | {"line": line_of(meeting, state["state"].last_act), "may_run": may_run}
    return render(request, "sittings/follow.html", context)


@permitted(FollowRows(), may_follow_meeting)
@require_safe
def follow_part(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """The regions alone: asked for by every listener at once when something happens."""
    reader = reader_at(request.user, meeting)
    shows = _shows_agenda(meeting, reader)
    key = (meeting.pk, last_act(meeting), reader.closed_too, reader.shut_out, reader.granted, shows, reader.unsent_too)
    page = _shared.get(key, lambda: render_to_string("sittings/follow.html#regions", _state(meeting, reader)))
    return HttpResponse(page)


@permitted(FollowRows(), may_follow_meeting)
@require_safe
def line(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return JsonResponse({"number": last_act(meeting)}, headers={"Cache-Control": "no-store"})


def _state(meeting: Meeting, reader: Reader) -> dict[str, Any]:
    """What the regions show of the meeting to this reader."""
    state = state_of(meeting)
    current = state.current
    return {
        "meeting": meeting,
        "state": state,
        "agenda": rendering.shown_agenda(state, reader) if _shows_agenda(meeting, reader) else (),
        "place": rendering.shown_place(current.line, reader) if current else None,
        "remote": [member.name for member in state.members if member.is_here and member.is_remote],
        "polls": rendering.closed_polls(current) if current else (),
    }


def _shows_agenda(meeting: Meeting, reader: Reader) -> bool:
    """An agenda that has not gone out is for those who compose it; whoever waits here for the meeting sees none of it."""
    return reader.unsent_too or meeting.agenda_sent_at is not None


def line_of(meeting: Meeting, number: int) -> dict[str, object]:
    """Where a page listens, where it asks instead, and what it shows already."""
    ticket = f"{settings.LINE_URL}?ticket={make_ticket(meeting.pk)}" if settings.LINE_URL else ""
    return {"url": ticket, "poll": reverse("sittings:line", args=[meeting.pk]), "number": number}
