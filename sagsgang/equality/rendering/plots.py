"""Women and men among the leaders, drawn: one day beside the national shares, the series over the days, and the targets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from sagsgang.core.plots import Absent, Bar, BarPlot, Line, LinePlot, Mark, Point, Value
from sagsgang.equality.models import Target
from sagsgang.equality.queries.series import CountedDay
from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.national import National
from sagsgang.equality.rules.targets import as_women
from sagsgang.equality.shapes import LEVELS, Figures


def plot_of_levels(levels: Mapping[int, Figures], beside: National) -> BarPlot | None:
    """The heads of a day as shares of their level, with the national share of women as a mark; None without a level."""
    if not levels:
        return None
    bars = tuple(
        Bar(capfirst(level_name(level)), (figures.women, figures.men, figures.other), _mark(beside.share(level)))
        for level, figures in sorted(levels.items())
    )
    return BarPlot(
        gettext("Leaders by level and sex"),
        pgettext("leaders", "Level"),
        (gettext("Women"), gettext("Men"), gettext("Others")),
        bars,
        form="shares",
        mark_words=gettext("Women in all municipalities {year}, per cent").format(year=beside.year),
        source=beside.source,
    )


def plot_of_shares(days: Sequence[CountedDay]) -> LinePlot | None:
    """The share of women at each level over the days; each point leads to its count. None of less than two days."""
    if len(days) < 2:
        return None
    levels: tuple[int | None, ...] = (*LEVELS, None)
    lines = tuple(_own_line(capfirst(level_name(level)), days, level) for level in levels)
    return LinePlot(gettext("Women among the leaders, per cent"), lines, unit="%")


def plot_of_heads(days: Sequence[CountedDay]) -> BarPlot | None:
    """All leaders of each day, in heads; None without a day."""
    bars = tuple(
        Bar(f"{one.day:%d-%m-%Y}", (heads.women, heads.men, heads.other), None, page_of(one))
        for one in days
        if (heads := leaders_of(one)) is not None
    )
    if not bars:
        return None
    series = (gettext("Women"), gettext("Men"), gettext("Others"))
    return BarPlot(gettext("All leaders, people"), gettext("Day of the count"), series, bars, form="stacked")


def plots_beside(
    days: Sequence[CountedDay], years: Sequence[National], targets: Iterable[Target]
) -> list[tuple[str, LinePlot]]:
    """For each level, and all leaders: its own share beside the national one, with the level's next target. With keys."""
    found = []
    wanted = {target.level: target for target in sorted(targets, key=lambda one: one.due_on, reverse=True)}
    for level in (*LEVELS, None):
        own = _own_line(gettext("Here"), days, level)
        national = _national_line(years, level)
        if not own.points:
            continue
        found.append(
            (
                f"level-{level or 0}",
                LinePlot(
                    gettext("Women at {level}, per cent").format(level=level_name(level)),
                    (own, national) if national.points else (own,),
                    unit="%",
                    target=target_mark(wanted.get(level or 0)),
                    source=sources_of(years),
                ),
            )
        )
    return found


def sources_of(years: Sequence[National]) -> str:
    """The sources of the national figures, each once."""
    return "; ".join(dict.fromkeys(one.source for one in years if one.source))


def target_mark(target: Target | None) -> Mark | None:
    """The target as a share of women, on its day."""
    if target is None:
        return None
    return Mark(gettext("Target"), float(as_women(target.sex, target.share)), target.due_on)


def leaders_of(one: CountedDay) -> Figures | None:
    """All leaders: as they were kept, else the sum of the levels."""
    if one.values.leaders is not None or not one.values.levels:
        return one.values.leaders
    rows = one.values.levels.values()
    return Figures(sum(row.women for row in rows), sum(row.men for row in rows), sum(row.other for row in rows))


def page_of(one: CountedDay) -> str:
    """Where the count is, with its figures and their rows."""
    return reverse("equality:count", args=[one.count.pk])


def _own_line(name: str, days: Iterable[CountedDay], level: int | None) -> Line:
    points = [
        Point(one.day, _share(one.values.levels.get(level) if level else leaders_of(one)), page_of(one)) for one in days
    ]
    return Line(name, tuple(points))


def _national_line(years: Iterable[National], level: int | None) -> Line:
    """A year's figure stands on its last day: the day of the national count is not in the source."""
    points = [
        Point(date(one.year, 12, 31), share) for one in years if (share := one.share(level)) is not None
    ]  # fmt: skip
    return Line(gettext("All municipalities"), tuple(points))


def _share(figures: Figures | None) -> Value:
    return Absent.MISSING if figures is None or figures.share is None else round(figures.share)


def _mark(share: int | None) -> float | None:
    return None if share is None else float(share)
