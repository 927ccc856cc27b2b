"""A body's plan of a year: its rules, what they would generate, and its meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body, BodyKind
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.planning import actions
from sagsgang.planning.forms import GenerateForm, RuleForm
from sagsgang.planning.models import PlanRule
from sagsgang.planning.permissions import PlanRuleRows, may_edit_plan, may_edit_rule, may_see_plan
from sagsgang.planning.queries.outlook import YearRows, days_of_rule, outlook, year_rows
from sagsgang.planning.rules.pattern import pattern_of, words_of
from sagsgang.planning.rules.plan import LOCALLY_FREE, bare_months
from sagsgang.planning.views.years import of_a_year, year_of
from sagsgang.planning.years import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in words, with the number of its days and whether it was made in our form."""

    rule: PlanRule
    words: str
    months: str
    days: tuple[date, ...]
    count: int
    is_ours: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting of the year, and what may still be done with it."""

    meeting: Meeting
    is_open: bool  # neither cancelled, nor begun, nor decided
    is_empty: bool


@of_a_year
@permitted(Body.objects, may_see_plan)
@require_safe
def plan(request: StaffRequest, body: Body) -> HttpResponse:
    year = year_of(request)
    rows = year_rows(body, year)
    context = {
        "body": body,
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "rules": [_rule_line(rule, rows) for rule in rows.rules],
        "found": outlook(rows, localdate()),
        "lines": [_meeting_line(row) for row in rows.of_the_year],
        "bare_months": _bare_months(rows),
        "may_edit": may_edit_plan(request.user, body),
    }
    return render(request, "planning/plan.html", context)


def _rule_line(rule: PlanRule, rows: YearRows) -> RuleLine:
    return RuleLine(
        rule=rule,
        words=words_of(rule.rule),
        months=", ".join(str(MONTHS[month]) for month in rule.except_months),
        days=tuple(date.fromisoformat(day) for day in rule.except_days),
        count=len(days_of_rule(rule, rows.closing_days)),
        is_ours=pattern_of(rule.rule) is not None,
    )


def _meeting_line(row: Meeting) -> MeetingLine:
    has_items, has_decisions = row.has_items, row.has_decisions  # type: ignore[attr-defined]
    is_open = row.cancelled_at is None and row.opened_at is None and not has_decisions
    return MeetingLine(row, is_open, is_empty=is_open and not has_items and row.agenda_sent_at is None)


def _bare_months(rows: YearRows) -> str:
    """A council's months without a meeting, in words; "" for other bodies (R1)."""
    if rows.body.kind != BodyKind.COUNCIL or not rows.of_the_year:
        return ""
    standing = [row.held_on for row in rows.of_the_year if row.cancelled_at is None]
    return ", ".join(str(MONTHS[month]) for month in bare_months(standing, rows.year, excepted=LOCALLY_FREE))


@of_a_year
@permitted(Body.objects, may_edit_plan)
@require_http_methods(["GET", "POST"])
def add_rule(request: StaffRequest, body: Body) -> HttpResponse:
    year = year_of(request)
    form = RuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.add_rule(body, year=year, facts=form.facts, actor=request.user)
    ):
        return done(request, gettext("The rule is in the plan. No meeting has come of it yet."), _address(body, year))
    act = Act(
        heading=gettext("Add a rule for {year}").format(year=year),
        words=gettext("A rule says when the body meets. You see its days before any meeting is made."),
        button=gettext("Add the rule"),
        back=_address(body, year),
    )
    return _act_page(request, act, form, body, year)


@permitted(PlanRuleRows(), may_edit_rule)
@require_http_methods(["GET", "POST"])
def change_rule(request: StaffRequest, rule: PlanRule) -> HttpResponse:
    form = RuleForm(request.POST if request.method == "POST" else None, rule)
    if request.method == "POST" and attempted(
        form, lambda: actions.change_rule(rule, facts=form.facts, actor=request.user)
    ):
        notice = gettext("The rule is changed. The meetings that are there stay as they are.")
        return done(request, notice, _address(rule.body, rule.year))
    act = Act(
        heading=gettext("Change the rule: {words}").format(words=words_of(rule.rule)),
        words=gettext(
            "The meetings that are there stay as they are. When you generate again, new days get a meeting, and you choose "
            "which untouched meetings get the new hour and place."
        ),
        button=gettext("Save"),
        back=_address(rule.body, rule.year),
    )
    return _act_page(request, act, form, rule.body, rule.year)


@permitted(PlanRuleRows(), may_edit_rule)
@require_http_methods(["GET", "POST"])
def remove_rule(request: StaffRequest, rule: PlanRule) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(form, lambda: actions.remove_rule(rule, actor=request.user)):
        return done(request, gettext("The rule is taken out. Its meetings stay."), _address(rule.body, rule.year))
    act = Act(
        heading=gettext("Take the rule out of the plan: {words}").format(words=words_of(rule.rule)),
        words=gettext("Its meetings stay until you take them away when you generate the year again."),
        button=gettext("Take the rule out"),
        back=_address(rule.body, rule.year),
        is_grave=True,
    )
    return _act_page(request, act, form, rule.body, rule.year)


@of_a_year
@permitted(Body.objects, may_edit_plan)
@require_http_methods(["GET", "POST"])
def generate_year(request: StaffRequest, body: Body) -> HttpResponse:
    year = year_of(request)
    found = outlook(year_rows(body, year), localdate())
    form = GenerateForm(request.POST if request.method == "POST" else None, found)
    made: list[actions.Generated] = []
    if request.method == "POST" and attempted(form, lambda: made.append(_generate(request, body, year, form))):
        return done(request, _said(made), _address(body, year))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"body": body, "year": year, "found": found, "form": form}
    return render(request, "planning/generate.html", context, status=status)


def _generate(request: StaffRequest, body: Body, year: int, form: GenerateForm) -> actions.Generated:
    return actions.generate_year(
        body,
        year=year,
        instead=form.chosen_instead,
        remove=form.chosen_to_remove,
        bring=form.chosen_to_bring,
        actor=request.user,
    )


def _said(made: Iterable[actions.Generated]) -> str:
    created, removed = sum(row.created for row in made), sum(row.removed for row in made)
    words = ngettext("{count} meeting was made.", "{count} meetings were made.", created).format(count=created)
    if removed:
        gone = ngettext("{count} was taken out of the plan.", "{count} were taken out of the plan.", removed)
        words = f"{words} {gone.format(count=removed)}"
    if brought := sum(row.brought for row in made):
        follow = ngettext("{count} follows its new rule.", "{count} follow their new rule.", brought)
        words = f"{words} {follow.format(count=brought)}"
    return words


def _address(body: Body, year: int) -> str:
    return reverse("planning:plan", args=[body.pk, year])


def _act_page(request: StaffRequest, act: Act, form: forms.Form, body: Body, year: int) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"act": act, "form": form, "body": body, "year": year}
    return render(request, "planning/act.html", context, status=status)
