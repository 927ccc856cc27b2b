"""What hangs on a decision: dissent, halt, return, parties, the public extract. Each act on a page of its own."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Person
from sagsgang.meetings import actions
from sagsgang.meetings.forms import (
    DissentForm,
    ExtractForm,
    HaltForm,
    PartiesForm,
    PresenceForm,
    ReturnForm,
)
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows, may_handle_decision
from sagsgang.meetings.queries.deciding import (
    chairs_of,
    council_of,
    later_days,
    next_month,
    people_taking_part,
)
from sagsgang.meetings.views.acts import Act, act_page, attempted, done, item_address


def _act(
    request: StaffRequest, item: AgendaItem, act: Act, form: forms.Form, do: Callable[[], object], notice: str
) -> HttpResponse:
    if request.method == "POST" and attempted(form, do):
        return done(request, notice, item_address(item))
    return act_page(request, act, form, meeting=item.meeting, item=item)


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def enter_dissent(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = DissentForm(_posted(request), people_taking_part(item))
    act = Act(
        heading=gettext("Enter a dissent"),
        words=gettext(
            "Anyone who took part may ask to have a dissent entered, in the room or afterwards, until the protocol is "
            "made final. It follows the case to the next bodies."
        ),
        button=gettext("Enter the dissent"),
        back=item_address(item),
    )
    return _act(
        request, item, act, form,
        lambda: actions.enter_dissent(
            item, person=form.chosen, words=form.cleaned_data["words"], actor=request.user
        ),
        gettext("The dissent is entered."),
    )  # fmt: skip


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def withdraw_dissent(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    people = list(Person.objects.filter(dissents__item=item, dissents__withdrawn_at=None))
    form = PresenceForm(_posted(request), people)
    act = Act(
        heading=gettext("Take back a dissent"),
        words=gettext("The decision stands without it from its next version on. The older versions keep it."),
        button=gettext("Take it back"),
        back=item_address(item),
    )
    return _act(
        request, item, act, form,
        lambda: actions.withdraw_dissent(item, person=form.chosen, actor=request.user),
        gettext("The dissent is taken back."),
    )  # fmt: skip


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def halt_decision(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    council = council_of(item.meeting.body.authority)
    mayors = chairs_of(council, localdate()) if council else []
    form = HaltForm(_posted(request), {row.pk: row for row in (*people_taking_part(item), *mayors)}.values())
    act = Act(
        heading=gettext("Halt the decision"),
        words=gettext(
            "The decision goes to the council. A member who took part may ask for it until the meeting is adjourned, "
            "without a reason; the mayor may order it in writing until the decision is carried out."
        ),
        button=gettext("Halt the decision"),
        back=item_address(item),
        is_grave=True,
    )
    return _act(
        request, item, act, form,
        lambda: actions.halt_decision(
            item, person=form.chosen, power=form.cleaned_data["power"], order=form.cleaned_data["order"],
            actor=request.user,
        ),
        gettext("The decision is halted. The case waits for the council."),
    )  # fmt: skip


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def withdraw_halt(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = PresenceForm(_posted(request), list(Person.objects.filter(halts__item=item, halts__withdrawn_at=None)))
    act = Act(
        heading=gettext("Take back the halt"),
        words=gettext("The decision stands again, and the case no longer waits for the council because of it."),
        button=gettext("Take it back"),
        back=item_address(item),
    )
    return _act(
        request, item, act, form,
        lambda: actions.withdraw_halt(item, person=form.chosen, actor=request.user),
        gettext("The halt is taken back."),
    )  # fmt: skip


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def return_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    planned = later_days(item.meeting)
    form = ReturnForm(_posted(request), planned, next_month=next_month(item.meeting, planned))
    act = Act(
        heading=gettext("Let the matter come again"),
        words=gettext("The case waits for this body again, for the meeting that you choose."),
        button=gettext("Let it come again"),
        back=item_address(item),
    )
    return _act(
        request, item, act, form,
        lambda: actions.return_item(item, day=form.chosen, actor=request.user),
        gettext("The case is on the body's waiting list."),
    )  # fmt: skip


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def withdraw_return(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    act = Act(
        heading=gettext("The matter does not come again"),
        words=gettext("The case goes off the body's waiting list, unless it is on an agenda already."),
        button=gettext("Take it off the waiting list"),
        back=item_address(item),
    )
    return _act(
        request, item, act, forms.Form(_posted(request)),
        lambda: actions.withdraw_return(item, actor=request.user),
        gettext("The matter does not come again."),
    )  # fmt: skip


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def state_parties(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = PartiesForm(_posted(request), initial={"parties": item.parties, "told": item.parties_told_at is not None})
    act = Act(
        heading=gettext("Parties who are told first"),
        words=gettext(
            "Who is a party is told the decision before the public. Until then the released minutes say only that "
            "there is a decision."
        ),
        button=gettext("Save"),
        back=item_address(item),
    )
    return _act(
        request, item, act, form,
        lambda: actions.state_parties(item, actor=request.user, **form.cleaned_data),
        gettext("It is saved."),
    )  # fmt: skip


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def state_extract(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    written = {"public_extract": item.public_extract, "withheld_reason": item.withheld_reason}
    form = ExtractForm(_posted(request), initial=written)
    act = Act(
        heading=gettext("What the public gets of the closed decision"),
        words=gettext(
            "A closed decision is published as far as secrecy allows. Write an extract, or why there can be none."
        ),
        button=gettext("Save"),
        back=item_address(item),
    )
    return _act(
        request, item, act, form,
        lambda: actions.state_extract(item, actor=request.user, **form.cleaned_data),
        gettext("It is saved. It goes out with the next release of the minutes."),
    )  # fmt: skip


def _posted(request: StaffRequest) -> dict[str, object] | None:
    return request.POST if request.method == "POST" else None  # type: ignore[return-value]
