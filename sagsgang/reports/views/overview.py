"""What is due, late or blocked for whoever looks, and why; and the figures beside it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, signed_in
from sagsgang.equality.permissions import may_see_equality
from sagsgang.policies.permissions import may_see_policies
from sagsgang.publication.permissions import may_see_figures
from sagsgang.reports.permissions import may_see_reports
from sagsgang.reports.queries.figures import figures_of
from sagsgang.reports.queries.overview import overview_of
from sagsgang.reports.rendering.figures import shown_figures
from sagsgang.reports.rendering.overview import sections_of


@signed_in
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    today = localdate()
    sections = sections_of(overview_of(request.user, today), today)
    context = {
        "here": "overview",
        "sections": sections,
        "late": sum(line.tone == "error" for section in sections for line in section.lines),
    }
    return render(request, "reports/overview.html", context)


@signed_in
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """A page of its own, and the part of it that the overview fetches: what takes longer waits for nobody."""
    context = {
        "here": "overview",
        "figures": shown_figures(figures_of(request.user, localdate())),
        "may_see_policies": may_see_policies(request.user),
        "may_see_equality": may_see_equality(request.user),
        "may_release_figures": may_see_figures(request.user),
        "may_see_reports": may_see_reports(request.user),
    }
    name = "reports/figures.html#figures" if "HX-Request" in request.headers else "reports/figures.html"
    return render(request, name, context)
