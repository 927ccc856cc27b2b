"""Two readings in the council: both there, in order, far enough apart; and no body twice for the same (R11)."""

from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext as _

from sagsgang.bodies.models import BodyKind
from sagsgang.cases.plans import Finding, Severity
from sagsgang.cases.rules.path.nearest import nearest, nearest_words
from sagsgang.cases.rules.path.route import Place, Route
from sagsgang.cases.rules.path.words import day_words


def source(route: Route) -> str:
    """The law of two readings: of the budget, and of what else is read twice."""
    return _("Local Government Act § 38(1)") if route.plan.budget else _("Local Government Act § 2(2)")


def check_readings(route: Route) -> Iterator[Finding]:
    """The council's readings 1 and 2; the budget must have both."""
    council = [place for place in route.places if place.body.kind == BodyKind.COUNCIL]
    firsts = [place for place in council if place.step.reading == 1]
    seconds = [place for place in council if place.step.reading == 2]
    for second in seconds:
        yield from _second(route, second, firsts)
    if firsts and not seconds:
        yield _without_second(route, firsts[-1])
    if route.plan.budget and council and not firsts and not seconds:
        sentence = _("The budget must be read twice in %(body)s, at least three weeks apart: state both readings.")
        yield Finding(council[-1].at, "R11", "error", source(route), sentence % {"body": council[-1].name})


def _without_second(route: Route, first: Place) -> Finding:
    severity: Severity = "error" if route.plan.budget else "warning"
    sentence = _("The path has a first reading in %(body)s, but no second one.") % {"body": first.name}
    return Finding(first.at, "R11", severity, source(route), sentence)


def _second(route: Route, second: Place, firsts: list[Place]) -> Iterator[Finding]:
    words = {"body": second.name}
    first = route.first_reading(second)
    if first is None:
        if any(place.step.body == second.step.body for place in firsts):
            sentence = _("The second reading in %(body)s stands before the first one. Change their order.")
        else:
            sentence = _("The path has a second reading in %(body)s, but no first one.")
        yield Finding(second.at, "R11", "error", source(route), sentence % words)
        return
    if not (first.on and second.on) or second.on >= first.on + route.reading_gap:
        return
    sentence = _(
        "The readings in %(body)s on %(first)s and %(second)s are too close: the second may be on %(earliest)s at the"
        " earliest, %(days)s days after the first."
    ) % {
        **words, "first": day_words(first.on), "second": day_words(second.on), "days": route.reading_gap.days,
        "earliest": day_words(first.on + route.reading_gap),
    }  # fmt: skip
    found = nearest(route, second)
    message = f"{sentence} {nearest_words(second, found)}"
    yield Finding(second.at, "R11", "error", source(route), message, found.day if found else None)


def check_twice(route: Route) -> Iterator[Finding]:
    """The same body for the same reading is an error; twice for the same purpose without readings is worth a question."""
    reported: set[int] = set()
    for earlier, later in combinations(route.places, 2):
        if earlier.step.body != later.step.body or later.at in reported:
            continue
        readings = (earlier.step.reading, later.step.reading)
        if readings[0] is not None and readings[0] == readings[1]:
            sentence = _("%(body)s has reading %(reading)s twice on the path. Take one of the steps out.")
            severity: Severity = "error"
        elif readings == (None, None) and (earlier.step.purpose == later.step.purpose or earlier.stage == later.stage):
            sentence = _(
                "%(body)s stands twice on the path for the same. Take one out, or state first and second reading."
            )
            severity = "warning"
        else:
            continue
        reported.add(later.at)
        words = {"body": later.name, "reading": later.step.reading}
        yield Finding(later.at, "R11", severity, source(route), sentence % words)
