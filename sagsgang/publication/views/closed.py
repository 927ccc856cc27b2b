"""Closed decisions: what the public has had of them, and whether they may be opened now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, ReviewAnswer
from sagsgang.meetings.permissions import AgendaRows, may_handle_decision, may_state_closing
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.meetings.queries.reviewing import earlier_decisions, would_open
from sagsgang.meetings.views.acts import Act, act_page, attempted, done, item_address
from sagsgang.protocols.actions import close_item as close_it
from sagsgang.publication import closed, permissions
from sagsgang.publication.disclosure import is_draft, sections
from sagsgang.publication.forms import CloseForm, ReviewDayForm, ReviewForm


@permitted(Body.objects, permissions.may_see_closed_decisions)
@require_safe
def closed_decisions(request: StaffRequest, body: Body) -> HttpResponse:
    context = {"body": body, "lists": closed.lists_of(body, request.user)}
    return render(request, "publication/closed.html", context)


@permitted(AgendaRows(), may_state_closing)
@require_http_methods(["GET", "POST"])
def close_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    facts = {"is_sent": item.is_sent(item.meeting.agenda_sent_at), "is_final": is_protocol_final(item.meeting)}
    form = CloseForm(request.POST if request.method == "POST" else None, item, **facts)
    release = closed.release_of(item)
    if request.method == "POST" and attempted(form, lambda: close_it(item, actor=request.user, **form.cleaned_data)):
        if release is None:
            return done(request, gettext("The item is closed."), item_address(item))
        said = gettext(
            "The item is closed in the house. The release that is out still shows it: correct or withdraw it."
        )
        return done(request, said, reverse("publication:releases", args=[item.meeting_id]))
    act = Act(
        heading=gettext("Close the item"),
        words=gettext(
            "Everything at the item becomes closed: words, attachments, sub-items and decision. The concrete reason "
            "stays inside the house. The public title goes out with the release."
        ),
        button=gettext("Close the item"),
        back=item_address(item),
        is_grave=True,
    )
    return act_page(
        request, act, form, meeting=item.meeting, item=item, template="publication/close.html", release=release
    )


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def review_closing(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    attachments = would_open(item)
    subitems = [sub for sub in item.subitems.filter(withdrawn_at=None) if not sub.is_closed]
    notes = [row for row in (item, *subitems) if row.late_reason]
    form = ReviewForm(request.POST if request.method == "POST" else None, item, attachments, has_notes=bool(notes))
    if request.method == "POST" and attempted(
        form, lambda: actions.review_closing(item, actor=request.user, **form.cleaned_data)
    ):
        opened = form.cleaned_data["answer"] == ReviewAnswer.OPEN
        said = gettext("The item is open. It reaches the public with the next release of the meeting.")
        return done(request, said if opened else gettext("It is saved."), item_address(item))
    act = Act(
        heading=gettext("May this be opened now?"),
        words=gettext(
            "The item is closed. Look through it, and answer. If only the decision can be told, write a public extract "
            "instead."
        ),
        button=gettext("Save the answer"),
        back=item_address(item),
    )
    more = {
        "sections": [] if is_draft(item) else [row for row in sections(item) if row.access == "open"],
        "earlier": earlier_decisions(item),
        "notes": notes,
        "subitems": subitems,
        "reviews": item.closing_reviews.select_related("by"),
    }
    template = "publication/review.html"
    return act_page(request, act, form, meeting=item.meeting, item=item, template=template, **more)


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def set_review(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = ReviewDayForm(request.POST if request.method == "POST" else None, initial={"review_on": item.review_on})
    if request.method == "POST" and attempted(
        form, lambda: actions.set_review(item, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("It is saved."), item_address(item))
    act = Act(
        heading=gettext("When it is asked whether the item may be opened"),
        words=gettext("Choose the day on which the ground for closing is likely to have lapsed."),
        button=gettext("Save"),
        back=item_address(item),
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)
