"""The versions of a case's presentation: the list, one version to read, and the difference of any two."""

from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.accounts.models import User
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms.versions import ComparisonForm
from sagsgang.cases.models import Case, Presentation
from sagsgang.cases.permissions import CaseRows, may_read_case
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.queries.versions import (
    SetAside,
    VersionLine,
    VersionRows,
    Written,
    money_of,
    other_version,
    versions_of,
    written_of,
)
from sagsgang.cases.rendering.comparison import money_html, section_html, sections_difference
from sagsgang.cases.rendering.difference import difference, unchanged
from sagsgang.documents.access import Access


@dataclass(frozen=True, slots=True)
class Line:
    """A version in the list, and the one before it that it may be held against."""

    version: VersionLine
    before: UUID | None


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section of one version with who wrote it."""

    written: Written
    html: SafeString


def may_read_version(user: User, version: Presentation) -> bool:
    """Who reads the case reads its versions."""
    return may_read_case(user, version.case)


@dataclass(frozen=True, slots=True)
class Beside:
    """Words that were set aside, and how they differ from those that stand in the section now."""

    words: SetAside
    html: SafeString


@permitted(CaseRows(), may_read_case)
@require_safe
def versions(request: StaffRequest, case: Case) -> HttpResponse:
    lines = versions_of(case)
    pick = ComparisonForm(lines, request.GET) if "old" in request.GET else ComparisonForm(lines)
    if pick.is_valid():
        old, new = pick.chosen
        return redirect(reverse("cases:compare-versions", args=[new]) + f"?with={old}")
    before = {newer.pk: older.pk for newer, older in pairwise(lines)}
    context: dict[str, object] = {
        "lines": [Line(line, before.get(line.pk)) for line in lines],
        "pick": pick if len(lines) > 1 else None,
    }
    return _answer(request, case, "cases/versions.html", context)


@permitted(VersionRows(), may_read_version)
@require_safe
def version(request: StaffRequest, version: Presentation) -> HttpResponse:
    written = written_of(version)
    context = {
        "version": version,
        "sections": [ReadSection(part, unchanged(section_html(part.section))) for part in written],
        "money": unchanged(money_html(money_of(version))),
        "set_aside": [
            Beside(words, difference(section_html(part.section), words.html))
            for part in written
            for words in part.set_aside
        ],
        "has_closed": any(part.section.access == Access.CLOSED for part in written),
    }
    return _answer(request, version.case, "cases/version.html", context)


@permitted(VersionRows(), may_read_version)
@require_safe
def compare_versions(request: StaffRequest, version: Presentation) -> HttpResponse:
    """`version` as it became from the one named by `with`; the address lasts as long as the versions do."""
    other = _other(request, version)
    changes = sections_difference(other, version)
    context = {
        "version": version,
        "other": other,
        "changes": changes,
        "is_same": not any(change.is_touched for change in changes),
        "has_closed": any(change.is_closed or change.was_closed for change in changes),
    }
    return _answer(request, version.case, "cases/compare.html", context)


def _other(request: StaffRequest, version: Presentation) -> Presentation:
    try:
        wanted = UUID(request.GET.get("with", ""))
    except ValueError:
        raise Http404 from None
    other = other_version(version, wanted)
    if other is None:
        raise Http404
    return other


def _answer(request: StaffRequest, case: Case, template: str, context: dict[str, object]) -> HttpResponse:
    if case.is_closed or context.get("has_closed"):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(case, actor=request.user)
    frame = {"case": case, "head": head_of(case, request.user), "here": "versions"}
    return render(request, template, frame | context)
