"""The report of a headcount: its case, the errors in its figures, and the new version in their place."""

from http import HTTPStatus

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.equality import actions
from sagsgang.equality.forms import AcceptForm, IssueForm, RenewForm, ReportForm
from sagsgang.equality.models import Count, CountFinding, DataIssue, Report
from sagsgang.equality.permissions import (
    CountRows,
    FindingRows,
    IssueRows,
    may_accept_issue,
    may_keep_count,
    may_raise_finding,
    may_raise_issue,
)
from sagsgang.equality.queries.reports import open_issues, report_of, seen_item
from sagsgang.followups.queries import choices_of
from sagsgang.meetings.views.acts import Act, attempted, done


@permitted(CountRows(), may_keep_count)
@require_http_methods(["GET", "POST"])
def make_report(request: StaffRequest, count: Count) -> HttpResponse:
    form = ReportForm(request.POST if request.method == "POST" else None, count, request.user)
    if request.method == "POST" and attempted(form, lambda: actions.make_report(count, form.facts, actor=request.user)):
        return done(request, gettext("The case is open, with the figures as its attachment."), _page(count))
    act = Act(
        gettext("Make the case of the report"),
        gettext("A draft case is opened with its path, its purposes as text, and the figures printed as an attachment."),
        gettext("Make the case"), _page(count),
    )  # fmt: skip
    return _act(request, act, form)


@permitted(CountRows(), may_raise_issue)
@require_http_methods(["GET", "POST"])
def raise_issue(request: StaffRequest, count: Count) -> HttpResponse:
    return _raise(request, count, None)


@permitted(FindingRows(), may_raise_finding)
@require_http_methods(["GET", "POST"])
def raise_finding(request: StaffRequest, finding: CountFinding) -> HttpResponse:
    return _raise(request, finding.count, finding)


def _raise(request: StaffRequest, count: Count, finding: CountFinding | None) -> HttpResponse:
    report = _report(count)
    seen = seen_item(report)
    seen_by = seen.meeting.body if seen else None
    choices = choices_of(report.case, seen)
    data = request.POST if request.method == "POST" else None
    form = IssueForm(data, choices, finding=finding, seen_by=seen_by)
    if request.method == "POST" and attempted(
        form,
        lambda: actions.raise_issue(
            report,
            wrong=form.cleaned_data["wrong"],
            level=form.cleaned_data.get("level"),
            facts=form.facts,
            finding=finding,
            actor=request.user,
        ),
    ):
        notice = gettext("The error is raised. The case is held, and the follow-up is given.")
        return done(request, notice, f"{_page(count)}#errors")
    act = Act(
        gettext("Raise an error in the figures"),
        gettext("The case goes to no further body before the error is mended or accepted. Whom you name by role mends it."),
        gettext("Hold the case, and give the follow-up"), _page(count), is_grave=True,
    )  # fmt: skip
    return _act(request, act, form)


@permitted(IssueRows(), may_accept_issue)
@require_http_methods(["GET", "POST"])
def accept_issue(request: StaffRequest, issue: DataIssue) -> HttpResponse:
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.accept_issue(issue, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("The error is accepted, and the case may go on."), _page(issue.count))
    act = Act(gettext("Accept the error"), issue.words, gettext("Let it go on"), _page(issue.count), is_grave=True)
    return _act(request, act, form)


@permitted(CountRows(), may_keep_count)
@require_http_methods(["GET", "POST"])
def renew_report(request: StaffRequest, count: Count) -> HttpResponse:
    report = _report(count)
    form = RenewForm(request.POST if request.method == "POST" else None, list(open_issues(report)))
    if request.method == "POST" and attempted(
        form, lambda: actions.renew_report(count, mends=form.mended, actor=request.user)
    ):
        notice = gettext("The case has the new figures, and what lay there before is marked as replaced.")
        return done(request, notice, f"{_page(count)}#versions")
    act = Act(
        gettext("Lay this version in the case"),
        gettext("The printed figures get a new version. What a body had before is marked as replaced, and the next body sees what changed."),
        gettext("Lay it in the case"), _page(count),
    )  # fmt: skip
    return _act(request, act, form)


def _report(count: Count) -> Report:
    report = report_of(count)
    if report is None:
        raise Http404
    return report


def _act(request: StaffRequest, act: Act, form: forms.Form) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "equality/act.html", {"act": act, "form": form}, status=status)


def _page(count: Count) -> str:
    return reverse("equality:count", args=[count.pk])
