"""Acts on votes: a poll is opened, the votes are entered, it is closed or taken back."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows
from sagsgang.sittings import actions
from sagsgang.sittings.forms.acts import ActForm
from sagsgang.sittings.forms.polls import DeclaredForm, PollForm, VotesForm
from sagsgang.sittings.models import Poll
from sagsgang.sittings.permissions import PollRows, may_run_item, may_run_poll
from sagsgang.sittings.views.entering import enter

_both = require_http_methods(["GET", "POST"])


@permitted(AgendaRows(), may_run_item)
@_both
def open_poll(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, PollForm(request.POST, item), actions.open_poll, item)


@permitted(AgendaRows(), may_run_item)
@_both
def adopt_without_vote(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, DeclaredForm(request.POST, item), actions.adopt_without_vote, item)


@permitted(PollRows(), may_run_poll)
@_both
def enter_ballots(request: StaffRequest, poll: Poll) -> HttpResponse:
    return enter(request, poll.meeting, VotesForm(request.POST, poll), actions.enter_ballots, poll)


@permitted(PollRows(), may_run_poll)
@_both
def close_poll(request: StaffRequest, poll: Poll) -> HttpResponse:
    return enter(request, poll.meeting, VotesForm(request.POST, poll), actions.settle_poll, poll)


@permitted(PollRows(), may_run_poll)
@_both
def withdraw_poll(request: StaffRequest, poll: Poll) -> HttpResponse:
    return enter(request, poll.meeting, ActForm(request.POST, poll.meeting), actions.withdraw_poll, poll)
