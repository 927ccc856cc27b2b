"""What a hand does to a return of the wheel: each act on a page that says what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.accounts.models import User
from sagsgang.core.doors import Door
from sagsgang.core.templatetags.look import long_date
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.wheel import actions
from sagsgang.wheel.forms import DropForm, FinishForm, MoveForm
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.permissions import OccurrenceRows, may_edit_occurrence, may_finish_occurrence
from sagsgang.wheel.views.addresses import act_page, entry_address


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of an act: `heading` has places for title and day; `notice` is said once it is done."""

    heading: Promise
    words: Promise
    button: Promise
    notice: Promise
    is_grave: bool = False


def _bare(data: Mapping[str, Any] | None, row: Occurrence) -> forms.Form:
    """Of an act that asks for nothing."""
    return forms.Form(data)


def _door(
    may: Callable[[User, Occurrence], bool],
    form_of: Callable[[Mapping[str, Any] | None, Occurrence], forms.Form],
    do: Callable[..., object],
    said: _Said,
) -> Door:
    """The door of an act: do it and go back to the entry, or show the page with what was refused."""

    @permitted(OccurrenceRows(), may)
    @require_http_methods(["GET", "POST"])
    def view(request: StaffRequest, row: Occurrence) -> HttpResponse:
        form = form_of(request.POST if request.method == "POST" else None, row)
        if request.method == "POST" and attempted(form, lambda: do(row, actor=request.user, **form.cleaned_data)):
            return done(request, str(said.notice), entry_address(row.entry, form.cleaned_data.get("to") or row.day))
        act = Act(
            heading=str(said.heading).format(title=row.entry.title, day=long_date(row.day)),
            words=f"{said.words} {_wanted(row)}" if form_of is FinishForm else str(said.words),
            button=str(said.button),
            back=entry_address(row.entry, row.day),
            is_grave=said.is_grave,
        )
        return act_page(request, act, form, year=row.day.year, entry=row.entry)

    return view


def _wanted(row: Occurrence) -> str:
    """Which evidence the entry asks for."""
    wanted = row.entry.evidence_wanted
    return gettext("It is seen by: {evidence}.").format(evidence=wanted) if wanted else ""


move_occurrence = _door(
    may_edit_occurrence,
    MoveForm,
    actions.move_occurrence,
    _Said(
        heading=_("Move “{title}” from {day}"),
        words=_("The rule's own day is kept, and the year can be generated again without moving it back."),
        button=_("Move it"),
        notice=_("It is moved."),
    ),
)
drop_occurrence = _door(
    may_edit_occurrence,
    DropForm,
    actions.drop_occurrence,
    _Said(
        heading=_("Drop “{title}” on {day}"),
        words=_("It is let be this time. It stays on the wheel as dropped, and can be taken up again."),
        button=_("Drop it"),
        notice=_("It is dropped. You can take it up again."),
        is_grave=True,
    ),
)
take_up_occurrence = _door(
    may_edit_occurrence,
    _bare,
    actions.take_up_occurrence,
    _Said(
        heading=_("Take “{title}” on {day} up again"),
        words=_("It is neither dropped nor done any more."),
        button=_("Take the day up again"),
        notice=_("It is taken up again."),
    ),
)
finish_occurrence = _door(
    may_finish_occurrence,
    FinishForm,
    actions.finish_occurrence,
    _Said(
        heading=_("“{title}” on {day} is done"),
        words=_("Say when it was done, and where that can be seen."),
        button=_("It is done"),
        notice=_("It is noted as done."),
    ),
)
open_case = _door(
    may_edit_occurrence,
    _bare,
    actions.open_case_now,
    _Said(
        heading=_("Open the case of “{title}” on {day}"),
        words=_("A draft case is opened now, with the unit and the path of the entry. There is only ever one."),
        button=_("Open the case"),
        notice=_("The case is open."),
    ),
)
