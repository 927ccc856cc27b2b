"""The conflicts of interest that the body found at an item: note one, take one back."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Person
from sagsgang.meetings import actions, queries
from sagsgang.meetings.forms import PresenceForm
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows, may_note_conflict
from sagsgang.meetings.views.acts import Act, act_page, attempted, done, item_address


@permitted(AgendaRows(), may_note_conflict)
@require_http_methods(["GET", "POST"])
def note_conflict(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    act = Act(
        heading=gettext("Note a conflict of interest"),
        words=gettext(
            "Note it when the body has found that a member has a conflict of interest. "
            "From then on she is shut out of the item's closed material everywhere on the staff site."
        ),
        button=gettext("Note the conflict of interest"),
        back=item_address(item),
    )
    notice = gettext("The conflict of interest is noted for {name}.")
    return _about(request, item, act, notice, queries.people_of(item.meeting), _note)


@permitted(AgendaRows(), may_note_conflict)
@require_http_methods(["GET", "POST"])
def withdraw_conflict(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    act = Act(
        heading=gettext("Take back a conflict of interest"),
        words=gettext("The member reads the item's closed material again, as the others do."),
        button=gettext("Take it back"),
        back=item_address(item),
    )
    notice = gettext("The conflict of interest is taken back for {name}.")
    people = list(Person.objects.filter(conflicts__item=item, conflicts__withdrawn_at=None).distinct())
    return _about(request, item, act, notice, people, _withdraw)


def _note(item: AgendaItem, form: PresenceForm, request: StaffRequest) -> None:
    actions.note_conflict(item, person=form.chosen, actor=request.user)


def _withdraw(item: AgendaItem, form: PresenceForm, request: StaffRequest) -> None:
    actions.withdraw_conflict(item, person=form.chosen, actor=request.user)


def _about(
    request: StaffRequest,
    item: AgendaItem,
    act: Act,
    notice: str,
    people: list[Person],
    do: Callable[[AgendaItem, PresenceForm, StaffRequest], None],
) -> HttpResponse:
    form = PresenceForm(request.POST if request.method == "POST" else None, people)
    if request.method == "POST" and attempted(form, lambda: do(item, form, request)):
        return done(request, notice.format(name=form.chosen.name), item_address(item))
    return act_page(request, act, form, meeting=item.meeting, item=item)
