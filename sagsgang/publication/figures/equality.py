"""Women and men among the leaders, from headcounts that somebody has signed off; small numbers protected.

Those who are counted as neither are never told: with three columns nearly every figure would have to be left out to
keep one or two of them from being computed. All totals here are of women and men.
"""

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext, override, pgettext

from sagsgang.bodies.models import Authority, Role
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.plots import Absent, Bar, BarPlot, Value
from sagsgang.equality.models import Count
from sagsgang.equality.queries.counts import values_of
from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.national import NATIONAL_2020
from sagsgang.equality.rules.protection import Protected, protect
from sagsgang.publication.figures.asking import Asked, Maker, Offer
from sagsgang.publication.figures.tree import FigureCell, FigurePlot, FigureSection, FiguresReport, FigureTable
from sagsgang.publication.models import FiguresKind

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
    """The newest signed-off version of the day. Raises `RuleBrokenError` if there is none."""
    rows = Count.objects.filter(authority=asked.authority, snapshot_on=asked.period_end, signed_off_at__isnull=False)
    count = rows.order_by("-version").first()
    if count is None:
        raise RuleBrokenError(gettext("There are no signed-off figures of that day."))
    levels = values_of(count).levels
    inner = [[levels[level].women, levels[level].men] for level in sorted(levels)]
    if not inner:
        raise RuleBrokenError(gettext("The figures have no levels."))
    names = [_capital(level_name(level)) for level in sorted(levels)]
    with override(LANGUAGE):
        names = [_capital(level_name(level)) for level in sorted(levels)]
        return _report(asked, count, names, sorted(levels), protect(inner, _published(asked.earlier, len(inner))))


def _published(earlier: Sequence[FiguresReport], levels: int) -> Iterator[Protected]:
    """The versions of the same table that have been public."""
    for report in earlier:
        table = report.sections[0].table
        if table is None or len(table.rows) != levels + 1:
            continue  # of other levels: another table
        yield Protected(
            tuple(
                tuple(None if isinstance(cell.value, Absent) else int(cell.value or 0) for cell in row[1:4])
                for row in table.rows
            )
        )


def _report(asked: Asked, count: Count, names: list[str], levels: list[int], shown: Protected) -> FiguresReport:
    day = date_format(count.snapshot_on, "DATE_FORMAT")
    title = gettext("Women and men among the leaders, {day}").format(day=day)
    return FiguresReport(
        kind=FiguresKind.EQUALITY,
        authority=asked.authority.name,
        title=title,
        standfirst=_standfirst(names, shown),
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
                plot=FigurePlot.of(_plot(gettext("Women and men at each level"), names, levels, shown)),
                table=_table(title, names, levels, shown),
                sources=_sources(count),
            ),
        ),
    )


def _standfirst(names: list[str], shown: Protected) -> str:
    """The share of women at each level whose figures may be told."""
    said = [
        gettext("{share} % at {level}").format(share=share, level=name[:1].lower() + name[1:])
        for name, row in zip(names, shown.rows, strict=False)
        if (share := _share(row)) is not None
    ]
    return gettext("Of the leaders these are women: {shares}.").format(shares=", ".join(said)) if said else ""


def _share(row: Sequence[int | None]) -> int | None:
    women, _men, total = row
    return round(100 * women / total) if women is not None and total else None


def _plot(title: str, names: list[str], levels: list[int], shown: Protected) -> BarPlot:
    bars = tuple(
        Bar(name, (_value(row[0]), _value(row[1])), float(NATIONAL_2020.levels[level]))
        for name, level, row in zip(names, levels, shown.rows, strict=False)
    )
    mark = gettext("Women in all municipalities {year}, per cent").format(year=NATIONAL_2020.year)
    series = (gettext("Women"), gettext("Men"))
    return BarPlot(title, pgettext("leaders", "Level"), series, bars, form="shares", mark_words=mark)


def _table(title: str, names: list[str], levels: list[int], shown: Protected) -> FigureTable:
    national = [FigureCell(value=NATIONAL_2020.levels[level]) for level in levels]
    national.append(FigureCell(value=NATIONAL_2020.leaders))
    rows = tuple(
        (
            FigureCell(name),
            *(FigureCell(value=_value(figure)) for figure in row),
            FigureCell(value=Absent.HIDDEN if (share := _share(row)) is None else share),
            mean,
        )
        for name, row, mean in zip([*names, gettext("All levels")], shown.rows, national, strict=True)
    )
    headings = (
        pgettext("leaders", "Level"), gettext("Women"), gettext("Men"), gettext("Women and men"), gettext("Women, per cent"),
        gettext("Women in all municipalities {year}, per cent").format(year=NATIONAL_2020.year),
    )  # fmt: skip
    return FigureTable(title, headings, rows)


def _sources(count: Count) -> tuple[str, ...]:
    own = gettext("The authority’s own figures, counted by its human resources.")
    if count.source_system:
        own = gettext("{system}, extracted {day}.").format(
            system=count.source_system, day=date_format(count.extracted_on or count.snapshot_on, "DATE_FORMAT")
        )
    national = gettext("{source} ({address}), for all municipalities.")
    return own, national.format(source=NATIONAL_2020.source, address=NATIONAL_2020.address)


def _value(figure: int | None) -> Value:
    return Absent.HIDDEN if figure is None else figure


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


MAKER = Maker(FiguresKind.EQUALITY, offers, make, preparers=(Role.HR,))
