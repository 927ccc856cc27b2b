"""Check 8: far from the national figures. It warns and never blocks."""

from math import sqrt

from django.utils.translation import gettext as _

from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.national import NATIONAL_2020, National
from sagsgang.equality.shapes import Finding, Headcount

LEAST_POINTS = 10


def check_band(count: Headcount, beside: National = NATIONAL_2020) -> list[Finding]:
    """8: a share of women further from the national one than chance gives so few people.

    The band is two standard deviations of so many draws (ten points at the least): of five top managers one more or less
    is twenty points, and says nothing.
    """
    found = []
    for level, national in beside.levels.items():
        figures = count.levels.get(level)
        if figures is None or figures.share is None:
            continue
        share = national / 100
        band = max(LEAST_POINTS, 200 * sqrt(share * (1 - share) / (figures.women + figures.men)))
        if abs(figures.share - national) <= band:
            continue
        message = _("%(level)s: %(share)s %% women (%(women)s of %(all)s); in all municipalities %(national)s %% in %(year)s.") % {
            "level": level_name(level)[:1].upper() + level_name(level)[1:], "share": round(figures.share),
            "women": figures.women, "all": figures.women + figures.men, "national": national,
            "year": beside.year,
        }  # fmt: skip
        proposal = _("See whether the figures are right. If they are, nothing is to be done.")
        found.append(Finding(8, level, figures.row, count.heading("women"), message, proposal, "warning"))
    return found
