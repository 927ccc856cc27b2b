"""Released figures as an accessible PDF for the archive."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from sagsgang.core.plots import draw_plot, told_of
from sagsgang.core.plots.words import hidden_words
from sagsgang.documents.pdf import Pdf, render_pdf
from sagsgang.publication.figures.cells import hides, shown_table, word_columns
from sagsgang.publication.figures.places import taken_back_words
from sagsgang.publication.figures.tree import FiguresDocument, FigureSection, FigureTable
from sagsgang.publication.rendering import labels

TEMPLATE = Path(__file__).parent / "figures.typ"


def figures_pdf(document: FiguresDocument, *, is_worn: bool = False) -> Pdf:
    """Print figures whose report is resolved; the same document gives the same bytes.

    `is_worn`: something in it was taken back, and the print says so.
    """
    report = document.report
    with override(labels.LANGUAGE):
        sheet: dict[str, Any] = {
            "page": gettext("Page {page} of {pages}"),
            "authority": report.authority,
            "released": gettext("Released on {day}").format(
                day=date_format(localtime(document.released_at), "DATE_FORMAT")
            ),
            "standfirst": report.standfirst,
            "reason": gettext("Corrected: {reason}").format(reason=document.reason) if document.reason else "",
            "worn": taken_back_words() if is_worn else "",
            "sections": [section_sheet(section) for section in report.sections],
        }
        return render_pdf(TEMPLATE, sheet, title=report.title, made_at=document.released_at)


def section_sheet(section: FigureSection) -> dict[str, Any]:
    """A resolved section as `figures.typ` prints it."""
    plot = section.plot.drawn if section.plot else None
    return {
        "heading": section.heading,
        "paragraphs": list(section.paragraphs),
        "plot": {"title": plot.title, "svg": draw_plot(plot), "told": told_of(plot)} if plot else None,
        "table": _table(section.table) if section.table else None,
        "sources": [gettext("Source: %(source)s") % {"source": source} for source in section.sources],
    }


def _table(table: FigureTable) -> dict[str, Any]:
    shown = shown_table(table)
    return {
        "caption": table.caption,
        "headings": list(shown.headings),
        "words": word_columns(shown),
        "rows": [
            [{"text": cell.text, "href": cell.href, "number": cell.is_number} for cell in row] for row in shown.rows
        ],
        "note": hidden_words() if hides(table) else "",
    }
