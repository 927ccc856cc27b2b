"""The yearly report of a body on paper and for a spreadsheet: numbers of rows, no names and no titles."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override, pgettext

from sagsgang.bodies.models import Body
from sagsgang.core.spreadsheets import as_csv
from sagsgang.documents.pdf import Pdf, render_pdf
from sagsgang.publication.figures.cells import shown_table
from sagsgang.publication.rendering.figures_pdf import TEMPLATE, section_sheet
from sagsgang.reports.queries.year import Year
from sagsgang.reports.rendering.body_year import no_address, sections_of
from sagsgang.reports.rendering.body_year_words import period_words
from sagsgang.reports.rules import Period

LANGUAGE = "da"  # a file is a Danish document, whatever language its reader chose


def report_title(body: Body, period: Period) -> str:
    """What the report is called."""
    return gettext("{body}, report of {period}").format(body=body.name, period=period_words(period))


def report_pdf(body: Body, year: Year, *, made_at: datetime) -> Pdf:
    """Print it as an accessible PDF; the same arguments give the same bytes."""
    with override(LANGUAGE):
        sheet: dict[str, Any] = {
            "page": gettext("Page {page} of {pages}"),
            "authority": body.authority.name,
            "released": gettext("Printed on {day}").format(day=date_format(localtime(made_at), "DATE_FORMAT")),
            "standfirst": gettext("To monitor, compare and promote. For use in the house."),
            "reason": "",
            "sections": [section_sheet(one) for one in sections_of(year, no_address, lambda _item: "")],
        }
        return render_pdf(TEMPLATE, sheet, title=report_title(body, year.period), made_at=made_at)


def report_csv(year: Year) -> bytes:
    """Its tables below each other; the first column says of which section. What changed is left to the spreadsheet."""
    lines: list[tuple[str, ...]] = []
    with override(LANGUAGE):
        for section in sections_of(year, no_address, lambda _item: ""):
            if section.table:
                table = shown_table(section.table)
                kept = [at for at, words in enumerate(table.headings) if words != pgettext("figures", "Change")]
                lines.append((gettext("Section"), *(table.headings[at] for at in kept)))
                lines += [(section.heading, *(row[at].text for at in kept)) for row in table.rows]
        return as_csv(lines)
