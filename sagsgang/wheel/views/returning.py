"""A matter that comes again to its body in a political cycle: the cycle says which meeting that is."""

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.actions import return_item
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows, may_handle_decision
from sagsgang.meetings.views.acts import Act, attempted, done, item_address
from sagsgang.wheel.forms.returning import CycleForm
from sagsgang.wheel.queries.cycles import cycles_to_come
from sagsgang.wheel.views.addresses import act_page


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def return_in_cycle(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    meetings = cycles_to_come(item.meeting)
    form = CycleForm(request.POST if request.method == "POST" else None, meetings)
    if request.method == "POST" and attempted(
        form, lambda: return_item(item, day=form.chosen, actor=request.user)
    ):  # fmt: skip
        return done(request, gettext("The case is on the body's waiting list."), item_address(item))
    words = gettext("The case waits for this body again, for its meeting in the cycle that you choose.")
    if not meetings:
        words = gettext(
            "No cycle is to come in which the body meets: put its meetings and those of the council in the plan."
        )
    act = Act(
        heading=gettext("Let the matter come again in a cycle"),
        words=words,
        button=gettext("Let it come again"),
        back=item_address(item),
    )
    return act_page(request, act, form, year=item.meeting.held_on.year)
