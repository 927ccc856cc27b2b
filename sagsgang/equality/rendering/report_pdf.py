"""The figures of a report as an accessible PDF: for the case, and so for the bodies that treat it. Heads are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override, pgettext

from sagsgang.documents.pdf import Pdf, render_pdf
from sagsgang.equality.models import Count, Report
from sagsgang.equality.rules.differences import Difference
from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.shares import percents_of
from sagsgang.equality.shapes import Figures, Headcount

LANGUAGE = "da"  # a report is a Danish document, whatever language its maker works in
TEMPLATE = Path(__file__).parent / "report.typ"


@dataclass(frozen=True, slots=True)
class Changes:
    """What is another figure than in the `version` that a body has seen."""

    version: int
    rows: Sequence[Difference]


def report_title(year: int) -> str:
    """What the attachment is called, and its file."""
    with override(LANGUAGE):
        return gettext("Equality report {year}: leaders by level and sex").format(year=year)


def report_pdf(report: Report, count: Count, values: Headcount, changes: Changes | None, *, made_at: datetime) -> Pdf:
    """Print a version of the figures; the same arguments give the same bytes. Call it in `LANGUAGE` for `changes`."""
    with override(LANGUAGE):
        sheet: dict[str, Any] = {
            "labels": _labels(),
            "authority": count.authority.name,
            "facts": _facts(report, count),
            "purposes": report.purpose_lines,
            "changed": gettext("Changed since version {number}").format(number=changes.version) if changes else "",
            "changes": [
                {"place": row.place, "sex": row.sex, "then": str(row.then), "now": str(row.now)}
                for row in (changes.rows if changes else ())
            ],
            "rows": [_row(name, figures) for name, figures in _lines(values)],
            "bars": [_bar(level_name(level), figures) for level, figures in sorted(values.levels.items())],
            "made": gettext("Printed on {day}").format(day=date_format(localtime(made_at), "DATE_FORMAT")),
        }
        return render_pdf(TEMPLATE, sheet, title=report_title(report.period_to.year), made_at=made_at)


def _labels() -> dict[str, Any]:
    women, men, others = gettext("Women"), gettext("Men"), gettext("Others")
    level = pgettext("leaders", "Level")
    return {
        "page": gettext("Page {page} of {pages}"),
        "purposes": gettext("Purpose of the report"),
        "figures": gettext("Leaders by level and sex"),
        "plot": gettext("The shares drawn"),
        "columns": [level, women, men, others, pgettext("heads", "All")],
        "change_columns": [level, gettext("Sex"), gettext("Before"), gettext("Now")],
        "key": gettext("Dark green: women. Light blue: men. Grey: others. The width is the share of the level."),
    }


def _facts(report: Report, count: Count) -> list[str]:
    day = date_format(count.snapshot_on, "DATE_FORMAT")
    since, until = (date_format(one, "DATE_FORMAT") for one in (report.period_from, report.period_to))
    lines = [
        gettext("Period: {since} to {until}.").format(since=since, until=until),
        gettext("Counted on {day}. Version {number}.").format(day=day, number=count.version),
        gettext("The figures are people, each counted once, and not full-time equivalents."),
        *_source(count),
    ]
    if count.signed_off_at is None:
        return [*lines, gettext("The figures are not signed off yet.")]
    signed = date_format(localtime(count.signed_off_at), "DATE_FORMAT")
    return [*lines, gettext("Signed off {day} by {who}.").format(day=signed, who=count.signed_off_by)]


def _source(count: Count) -> list[str]:
    if count.is_typed:
        return [gettext("Source: typed by {who}.").format(who=count.made_by)]
    words = gettext("Source: {source}.").format(source=count.source_system)
    if count.extracted_on:
        taken = gettext("Extracted {day}.").format(day=date_format(count.extracted_on, "DATE_FORMAT"))
        words = f"{words} {taken}"
    return [words]


def _lines(values: Headcount) -> list[tuple[str, Figures]]:
    lines = [(level_name(level), figures) for level, figures in sorted(values.levels.items())]
    lines += [(level_name(None), values.leaders)] if values.leaders else []
    return [*lines, (gettext("all employees"), values.staff)] if values.staff else lines


def _row(name: str, figures: Figures) -> dict[str, Any]:
    heads = (figures.women, figures.men, figures.other)
    cells = [f"{head} · {share} %" for head, share in zip(heads, percents_of(heads), strict=True)]
    return {"name": name[:1].upper() + name[1:], "cells": [*cells, str(figures.heads)]}


def _bar(name: str, figures: Figures) -> dict[str, Any]:
    heads = (figures.women, figures.men, figures.other)
    shares = percents_of(heads)
    shown = [(at, head) for at, head in enumerate(heads) if head]
    words = gettext("Women {women} ({women_share} %), men {men} ({men_share} %)").format(
        women=heads[0], women_share=shares[0], men=heads[1], men_share=shares[1]
    )
    if figures.other:
        others = gettext("others {other} ({share} %)").format(other=heads[2], share=shares[2])
        words = f"{words}, {others}"
    return {
        "name": name[:1].upper() + name[1:],
        "parts": [head for _at, head in shown],
        "tones": [at for at, _head in shown],
        "words": words,
    }
