"""The auditor's table as an accessible PDF for the archive."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, override, pgettext

from sagsgang.bodies.models import Authority
from sagsgang.documents.pdf import Pdf, render_pdf
from sagsgang.policies.queries.evidence import Answer, Line

LANGUAGE = "da"  # an auditor's file is a Danish document, whatever language its reader chose
TEMPLATE = Path(__file__).parent / "evidence.typ"


def evidence_pdf(authority: Authority, on: date, lines: Sequence[Line], *, made_at: datetime) -> Pdf:
    """Print what answered each requirement on that day; the same arguments give the same bytes.

    A decision in a closed item is told by body and day alone, whoever prints, and so is a guideline that she may not read.
    """
    with override(LANGUAGE):
        day = date_format(on, "DATE_FORMAT")
        title = gettext("Requirements and the policies in force on {day}").format(day=day)
        unmet = sum(not line.is_met for line in lines)
        sheet: dict[str, Any] = {
            "labels": {
                "page": gettext("Page {page} of {pages}"),
                "columns": [
                    gettext("Requirement"),
                    gettext("Policy"),
                    gettext("Version in force"),
                    pgettext("policy", "Approved"),
                    gettext("Where it is read"),
                ],
            },
            "authority": authority.name,
            "summary": _summary(len(lines), unmet),
            "made": gettext("Printed on {day}").format(day=date_format(localtime(made_at), "DATE_FORMAT")),
            "rows": [row for line in lines for row in _rows(line)],
        }
        return render_pdf(TEMPLATE, sheet, title=title, made_at=made_at)


def _summary(count: int, unmet: int) -> str:
    words = ngettext("{count} requirement.", "{count} requirements.", count).format(count=count)
    if not count:
        return gettext("No requirement is entered.")
    if not unmet:
        return " ".join([words, gettext("A version in force answered each of them.")])
    lacking = ngettext(
        "{count} of them was answered by no version in force.",
        "{count} of them were answered by no version in force.",
        unmet,
    )
    return f"{words} {lacking.format(count=unmet)}"


def _rows(line: Line) -> list[dict[str, str]]:
    head = {"code": str(line.requirement), "words": line.requirement.words}
    if not line.answers:
        empty = {
            "policy": gettext("nothing is entered"),
            "version": "–",
            "since": "",
            "approved": "–",
            "how": "",
            "place": "–",
        }
        return [head | empty]
    return [head | _cells(one) for one in line.answers]


def _cells(one: Answer) -> dict[str, str]:
    cells = {"policy": name_of(one), "place": one.place or "–"}
    if one.version is None or one.approved is None or one.since is None:
        words = gettext("no answering version was in force")
        return cells | {"version": words, "since": "", "approved": "–", "how": ""}
    since = gettext("in force from {day}").format(day=_day(one.since))
    approved = f"{one.approved.body} {_day(one.approved.on)}"
    return cells | {
        "version": str(one.version.number), "since": since, "approved": approved, "how": how_approved(one),
    }  # fmt: skip


def _day(day: date) -> str:
    """In words that stay on one line."""
    return date_format(day, "j. F Y").replace(" ", "\N{NO-BREAK SPACE}")


def name_of(one: Answer) -> str:
    """The policy's name, or that it is not for this reader."""
    return one.policy.name if one.policy else gettext("a guideline that is not open to all")


def how_approved(one: Answer) -> str:
    """How an approval is known: by a decision, in a closed item, or by a source outside this system."""
    approved = one.approved
    if approved is None or one.policy is None:
        return ""
    if approved.item is None:
        return gettext("stated: {source}").format(source=approved.source)
    if approved.is_closed:
        return gettext("decided in a closed item")
    return gettext("decision on item {number}").format(number=approved.number)
