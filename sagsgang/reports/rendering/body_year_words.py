"""What the figures of a yearly report are called."""

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext

from sagsgang.cases.models import ItemKind
from sagsgang.documents.access import Ground
from sagsgang.meetings.models import Outcome
from sagsgang.reports.queries.year import UNSAID
from sagsgang.reports.rules import Period


def period_words(period: Period) -> str:
    """The period as a heading: "2025", "first half of 2025"."""
    words = {
        "": "{year}",
        "h1": gettext("first half of {year}"),
        "h2": gettext("second half of {year}"),
        "q1": gettext("first quarter of {year}"),
        "q2": gettext("second quarter of {year}"),
        "q3": gettext("third quarter of {year}"),
        "q4": gettext("fourth quarter of {year}"),
    }
    return words[period.part].format(year=period.year)


def part_choices() -> list[tuple[str, str]]:
    """The year and its parts, to choose among."""
    return [
        ("", gettext("the whole year")),
        ("h1", gettext("first half")),
        ("h2", gettext("second half")),
        ("q1", gettext("first quarter")),
        ("q2", gettext("second quarter")),
        ("q3", gettext("third quarter")),
        ("q4", gettext("fourth quarter")),
    ]


def label_of(key: str) -> str:
    """What a figure of `queries.year.FIGURES` is called."""
    family, _dash, rest = key.partition("-")
    if family == "outcome":
        return capfirst(str(Outcome(rest).label)) if rest != UNSAID else gettext("Said in words alone")
    if family == "kind":
        return _kinds()[rest]
    if family == "ground":
        return capfirst(str(Ground(rest).label))
    return _labels()[key]


def _kinds() -> dict[str, str]:
    return {
        ItemKind.DECISION: gettext("Of them for decision"),
        ItemKind.DISCUSSION: gettext("Of them for discussion"),
        ItemKind.ORIENTATION: gettext("Of them for orientation"),
        UNSAID: gettext("Of them without a kind"),
    }


def _labels() -> dict[str, str]:
    return {
        "meetings": gettext("Meetings held"),
        "meetings-extraordinary": gettext("Of them extraordinary"),
        "meetings-cancelled": gettext("Meetings cancelled"),
        "items": gettext("Items, with sub-items"),
        "items-open": gettext("Open items"),
        "items-closed": gettext("Closed items"),
        "decisions": gettext("Items decided"),
        "cases-ended": gettext("Cases finally decided"),
        "closed-decisions": gettext("Closed decisions"),
        "closed-extract": gettext("Of them with a public extract"),
        "closed-reason": gettext("Of them with a stated reason why there is none"),
        "closed-nothing": gettext("Closed decisions without extract and reason"),
        "reviews-due": gettext("Closed items to be asked about again"),
        "late": gettext("Late items"),
        "late-supplement": gettext("On a supplementary agenda"),
        "late-deadline": gettext("Sent after the deadline"),
        "presence-whole": gettext("Present the whole meeting"),
        "presence-partly": gettext("Present for a part"),
        "presence-substituted": gettext("Absent, with a substitute"),
        "presence-absent": gettext("Absent, without a substitute"),
        "presence-substitute": gettext("Substitutes present"),
        "follow-ups": gettext("Follow-ups given"),
        "follow-ups-done": gettext("Follow-ups done"),
        "follow-ups-overdue": gettext("Follow-ups overdue"),
        "signatures": gettext("Signatures that are missing"),
    }


def average_heading(others: int) -> str:
    """The heading of the column of the other bodies."""
    return ngettext("Average of {count} other body", "Average of {count} other bodies", others).format(count=others)


def others_words() -> str:
    """Why that column is not there."""
    return gettext(
        "Fewer than three other bodies held meetings: an average of them would tell the figures of one, and is left out."
    )


def short_how_words() -> tuple[str, ...]:
    """The same as the headings of narrow columns, in the order of `How`."""
    return (
        pgettext("presence", "The whole meeting"),
        pgettext("presence", "A part"),
        pgettext("presence", "Absent, substituted"),
        pgettext("presence", "Absent"),
        pgettext("presence", "Substitutes"),
    )


def how_words() -> dict[str, str]:
    """How somebody took part, in the lines of a list."""
    return {
        "whole": pgettext("presence", "the whole meeting"),
        "partly": pgettext("presence", "a part of it"),
        "substituted": pgettext("presence", "absent, with a substitute"),
        "absent": pgettext("presence", "absent, without a substitute"),
        "substitute": pgettext("presence", "sat in as a substitute"),
    }
