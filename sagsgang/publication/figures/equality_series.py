"""The sections of the public figures that look over time: the days, all municipalities, and the targets."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from sagsgang.bodies.models import Authority
from sagsgang.core.plots import Absent, Line, LinePlot, Point, Value
from sagsgang.equality.models import Target
from sagsgang.equality.queries.targets import targets_of
from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.national import National
from sagsgang.equality.shapes import LEVELS, Sex
from sagsgang.publication.figures.equality_cells import PublicDay, capital, series_table, share_value
from sagsgang.publication.figures.links import decided_in_public
from sagsgang.publication.figures.tree import FigureCell, FigurePlot, FigureSection, FigureTable


def series_sections(
    authority: Authority, days: Sequence[PublicDay], years: Sequence[National]
) -> tuple[FigureSection, ...]:
    """What there is: the series always (it is read back when a day is told again), the rest where it says something."""
    targets = _decided(targets_of(authority))
    sections = [_over_time(days), _beside(days, years)]
    return (*sections, _targets(targets, days[-1])) if targets else tuple(sections)


def _decided(rows: Sequence[Target]) -> list[Target]:
    """Those whose decision the public reads, and those of which somebody wrote how they were decided before this system."""
    public = decided_in_public(row.decision.item for row in rows if row.decision)
    return [row for row in rows if (row.decision.item_id in public if row.decision else row.decided_words)]


def _over_time(days: Sequence[PublicDay]) -> FigureSection:
    lines = tuple(_line(capital(level_name(level)), days, level) for level in (*LEVELS, None))
    return FigureSection(
        heading=gettext("Over time"),
        paragraphs=(
            gettext(
                "Each day is a count of its own, and each is protected for itself: a figure that is left out here is left out "
                "wherever the same day is told."
            ),
        ),
        plot=_drawn(LinePlot(gettext("Women among the leaders, per cent"), lines, unit="%"), days),
        table=series_table(days),
    )


def _drawn(plot: LinePlot, days: Sequence[PublicDay]) -> FigurePlot | None:
    """One day is no line."""
    return FigurePlot.of(plot) if len(days) > 1 else None


def _line(name: str, days: Iterable[PublicDay], level: int | None) -> Line:
    return Line(name, tuple(Point(one.count.snapshot_on, share_value(one.row(level))) for one in days))


def _beside(days: Sequence[PublicDay], years: Sequence[National]) -> FigureSection:
    """All leaders beside those of all municipalities; a year's national figure stands on its last day."""
    national = tuple(Point(date(one.year, 12, 31), one.leaders) for one in years if one.leaders is not None)
    lines = [_line(gettext("Here"), days, None)]
    lines += [Line(gettext("All municipalities"), national)] if national else []
    rows = tuple(
        (FigureCell(str(one.year)), *(_stated(one.share(level)) for level in (*LEVELS, None)), FigureCell(one.source))
        for one in years
    )
    headings = (
        gettext("Year"), *(capital(level_name(level)) for level in (*LEVELS, None)), gettext("Source"),
    )  # fmt: skip
    sources = dict.fromkeys(
        gettext("{source} ({address}), for all municipalities.").format(source=one.source, address=one.address)
        if one.address
        else one.source
        for one in years
    )
    return FigureSection(
        heading=gettext("Beside all municipalities"),
        plot=_drawn(LinePlot(gettext("Women among all leaders, per cent"), tuple(lines), unit="%"), days),
        table=FigureTable(gettext("Women in all municipalities, per cent"), headings, rows),
        sources=tuple(sources),
    )


def _stated(share: int | None) -> FigureCell:
    return FigureCell(value=Absent.MISSING if share is None else share)


def _targets(targets: Sequence[Target], newest: PublicDay) -> FigureSection:
    """Those that are decided. Where it stands is told only where the level's own figures are."""
    headings = (
        pgettext("leaders", "Level"), gettext("Under-represented sex"), pgettext("target", "Number"),
        gettext("Share, per cent"), pgettext("target", "By"), gettext("Now, per cent"),
    )  # fmt: skip
    rows = tuple(
        (
            FigureCell(capital(level_name(row.level))),
            FigureCell(gettext("women") if row.sex == Sex.WOMAN else gettext("men")),
            FigureCell(value=row.number),
            FigureCell(value=row.share),
            FigureCell(date_format(row.due_on, "DATE_FORMAT")),
            FigureCell(value=_now(row, newest)),
        )
        for row in targets
    )
    return FigureSection(
        heading=gettext("Targets"),
        paragraphs=(gettext("What the authority has decided to reach, and by when."),),
        table=FigureTable(gettext("Targets"), headings, rows),
    )


def _now(row: Target, newest: PublicDay) -> Value:
    share = share_value(newest.row(row.level))
    if isinstance(share, Absent) or row.sex == Sex.WOMAN:
        return share
    return 100 - share
