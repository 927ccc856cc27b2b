"""An item's way: sent on to the next body, made a case of its own, held against what it was."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.models import FrozenBy, Presentation
from sagsgang.cases.rendering.comparison import SectionChange, sections_difference
from sagsgang.meetings import actions, queries
from sagsgang.meetings.forms import CarryForm, TitleForm
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.passage import NextStop, next_stop
from sagsgang.meetings.permissions import AgendaRows, may_compare_item, may_move_on, may_read_closed_item
from sagsgang.meetings.queries.waiting import later_meetings
from sagsgang.meetings.views.acts import Act, act_page, attempted, done, item_address


@permitted(AgendaRows(), may_move_on)
@require_http_methods(["GET", "POST"])
def carry_forward(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    row = queries.item_rows(item.pk)
    stop = next_stop(row, row.meeting)
    meetings = _open_meetings(row)
    form = CarryForm(request.POST if request.method == "POST" else None, meetings, wished=_wished(meetings, stop))
    if request.method == "POST" and attempted(form, lambda: _carry(form, row, stop, request)):
        meeting = form.chosen
        notice = gettext("Sent on to {body}.").format(body=meeting.body.name)
        return done(request, notice, item_address(item))
    act = Act(
        heading=stop.words if stop else gettext("Send the case on"),
        words=gettext(
            "The next body gets an item with the newest approved words and attachments, "
            "and with every decision so far: who was absent, and the dissent. Nothing is retyped."
        ),
        button=gettext("Send on"),
        back=item_address(item),
    )
    return act_page(request, act, form, meeting=row.meeting, item=item)


def _open_meetings(item: AgendaItem) -> list[Meeting]:
    left = [step.body_id for step in item.case.path.all() if not step.agenda_items.all()]
    return later_meetings(item, left)


def _wished(meetings: list[Meeting], stop: NextStop | None) -> Meeting | None:
    """The meeting that the path names; else the next one of that body."""
    if stop is None:
        return None
    own = [meeting for meeting in meetings if meeting.body_id == stop.body_id]
    return next((meeting for meeting in own if meeting.held_on == stop.on), own[0] if own else None)


def _carry(form: CarryForm, item: AgendaItem, stop: NextStop | None, request: StaffRequest) -> AgendaItem:
    meeting = form.chosen
    step = stop.step if stop and stop.body_id == meeting.body_id else None
    reason = form.cleaned_data["late_reason"]
    return actions.carry_forward(item, meeting=meeting, step=step, late_reason=reason, actor=request.user)


@permitted(AgendaRows(), may_move_on)
@require_http_methods(["GET", "POST"])
def promote_subitem(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = TitleForm(request.POST if request.method == "POST" else None, initial={"title": item.title[:500]})
    title = form.data.get("title", "")
    if request.method == "POST" and attempted(
        form, lambda: actions.promote_subitem(item, title=title, actor=request.user)
    ):
        item.refresh_from_db(fields=["case"])
        return done(request, gettext("The sub-item is a case of its own."), reverse("cases:case", args=[item.case_id]))
    act = Act(
        heading=gettext("Make the sub-item a case of its own"),
        words=gettext("The case gets its words as a draft, its attachments and its path. The item stays as it is."),
        button=gettext("Make it a case"),
        back=item_address(item),
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)


@permitted(AgendaRows(), may_compare_item)
@require_safe
def compare_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    old, new = _earlier_words(item), item.presentation
    if old is None or new is None:
        raise Http404
    closed_too = may_read_closed_item(request.user, item)
    changes = [change for change in sections_difference(old, new) if closed_too or not _is_closed(change)]
    if closed_too and (item.is_closed or any(map(_is_closed, changes))):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        actions.log_closed_reading(item, actor=request.user)
    context = {"item": item, "meeting": item.meeting, "old": old, "new": new, "changes": changes}
    return render(request, "meetings/compare_item.html", context | {"back": item_address(item)})


def _is_closed(change: SectionChange) -> bool:
    """Closed in either version: what was closed is not opened by a comparison."""
    return change.was_closed or change.is_closed


def _earlier_words(item: AgendaItem) -> Presentation | None:
    """What the reader has had before: at the body before, or with the agenda as it was sent."""
    earlier = item.carried_from
    is_first_look = earlier is not None and not _is_changed_since_sent(item)
    if earlier is not None and is_first_look and earlier.presentation_id != item.presentation_id:
        return earlier.presentation
    words = item.presentation.replaces if item.presentation else None
    while words is not None and words.frozen_by == FrozenBy.REPLACED and words.replaces is not None:
        words = words.replaces
    # A draft that was never sent is nobody's to read outside the case.
    return None if words is not None and words.frozen_by == FrozenBy.REPLACED else words


def _is_changed_since_sent(item: AgendaItem) -> bool:
    words, sent_at = item.presentation, item.meeting.agenda_sent_at
    return bool(words and words.frozen_at and sent_at and words.frozen_at > sent_at > item.created_at)
