"""Projects and indicators in public figures of goals. Their names are words of the house: those leave that are marked for it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from sagsgang.bodies.models import Authority
from sagsgang.core.plots import Event
from sagsgang.documents.access import Access
from sagsgang.goals.models import (
    Indicator,
    IndicatorLink,
    IndicatorValue,
    Project,
    ProjectNote,
)
from sagsgang.goals.rendering.indicators import series_plot
from sagsgang.publication.figures.links import references_of
from sagsgang.publication.figures.tree import FigureCell, FigurePlot, FigureSection, FigureTable


def of_something_closed() -> Q:
    """The link leads to a case or an item of which the public is told nothing."""
    item = Q(item__access=Access.CLOSED) | Q(item__parent__access=Access.CLOSED) | Q(item__case__access=Access.CLOSED)
    return Q(case__access=Access.CLOSED) | item


def projects_section(authority: Authority, end: date) -> FigureSection | None:
    """The projects that may be told, with their state on the last day; None where there is none.

    Whatever they belong to: one that went when a closed matter was linked to it would tell of that.
    """
    notes = ProjectNote.objects.filter(on__lte=end).order_by("-on", "-created_at")
    begun = Q(starts_on=None) | Q(starts_on__lte=end)
    rows = Project.objects.filter(begun, authority=authority, is_public=True)
    lines = [
        _project(row) for row in rows.prefetch_related(Prefetch("notes", queryset=notes, to_attr="told"), "areas")
    ]  # fmt: skip
    if not lines:
        return None
    heading = gettext("Projects")
    headings = (
        gettext("Project"), gettext("Policy areas"), gettext("From"), gettext("To"), gettext("State"),
        gettext("State as of"),
    )  # fmt: skip
    return FigureSection(heading, table=FigureTable(heading, headings, tuple(lines)))


def _project(row: Project) -> tuple[FigureCell, ...]:
    note = next(iter(row.told), None)  # type: ignore[attr-defined]
    state = note.get_state_display() if note else pgettext("state of a project", "nothing said yet")
    words = (
        row.name, ", ".join(sorted(area.name for area in row.areas.all())), _day(row.starts_on), _day(row.ends_on),
        str(capfirst(str(state))), _day(note.on if note else None),
    )  # fmt: skip
    return tuple(map(FigureCell, words))


def indicator_sections(authority: Authority, end: date) -> Iterator[FigureSection]:
    """A plot for each indicator that may be told and has a figure: its series to the last day, and the open decisions that were to move it."""
    figures = IndicatorValue.objects.filter(on__lte=end).order_by("on")
    rows = Indicator.objects.filter(authority=authority, is_public=True).prefetch_related(
        Prefetch("series", queryset=figures, to_attr="told")
    )
    links = list(_open_links(authority, end))
    ends = {link.pk: link.case or (link.item and (link.item.parent or link.item)) for link in links}
    known = references_of(row for row in ends.values() if row)
    for row in rows:
        if row.told:
            events = [
                Event(link.on, "", known[target.pk])
                for link in links
                if link.indicator_id == row.pk and (target := ends[link.pk]) and target.pk in known
            ]
            yield _indicator(row, row.told, events)


def _open_links(authority: Authority, end: date) -> QuerySet[IndicatorLink]:
    """What was to move them: standing links to open cases and items."""
    rows = IndicatorLink.objects.filter(indicator__authority=authority, on__lte=end, project=None)
    told = rows.exclude(of_something_closed()).exclude(item__withdrawn_at__isnull=False)
    return told.select_related("item__parent", "case").order_by(
        "on", "created_at", "item__parent__position", "item__position", "pk"
    )  # fmt: skip


def _indicator(row: Indicator, figures: list[IndicatorValue], events: Iterable[Event]) -> FigureSection:
    plot = replace(series_plot(row, figures), events=tuple(events))
    day = date_format(max(localtime(one.created_at).date() for one in figures), "DATE_FORMAT")
    source = gettext("{source}, brought in {day}").format(source=row.source, day=day)
    if row.source_address:
        source = gettext("{source} ({address})").format(source=source, address=row.source_address)
    words = (row.measures,) if row.measures else ()
    return FigureSection(row.name, words, FigurePlot.of(plot), sources=(source,))


def _day(on: date | None) -> str:
    return date_format(on, "DATE_FORMAT") if on else ""
