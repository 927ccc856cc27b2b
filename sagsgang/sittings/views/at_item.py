"""Acts at an item: it is taken up and ended, somebody has to leave, something is moved, it is decided."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.permissions import AgendaRows
from sagsgang.sittings import actions
from sagsgang.sittings.forms.acts import ActForm, BlockForm, ConflictForm, PersonForm, PostponementForm, ProposalForm
from sagsgang.sittings.models import Proposal
from sagsgang.sittings.permissions import ProposalRows, may_run_item, may_run_meeting, may_run_proposal
from sagsgang.sittings.views.deciding import decision_form_of
from sagsgang.sittings.views.entering import enter, refused

_both = require_http_methods(["GET", "POST"])


@permitted(AgendaRows(), may_run_item)
@_both
def take_up_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, ActForm(request.POST, item.meeting), actions.take_up_item, item)


@permitted(AgendaRows(), may_run_item)
@_both
def end_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, ActForm(request.POST, item.meeting), actions.end_item, item)


@permitted(Meeting.objects, may_run_meeting)
@_both
def take_up_block(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return enter(request, meeting, BlockForm(request.POST, meeting), actions.take_up_block, meeting)


@permitted(AgendaRows(), may_run_item)
@_both
def declare_conflict(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, ConflictForm(request.POST, item.meeting), actions.declare_conflict, item)


@permitted(AgendaRows(), may_run_item)
@_both
def return_after_conflict(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, PersonForm(request.POST, item.meeting), actions.return_after_conflict, item)


@permitted(AgendaRows(), may_run_item)
@_both
def move_proposal(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, ProposalForm(request.POST, item.meeting), actions.move_proposal, item)


@permitted(ProposalRows(), may_run_proposal)
@_both
def withdraw_proposal(request: StaffRequest, proposal: Proposal) -> HttpResponse:
    meeting = proposal.item.meeting
    return enter(request, meeting, ActForm(request.POST, meeting), actions.withdraw_proposal, proposal)


@permitted(AgendaRows(), may_run_item)
@_both
def decide_here(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    act = ActForm(request.POST, item.meeting)
    if request.method != "POST":
        return enter(request, item.meeting, act, actions.decide_here, item)
    decision = decision_form_of(item, request.POST)
    if not decision.is_valid():
        complaints = [str(words) for errors in decision.errors.values() for words in errors]
        return refused(request, item.meeting, " ".join(complaints))
    return enter(request, item.meeting, act, actions.decide_here, item, facts=decision.facts())


@permitted(AgendaRows(), may_run_item)
@_both
def demand_postponement(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, PostponementForm(request.POST, item.meeting), actions.demand_postponement, item)
