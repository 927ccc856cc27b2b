"""Figures from a file: chosen, compared with what stands, and stored as a whole or not at all."""

from dataclasses import dataclass, field
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.goals.actions.indicator_series import digest_of, import_figures, standing_of
from sagsgang.goals.forms.indicators import ColumnsForm, KeptSheet, SeriesFileForm, kept_sheet, kept_words
from sagsgang.goals.models import Indicator
from sagsgang.goals.permissions import IndicatorRows, may_edit_indicator
from sagsgang.goals.queries.indicators import worded
from sagsgang.goals.rules.indicators import Change, Figure, compared, remarks
from sagsgang.goals.rules.series import columns_of, figures_of
from sagsgang.goals.views.acting import posted
from sagsgang.goals.views.indicator_acts import indicator_address
from sagsgang.meetings.views.acts import attempted, done


@dataclass(slots=True)
class Preview:
    """What storing the file would do; `refusal` says why it cannot be, and then there are no changes."""

    columns: ColumnsForm
    at: dict[str, int] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    seen: str = ""
    refusal: str = ""

    def count(self, kind: str) -> int:
        """How many are new, changed or the same."""
        return sum(change.kind == kind for change in self.changes)


@permitted(IndicatorRows, may_edit_indicator)
@require_http_methods(["GET", "POST"])
def import_figures_page(request: StaffRequest, indicator: Indicator) -> HttpResponse:
    sent = posted(request)
    if sent is not None and "kept" in sent:
        try:
            kept, words = kept_sheet(sent["kept"], indicator, request.user), sent["kept"]
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
            return redirect("goals:import-figures", indicator.pk)
    else:
        form = SeriesFileForm(sent, request.FILES if sent is not None else None)
        read: list[tuple[KeptSheet, str]] = []
        if sent is None or not attempted(form, lambda: read.append(_read(form, indicator, request.user))):
            return _choose(request, indicator, form)
        ((kept, words),) = read
    preview = _preview(request, indicator, kept)
    if "store" in request.POST and not preview.refusal:
        try:
            import_figures(
                indicator, preview.figures, kept.file, seen=request.POST.get("seen", ""), actor=request.user
            )  # fmt: skip
            count = preview.count("new") + preview.count("changed")
            notice = ngettext("{count} figure is stored.", "{count} figures are stored.", count).format(count=count)
            return done(request, notice, indicator_address(indicator))
        except RuleBrokenError as refusal:
            preview.refusal = str(refusal)
    return _compare(request, indicator, kept, preview, words)


def _read(form: SeriesFileForm, indicator: Indicator, user: User) -> tuple[KeptSheet, str]:
    kept = form.read()
    return kept, kept_words(kept, indicator, user)


def _choose(request: StaffRequest, indicator: Indicator, form: SeriesFileForm) -> HttpResponse:
    context = {"indicator": indicator, "authority": indicator.authority, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "goals/indicator_import.html", context, status=status)


def _preview(request: StaffRequest, indicator: Indicator, kept: KeptSheet) -> Preview:
    sent = request.POST if "kept" in request.POST else None
    try:
        chosen = ColumnsForm(sent, kept.sheet, {} if sent is not None else columns_of(kept.sheet))
    except RuleBrokenError as refusal:
        return Preview(ColumnsForm(None, kept.sheet, {}), refusal=str(refusal))
    if sent is not None and not chosen.is_valid():
        return Preview(chosen, refusal=gettext("Choose the columns among those of the file."))
    try:
        at = columns_of(kept.sheet, chosen.given if sent is not None else None)
        figures = figures_of(kept.sheet, at, measured_in=indicator.measured_in, today=localdate())
        standing = standing_of(indicator)
        changes = compared(standing, figures)
    except RuleBrokenError as refusal:
        return Preview(chosen, refusal=str(refusal))
    return Preview(chosen, at, figures, changes, digest_of(standing.values()))


def _compare(
    request: StaffRequest, indicator: Indicator, kept: KeptSheet, preview: Preview, words: str
) -> HttpResponse:
    lines = [
        (
            change,
            worded(indicator, change.before.value) if change.before else "",
            worded(indicator, change.figure.value),
            change.figure.note if change.figure.note is not None else "",
        )
        for change in preview.changes
    ]
    context = {
        "indicator": indicator,
        "authority": indicator.authority,
        "preview": preview,
        "lines": lines,
        "counts": {kind: preview.count(kind) for kind in ("new", "changed", "same")},
        "remarks": remarks(preview.changes, indicator.measured_in),
        "file": kept.file.name,
        "kept": words,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if preview.refusal else HTTPStatus.OK
    return render(request, "goals/indicator_preview.html", context, status=status)
