"""A year of a body in public figures: counts of what is released of its meetings, and nothing else.

A closed item counts as the released protocol itself says that it was closed, with its ground; a small number of them is left
out, as in the statistics. Who was away is a number; why she was is not told.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import ExtractYear
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, override, pgettext

from sagsgang.bodies.models import Authority, Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.plots import Absent, Bar, BarPlot
from sagsgang.core.suppressing import suppressed
from sagsgang.documents.access import Access
from sagsgang.meetings.models import Outcome
from sagsgang.publication.figures.asking import Asked, Maker, Offer
from sagsgang.publication.figures.links import references_of
from sagsgang.publication.figures.measures import Spread, change_words, share_of, spread_of
from sagsgang.publication.figures.tree import (
    LATE_REASON,
    FigureCell,
    FigurePlot,
    FigureSection,
    FiguresReport,
    FigureTable,
    item_ref,
    meeting_ref,
)
from sagsgang.publication.models import FiguresKind, PublicItem, PublicMeeting, ReleaseKind, ReleaseState

LANGUAGE = "da"  # what is released is a Danish document, whatever language its preparer chose

GOES_ON = (Outcome.RECOMMENDED, Outcome.POSTPONED, Outcome.RETURNED, Outcome.FORWARDED, Outcome.HALTED)
"""Outcomes after which a case is not at its end, whatever its path says."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A released meeting; `present` and `absent` are None where it does not say."""

    pk: UUID
    held_on: date
    is_minutes: bool
    closed_items: int
    present: int | None
    absent: int | None


@dataclass(frozen=True, slots=True)
class _Item:
    """A released item or sub-item; `outcome` is None without a decision of the body's own meeting, as of closed ones.

    `ground` are the words that the released paper says of a closed one.
    """

    pk: UUID
    held_on: date
    is_sub: bool
    ground: str
    outcome: str | None
    is_late: bool
    days: int | None


@dataclass(frozen=True, slots=True)
class _Year:
    """What is released of a period. `closed` is how many items the papers say were closed; None where it is left out."""

    label: str
    meetings: list[_Meeting]
    items: list[_Item]
    closed: int | None
    grounds: dict[str, int | None]

    @property
    def days(self) -> list[int]:
        """Of the cases that were finally decided."""
        return [item.days for item in self.items if item.days is not None]


def offers(authority: Authority) -> list[Offer]:
    """The years that are over, of the bodies that let their figures out and have released something of them."""
    bodies = {body.pk: body for body in Body.objects.filter(authority=authority, publish_figures=True)}
    public = {UUID(ref.partition(":")[2]): bodies[pk] for pk, ref in references_of(bodies.values()).items()}
    rows = PublicMeeting.objects.filter(state=ReleaseState.CURRENT, body__in=public).order_by()
    found = rows.values_list("body_id", ExtractYear("held_on")).distinct()
    years = sorted(
        ((year, public[body].name, public[body].pk) for body, year in found if year < localdate().year),
        key=lambda one: (-one[0], one[1]),
    )
    words = gettext("{body}, the year {year}")
    return [
        Offer(FiguresKind.BODY_YEAR, words.format(body=name, year=year), date(year, 1, 1), date(year, 12, 31), pk)
        for year, name, pk in years
    ]  # fmt: skip


def make(asked: Asked) -> FiguresReport:
    """Count it. Raises `RuleBrokenError` where the body lets no figures out, or nothing of the year is released."""
    body = asked.body
    if body is None or not body.publish_figures:
        raise RuleBrokenError(gettext("The body lets no yearly figures out. That is one of its settings."))
    public = _public_id(body)
    with override(LANGUAGE):
        now = _read(body, public, asked.period_start, asked.period_end) if public else None
        if public is None or now is None or not now.meetings:
            raise RuleBrokenError(gettext("Nothing is released of the body’s meetings in the period."))
        before = _read(
            body, public, _year_before(asked.period_start), _year_before(asked.period_end)
        )  # fmt: skip
        return _report(asked, body, str(public), now, before)


def _public_id(body: Body) -> UUID | None:
    reference = references_of([body]).get(body.pk)
    return UUID(reference.partition(":")[2]) if reference else None


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _read(body: Body, public: UUID, start: date, end: date) -> _Year:
    """Four queries."""
    meetings = PublicMeeting.objects.filter(
        body=public, state=ReleaseState.CURRENT, held_on__range=(start, end)
    ).order_by("held_on", "starts", "pk")
    told = [
        _Meeting(
            row.pk, row.held_on, row.kind not in (ReleaseKind.AGENDA, ReleaseKind.SUPPLEMENT), row.closed_items,
            None if row.present is None else len(row.present), None if row.absent is None else len(row.absent),
        )
        for row in meetings
    ]  # fmt: skip
    rows = _item_values(told)
    spans = _spans({row["case_id"] for row in rows if row["case_id"]})
    minutes = {row.pk for row in told if row.is_minutes}
    items = [_item(row, body, spans, row["meeting_id"] in minutes) for row in rows]
    closed, grounds = _closed_as_told(items, sum(row.closed_items for row in told), _is_told(public, start, end))
    return _Year(str(start.year), told, items, closed, grounds)


def _is_told(public: UUID, start: date, end: date) -> bool:
    """May the body's number of closed items be told beside those of all bodies, as the statistics tell them? One query."""
    rows = PublicMeeting.objects.filter(state=ReleaseState.CURRENT, held_on__range=(start, end)).order_by("body")
    found = list(rows.values_list("body").annotate(closed=Sum("closed_items")))
    column = suppressed([closed for _body, closed in found])
    return all(figure is not None for (body, _), figure in zip(found, column.figures, strict=True) if body == public)


def _closed_as_told(items: list[_Item], closed: int, is_told: bool) -> tuple[int | None, dict[str, int | None]]:
    """The number of closed items and that of each ground; a small one left out, and with it what it follows from."""
    counted = Counter(item.ground for item in items if item.ground)
    if not is_told:
        return None, dict.fromkeys(counted)
    column = suppressed([*counted.values(), max(0, closed - counted.total())])
    return (None if column.total is None else closed), dict(zip(counted, column.figures, strict=False))


def _item_values(meetings: list[_Meeting]) -> list[dict[str, Any]]:
    keys = ("decisions", "late_reason", "supplement", "withheld", "path")
    rows = PublicItem.objects.filter(meeting__in=[row.pk for row in meetings])
    named = {f"told_{key}": KeyTransform(key, "content") for key in keys}
    ordered = rows.order_by("meeting__held_on", "meeting__starts", "meeting", "position")
    return list(
        ordered.annotate(**named).values(
            "pk", "meeting_id", "meeting__held_on", "parent_id", "case_id", "access", *named
        )
    )


def _spans(cases: set[UUID]) -> dict[UUID, tuple[date, date]]:
    """The first and the last released meeting of each case, at whatever body."""
    rows = PublicItem.objects.filter(case__in=cases, meeting__state=ReleaseState.CURRENT).order_by()
    found = rows.values_list("case_id").annotate(first=Min("meeting__held_on"), last=Max("meeting__held_on"))
    return {case: (first, last) for case, first, last in found if case}


def _item(row: dict[str, Any], body: Body, spans: dict[UUID, tuple[date, date]], is_minutes: bool) -> _Item:
    held_on: date = row["meeting__held_on"]
    is_closed = row["access"] == Access.CLOSED
    outcome = _own_outcome(row["told_decisions"] or [], body, held_on) if is_minutes and not is_closed else None
    return _Item(
        pk=row["pk"],
        held_on=held_on,
        is_sub=row["parent_id"] is not None,
        ground=(row["told_withheld"] or {}).get("ground", "") if is_closed else "",
        outcome=outcome,
        is_late=bool(row["told_late_reason"] or row["told_supplement"]),
        days=_days(row, outcome, held_on, spans.get(row["case_id"])),
    )


def _own_outcome(decisions: list[dict[str, Any]], body: Body, held_on: date) -> str | None:
    """The outcome of this body's decision of the day; "" where the words alone say it."""
    own = [
        one["outcome"]
        for one in decisions
        if one["body"] in ("", body.name, body.code) and one["decided_on"] in (None, held_on.isoformat())
    ]
    return str(own[-1]) if own else None


def _days(row: dict[str, Any], outcome: str | None, held_on: date, span: tuple[date, date] | None) -> int | None:
    if outcome is None or outcome in GOES_ON or span is None or span[1] != held_on or row["parent_id"]:
        return None
    goes_on = any(step["on"] and step["on"] > held_on.isoformat() for step in row["told_path"] or ())
    return None if goes_on else (held_on - span[0]).days


def _report(asked: Asked, body: Body, public: str, now: _Year, before: _Year) -> FiguresReport:
    title = gettext("{body}, the year {year}").format(body=body.name, year=now.label)
    made = (
        _meetings(now, before),
        _decisions(now, before),
        _time(now, before),
        _closed(now, before),
        _late(now),
        _attendance(now),
    )
    return FiguresReport(
        kind=FiguresKind.BODY_YEAR,
        authority=asked.authority.name,
        title=title,
        standfirst=_standfirst(now),
        period_start=asked.period_start,
        period_end=asked.period_end,
        sections=tuple(section for section in made if section),
        body=public,
        counted=tuple(meeting_ref(row.pk) for row in (*before.meetings, *now.meetings)),
    )


def _standfirst(now: _Year) -> str:
    meetings = ngettext("{count} meeting", "{count} meetings", len(now.meetings)).format(count=len(now.meetings))
    items = ngettext("{count} item", "{count} items", len(now.items)).format(count=len(now.items))
    share = None if now.closed is None else share_of(now.closed, len(now.items))
    words = gettext("{meetings} with {items} are public.").format(meetings=meetings, items=items)
    if share is None:
        return words
    closed = gettext("{share} per cent of the items were closed.").format(share=share)
    return f"{words} {closed}"


def _compared(
    caption: str, now: _Year, before: _Year, rows: Sequence[tuple[str, int | None, int | None]]
) -> FigureTable:
    headings = (gettext("Figure"), now.label, before.label, pgettext("figures", "Change"))
    cells = tuple(
        (FigureCell(label), _number(this), _number(that), FigureCell(_change(this, that))) for label, this, that in rows
    )
    return FigureTable(caption, headings, cells)


def _number(figure: int | None) -> FigureCell:
    return FigureCell(value=Absent.HIDDEN if figure is None else figure)


def _change(this: int | None, that: int | None) -> str:
    return "–" if this is None or that is None else change_words(this, that)


def _meetings(now: _Year, before: _Year) -> FigureSection:
    heading = gettext("Meetings and items")
    rows: list[tuple[str, int | None, int | None]] = [
        (gettext("Meetings of which something is public"), len(now.meetings), len(before.meetings)),
        (gettext("Items, with sub-items"), len(now.items), len(before.items)),
        (gettext("Closed items"), now.closed, before.closed),
    ]
    words = gettext(
        "Counted is what is public of the body’s meetings; a closed item counts as the papers say that it was there."
    )
    return FigureSection(heading, (words,), table=_compared(heading, now, before, rows))


def _decisions(now: _Year, before: _Year) -> FigureSection | None:
    heading = gettext("Decisions by outcome")
    choices = [*Outcome.choices, ("", gettext("Said in words alone"))]
    counted = _counted(choices, [[item.outcome for item in year.items] for year in (now, before)])
    if not counted:
        return None
    bars = tuple(Bar(label, (this, that)) for label, this, that in counted)
    plot = BarPlot(heading, gettext("Outcome"), (now.label, before.label), bars, form="grouped")
    words = gettext("The decisions on open items. Of a closed item the public is told what its page says.")
    return FigureSection(heading, (words,), FigurePlot.of(plot), _compared(heading, now, before, counted))


def _counted(
    choices: Sequence[tuple[str, object]], found: Sequence[Sequence[str | None]]
) -> list[tuple[str, int, int]]:
    """How many of each choice there are in the two years; those that there are."""
    this, that = found
    rows = ((str(capfirst(str(label))), this.count(value), that.count(value)) for value, label in choices)
    return [row for row in rows if row[1] or row[2]]


def _time(now: _Year, before: _Year) -> FigureSection | None:
    spread, earlier = spread_of(now.days), spread_of(before.days)
    if spread is None:
        return None
    heading = gettext("From first step to final decision")
    words = gettext(
        "Days from the first public meeting that had the case on its agenda, at whatever body, to the decision after which "
        "nothing more was planned. Counted are open cases that this body decided finally; not what it recommended, "
        "postponed, returned, sent on or halted."
    )
    labels = (
        gettext("Cases finally decided"), gettext("A quarter took at most, days"),
        gettext("Half took at most (median), days"), gettext("Three quarters took at most, days"),
        gettext("The longest, days"),
    )  # fmt: skip
    rows = tuple(
        (FigureCell(label), *cells) for label, *cells in zip(labels, _spread(spread), _spread(earlier), strict=True)
    )
    return FigureSection(
        heading, (words,), table=FigureTable(heading, (gettext("Figure"), now.label, before.label), rows)
    )


def _spread(spread: Spread | None) -> list[FigureCell]:
    if spread is None:
        return [FigureCell(value=0), *[FigureCell("–")] * 4]
    middle = (FigureCell(value=value, decimals=1) for value in (spread.first, spread.median, spread.third))
    return [FigureCell(value=spread.count), *middle, FigureCell(value=spread.longest)]


def _closed(now: _Year, before: _Year) -> FigureSection | None:
    grounds = sorted({*now.grounds, *before.grounds})
    if not grounds:
        return None
    heading = gettext("Why items were closed")
    rows = [(str(capfirst(one)), now.grounds.get(one, 0), before.grounds.get(one, 0)) for one in grounds]
    words = gettext(
        "An item is closed by kommunestyrelsesloven § 10; what is secret follows from forvaltningsloven § 27."
    )
    return FigureSection(heading, (words,), table=_compared(heading, now, before, rows))


def _late(now: _Year) -> FigureSection | None:
    found = [item_ref(item.pk) for item in now.items if item.is_late and not item.is_sub]
    if not found:
        return None
    heading = gettext("Items that came late")
    rows = tuple((FigureCell(link=link), FigureCell(link=link, says=LATE_REASON)) for link in found)
    words = gettext(
        "What came on a supplementary agenda or after the deadline (kommunestyrelsesloven § 8), with the printed reason."
    )
    return FigureSection(heading, (words,), table=FigureTable(heading, (gettext("Item"), gettext("Reason")), rows))


def _attendance(now: _Year) -> FigureSection | None:
    found = [row for row in now.meetings if row.is_minutes and row.present is not None]
    if not found:
        return None
    heading = gettext("Attendance")
    rows = tuple(
        (
            FigureCell(link=meeting_ref(row.pk)),
            FigureCell(value=row.present),
            FigureCell("–") if row.absent is None else FigureCell(value=row.absent),
        )
        for row in found
    )
    words = gettext("As the released protocols say it; who was there for a part of the meeting is present.")
    headings = (gettext("Meeting"), gettext("Present"), gettext("Absent"))
    return FigureSection(heading, (words,), table=FigureTable(heading, headings, rows))


MAKER = Maker(FiguresKind.BODY_YEAR, offers, make)
