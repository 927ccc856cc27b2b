"""Acts on the meeting as a whole: it opens and ends, people come and go, somebody presides, substitutes are called."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.models import Meeting, Presence, Substitution
from sagsgang.sittings import actions
from sagsgang.sittings.forms.acts import ActForm, ArrivalForm, ConstitutionForm, OpenForm, PersonForm, SubstituteForm
from sagsgang.sittings.permissions import (
    PresenceRows,
    SubstitutionRows,
    may_run_meeting,
    may_run_presence,
    may_run_substitution,
)
from sagsgang.sittings.views.entering import enter

_both = require_http_methods(["GET", "POST"])


@permitted(Meeting.objects, may_run_meeting)
@_both
def open_meeting(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, OpenForm(request.POST, meeting), actions.open_meeting, meeting)


@permitted(Meeting.objects, may_run_meeting)
@_both
def adjourn_meeting(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, ActForm(request.POST, meeting), actions.adjourn_meeting, meeting)


@permitted(Meeting.objects, may_run_meeting)
@_both
def name_acting_chair(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, PersonForm(request.POST, meeting), actions.name_acting_chair, meeting)


@permitted(Meeting.objects, may_run_meeting)
@_both
def note_arrival(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, ArrivalForm(request.POST, meeting), actions.note_arrival, meeting)


@permitted(Meeting.objects, may_run_meeting)
@_both
def note_departure(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, PersonForm(request.POST, meeting), actions.note_departure, meeting)


@permitted(Meeting.objects, may_run_meeting)
@_both
def note_all_present(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, ActForm(request.POST, meeting), actions.note_all_present, meeting)


@permitted(PresenceRows(), may_run_presence)
@_both
def undo_stretch(request: StaffRequest, presence: Presence) -> HttpResponse:
    meeting = presence.meeting
    return enter(request, meeting, ActForm(request.POST, meeting), actions.undo_stretch, presence)


@permitted(PresenceRows(), may_run_presence)
@_both
def undo_departure(request: StaffRequest, presence: Presence) -> HttpResponse:
    meeting = presence.meeting
    return enter(request, meeting, ActForm(request.POST, meeting), actions.undo_departure, presence)


@permitted(Meeting.objects, may_run_meeting)
@_both
def call_substitute(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, SubstituteForm(request.POST, meeting), actions.call_substitute, meeting)


@permitted(Meeting.objects, may_run_meeting)
@_both
def approve_substitutes(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, ActForm(request.POST, meeting), actions.approve_substitutes, meeting)


@permitted(SubstitutionRows(), may_run_substitution)
@_both
def dismiss_substitute(request: StaffRequest, substitution: Substitution) -> HttpResponse:
    meeting = substitution.meeting
    return enter(request, meeting, ActForm(request.POST, meeting), actions.dismiss_substitute, substitution)


@permitted(Meeting.objects, may_run_meeting)
@_both
def put_constitution(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, ConstitutionForm(request.POST, meeting), actions.put_constitution, meeting)
