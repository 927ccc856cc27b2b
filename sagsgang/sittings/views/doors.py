"""The body closes an item, or moves it to the open part: a page of its own beside the desk."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows, may_state_closing
from sagsgang.meetings.queries.reviewing import earlier_decisions, would_open
from sagsgang.meetings.views.acts import Act, act_page, attempted, done
from sagsgang.sittings import actions
from sagsgang.sittings.forms.doors import CloseHereForm, OpenHereForm


@permitted(AgendaRows(), may_state_closing)
@require_http_methods(["GET", "POST"])
def change_access(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return _open(request, item) if item.is_closed else _close(request, item)


def _close(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = CloseHereForm(request.POST if request.method == "POST" else None, item)
    if attempted(form, lambda: actions.close_here(item, actor=request.user, **form.arguments)):  # type: ignore[arg-type]
        said = gettext(
            "The item is closed. What is released of the agenda shows it until that is corrected or withdrawn."
        )
        return done(request, said, _desk(item))
    act = Act(
        heading=gettext("Treat the item behind closed doors"),
        words=gettext(
            "The body decides it, while the agenda is adopted or when the item itself is treated. Everything at the item "
            "becomes closed at once. The protocol says that it was decided; the concrete reason stays inside the house."
        ),
        button=gettext("The body has decided: close the item"),
        back=_desk(item),
        is_grave=True,
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)


def _open(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = OpenHereForm(request.POST if request.method == "POST" else None, item, would_open(item))
    if attempted(form, lambda: actions.open_here(item, actor=request.user, **form.arguments)):  # type: ignore[arg-type]
        return done(request, gettext("The item is moved to the open part of the agenda."), _desk(item))
    act = Act(
        heading=gettext("Move the item to the open part"),
        words=gettext(
            "The body decides it at the beginning of the meeting, while the agenda is adopted. The item is then treated "
            "in the open, and reaches the public with the next release."
        ),
        button=gettext("The body has decided: open the item"),
        back=_desk(item),
        is_grave=True,
    )
    earlier = earlier_decisions(item)
    return act_page(
        request, act, form, meeting=item.meeting, item=item, template="sittings/open_here.html", earlier=earlier
    )


def _desk(item: AgendaItem) -> str:
    return reverse("sittings:desk", args=[item.meeting_id])
