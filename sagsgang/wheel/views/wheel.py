"""The wheel of a year: drawn, as a table, month by month, as a calendar, printed; and the page on which the year is generated."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.bodies.models import Authority, Body
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.permissions import may_see_body
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.planning.views.years import of_a_year
from sagsgang.planning.views.years import year_of as asked_year
from sagsgang.planning.years import FIRST_YEAR, LAST_YEAR
from sagsgang.wheel import actions
from sagsgang.wheel.forms import WheelForm
from sagsgang.wheel.permissions import YearAuthorities, may_edit_body_entries, may_edit_wheel, may_see_wheel
from sagsgang.wheel.queries.lines import Wheel, wheel_of
from sagsgang.wheel.queries.withdrawn import withdrawn_entries
from sagsgang.wheel.rendering.drawing import draw_wheel
from sagsgang.wheel.rendering.months import calendar_months
from sagsgang.wheel.rendering.picture import picture_of
from sagsgang.wheel.rendering.shown import ShownLine, ShownWheel, shown_finding, shown_wheel
from sagsgang.wheel.rendering.wheel_pdf import wheel_pdf
from sagsgang.wheel.views.addresses import act_page, of_any_year, wheel_address

_SORT_KEYS = {
    "on": lambda line: (line.on, line.number),
    "title": lambda line: (line.title.casefold(), line.on),
    "body": lambda line: (line.body.casefold(), line.on),
    "state": lambda line: (line.state_words, line.on),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table by which it can be sorted; `aria_sort` is "", "ascending" or "descending"."""

    label: str
    aria_sort: str
    query: str


@of_any_year
@signed_in
@require_safe
def wheel(request: StaffRequest) -> HttpResponse:
    houses = list(YearAuthorities().visible_to(request.user).order_by(DanishKey("name")))
    if not houses:
        return render(request, "wheel/nobody.html", {"year": asked_year(request)})
    wished = request.GET.get("authority", "")
    authority = next((house for house in houses if str(house.pk) == wished), houses[0])
    found = wheel_of(authority, asked_year(request), today=localdate())
    context = _context(request, found) | {
        "authorities": houses if len(houses) > 1 else [],
        "may_edit": may_edit_wheel(request.user, authority),
        "add": reverse("wheel:add-entry", args=[authority.pk]),
        "print": reverse("wheel:print-wheel", args=[authority.pk, found.year.year]),
        "turn": reverse("wheel:turn-wheel", args=[authority.pk, found.year.year]),
    }
    if context["may_edit"]:
        context |= {"may_turn": True, "withdrawn": withdrawn_entries(authority)}
    return render(request, "wheel/wheel.html", context)


@of_a_year
@permitted(Body.objects, may_see_body)
@require_safe
def body_wheel(request: StaffRequest, body: Body) -> HttpResponse:
    found = wheel_of(body.authority, asked_year(request), body=body, today=localdate())
    context = _context(request, found) | {
        "may_edit": may_edit_body_entries(request.user, body),
        "may_turn": may_edit_wheel(request.user, body.authority),
        "add": reverse("wheel:add-body-entry", args=[body.pk]),
        "print": reverse("wheel:print-body-wheel", args=[body.pk, found.year.year]),
        "turn": reverse("wheel:turn-wheel", args=[body.authority_id, found.year.year]),
    }
    if context["may_edit"]:
        context["withdrawn"] = withdrawn_entries(body.authority, body)
    return render(request, "wheel/wheel.html", context)


def _context(request: StaffRequest, found: Wheel) -> dict[str, Any]:
    """What both pages show of a wheel, filtered as the address says."""
    bodies = () if found.body else sorted(found.year.bodies.values(), key=lambda body: body.name)
    form = WheelForm(request.GET, bodies)
    form.is_valid()  # what is no choice of ours is said in the form, and all is shown
    whole, year = found, found.year.year
    if form.chosen_body:
        found = found.of_body(form.chosen_body)
    if form.cleaned_data.get("duties"):
        found = found.with_duties_only()
    shown = shown_wheel(found)
    today = localdate()
    picture = picture_of(shown, today=today, address=lambda line: line_address(line))
    keep = {name: form.cleaned_data.get(name) or "" for name in ("body", "duties", "show", "sort", "order")}
    keep |= {"authority": request.GET.get("authority", "")}
    is_drawn = keep["show"] != "calendar" and (shown.lines or shown.meetings)
    return {
        "wheel": found,
        "shown": shown,
        "year": year,
        "body": whole.body,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "form": form,
        "authority": request.GET.get("authority", ""),
        "is_filtered": len(found.lines) < whole.total,
        # The drawing escapes every word that it is given.
        "picture": SafeString(draw_wheel(picture)) if is_drawn else "",
        "rows": _sorted(shown, form) if not keep["show"] else [],
        "months": _months(shown) if keep["show"] == "months" else [],
        "calendar": calendar_months(shown, found.year.closing_days, today) if keep["show"] == "calendar" else [],
        "weekdays": list(WEEKDAYS_ABBR.values()),
        "legend": picture.legend.items(),
        "columns": _columns(keep),
        "as_table": _query(keep | {"show": ""}),
        "as_months": _query(keep | {"show": "months"}),
        "as_calendar": _query(keep | {"show": "calendar"}),
        "findings": [shown_finding(finding, found) for finding in found.findings],
        "today": today,
    }


def line_address(line: ShownLine) -> str:
    """The page of a line's entry, at its day."""
    return reverse("wheel:entry", args=[line.key, line.on.year]) + f"#day-{line.on.isoformat()}"


def _sorted(shown: ShownWheel, form: WheelForm) -> list[tuple[ShownLine, str]]:
    key = _SORT_KEYS[form.cleaned_data.get("sort") or "on"]
    rows = sorted(shown.lines, key=key, reverse=form.cleaned_data.get("order") == "desc")
    return [(line, line_address(line)) for line in rows]


def _months(shown: ShownWheel) -> list[tuple[str, list[tuple[ShownLine, str]]]]:
    """The lines by month, for the months that have any."""
    by_month = groupby(shown.lines, key=lambda line: line.on.month)
    return [(str(MONTHS[month]), [(line, line_address(line)) for line in lines]) for month, lines in by_month]


def _columns(keep: dict[str, Any]) -> list[Column]:
    sort, order = keep["sort"] or "on", keep["order"] or "asc"
    labels = {"on": gettext("Date"), "title": gettext("What"), "body": gettext("Body"), "state": gettext("State")}
    columns = []
    for name, label in labels.items():
        aria = {"asc": "ascending", "desc": "descending"}[order] if name == sort else ""
        other = "desc" if aria == "ascending" else "asc"
        columns.append(Column(label, aria, _query(keep | {"sort": name, "order": other})))
    return columns


def _query(keep: dict[str, Any]) -> str:
    return urlencode({name: "on" if value is True else value for name, value in keep.items() if value})


@of_a_year
@permitted(YearAuthorities(), may_see_wheel)
@require_safe
def print_wheel(request: StaffRequest, authority: Authority) -> HttpResponse:
    return _printed(wheel_of(authority, asked_year(request), today=localdate()))


@of_a_year
@permitted(Body.objects, may_see_body)
@require_safe
def print_body_wheel(request: StaffRequest, body: Body) -> HttpResponse:
    return _printed(wheel_of(body.authority, asked_year(request), body=body, today=localdate()))


def _printed(found: Wheel) -> HttpResponse:
    answer = HttpResponse(wheel_pdf(found, made_at=now()).content, content_type="application/pdf")
    of = found.body.name if found.body else found.authority.name
    name = content_disposition_header(as_attachment=False, filename=f"Årshjul {found.year.year}, {of}.pdf")
    answer.headers["Content-Disposition"] = name or "inline"
    return answer


@of_a_year
@permitted(YearAuthorities(), may_edit_wheel)
@require_http_methods(["GET", "POST"])
def turn_wheel(request: StaffRequest, authority: Authority) -> HttpResponse:
    year = asked_year(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.turn_wheel(authority, year=year, actor=request.user)
    ):
        return done(
            request, gettext("The year {year} is generated.").format(year=year), wheel_address(year, authority.pk)
        )
    found = wheel_of(authority, year, today=localdate())
    act = Act(
        heading=gettext("Generate the wheel of {year}").format(year=year),
        words=gettext("What was moved, noted, dropped or finished by hand is not touched, and what is over stays."),
        button=gettext("Generate the year"),
        back=wheel_address(year, authority.pk),
    )
    return act_page(request, act, form, year=year, template="wheel/turn.html", **_turn(found))


def _turn(found: Wheel) -> dict[str, object]:
    """What would come, come back, and go; with the titles of their entries."""
    titles = found.year.entries
    coming: list[tuple[date, str]] = [(day.on, titles[day.entry].title) for day in found.turn.new]
    return {
        "coming": coming,
        "again": [(row.day, row.entry.title) for row in sorted(found.turn.again, key=lambda row: row.day)],
        "going": [(row.day, row.entry.title) for row in sorted(found.turn.gone, key=lambda row: row.day)],
        "settled": found.turn.settled,
        "has_anything": found.turn.has_anything,
    }
