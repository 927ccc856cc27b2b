"""Is each step on a day when its body meets, in order, and with the protocol of the step before in time? (R1, R4, R6)"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import FIRST_YEAR, LAST_YEAR, why_closed
from sagsgang.cases.plans import Finding
from sagsgang.cases.rules.path.nearest import nearest, nearest_words
from sagsgang.cases.rules.path.route import Place, Route, days_of, demands, lateness
from sagsgang.cases.rules.path.words import agenda_source, day_words, near_words, plan_source


def check_meetings(route: Route) -> Iterator[Finding]:
    """R1: the step has a day, the body meets on it, and it is a day on which one meets."""
    for place in route.places:
        if place.on is None:
            yield _without_day(route, place)
        elif place.on not in route.meetings[place.step.body]:
            yield _no_meeting(route, place, place.on)
        elif why := why_closed(place.on, route.plan.closing_days):
            yield _on_closed_day(route, place, place.on, why)


def _without_day(route: Route, place: Place) -> Finding:
    if place.step.on:
        sentence = _("%(day)s lies outside the years %(first)s–%(last)s.") % {
            "day": place.step.on.isoformat(), "first": FIRST_YEAR, "last": LAST_YEAR,
        }  # fmt: skip
        return Finding(place.at, "R1", "error", plan_source(place.body), sentence)
    sentence = _("No meeting of %(body)s is chosen yet.") % {"body": place.name}
    found = nearest(route, place)
    if found:
        sentence = f"{sentence} {nearest_words(place, found)}"
    return Finding(place.at, "R1", "warning", plan_source(place.body), sentence, found.day if found else None)


def _no_meeting(route: Route, place: Place, on: date) -> Finding:
    sentence = _("The meeting plan has no meeting of %(body)s on %(day)s.") % {"body": place.name, "day": day_words(on)}
    found = nearest(route, place)
    message = f"{sentence} {nearest_words(place, found)}"
    return Finding(place.at, "R1", "error", plan_source(place.body), message, found.day if found else None)


def _on_closed_day(route: Route, place: Place, on: date, why: str) -> Finding:
    sentence = _("The meeting of %(body)s on %(day)s falls on a day that is no working day (%(why)s).") % {
        "body": place.name, "day": day_words(on), "why": why,
    }  # fmt: skip
    found = nearest(route, place, safe_only=True)
    message = f"{sentence} {nearest_words(place, found)}"
    return Finding(place.at, "R1", "warning", plan_source(place.body), message, found.day if found else None)


def check_agenda_days(route: Route) -> Iterator[Finding]:
    """R4: a body's deadline may differ, but the duty to send an agenda may not be waived."""
    seen: set[str] = set()
    for place in route.places:
        if place.body.agenda_days < 1 and place.body.code not in seen:
            sentence = _(
                "%(body)s gets its agenda 0 working days before the meeting. The duty to send an agenda may not be"
                " waived: set the deadline to at least 1 working day."
            ) % {"body": place.name}
            yield Finding(place.at, "R4", "error", agenda_source(place.body), sentence)
        seen.add(place.body.code)


def check_order(route: Route) -> Iterator[Finding]:
    """R6: each step later than those before it, and their protocols with it when its material goes out."""
    days = days_of(route)
    for place in route.places:
        if place.on is None:
            continue
        asked = demands(route, place, days)
        if asked.last and asked.last[0] >= place.on:
            yield _out_of_order(route, place, place.on, *asked.last)
        elif asked.protocol:
            yield from _collision(route, place, place.on, *asked.protocol)


def _out_of_order(route: Route, place: Place, on: date, last_on: date, last: Place) -> Finding:
    sentence = _(
        "%(body)s comes after %(earlier)s on the path, but its meeting on %(day)s is not later than the one on"
        " %(earlier_day)s."
    ) % {"body": place.name, "earlier": last.name, "day": day_words(on), "earlier_day": day_words(last_on)}
    found = nearest(route, place)
    message = f"{sentence} {nearest_words(place, found)}"
    return Finding(place.at, "R6", "error", agenda_source(place.body), message, found.day if found else None)


def _collision(route: Route, place: Place, on: date, ready_on: date, earlier: Place) -> Iterator[Finding]:
    safe, outer = route.deadlines(place, on)
    severity = lateness(ready_on, (safe, outer))
    if severity is None:
        return
    words = {
        "earlier": earlier.name, "earlier_day": near_words(earlier.on or ready_on, on), "ready": near_words(ready_on, on),
        "body": place.name, "day": day_words(on), "safe": near_words(safe, on), "outer": near_words(outer, on),
    }  # fmt: skip
    if safe == outer:
        sentence = _(
            "The protocol of %(earlier)s %(earlier_day)s cannot go on before %(ready)s, but the material for %(body)s"
            " %(day)s must be out by %(safe)s."
        )
    else:
        sentence = _(
            "The protocol of %(earlier)s %(earlier_day)s cannot go on before %(ready)s, but the material for %(body)s"
            " %(day)s must be out by %(safe)s (if Saturday does not count) or %(outer)s (if it does)."
        )
    found = nearest(route, place, safe_only=severity == "warning")
    message = f"{sentence % words} {nearest_words(place, found)}"
    yield Finding(place.at, "R6", severity, agenda_source(place.body), message, found.day if found else None)
