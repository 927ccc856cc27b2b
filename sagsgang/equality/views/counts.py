"""Headcounts: the list, one with its figures and findings, bringing one in, accepting a finding, signing off, the rows."""

from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Authority
from sagsgang.core.sorting import DanishKey
from sagsgang.equality import actions
from sagsgang.equality.forms import AcceptForm, ImportForm, TypedForm
from sagsgang.equality.models import Count, CountFinding, LevelFigure, Target
from sagsgang.equality.permissions import (
    CountRows,
    EqualityAuthorities,
    FindingRows,
    may_accept_finding,
    may_keep_count,
    may_keep_figures,
    may_raise_issue,
    may_read_rows,
    may_see_count,
    may_see_equality,
)
from sagsgang.equality.queries.counts import counts_of, last_report_before, schemes_of, values_of
from sagsgang.equality.queries.national import national_years
from sagsgang.equality.queries.reports import issues_of, report_of, signer_of_rows, versions_of
from sagsgang.equality.rendering.plots import plot_of_levels
from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.national import National, national_at
from sagsgang.equality.rules.schemes import scheme_on
from sagsgang.equality.rules.shares import percents_of
from sagsgang.equality.shapes import Figures, Headcount
from sagsgang.meetings.views.acts import Act, attempted, done


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of the table: heads, per cent where it is a part, the last report's, and where its rows are, or are told of."""

    column: str
    heads: int
    share: int | None
    before: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A level of the table."""

    words: str
    cells: tuple[Cell, ...]
    national: int | None


@permitted_to(may_see_equality)
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    houses = list(EqualityAuthorities().visible_to(request.user).order_by(DanishKey("name")))
    wished = request.GET.get("authority", "")
    authority = next((house for house in houses if house.slug == wished), houses[0])
    context = {
        "authority": authority,
        "authorities": houses if len(houses) > 1 else [],
        "counts": counts_of(authority),
        "targets": Target.objects.filter(authority=authority).count(),
        "scheme": scheme_on(schemes_of(authority), localdate()),
        "may_keep": may_keep_figures(request.user, authority),
    }
    return render(request, "equality/figures.html", context)


@permitted(CountRows(), may_see_count)
@require_safe
def count(request: StaffRequest, count: Count) -> HttpResponse:
    versions = versions_of(count)
    values = next(line.values for line in versions if line.count.pk == count.pk)
    before = last_report_before(count.authority, count.snapshot_on)
    found = list(count.findings.all())
    may_keep = may_keep_count(request.user, count)
    report = report_of(count)
    issues = list(issues_of(report)) if report else []
    beside = national_at(national_years(), count.snapshot_on.year)
    printed = max((line.count.version for line in versions if line.is_printed), default=0)
    context = {
        "count": count,
        "lines": _lines(count, values, values_of(before) if before else None, beside, has_links=may_keep),
        "before": before,
        "report": report,
        "issues": issues,
        "raised": {issue.finding_id for issue in issues if not issue.hold.lifting},
        "versions": versions,
        "is_newest": versions[0].count.pk == count.pk,
        "is_in_case": printed == count.version,
        "replaces": report is not None and count.version > printed > 0,
        "may_raise": report is not None and (may_keep or may_raise_issue(request.user, count)),
        "deleted_by": signer_of_rows(line.count for line in versions) if count.rows_deleted_at else None,
        "national": beside,
        "plot": plot_of_levels(values.levels, beside),
        "findings": found,
        "open_errors": sum(row.is_error and row.accepted_at is None for row in found),
        "may_keep": may_keep,
        "has_rows": may_keep and count.rows_deleted_at is None and not count.is_typed,
    }
    return render(request, "equality/count.html", context)


def _lines(
    count: Count, values: Headcount, before: Headcount | None, beside: National, *, has_links: bool
) -> list[Line]:
    rows = [
        (level, level_name(level), values.levels.get(level), before.levels.get(level) if before else None)
        for level in (1, 2, 3)
    ]
    rows.append((LevelFigure.ALL_LEADERS, level_name(None), values.leaders, before.leaders if before else None))
    rows.append((LevelFigure.STAFF, gettext("all employees"), values.staff, before.staff if before else None))
    has_links = has_links and count.rows_deleted_at is None and not count.is_typed
    national = {**beside.levels, LevelFigure.ALL_LEADERS: beside.leaders}
    return [
        Line(words[:1].upper() + words[1:], _cells(count, level, now, then, has_links), national.get(level))
        for level, words, now, then in rows
        if now is not None
    ]


def _cells(count: Count, level: int, now: Figures, then: Figures | None, has_links: bool) -> tuple[Cell, ...]:
    page = reverse("equality:count-rows", args=[count.pk]) if has_links else ""
    about = "#rows"  # where the page says what became of the rows, and who can read them
    shares = percents_of((now.women, now.men, now.other))
    parts = [("k", "women", gettext("Women")), ("m", "men", gettext("Men")), ("x", "other", gettext("Others"))]
    cells = [
        Cell(words, getattr(now, name), shares[at], getattr(then, name) if then else None,
             f"{page}?level={level}&sex={sex}" if page else about)
        for at, (sex, name, words) in enumerate(parts)
    ]  # fmt: skip
    return (
        *cells,
        Cell(
            pgettext("heads", "All"),
            now.heads,
            None,
            then.heads if then else None,
            f"{page}?level={level}" if page else about,
        ),
    )


@permitted(CountRows(), may_read_rows)
@require_safe
def count_rows(request: StaffRequest, count: Count) -> HttpResponse:
    """The payroll's rows behind a figure, for the owner alone; gone after the signing off."""
    rows = count.rows.exclude(status="vakant")
    level, sex = request.GET.get("level", ""), request.GET.get("sex", "")
    if level in ("1", "2", "3"):
        rows = rows.filter(level=int(level))
    elif level == str(LevelFigure.ALL_LEADERS):
        rows = rows.filter(level__isnull=False)
    if sex in ("k", "m", "x"):
        rows = rows.filter(sex=sex)
    most = 500
    signers = Count.objects.filter(authority=count.authority_id, snapshot_on=count.snapshot_on)
    deleted_by = signer_of_rows(signers.select_related("signed_off_by")) if count.rows_deleted_at else None
    context = {
        "deleted_by": deleted_by,
        "count": count,
        "total": rows.count(),
        "rows": rows[:most],
        "most": most,
        "level": level,
        "sex": sex,
    }
    return render(request, "equality/rows.html", context)


@permitted(EqualityAuthorities(), may_keep_figures)
@require_http_methods(["GET", "POST"])
def import_count(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None, authority)
    act = Act(
        gettext("Bring figures in from a file"),
        gettext("The columns are found by their headings. Where a heading has another name, give the column’s letter below."),
        gettext("Read the file"), reverse("equality:figures"),
    )  # fmt: skip
    return _kept(request, authority, form, act)


@permitted(EqualityAuthorities(), may_keep_figures)
@require_http_methods(["GET", "POST"])
def type_count(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = TypedForm(request.POST or None, None, authority)
    act = Act(
        gettext("Type the figures"), gettext("Count people, each as one. Sums and per cent are computed."),
        gettext("Save the figures"), reverse("equality:figures"),
    )  # fmt: skip
    return _kept(request, authority, form, act)


def _kept(request: StaffRequest, authority: Authority, form: ImportForm | TypedForm, act: Act) -> HttpResponse:
    made: list[Count] = []
    if request.method == "POST" and attempted(
        form, lambda: made.append(actions.keep_count(authority, form.facts, form.headcount(), actor=request.user))
    ):
        return done(request, gettext("The figures are in. See below what the checks found."), _page(made[0]))
    return _act(request, act, form)


@permitted(FindingRows(), may_accept_finding)
@require_http_methods(["GET", "POST"])
def accept_finding(request: StaffRequest, finding: CountFinding) -> HttpResponse:
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.accept_finding(finding, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("The finding is accepted."), _page(finding.count))
    act = Act(gettext("Accept the finding"), finding.message, gettext("Accept it"), _page(finding.count))
    return _act(request, act, form)


@permitted(CountRows(), may_keep_count)
@require_http_methods(["GET", "POST"])
def sign_off(request: StaffRequest, count: Count) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(form, lambda: actions.sign_off(count, actor=request.user)):
        return done(request, gettext("The figures are signed off, and the payroll’s rows are deleted."), _page(count))
    act = Act(
        gettext("Sign the figures off"),
        gettext("You vouch for the figures. The payroll’s rows are deleted and cannot be brought back."),
        gettext("Sign off"), _page(count), is_grave=True,
    )  # fmt: skip
    return _act(request, act, form)


def _act(request: StaffRequest, act: Act, form: forms.Form) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "equality/act.html", {"act": act, "form": form}, status=status)


def _page(count: Count) -> str:
    return reverse("equality:count", args=[count.pk])
