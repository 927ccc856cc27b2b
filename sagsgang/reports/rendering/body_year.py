"""The yearly report of a body as sections with plots and tables; each number leads to the rows that it counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from sagsgang.core.plots import Bar, BarPlot, Plot
from sagsgang.documents.access import Ground
from sagsgang.publication.figures.measures import Spread, change_words, share_of, spread_of
from sagsgang.publication.figures.tree import FigureCell, FigurePlot, FigureSection, FigureTable
from sagsgang.reports.queries.year import KINDS, OUTCOMES, UNSAID, Year
from sagsgang.reports.queries.year.rows import ItemRow
from sagsgang.reports.rendering.body_year_words import (
    average_heading,
    label_of,
    others_words,
    period_words,
    short_how_words,
)
from sagsgang.reports.rules import LEAST_OTHERS, Period, average_of

type Address = Callable[[str, Period, UUID | None], str]
"""Where the rows of a figure are listed, of a period, and of one meeting; "" = nowhere, as on paper."""
type Place = Callable[[UUID], str]
"""The page of an item."""

OUTCOME_KEYS = tuple(f"outcome-{outcome or UNSAID}" for outcome in OUTCOMES)
GROUND_KEYS = tuple(f"ground-{ground}" for ground in Ground.values)
KIND_KEYS = tuple(f"kind-{kind or UNSAID}" for kind in KINDS)
HOW_KEYS = ("presence-whole", "presence-partly", "presence-substituted", "presence-absent")
ATTENTION = ("closed-nothing", "reviews-due", "late", "follow-ups-overdue", "signatures")
_DAYS = ((0, 30), (31, 60), (61, 90), (91, 180), (181, None))


def no_address(_key: str, _period: Period, _meeting: UUID | None) -> str:
    """On paper."""
    return ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the sections are made of."""

    year: Year
    address: Address
    place: Place

    @property
    def before(self) -> Period:
        """The same period of the year before."""
        return self.year.period.before

    def number(self, key: str, period: Period | None = None, meeting: UUID | None = None) -> FigureCell:
        """The figure with the way to its rows."""
        of = period or self.year.period
        rows = self.year.rows_of(key, of)
        found = [row for row in rows if row.meeting == meeting] if meeting else rows
        return FigureCell(value=len(found), link=self.address(key, of, meeting))


def sections_of(year: Year, address: Address, place: Place) -> list[FigureSection]:
    """The report; empty parts of it are left out."""
    report = Report(year, address, place)
    found = (
        _attention(report), _meetings(report), _decisions(report), _time(report), _closed(report), _late(report),
        _late_ones(report), _presence(report), _work(report),
    )  # fmt: skip
    return [section for section in found if section]


def _compared(report: Report, caption: str, keys: Iterable[str]) -> FigureTable:
    """This period, the one before, what changed, and the other bodies where there are enough of them."""
    year = report.year
    has_average = len(year.others) >= LEAST_OTHERS
    headings = [
        gettext("Figure"),
        period_words(year.period),
        period_words(report.before),
        pgettext("figures", "Change"),
    ]
    if has_average:
        headings.append(average_heading(len(year.others)))
    rows = []
    for key in keys:
        now, before = year.count(key), year.count(key, report.before)
        cells = [
            FigureCell(label_of(key)),
            report.number(key),
            report.number(key, report.before),
            FigureCell(change_words(now, before)),
        ]
        if has_average:
            cells.append(FigureCell(value=average_of(year.counts_of_others(key)), decimals=1))
        rows.append(tuple(cells))
    return FigureTable(_both(report, caption), tuple(headings), tuple(rows))


def _both(report: Report, caption: str) -> str:
    now, before = period_words(report.year.period), period_words(report.before)
    return gettext("{heading}, {period} and {before}").format(heading=caption, period=now, before=before)


def _used(report: Report, keys: Iterable[str]) -> list[str]:
    """Those that count something in one of the two periods."""
    return [key for key in keys if report.year.count(key) or report.year.count(key, report.before)]


def _attention(report: Report) -> FigureSection | None:
    keys = [key for key in ATTENTION if report.year.count(key)]
    if not keys:
        return None
    rows = tuple((FigureCell(label_of(key)), report.number(key)) for key in keys)
    heading = gettext("What calls for attention")
    caption = gettext("To look after, {period}").format(period=period_words(report.year.period))
    return FigureSection(
        heading=heading,
        paragraphs=(gettext("Each number leads to what it counts."),),
        table=FigureTable(caption, (gettext("Figure"), pgettext("figures", "Number")), rows),
    )


def _meetings(report: Report) -> FigureSection:
    heading = gettext("Meetings and items")
    keys = ["meetings", "meetings-extraordinary", "meetings-cancelled", "items", *_used(report, KIND_KEYS)]
    words = [gettext("Counted are items of meetings whose day has come, as they stand on the agenda.")]
    if len(report.year.others) < LEAST_OTHERS:
        words.append(others_words())
    return FigureSection(
        heading=heading,
        paragraphs=tuple(words),
        table=_compared(report, heading, [*keys, "items-open", "items-closed"]),
    )


def _decisions(report: Report) -> FigureSection:
    heading = gettext("Decisions by outcome")
    outcomes = _used(report, OUTCOME_KEYS)
    return FigureSection(
        heading=heading,
        paragraphs=(gettext("The newest version of the meeting’s own decision on each item."),),
        plot=_plot_of(report, heading, outcomes) if outcomes else None,
        table=_compared(report, heading, ["decisions", *outcomes]),
    )


def _plot_of(report: Report, title: str, keys: Iterable[str]) -> FigurePlot:
    year = report.year
    bars = tuple(
        Bar(
            label_of(key),
            (year.count(key), year.count(key, report.before)),
            href=report.address(key, year.period, None),
        )
        for key in keys
    )
    series = (period_words(year.period), period_words(report.before))
    return FigurePlot.of(BarPlot(title, gettext("Outcome"), series, bars, form="grouped"))


def _time(report: Report) -> FigureSection:
    heading = gettext("From first step to final decision")
    days = [row.days for row in report.year.rows_of("cases-ended")]
    before = spread_of([row.days for row in report.year.rows_of("cases-ended", report.before)])
    spread = spread_of(days)
    words = gettext(
        "Days from the first meeting that had the case on its agenda, at whatever body, to the decision after which "
        "nothing more was planned. Counted are the cases that this body decided finally in the period; not what it "
        "recommended, postponed, returned, sent on or halted."
    )
    if spread is None:
        none = gettext("No case was finally decided in the period.")
        return FigureSection(heading, (words, none))
    return FigureSection(heading, (words,), _time_plot(days), _time_table(report, heading, spread, before))


def _time_plot(days: list[int]) -> FigurePlot:
    bars = tuple(
        Bar(
            gettext("{first}–{last} days").format(first=first, last=last)
            if last is not None
            else gettext("more than {days} days").format(days=first - 1),
            (sum(1 for one in days if one >= first and (last is None or one <= last)),),
        )
        for first, last in _DAYS
    )
    plot: Plot = BarPlot(gettext("Cases by how long they took"), gettext("Days"), (gettext("Cases"),), bars)
    return FigurePlot.of(plot)


def _time_table(report: Report, caption: str, now: Spread, before: Spread | None) -> FigureTable:
    labels = (
        gettext("A quarter took at most, days"),
        gettext("Half took at most (median), days"),
        gettext("Three quarters took at most, days"),
        gettext("The longest, days"),
    )
    columns = [
        [
            *(FigureCell(value=value, decimals=1) for value in (one.first, one.median, one.third)),
            FigureCell(value=one.longest),
        ]
        if one
        else [FigureCell("–")] * len(labels)
        for one in (now, before)
    ]
    counts = (
        FigureCell(label_of("cases-ended")),
        report.number("cases-ended"),
        report.number("cases-ended", report.before),
    )
    rows = [counts, *((FigureCell(label), *cells) for label, *cells in zip(labels, *columns, strict=True))]
    headings = (gettext("Figure"), period_words(report.year.period), period_words(report.before))
    return FigureTable(_both(report, caption), headings, tuple(rows))


def _closed(report: Report) -> FigureSection:
    heading = gettext("Closed items")
    words = [
        gettext(
            "An item is closed by kommunestyrelsesloven § 10; what is secret follows from forvaltningsloven § 27. Of a "
            "closed decision the public is told what secrecy allows, or why it is told nothing."
        )
    ]
    for period in (report.year.period, report.before):
        share = share_of(report.year.count("items-closed", period), report.year.count("items", period))
        if share is not None:
            told = gettext("{period}: {share} per cent of the items were closed.")
            words.append(told.format(period=_capital(period_words(period)), share=share))
    keys = [
        "items-closed", *_used(report, GROUND_KEYS), "closed-decisions", "closed-extract", "closed-reason",
        "closed-nothing", "reviews-due",
    ]  # fmt: skip
    return FigureSection(heading, tuple(words), table=_compared(report, heading, keys))


def _late(report: Report) -> FigureSection:
    heading = gettext("Late items")
    words = gettext(
        "Late is what came on a supplementary agenda, was sent after the last day of the agenda, or was said to be late "
        "(kommunestyrelsesloven § 8). An extraordinary meeting has no last day."
    )
    return FigureSection(
        heading, (words,), table=_compared(report, heading, ["late", "late-supplement", "late-deadline"])
    )


def _late_ones(report: Report) -> FigureSection | None:
    """Each with the reason that was printed on the agenda; a closed one without."""
    found = report.year.rows_of("late")
    if not found:
        return None
    heading = gettext("Why they came late")
    rows = tuple(
        (
            FigureCell(_item_words(row), link=report.place(row.pk)),
            FigureCell(label_of(f"late-{row.late}")),
            FigureCell(row.late_words or (gettext("closed item") if row.is_shut else gettext("no reason was printed"))),
        )
        for row in found
    )
    return FigureSection(
        heading,
        table=FigureTable(gettext("Each late item"), (gettext("Item"), gettext("How"), gettext("Reason")), rows),
    )


def _item_words(row: ItemRow) -> str:
    day = date_format(row.held_on, "j. F Y")
    return gettext("{day}, item {number}").format(day=day, number=row.number) if row.number else day


def _presence(report: Report) -> FigureSection:
    heading = gettext("Attendance")
    rows = [row for key in (*HOW_KEYS, "presence-substitute") for row in report.year.rows_of(key)]
    meetings = sorted({(row.held_on, row.meeting) for row in rows}, key=lambda pair: (pair[0], str(pair[1])))
    if not meetings:
        return FigureSection(heading, (gettext("Of no meeting of the period is it known who was there."),))
    words = [
        gettext("Members of the body at each meeting. Those who came or left during a meeting were there for a part.")
    ]
    held = report.year.count("meetings")
    if held > len(meetings):
        lacking = ngettext(
            "Of {count} meeting it is not known who was there.", "Of {count} meetings it is not known who was there.",
            held - len(meetings),
        )  # fmt: skip
        words.append(lacking.format(count=held - len(meetings)))
    for period in (report.year.period, report.before):
        there = sum(report.year.count(key, period) for key in HOW_KEYS[:2])
        share = share_of(there, sum(report.year.count(key, period) for key in HOW_KEYS))
        if share is not None:
            told = gettext("{period}: members were present in {share} per cent of their places.")
            words.append(told.format(period=_capital(period_words(period)), share=share))
    return FigureSection(
        heading,
        tuple(words),
        _presence_plot(report, meetings),
        _presence_table(report, gettext("Members and substitutes at each meeting"), meetings),
    )


def _presence_plot(report: Report, meetings: list[tuple[date, UUID]]) -> FigurePlot:
    bars = tuple(
        Bar(
            date_format(held_on, "j. b"),
            tuple(report.number(key, meeting=meeting).value or 0 for key in HOW_KEYS),
        )
        for held_on, meeting in meetings
    )
    title = gettext("Members at each meeting")
    return FigurePlot.of(
        BarPlot(title, gettext("Meeting"), tuple(label_of(key) for key in HOW_KEYS), bars, form="stacked")
    )


def _presence_table(report: Report, caption: str, meetings: list[tuple[date, UUID]]) -> FigureTable:
    keys = (*HOW_KEYS, "presence-substitute")
    rows = [
        (
            FigureCell(date_format(held_on, "DATE_FORMAT")),
            *(report.number(key, meeting=meeting) for key in keys),
        )
        for held_on, meeting in meetings
    ]
    rows.append((FigureCell(gettext("All")), *(report.number(key) for key in keys)))
    rows.append((FigureCell(period_words(report.before)), *(report.number(key, report.before) for key in keys)))
    return FigureTable(caption, (gettext("Meeting"), *short_how_words()), tuple(rows))


def _work(report: Report) -> FigureSection:
    heading = gettext("Follow-up and signatures")
    words = gettext(
        "Given and done are counted by the day on which it happened; overdue is what was due in the period and is not done "
        "today. Signatures are missing on final protocols of meetings in the period."
    )
    keys = ["follow-ups", "follow-ups-done", "follow-ups-overdue", "signatures"]
    return FigureSection(heading, (words,), table=_compared(report, heading, keys))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
