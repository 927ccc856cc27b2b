"""Good practice: the searched list, its files, and the page of an example."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Authority
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.core.asking import searched
from sagsgang.goals.forms.practice import FacetForm
from sagsgang.goals.models import PracticeExample
from sagsgang.goals.permissions import ExampleRows, may_edit_example, may_see_example, may_see_goals
from sagsgang.goals.queries.practice import FoundExamples, Wish, examples_of, shown_examples
from sagsgang.goals.rendering.practice import examples_csv, examples_pdf
from sagsgang.goals.views.register import csv_answer
from sagsgang.goals.views.tables import house_of

_ASKED = ("words", "area", "goal", "year")


def _found(request: StaffRequest, authority: Authority) -> tuple[FoundExamples, Wish]:
    wish = Wish(**{name: searched(request, name) for name in _ASKED})
    return examples_of(request.user, authority, wish), wish


@permitted_to(may_see_goals)
@require_safe
def examples(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    found, wish = _found(request, authority)
    asked = {name: getattr(wish, name) for name in _ASKED if getattr(wish, name)}
    context = {
        "authority": authority,
        "authorities": houses,
        "found": found,
        "form": FacetForm(asked, found),
        "is_narrowed": bool(asked),
        "query": urlencode({"authority": str(authority.pk)} | asked),
        "has_open": any(not one.is_closed for one in found.shown),
        "has_closed": any(one.is_closed for one in found.shown),
    }
    return render(request, "goals/practice.html", context)


@permitted_to(may_see_goals)
@require_safe
def examples_file(request: StaffRequest) -> HttpResponse:
    authority, _houses = house_of(request)
    found, _wish = _found(request, authority)
    return csv_answer(examples_csv(_open(found)), f"God praksis {localdate().isoformat()}, {authority.name}.csv")


@permitted_to(may_see_goals)
@require_safe
def print_examples(request: StaffRequest) -> HttpResponse:
    authority, _houses = house_of(request)
    found, _wish = _found(request, authority)
    made = examples_pdf(authority, _open(found), made_at=now())
    answer = HttpResponse(made.content, content_type="application/pdf")
    name = f"God praksis {localdate().isoformat()}, {authority.name}.pdf"
    answer.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return answer


def _open(found: FoundExamples) -> FoundExamples:
    """A file travels on: examples of closed cases are not in it."""
    return replace(found, shown=tuple(one for one in found.shown if not one.is_closed))


@permitted(ExampleRows(), may_see_example)
@require_safe
def example(request: StaffRequest, example: PracticeExample) -> HttpResponse:
    if example.case is not None and example.case.is_closed:
        log_closed_reading(example.case, actor=request.user)
    (one,) = shown_examples([example])
    context = {
        "one": one,
        "example": example,
        "authority": example.authority,
        "may_edit": may_edit_example(request.user, example),
    }
    return render(request, "goals/practice_example.html", context)
