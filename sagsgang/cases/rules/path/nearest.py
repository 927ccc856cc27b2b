"""The nearest meeting that would do: what every finding about a day ends with."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sagsgang.cases.rules.path.route import Place, Route, days_of, demands
from sagsgang.cases.rules.path.words import day_words


@dataclass(frozen=True, slots=True)
class Nearest:
    """A meeting of the step's body: surely in time or only just, and whether later steps would have to move too."""

    day: date
    is_safe: bool
    moves_later: bool


def nearest(route: Route, place: Place, *, safe_only: bool = False, in_order_only: bool = False) -> Nearest | None:
    """The meeting of the step's body that is nearest to its day and can be reached from the steps before.

    Safe ones before just possible ones, and among each first those that leave the later steps where they are.
    A step without a day is measured from the step after it, else from the one before; with neither there is no nearest.
    """
    asked = demands(route, place, days_of(route))
    later = [other for other in route.places if other.on and other.stage > place.stage]
    anchor = place.on or min((other.on for other in later if other.on), default=None)
    anchor = anchor or (asked.last[0] if asked.last else None)
    if anchor is None:
        return None
    found: dict[tuple[bool, bool], Nearest] = {}
    for day in sorted(route.meetings.get(place.step.body, ()), key=lambda day: (abs(day - anchor), day)):
        standing = asked.standing(day)
        if day == place.on or standing == "error" or (safe_only and standing):
            continue
        moves_later = not all(_leaves(route, place, day, other) for other in later)
        if not (moves_later and in_order_only):
            found.setdefault((standing is not None, moves_later), Nearest(day, standing is None, moves_later))
        if (False, False) in found:
            break
    return found[min(found)] if found else None


def _leaves(route: Route, place: Place, day: date, later: Place) -> bool:
    """Whether the later step can keep its day when this one moves to `day`."""
    assert later.on
    if route.first_reading(later) == place and later.on < day + route.reading_gap:
        return False
    return day < later.on and place.protocol_on(day) <= route.deadlines(later, later.on)[0]


def nearest_words(place: Place, found: Nearest | None) -> str:
    """The sentence about it."""
    if found is None:
        return _("No other meeting of %(body)s in the plan can be reached safely.") % {"body": place.name}
    if found.is_safe:
        sentence = _("Nearest meeting that can be reached safely: %(day)s.")
    else:
        sentence = _("Nearest meeting that can be reached, but only just: %(day)s.")
    sentence %= {"day": day_words(found.day)}
    return " ".join([sentence, _("Later steps must then be moved too.")]) if found.moves_later else sentence
