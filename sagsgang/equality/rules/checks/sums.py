"""Checks 1, 4, 5 and 9: sums, one day and one unit, the pyramid, and percentages."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.shares import percents_of
from sagsgang.equality.shapes import LEVELS, Figures, Finding, Headcount


def check_sums(count: Headcount, staff: int | None = None) -> list[Finding]:
    """1: women + men + others = total; the levels sum to all leaders; leaders are no more than the staff."""
    found = [
        _wrong_total(count, level, figures)
        for level, figures in (*sorted(count.levels.items()), (None, count.leaders), (None, count.staff))
        if figures is not None and figures.total is not None and figures.total != figures.heads
    ]
    column = count.heading("level")
    if count.leaders and all(level in count.levels for level in LEVELS):
        for name, field in (("women", "women"), ("men", "men"), ("other", "other")):
            by_level = sum(getattr(figures, field) for figures in count.levels.values())
            stated = getattr(count.leaders, field)
            if by_level != stated:
                found.append(_wrong_leaders(count, name, by_level, stated))
    leaders = count.leaders.heads if count.leaders else sum(figures.heads for figures in count.levels.values())
    everybody = staff if staff is not None else count.staff.heads if count.staff else None
    if everybody is not None and leaders > everybody:
        message = _("There are %(leaders)s leaders and only %(staff)s employees.") % {
            "leaders": leaders, "staff": everybody,
        }  # fmt: skip
        row = count.staff.row if count.staff and staff is None else None
        found.append(Finding(1, None, row, column, message, _("Find out which of the two numbers is wrong.")))
    return found


def _wrong_total(count: Headcount, level: int | None, figures: Figures) -> Finding:
    message = _(
        "Row %(row)s, %(level)s: women %(women)s + men %(men)s + others %(other)s = %(sum)s, but the total says %(total)s."
    )
    message %= {
        "row": figures.row, "level": level_name(level), "women": figures.women, "men": figures.men,
        "other": figures.other, "sum": figures.heads, "total": figures.total,
    }  # fmt: skip
    proposal = _("Correct the total to %(sum)s, or the figure that is wrong.") % {"sum": figures.heads}
    return Finding(1, level, figures.row, count.heading("total"), message, proposal)


def _wrong_leaders(count: Headcount, field: str, by_level: int, stated: int) -> Finding:
    assert count.leaders is not None
    message = _("Row %(row)s, “%(column)s”: the three levels sum to %(sum)s, but all leaders are %(stated)s.") % {
        "row": count.leaders.row, "column": count.heading(field), "sum": by_level, "stated": stated,
    }  # fmt: skip
    proposal = _("Correct all leaders to %(sum)s, or the level that is wrong.") % {"sum": by_level}
    return Finding(1, None, count.leaders.row, count.heading(field), message, proposal)


def check_days(count: Headcount, snapshot: date | None) -> list[Finding]:
    """4: one day, and heads rather than full-time equivalents, across all rows."""
    found = []
    wanted = snapshot or (count.days[0][0] if count.days else None)
    for day, row in count.days:
        if day != wanted and wanted is not None:
            message = _("Row %(row)s was counted on %(day)s, and not on %(wanted)s.") % {
                "row": row, "day": date_format(day, "SHORT_DATE_FORMAT"),
                "wanted": date_format(wanted, "SHORT_DATE_FORMAT"),
            }  # fmt: skip
            proposal = _("Make a new extract in which all rows are of %(wanted)s.") % {
                "wanted": date_format(wanted, "SHORT_DATE_FORMAT")
            }
            found.append(Finding(4, None, row, count.heading("on"), message, proposal))
    for odd in count.oddities:
        message = _("Row %(row)s, “%(column)s”: “%(words)s” is no count of heads.") % {
            "row": odd.row, "column": odd.column, "words": odd.words,
        }  # fmt: skip
        proposal = _("Count people, each as one, and not full-time equivalents (årsværk).")
        found.append(Finding(4, odd.level, odd.row, odd.column, message, proposal))
    return found


def check_pyramid(count: Headcount) -> list[Finding]:
    """5: fewer at the top: level 1 < level 2 < level 3."""
    found = []
    for upper, lower in ((1, 2), (2, 3)):
        above, below = count.levels.get(upper), count.levels.get(lower)
        if above is None or below is None or above.heads < below.heads or not above.heads:
            continue
        message = _("There are %(above)s at level %(upper)s and %(below)s at level %(lower)s.") % {
            "above": above.heads, "upper": upper, "below": below.heads, "lower": lower,
        }  # fmt: skip
        proposal = _("Have the levels %(upper)s and %(lower)s been swapped?") % {"upper": upper, "lower": lower}
        found.append(Finding(5, upper, above.row, count.heading("level"), message, proposal, "warning"))
    return found


def check_percents(count: Headcount) -> list[Finding]:
    """9: percentages are computed and never typed; those that the file states must be what the heads say, and sum to 100."""
    found = []
    for level, figures in (*sorted(count.levels.items()), (None, count.leaders), (None, count.staff)):
        if figures is None or not figures.percents:
            continue
        found += _wrong_percents(count, level, figures)
    return found


def _wrong_percents(count: Headcount, level: int | None, figures: Figures) -> list[Finding]:
    heads = {"women_percent": figures.women, "men_percent": figures.men, "other_percent": figures.other}
    right = dict(zip(heads, percents_of(tuple(heads.values())), strict=True))
    found = []
    for field, said in figures.percents:
        exact = 100 * heads[field] / figures.heads if figures.heads else 0.0
        # What was rounded to no decimals may lie half a point off, and one point where the rounding has to sum to 100.
        if abs(said - exact) > 0.51 and said != right[field]:
            message = _("Row %(row)s, “%(column)s”: %(stated)s %% is stated, but %(heads)s of %(all)s are %(right)s %%.") % {
                "row": figures.row, "column": count.heading(field), "stated": f"{said:g}".replace(".", ","),
                "heads": heads[field], "all": figures.heads, "right": right[field],
            }  # fmt: skip
            proposal = _("Leave the column of percentages out: they are computed from the heads.")
            found.append(Finding(9, level, figures.row, count.heading(field), message, proposal))
    stated = dict(figures.percents)
    whole = sum(stated.values())
    is_whole = {"women_percent", "men_percent"} <= stated.keys() and (not figures.other or "other_percent" in stated)
    if is_whole and figures.heads and abs(whole - 100) > 0.25:
        message = _("Row %(row)s: the percentages sum to %(sum)s, and not to 100.") % {
            "row": figures.row, "sum": f"{whole:g}".replace(".", ","),
        }  # fmt: skip
        proposal = _("Leave the column of percentages out: they are computed from the heads.")
        found.append(Finding(9, level, figures.row, count.heading("women_percent"), message, proposal))
    return found
