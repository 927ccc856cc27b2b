"""Checks 6, 7 and 10: against the last report, and against the version that a body has seen."""

from django.utils.translation import gettext as _

from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.shapes import LEVELS, Figures, Finding, Headcount

MOST_PEOPLE, MOST_POINTS = 1, 10
_FIELDS = ("women", "men", "other")


def check_swaps(count: Headcount, previous: Headcount) -> list[Finding]:
    """6: would the figures lie nearer to the last report if women and men, or levels 1 and 2, changed places?"""
    found = []
    for level in LEVELS:
        now, then = count.levels.get(level), previous.levels.get(level)
        if now is None or then is None or _apart(_mirrored(now), then) >= _apart(now, then):
            continue
        message = _("%(level)s: %(women)s women and %(men)s men; last time %(women_then)s and %(men_then)s.") % {
            "level": _capital(level_name(level)), "women": now.women, "men": now.men,
            "women_then": then.women, "men_then": then.men,
        }  # fmt: skip
        proposal = _("Have women and men been swapped? Exchanged, the figures lie nearer to the last report.")
        found.append(Finding(6, level, now.row, count.heading("women"), message, proposal, "warning"))
    first, second = count.levels.get(1), count.levels.get(2)
    first_then, second_then = previous.levels.get(1), previous.levels.get(2)
    if first and second and first_then and second_then:
        as_is = _apart(first, first_then) + _apart(second, second_then)
        exchanged = _apart(second, first_then) + _apart(first, second_then)
        if exchanged < as_is:
            message = _("Levels 1 and 2 have %(first)s and %(second)s people; last time %(first_then)s and %(second_then)s.") % {
                "first": first.heads, "second": second.heads, "first_then": first_then.heads,
                "second_then": second_then.heads,
            }  # fmt: skip
            proposal = _("Have levels 1 and 2 been swapped? Exchanged, the figures lie nearer to the last report.")
            found.append(Finding(6, 1, first.row, count.heading("level"), message, proposal, "warning"))
    return found


def check_drift(count: Headcount, previous: Headcount) -> list[Finding]:
    """7: a change of more than one person, or of more than ten points, needs a comment. Heads stand beside per cent."""
    found = []
    for level in LEVELS:
        now, then = count.levels.get(level), previous.levels.get(level)
        if now is None or then is None:
            continue
        people = max(abs(getattr(now, field) - getattr(then, field)) for field in _FIELDS)
        points = abs(now.share - then.share) if now.share is not None and then.share is not None else 0.0
        if people <= MOST_PEOPLE and points <= MOST_POINTS:
            continue
        message = _("%(level)s: women %(women_then)s → %(women)s, men %(men_then)s → %(men)s; share of women %(share_then)s → %(share)s.") % {
            "level": _capital(level_name(level)), "women_then": then.women, "women": now.women,
            "men_then": then.men, "men": now.men, "share_then": _percent(then), "share": _percent(now),
        }  # fmt: skip
        found.append(
            Finding(7, level, now.row, count.heading("women"), message, _("Write a comment that says why."), "warning")
        )
    return found


def check_changes(count: Headcount, seen: Headcount) -> list[Finding]:
    """10: what is changed after a body saw it makes a new version, whose differences stand in the next body's item."""
    found = []
    rows = [(level, count.levels.get(level), seen.levels.get(level)) for level in LEVELS]
    rows += [(0, count.leaders, seen.leaders), (-1, count.staff, seen.staff)]
    for level, now, then in rows:
        if now is None or then is None:
            continue
        parts = [field for field in _FIELDS if getattr(now, field) != getattr(then, field)]
        for field in parts:
            name = level_name(level) if level >= 0 else _("all employees")
            message = _("%(level)s, “%(column)s”: %(then)s → %(now)s since the version that was seen.") % {
                "level": _capital(name), "column": count.heading(field), "then": getattr(then, field),
                "now": getattr(now, field),
            }  # fmt: skip
            proposal = _(
                "Make a new version, show the difference at the next body, and mark the earlier attachment as replaced."
            )
            found.append(Finding(10, level if level > 0 else None, now.row, count.heading(field), message, proposal))
    return found


def _apart(one: Figures, other: Figures) -> int:
    return sum(abs(getattr(one, field) - getattr(other, field)) for field in _FIELDS)


def _mirrored(figures: Figures) -> Figures:
    return Figures(figures.men, figures.women, figures.other)


def _percent(figures: Figures) -> str:
    return "–" if figures.share is None else f"{round(figures.share)} %"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
