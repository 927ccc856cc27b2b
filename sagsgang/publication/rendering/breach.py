"""The breach checklist as a text for the house's own file (GDPR art. 33, 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from sagsgang.publication.models import Breach, BreachKind
from sagsgang.publication.rules.breach import POINTS, deadline


@dataclass(frozen=True, slots=True)
class BreachFacts:
    """The release that was taken back."""

    meeting_id: UUID
    body_id: UUID
    body: str
    held_on: date
    number: int
    kind: str
    released_at: datetime
    withdrawn_at: datetime
    withdrawn_by: str
    reason: str


def point_words() -> dict[str, str]:
    """The points of the list by their names."""
    return {
        "personal": gettext("Was personal data out that should not have been?"),
        "kinds": gettext("Which kinds?"),
        "persons": gettext("How many persons does it concern?"),
        "seen_by": gettext("Who can have seen it, and for how long was it out?"),
        "risk": gettext("How great is the risk to the persons?"),
        "risk_note": gettext("Why the risk is judged so"),
        "officer_told": gettext("Has the data protection officer been told?"),
        "agency_told": gettext("Has the Data Protection Agency been told?"),
        "persons_told": gettext("Have the persons been told?"),
        "engines_told": gettext("Have the search engines been asked to forget it?"),
        "measures": gettext("What is done so that it does not happen again?"),
    }


def breach_text(breach: Breach, facts: BreachFacts) -> str:
    """The whole checklist, a line for each point; ends with a line break."""
    return "\n".join([*_head(breach, facts), "", *_points(breach), "", _foot(breach), ""])


def _head(breach: Breach, facts: BreachFacts) -> Iterator[str]:
    yield gettext("Checklist of a withdrawn release")
    yield f"{facts.body}, {date_format(facts.held_on, 'DATE_FORMAT')}"
    yield gettext("Release no. {number}: {kind}").format(number=facts.number, kind=facts.kind)
    yield gettext("Released: {moment}").format(moment=_moment(facts.released_at))
    yield gettext("Withdrawn: {moment}, by {name}").format(moment=_moment(facts.withdrawn_at), name=facts.withdrawn_by)
    yield gettext("Reason: {reason}").format(reason=facts.reason)
    yield gettext("Discovered: {moment}").format(moment=_moment(breach.discovered_at))
    yield gettext("The agency is told before: {moment}").format(moment=_moment(deadline(breach.discovered_at)))


def _points(breach: Breach) -> Iterator[str]:
    kinds = dict(BreachKind.choices)
    answers = {
        "personal": breach.get_personal_display(),
        "kinds": ", ".join(str(kinds[kind]) for kind in breach.kinds),
        "persons": "" if breach.persons is None else str(breach.persons),
        "risk": breach.get_risk_display(),
        "officer_told": _told(breach.get_officer_told_display(), breach.officer_note),
        "agency_told": _told(breach.get_agency_told_display(), breach.agency_note),
        "persons_told": _told(breach.get_persons_told_display(), breach.persons_note),
        "engines_told": _told(breach.get_engines_told_display(), breach.engines_note),
    }
    words, unanswered = point_words(), gettext("(not answered)")
    for name in POINTS:
        answer = answers[name] if name in answers else getattr(breach, name)
        yield f"{words[name]} {answer or unanswered}"


def _told(told: str, note: str) -> str:
    return ". ".join(part for part in (told, note) if part)


def _foot(breach: Breach) -> str:
    if breach.closed_at is None:
        return gettext("The list is open.")
    return gettext("Closed: {moment}, by {name}").format(moment=_moment(breach.closed_at), name=str(breach.closed_by))


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "j. F Y H.i")
