"""Acts on the list of speakers."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows
from sagsgang.sittings import actions
from sagsgang.sittings.forms.acts import ActForm, MoveForm, TurnForm
from sagsgang.sittings.models import Turn
from sagsgang.sittings.permissions import TurnRows, may_run_item, may_run_turn
from sagsgang.sittings.views.entering import Act, enter

_both = require_http_methods(["GET", "POST"])


@permitted(AgendaRows(), may_run_item)
@_both
def ask_floor(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return enter(request, item.meeting, TurnForm(request.POST, item.meeting), actions.ask_floor, item)


@permitted(TurnRows(), may_run_turn)
@_both
def give_floor(request: StaffRequest, turn: Turn) -> HttpResponse:
    return _on_turn(request, turn, actions.give_floor)


@permitted(TurnRows(), may_run_turn)
@_both
def end_turn(request: StaffRequest, turn: Turn) -> HttpResponse:
    return _on_turn(request, turn, actions.end_turn)


@permitted(TurnRows(), may_run_turn)
@_both
def withdraw_turn(request: StaffRequest, turn: Turn) -> HttpResponse:
    return _on_turn(request, turn, actions.withdraw_turn)


@permitted(TurnRows(), may_run_turn)
@_both
def move_turn(request: StaffRequest, turn: Turn) -> HttpResponse:
    meeting = turn.item.meeting
    return enter(request, meeting, MoveForm(request.POST, meeting), actions.move_turn, turn)


def _on_turn(request: StaffRequest, turn: Turn, act: Act) -> HttpResponse:
    meeting = turn.item.meeting
    return enter(request, meeting, ActForm(request.POST, meeting), act, turn)
