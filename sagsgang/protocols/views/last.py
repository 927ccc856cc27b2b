"""The last protocol at the standing item where the body approves it: fetched by htmx, and a page of its own without."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows
from sagsgang.meetings.views.acts import done
from sagsgang.protocols import actions
from sagsgang.protocols.forms import LastProtocolForm
from sagsgang.protocols.permissions import may_approve_at, may_read_protocol_at, may_write_protocol
from sagsgang.protocols.queries.final import unapproved_before


@permitted(AgendaRows(), may_read_protocol_at)
@require_safe
def last_protocol(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return _page(request, item)


@permitted(AgendaRows(), may_approve_at)
@require_http_methods(["GET", "POST"])
def approve_last_protocol(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here: the button is on the page
        return redirect("protocols:last-protocol", item.pk)
    form = LastProtocolForm(request.POST, unapproved_before(item.meeting))
    if not form.is_valid():
        return _page(request, item, refused=gettext("Choose an earlier meeting of the same body."))
    try:
        actions.approve_at_item(form.chosen, item=item, actor=request.user)
    except RuleBrokenError as refusal:
        return _page(request, item, refused=str(refusal))
    return done(request, gettext("The approval is entered."), reverse("meetings:item", args=[item.pk]))


def _page(request: StaffRequest, item: AgendaItem, *, refused: str = "") -> HttpResponse:
    context = {
        "item": item,
        "meeting": item.meeting,
        "protocols": unapproved_before(item.meeting),
        "may_approve": may_write_protocol(request.user, item.meeting),
        "refused": refused,
    }
    part = "#part" if "HX-Request" in request.headers and not refused else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    response = render(request, "protocols/last_protocol.html" + part, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
