"""Examples of good practice as CSV that Danish Excel opens, and as an accessible PDF."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, override, pgettext

from sagsgang.bodies.models import Authority
from sagsgang.core.spreadsheets import as_csv
from sagsgang.documents.pdf import Pdf, render_pdf
from sagsgang.goals.queries.practice import FoundExamples, ShownExample

LANGUAGE = "da"  # a file is the house's own word, whatever language its reader chose
TEMPLATE = Path(__file__).parent / "practice.typ"


def examples_csv(found: FoundExamples) -> bytes:
    """A row for each of them; days are ISO."""
    with override(LANGUAGE):
        heading = (
            gettext("Title"), gettext("Why it is an example"), gettext("What others can learn"), gettext("Policy areas"),
            gettext("Global goals"), gettext("Contact, by role"), gettext("Matter"), gettext("Kind of matter"),
            gettext("Marked by"), gettext("Marked on"),
        )  # fmt: skip
        return as_csv([heading, *map(_row, found.shown)])


def _row(one: ShownExample) -> tuple[str, ...]:
    row = one.row
    return (
        row.title, row.why, row.learning, ", ".join(one.areas), "; ".join(one.goals), row.contact_role, one.matter,
        _kind(one), str(row.author), localtime(row.created_at).date().isoformat(),
    )  # fmt: skip


def _kind(one: ShownExample) -> str:
    return pgettext("kind of matter", "case") if one.row.case else pgettext("kind of matter", "project")


def examples_pdf(authority: Authority, found: FoundExamples, *, made_at: datetime) -> Pdf:
    """Print them; the same arguments give the same bytes."""
    with override(LANGUAGE):
        count = len(found.shown)
        sheet: dict[str, Any] = {
            "labels": {
                "page": gettext("Page {page} of {pages}"),
                "why": gettext("Why it is an example"),
                "learning": gettext("What others can learn"),
            },
            "authority": authority.name,
            "summary": ngettext("{count} example.", "{count} examples.", count).format(count=count),
            "made": gettext("Printed on {day}").format(day=date_format(localtime(made_at), "DATE_FORMAT")),
            "examples": [_example(one) for one in found.shown],
        }
        return render_pdf(TEMPLATE, sheet, title=gettext("Good practice"), made_at=made_at)


def _example(one: ShownExample) -> dict[str, Any]:
    row = one.row
    marked = gettext("Marked by {name} on {day}").format(
        name=row.author, day=date_format(localtime(row.created_at), "DATE_FORMAT")
    )
    facts = [
        (_kind(one).capitalize(), one.matter),
        (gettext("Policy areas"), ", ".join(one.areas)),
        (gettext("Global goals"), "; ".join(one.goals)),
        (gettext("Contact"), row.contact_role),
    ]
    return {
        "title": row.title,
        "why": row.why,
        "learning": row.learning,
        "facts": [list(fact) for fact in facts if fact[1]],
        "marked": marked,
    }
