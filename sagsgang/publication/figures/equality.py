"""Women and men among the leaders, from headcounts that somebody has signed off; small numbers protected.

Those who are counted as neither are never told: with three columns nearly every figure would have to be left out to
keep one or two of them from being computed. All totals here are of women and men.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, override, pgettext

from sagsgang.bodies.models import Authority, Role
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.plots import Bar, BarPlot
from sagsgang.equality.models import Count
from sagsgang.equality.queries.national import national_years
from sagsgang.equality.queries.series import counted_days
from sagsgang.equality.rules.national import National, national_at
from sagsgang.publication.figures.asking import Asked, Maker, Offer
from sagsgang.publication.figures.equality_cells import (
    PublicDay,
    capital,
    counts_of,
    day_of,
    share_cell,
    share_of,
    to_value,
    told_before,
)
from sagsgang.publication.figures.equality_series import series_sections
from sagsgang.publication.figures.tree import FigureCell, FigurePlot, FigureSection, FiguresReport, FigureTable
from sagsgang.publication.models import FiguresKind, PublicFigures, ReleaseState

LANGUAGE = "da"  # what is released is a Danish document, whatever language its preparer chose


def offers(authority: Authority) -> list[Offer]:
    """The days of which there are signed-off figures, the newest first."""
    rows = Count.objects.filter(authority=authority, signed_off_at__isnull=False).order_by("-snapshot_on")
    days = dict.fromkeys(rows.values_list("snapshot_on", flat=True))
    words = gettext("Women and men among the leaders, {day}")
    return [
        Offer(FiguresKind.EQUALITY, words.format(day=date_format(day, "DATE_FORMAT")), day, day) for day in days
    ]  # fmt: skip


def make(asked: Asked) -> FiguresReport:
    """The newest signed-off version of the day, with the released days before it. Raises `RuleBrokenError` if there is none."""
    days = counted_days(asked.authority, asked.period_end)
    if not days or days[-1].day != asked.period_end:
        raise RuleBrokenError(gettext("There are no signed-off figures of that day."))
    if not days[-1].values.levels:
        raise RuleBrokenError(gettext("The figures have no levels."))
    out = _released(asked.authority) | {asked.period_end}
    before = told_before(asked.authority)
    with override(LANGUAGE):
        told = [day_of(one, before) for one in days if one.values.levels and one.day in out]
        if told[-1] is None:
            raise RuleBrokenError(_other_levels())
        return _report(asked, [day for day in told if day], national_years())


def _other_levels() -> str:
    return gettext(
        "The figures of this day have been public with other levels. Together the two would tell how many stand at the level "
        "that is in one of them alone. State every level that was told; a level without leaders has the figure 0."
    )


def _released(authority: Authority) -> set[date]:
    """The days whose own figures the public reads now: a day that nobody has let out is in no series."""
    rows = PublicFigures.objects.filter(
        authority=authority.name, kind=FiguresKind.EQUALITY, body=None, state=ReleaseState.CURRENT
    )
    return set(rows.values_list("period_end", flat=True))


def _report(asked: Asked, days: Sequence[PublicDay], years: Sequence[National]) -> FiguresReport:
    newest = days[-1]
    beside = national_at(years, newest.count.snapshot_on.year)
    day = date_format(newest.count.snapshot_on, "DATE_FORMAT")
    title = gettext("Women and men among the leaders, {day}").format(day=day)
    return FiguresReport(
        kind=FiguresKind.EQUALITY,
        authority=asked.authority.name,
        title=title,
        standfirst=_standfirst(newest),
        period_start=asked.period_start,
        period_end=asked.period_end,
        sections=(
            FigureSection(
                heading=gettext("Leaders by level"),
                paragraphs=(
                    gettext(
                        "People are counted, each as one, on {day}. The figures are of women and men; a figure under 3 is left "
                        "out, and with it the figures from which it could be worked out."
                    ).format(day=day),
                ),
                plot=FigurePlot.of(_plot(gettext("Women and men at each level"), newest, beside)),
                table=_table(title, newest, beside),
                sources=_sources(newest.count, beside),
            ),
            *series_sections(asked.authority, days, years),
        ),
        days=tuple(counts_of(one) for one in days),
    )


def _standfirst(newest: PublicDay) -> str:
    """The share of women at each level whose figures may be told."""
    said = [
        gettext("{share} % at {level}").format(share=share, level=name[:1].lower() + name[1:])
        for name, row in zip(newest.names, newest.shown.rows, strict=False)
        if (share := share_of(row)) is not None
    ]
    return gettext("Of the leaders these are women: {shares}.").format(shares=", ".join(said)) if said else ""


def _plot(title: str, newest: PublicDay, beside: National) -> BarPlot:
    bars = tuple(
        Bar(name, (to_value(row[0]), to_value(row[1])), float(share) if (share := beside.share(level)) else None)
        for name, level, row in zip(newest.names, newest.levels, newest.shown.rows, strict=False)
    )
    mark = gettext("Women in all municipalities {year}, per cent").format(year=beside.year)
    series = (gettext("Women"), gettext("Men"))
    return BarPlot(title, pgettext("leaders", "Level"), series, bars, form="shares", mark_words=mark)


def _table(title: str, newest: PublicDay, beside: National) -> FigureTable:
    rows = tuple(
        (
            FigureCell(capital(name)),
            *(FigureCell(value=to_value(figure)) for figure in row),
            share_cell(row),
            FigureCell(text="–") if (mean := beside.share(level)) is None else FigureCell(value=mean),
        )
        for name, level, row in zip(
            [*newest.names, gettext("All levels")], [*newest.levels, None], newest.shown.rows, strict=True
        )
    )
    headings = (
        pgettext("leaders", "Level"), gettext("Women"), gettext("Men"), gettext("Women and men"), gettext("Women, per cent"),
        gettext("Women in all municipalities {year}, per cent").format(year=beside.year),
    )  # fmt: skip
    return FigureTable(title, headings, rows)


def _sources(count: Count, beside: National) -> tuple[str, ...]:
    own = gettext("The authority’s own figures, counted by its human resources.")
    if count.source_system:
        own = gettext("{system}, extracted {day}.").format(
            system=count.source_system, day=date_format(count.extracted_on or count.snapshot_on, "DATE_FORMAT")
        )
    national = gettext("{source} ({address}), for all municipalities.")
    return own, national.format(source=beside.source, address=beside.address)


MAKER = Maker(FiguresKind.EQUALITY, offers, make, preparers=(Role.HR,))
