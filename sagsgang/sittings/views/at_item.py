"""Acts at an item: it is taken up and ended or off, somebody has to leave, something is moved, it is decided."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.permissions import AgendaRows
from sagsgang.meetings.views.acts import Act, act_page, attempted, done
from sagsgang.sittings import actions
from sagsgang.sittings.forms.acts import ActForm, BlockForm, ConflictForm, PersonForm, PostponementForm, ProposalForm
from sagsgang.sittings.forms.doors import TakeOffForm
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
def leave_block(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, ActForm(request.POST, item.meeting), actions.leave_block, item)


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


@permitted(AgendaRows(), may_run_item)
@_both
def take_off_here(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = TakeOffForm(request.POST if request.method == "POST" else None, item)
    desk = reverse("sittings:desk", args=[item.meeting_id])
    if attempted(form, lambda: actions.take_off_here(item, actor=request.user, **form.arguments)):  # type: ignore[arg-type]
        said = gettext("The item is taken off the agenda. The case waits for a later meeting of the body.")
        return done(request, said, desk)
    act = Act(
        heading=gettext("Take the item off the agenda"),
        words=gettext(
            "The body decides it while the agenda is adopted. The item keeps its number, the protocol says that it was "
            "taken off, and the case goes back to those that wait for the body."
        ),
        button=gettext("The body has decided: take the item off"),
        back=desk,
        is_grave=True,
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)
