"""The register of statutory duties, the page of one duty with its rounds, and the known duties put in once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.bodies.models import Authority
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel import actions
from sagsgang.wheel.forms.duties import DutiesForm
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.permissions import DutyRows, YearAuthorities, may_edit_entry, may_edit_wheel, may_finish_occurrence
from sagsgang.wheel.permissions import may_see_entry as may_see_duty
from sagsgang.wheel.queries.cycles import authority_of
from sagsgang.wheel.queries.duties import DutyLine, duty_line, history_of, register_of
from sagsgang.wheel.rules.duties import STATES, DutyState

_TONES = {"overdue": "error", "preparation": "info", "coming": "warning", "done": "success", "abolished": ""}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column by which the register can be sorted; `aria_sort` is "", "ascending" or "descending"."""

    label: str
    aria_sort: str
    query: str


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """A line of the register with the words and the tone of its state."""

    duty: DutyLine
    state: str
    tone: str


@signed_in
@require_safe
def duties(request: StaffRequest) -> HttpResponse:
    authority = authority_of(YearAuthorities().visible_to(request.user), request.GET.get("authority", ""))
    lines = register_of(authority) if authority else []
    form = DutiesForm(request.GET, sorted({line.owner for line in lines if line.owner}))
    asked = form.asked
    shown = [
        _shown(line)
        for line in _sorted(lines, asked["sort"], asked["order"])
        if asked["owner"] in ("", line.owner) and asked["state"] in ("", line.state)
    ]
    context = {
        "here": "duties",
        "authority": authority,
        "form": form,
        "lines": shown,
        "total": len(lines),
        "headings": _headings(asked),
        "may_edit": authority is not None and may_edit_wheel(request.user, authority),
        "year": localdate().year,
        "counts": [(state_words(state), _TONES[state], count) for state, count in _counts(lines) if count],
    }
    return render(request, "wheel/duties.html", context)


@permitted(DutyRows(), may_see_duty)
@require_safe
def duty(request: StaffRequest, duty: WheelEntry) -> HttpResponse:
    line = duty_line(duty)
    rounds = history_of(duty)
    cases = [row.case_id for row in rounds if row.case_id]
    may_finish = bool(rounds) and may_finish_occurrence(request.user, Occurrence(entry=duty))
    context = {
        "here": "duties",
        "line": line,
        "entry": line.entry,
        "state": state_words(line.state),
        "tone": _TONES[line.state],
        "rounds": rounds,
        "cases": set(Case.objects.visible_to(request.user).filter(pk__in=cases).values_list("pk", flat=True)),
        "today": localdate(),
        "year": localdate().year,
        "may_edit": may_edit_entry(request.user, duty),
        "may_finish": may_finish,
    }
    return render(request, "wheel/duty.html", context)


@permitted(YearAuthorities(), may_edit_wheel)
@require_POST
def seed_duties(request: StaffRequest, authority: Authority) -> HttpResponse:
    """Once; a register that somebody has begun is left as it is, and the refusal says so."""
    try:
        made = len(actions.seed_duties(authority, actor=request.user))
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("{count} duty is in the register.", "{count} duties are in the register.", made)
        messages.success(request, words.format(count=made))
    return redirect(f"{reverse('wheel:duties')}?{urlencode({'authority': authority.slug})}")


def state_words(state: DutyState) -> str:
    """Where a duty stands, in a word or two."""
    return {
        "overdue": pgettext("duty", "overdue"),
        "preparation": pgettext("duty", "in preparation"),
        "coming": pgettext("duty", "coming"),
        "done": pgettext("duty", "done"),
        "abolished": pgettext("duty", "abolished"),
    }[state]


def _shown(line: DutyLine) -> ShownDuty:
    return ShownDuty(line, state_words(line.state), _TONES[line.state])


def _counts(lines: list[DutyLine]) -> list[tuple[DutyState, int]]:
    return [(state, sum(line.state == state for line in lines)) for state in STATES]


_KEYS: dict[str, Callable[[DutyLine], Any]] = {
    "title": lambda line: line.entry.title.casefold(),
    "last": lambda line: (line.last.done_on or line.last.day) if line.last else date.min,
    "next": lambda line: line.next_on or date.max,
    "owner": lambda line: line.owner.casefold(),
    "state": lambda line: STATES.index(line.state),
}


def _sorted(lines: list[DutyLine], sort: str, order: str) -> list[DutyLine]:
    return sorted(lines, key=_KEYS[sort], reverse=order == "desc") if sort else lines


def _headings(asked: dict[str, str]) -> dict[str, Heading]:
    labels = {
        "title": gettext("Duty"),
        "last": gettext("Last"),
        "next": gettext("Next"),
        "owner": gettext("Owner"),
        "state": gettext("State"),
    }
    sort, order = asked["sort"] or "state", asked["order"] or "asc"
    headings = {}
    for name, label in labels.items():
        aria = {"asc": "ascending", "desc": "descending"}[order] if name == sort else ""
        query = {key: value for key, value in asked.items() if value and key not in ("sort", "order")}
        query |= {"sort": name, "order": "desc" if aria == "ascending" else "asc"}
        headings[name] = Heading(label, aria, urlencode(query))
    return headings
