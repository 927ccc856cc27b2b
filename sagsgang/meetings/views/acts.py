"""The page on which one act is confirmed: what it does, its form, and the way back. Shared by the views of acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sagsgang.accounts.doors import StaffRequest
from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.readiness import Gap
from sagsgang.meetings.rendering import Reader
from sagsgang.meetings.views.reader import reader_at


@dataclass(frozen=True, slots=True)
class Act:
    """An act as its page names it. `words` says in a sentence what will happen; `button` is its verb."""

    heading: str
    words: str
    button: str
    back: str
    is_grave: bool = False


def item_address(item: AgendaItem) -> str:
    """The item's place on its page."""
    page = reverse("meetings:item", args=[item.parent_id or item.pk])
    return f"{page}#delpunkt-{item.pk}" if item.parent_id else page


def meeting_address(meeting: Meeting) -> str:
    """The meeting's page, at its agenda."""
    return reverse("meetings:meeting", args=[meeting.pk]) + "#agenda-heading"


def agenda_address(meeting: Meeting) -> str:
    """The page on which the agenda is composed."""
    return reverse("meetings:compose-agenda", args=[meeting.pk])


@dataclass(frozen=True, slots=True)
class GapRow:
    """Something that is not ready, with the address of the page on which it is put in order."""

    number: str
    title: str
    sentence: str
    address: str
    is_error: bool


def gap_rows(gaps: Sequence[Gap], meeting: Meeting, user: User) -> list[GapRow]:
    """The gaps as a page lists them; the title of a closed item with them, to its secretary.

    What is wrong with something closed is told to who may read it there (`Gap.guarded`); two queries where there is such.
    """
    reader = reader_at(user, meeting) if any(gap.guarded for gap in gaps) else None
    return [
        GapRow(
            f"{gap.item.parent.number}.{gap.item.number}" if gap.item.parent else gap.item.number,
            gap.item.title,
            gap.sentence if not gap.guarded or _reads_closed(reader, gap.item) else gap.guarded,
            reverse(gap.page, args=[gap.pk]),
            not gap.is_warning,
        )
        for gap in gaps
    ]


def _reads_closed(reader: Reader | None, item: AgendaItem) -> bool:
    places = (item, item.parent) if item.parent else (item,)
    return reader is not None and all(reader.reads_closed_at(place) for place in places)


def act_page(
    request: StaffRequest,
    act: Act,
    form: forms.Form,
    *,
    meeting: Meeting,
    item: AgendaItem | None = None,
    template: str = "meetings/act.html",
    **more: object,
) -> HttpResponse:
    """The page of an act; an item that lies closed is a closed reading of its title (leak rule 12)."""
    if item is not None and (item.is_closed or (item.parent is not None and item.parent.is_closed)):
        actions.log_closed_reading(item, actor=request.user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"act": act, "form": form, "meeting": meeting, "item": item, **more}
    return render(request, template, context, status=status)


def attempted(form: forms.Form, do: Callable[[], object]) -> bool:
    """Do the act if the form is valid; what refuses it becomes the form's error. Answers whether it was done."""
    if not form.is_valid():
        return False
    try:
        do()
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def done(request: StaffRequest, notice: str, address: str) -> HttpResponse:
    """Say that it is done, and go on."""
    messages.success(request, notice)
    return redirect(address)
