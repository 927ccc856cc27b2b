"""The wheel as an accessible PDF for the archive: the drawing, and the table of the same."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from sagsgang.documents.pdf import Pdf, render_pdf
from sagsgang.wheel.queries.lines import Wheel
from sagsgang.wheel.rendering.drawing import draw_wheel
from sagsgang.wheel.rendering.picture import picture_of
from sagsgang.wheel.rendering.shown import ShownLine, shown_wheel

LANGUAGE = "da"  # what is laid on an agenda is a Danish document, whatever language its reader chose
TEMPLATE = Path(__file__).parent / "wheel.typ"


def wheel_pdf(wheel: Wheel, *, made_at: datetime) -> Pdf:
    """Print the wheel as it stands; the same arguments give the same bytes."""
    with override(LANGUAGE):
        shown = shown_wheel(wheel)
        picture = picture_of(shown)
        day = date_format(localtime(made_at), "DATE_FORMAT")
        sheet: dict[str, Any] = {
            "labels": {
                "page": gettext("Page {page} of {pages}"),
                "table": gettext("The days of the year"),
                "columns": [
                    gettext("No."),
                    gettext("Date"),
                    gettext("What"),
                    gettext("When it returns, and its path"),
                    gettext("State"),
                ],
            },
            "authority": shown.authority,
            "summary": shown.summary,
            "description": picture.description,
            "svg": draw_wheel(picture),
            "made": gettext("As it stood on {day}").format(day=day),
            "rows": [_row(line) for line in shown.lines],
        }
        return render_pdf(TEMPLATE, sheet, title=shown.title, made_at=made_at)


def _row(line: ShownLine) -> dict[str, str]:
    aside = (line.body, line.owner, line.law, line.note)
    return {
        "number": str(line.number),
        "day": date_format(line.on, "j. b"),
        "title": line.title,
        "aside": " · ".join(part for part in aside if part),
        "rule": line.rule,
        "path": " → ".join(f"{step.body} {date_format(step.on, 'j. b')}" for step in line.path),
        "state": line.state_words,
    }
