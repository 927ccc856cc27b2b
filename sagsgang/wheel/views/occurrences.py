"""What a hand does to a return of the wheel: each act on a page that says what it does."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.templatetags.look import long_date
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.wheel import actions
from sagsgang.wheel.forms import DropForm, FinishForm, MoveForm
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.permissions import OccurrenceRows, may_edit_occurrence, may_finish_occurrence
from sagsgang.wheel.views.addresses import act_page, entry_address


@permitted(OccurrenceRows(), may_edit_occurrence)
@require_http_methods(["GET", "POST"])
def move_occurrence(request: StaffRequest, row: Occurrence) -> HttpResponse:
    form = MoveForm(_data(request), row)
    act = Act(
        heading=_heading(gettext("Move “{title}” from {day}"), row),
        words=gettext("The rule's own day is kept, and the year can be generated again without moving it back."),
        button=gettext("Move it"),
        back=entry_address(row.entry, row.day),
    )
    return _act(
        request, row, act, form, lambda: actions.move_occurrence(row, actor=request.user, **form.cleaned_data),
        gettext("It is moved."),
    )  # fmt: skip


@permitted(OccurrenceRows(), may_edit_occurrence)
@require_http_methods(["GET", "POST"])
def drop_occurrence(request: StaffRequest, row: Occurrence) -> HttpResponse:
    form = DropForm(_data(request), row)
    act = Act(
        heading=_heading(gettext("Drop “{title}” on {day}"), row),
        words=gettext("It is let be this time. It stays on the wheel as dropped, and can be taken up again."),
        button=gettext("Drop it"),
        back=entry_address(row.entry, row.day),
        is_grave=True,
    )
    return _act(
        request, row, act, form, lambda: actions.drop_occurrence(row, actor=request.user, **form.cleaned_data),
        gettext("It is dropped. You can take it up again."),
    )  # fmt: skip


@permitted(OccurrenceRows(), may_edit_occurrence)
@require_http_methods(["GET", "POST"])
def take_up_occurrence(request: StaffRequest, row: Occurrence) -> HttpResponse:
    form = forms.Form(_data(request))
    act = Act(
        heading=_heading(gettext("Take “{title}” on {day} up again"), row),
        words=gettext("It is neither dropped nor done any more."),
        button=gettext("Take the day up again"),
        back=entry_address(row.entry, row.day),
    )
    return _act(
        request, row, act, form, lambda: actions.take_up_occurrence(row, actor=request.user),
        gettext("It is taken up again."),
    )  # fmt: skip


@permitted(OccurrenceRows(), may_finish_occurrence)
@require_http_methods(["GET", "POST"])
def finish_occurrence(request: StaffRequest, row: Occurrence) -> HttpResponse:
    form = FinishForm(_data(request), row)
    words = gettext("Say when it was done, and where that can be seen.")
    if row.entry.evidence_wanted:
        wanted = gettext("It is seen by: {evidence}.").format(evidence=row.entry.evidence_wanted)
        words = f"{words} {wanted}"
    act = Act(
        heading=_heading(gettext("“{title}” on {day} is done"), row),
        words=words,
        button=gettext("It is done"),
        back=entry_address(row.entry, row.day),
    )
    return _act(
        request, row, act, form, lambda: actions.finish_occurrence(row, actor=request.user, **form.cleaned_data),
        gettext("It is noted as done."),
    )  # fmt: skip


@permitted(OccurrenceRows(), may_edit_occurrence)
@require_http_methods(["GET", "POST"])
def open_case(request: StaffRequest, row: Occurrence) -> HttpResponse:
    form = forms.Form(_data(request))
    act = Act(
        heading=_heading(gettext("Open the case of “{title}” on {day}"), row),
        words=gettext("A draft case is opened now, with the unit and the path of the entry. There is only ever one."),
        button=gettext("Open the case"),
        back=entry_address(row.entry, row.day),
    )
    return _act(
        request, row, act, form, lambda: actions.open_case_now(row, actor=request.user), gettext("The case is open.")
    )  # fmt: skip


def _data(request: StaffRequest) -> dict[str, object] | None:
    return request.POST if request.method == "POST" else None  # type: ignore[return-value]


def _heading(words: str, row: Occurrence) -> str:
    return words.format(title=row.entry.title, day=long_date(row.day))


def _act(
    request: StaffRequest, row: Occurrence, act: Act, form: forms.Form, do: Callable[[], object], notice: str
) -> HttpResponse:
    """Do it and go back to the entry, or show the page with what was refused."""
    if request.method == "POST" and attempted(form, do):
        day = form.cleaned_data.get("to") or row.day
        return done(request, notice, entry_address(row.entry, day))
    return act_page(request, act, form, year=row.day.year, entry=row.entry)
